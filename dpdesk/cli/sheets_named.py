"""How pages of sheets are named on the command line."""

from __future__ import annotations

from dpdesk.cli.passphrases import Usage
from dpdesk.domain.custody import Piece
from dpdesk.services.words import tr


def pieces(session, typed: list[str]) -> list[Piece]:
    """Pages named as SHEET/PAGE/COPY, or as SHEET for all pages that are about."""
    from dpdesk.services import custody, sheets
    named: list[Piece] = []
    for each in typed:
        sheet, *rest = each.split("/")
        known = sheets.get(session, sheet)
        if not rest:
            named += [page.piece for page in custody.copies_of(session, known.id) if not page.gone]
        elif all(part.isdigit() for part in rest) and len(rest) <= 2:
            named.append(Piece(known.id, int(rest[0]), int(rest[1]) if len(rest) > 1 else 1))
        else:
            raise Usage(tr("“{typed}” is no page, such as K7QX2-9M4TB/2/1.", typed=each))
    return named
