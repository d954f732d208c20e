"""The certificate of destroyed paper as PDF: which sheets, page by page, how, where, when, by whom and before whom. It names no elector."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dpdesk.domain.custody import Piece, stretches
from dpdesk.domain.sessions import Destruction, Method, Sheet
from dpdesk.files.certificates import _safe, _styles
from dpdesk.files.signing_lines import signing_lines

_METHODS = {Method.SHREDDED: "Shredded", Method.CONTRACTOR: "Destroyed by a contractor (EN 15713)", Method.INCINERATED: "Burnt"}


@dataclass(frozen=True)
class Shredded:
    """What a certificate of destruction speaks of; `day` is its moment in words, `head_code` that of the log after it."""

    branch: str
    officer: str
    batch: Destruction
    day: str
    pieces: Sequence[Piece]
    sheets: Sequence[Sheet]
    head_code: str


def render(said: Shredded) -> bytes:
    """The certificate, one page or more."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
    title, label, body = _styles()
    rows = [[Paragraph(_safe(name), label), Paragraph(_safe(words), body)] for name, words in _facts(said) if words]
    facts = Table(rows, colWidths=[42 * mm, 122 * mm])
    facts.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]))
    listed = LongTable([[Paragraph(_safe(cell), label if at == 0 else body) for cell in row] for at, row in enumerate(_sheets(said))],
                       colWidths=[34 * mm, 66 * mm, 64 * mm], repeatRows=1)
    listed.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)]))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk certificate", leftMargin=23 * mm, rightMargin=23 * mm,
                                 topMargin=24 * mm, bottomMargin=20 * mm)
    document.build([Paragraph("Certificate of destruction of campaign sheets", title), Spacer(1, 6 * mm), facts, Spacer(1, 6 * mm),
                    signing_lines(f"Signature of {said.batch.by}", f"Witness, {said.batch.witness}"), Spacer(1, 8 * mm), listed])
    return out.getvalue()


def _facts(said: Shredded) -> list[tuple[str, str]]:
    batch = said.batch
    shred = f", class {batch.shred_class} of DIN 66399 (ISO/IEC 21964)" if batch.shred_class else ""
    return [("Branch", said.branch), ("Number", batch.number), ("How", f"{_METHODS[batch.method]}{shred}"), ("When", said.day),
            ("Where", batch.place), ("By", batch.by), ("Witness", batch.witness), ("Contractor’s certificate", batch.contractor),
            ("Paper", f"{batch.pages:,} pages of {batch.sheets:,} sheets"),
            ("Recorded by", said.officer),
            ("What was on it", "Names, addresses and elector numbers, and what canvassers wrote beside them. Every page was accounted for, "
                               "entered and checked before, but for the exceptions named here."),
            ("Exceptions", "; ".join(f"{_spoken(said, sheet)}: {why}" for sheet, why in batch.reasons.items()) or "None"),
            ("Log", f"Head code {said.head_code}")]


def _spoken(said: Shredded, identity: str) -> str:
    return next((each.spoken for each in said.sheets if each.id == identity), identity)


def _sheets(said: Shredded) -> list[tuple[str, str, str]]:
    """A row a sheet: number, walk, and its pages with their copies."""
    titles = {each.id: each for each in said.sheets}
    rows = [("Sheet", "Walk", "Pages (copy)")]
    for identity, pieces in groupby(said.pieces, key=lambda piece: piece.sheet):
        sheet = titles.get(identity)
        copies: dict[int, list[int]] = {}
        for piece in pieces:
            copies.setdefault(piece.copy, []).append(piece.page)
        pages = ", ".join(f"{stretches(some)} ({copy})" for copy, some in copies.items())
        rows.append((sheet.spoken if sheet else identity, sheet.title if sheet else "", pages))
    return rows
