"""The paper of an access pack: what must be told, what was searched, and every record with its names and values, as PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from dpdesk.files.certificates import _safe, _styles

Rows = list[tuple[str, str]]
_LONGEST = 6_000


@dataclass(frozen=True)
class Said:
    """What the paper says: from whom, to whom, the day; what must be told; sections (name, what is told of it, records); the search."""

    branch: str
    person: str
    day: str
    told: Rows
    sections: list[tuple[str, str, list[Rows]]]
    searched: list[str]


def pdf(said: Said) -> bytes:
    """The paper, as many pages as it takes, numbered."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer
    title, label, body, heading, small = _looks()
    story: list[Any] = [
        Paragraph("The data we hold on you", title), Spacer(1, 3 * mm),
        Paragraph(_safe(f"{said.person}. From {said.branch}, {said.day}."), body), Spacer(1, 6 * mm)]
    for name, words in said.told:
        story += [Paragraph(_safe(name), label), Paragraph(_safe(words), body), Spacer(1, 2.5 * mm)]
    story += [Spacer(1, 3 * mm), Paragraph("What was searched", label),
              *(Paragraph(_safe(line), small) for line in said.searched), PageBreak()]
    for name, about, records in said.sections:
        story += [Paragraph(_safe(name), heading), Paragraph(_safe(about), small), Spacer(1, 2 * mm)]
        for record in records:
            story += [_block(record, small), Spacer(1, 2 * mm)]
    story.append(Paragraph("Words blacked out are about other people.", small))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="Your data", leftMargin=20 * mm, rightMargin=20 * mm, topMargin=20 * mm,
                                 bottomMargin=20 * mm)
    document.build(story, onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


def _looks() -> tuple[Any, ...]:
    from reportlab.lib.styles import ParagraphStyle
    title, label, body = _styles()
    heading = ParagraphStyle("section", fontName=label.fontName, fontSize=14, leading=18, spaceBefore=10, keepWithNext=1)
    small = ParagraphStyle("value", fontName=body.fontName, fontSize=9, leading=12)
    return title, label, body, heading, small


def _block(record: Rows, small: Any) -> Any:
    """One record: names at the left, values at the right; a long value goes on over pages, a piece a row."""
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table, TableStyle
    rows = []
    for name, value in record:
        pieces = [value[at:at + 1_500] for at in range(0, min(len(value), _LONGEST), 1_500)] or [""]
        if len(value) > _LONGEST:
            pieces.append("… (the whole is in data.json)")
        for at, piece in enumerate(pieces):
            rows.append([Paragraph(_safe(name) if not at else "", small), Paragraph(_safe(piece).replace("\n", "<br/>"), small)])
    table = Table(rows or [["", ""]], colWidths=[42 * mm, 128 * mm])
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LINEABOVE", (0, 0), (-1, 0), 0.4, colors.lightgrey), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return table


def _number(canvas: Any, document: Any) -> None:
    from dpdesk.files.kit import fonts
    canvas.saveState()
    canvas.setFont(fonts()[0], 8)
    canvas.drawRightString(document.pagesize[0] - 57, 34, str(canvas.getPageNumber()))
    canvas.restoreState()
