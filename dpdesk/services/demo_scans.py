"""Scanned pages of the demo branch: drawn, crossed, and read by the same reader as an officer's, with a few rows left to decide."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from dpdesk.domain.sessions import Sheet
from dpdesk.domain.sheets import LAYOUTS, Sort
from dpdesk.services import scans_take, sheet_print, sheets
from dpdesk.services.session import Session
from dpdesk.services.sheet_print import Drawn
from dpdesk.services.translation import tr

PAGES = 3
_SCALE = 200 / 72  # pixels to a point: as a scanner at 200 dpi
_TWICE, _NONE = 3, 7  # rows (from 0) of the first page with two answers, and of the second with none


def add(session: Session, drawn: Drawn, sheet: Sheet) -> None:
    """Bring the first pages of a sheet that came back in, as if they had lain in a scanner."""
    scans_take.take(session, scans_take.from_pages(tr("Scanner"), _pages(session, drawn, sheet)), scans_take.SCANNER)


def _pages(session: Session, drawn: Drawn, sheet: Sheet) -> Iterator[bytes]:
    from dpdesk.paper import crossing
    rng, layout = Random(f"{sheet.number} scanned"), LAYOUTS[sheet.layout]
    pictures = sheet_print.Pictures(drawn)
    try:
        for at, piece in enumerate(drawn.pieces):
            if piece.sheet == sheet.id and piece.page <= PAGES:
                look = pictures.page(at, _SCALE)
                yield crossing.scanned((look.width, look.height), look.grey, layout, _marks(session, sheet, piece.page, rng), rng)
    finally:
        pictures.close()


def _marks(session: Session, sheet: Sheet, page: int, rng: Random) -> dict[int, list[int]]:
    """Which boxes are crossed on each row: most say one thing; one says two, and one nothing."""
    plain = [at for at, box in enumerate(sheet.boxes) if box.sort in (Sort.INTENTION, Sort.NO_ANSWER)]
    silent = [at for at in plain if sheet.boxes[at].sort is Sort.NO_ANSWER] * 4
    found = {line.line - 1: [rng.choice(plain + silent)] for line in sheets.rows_of(session, sheet.id, page) if not line.blank}
    if page == 1 and _TWICE in found:
        found[_TWICE] = plain[:2]
    if page == 2:
        found.pop(_NONE, None)
    return found
