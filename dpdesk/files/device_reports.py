"""The report of a device as PDF: each point with clause, state, what was seen and whose word it rests on; the head code at the foot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.files.disposal_certificates import safe, styles
from dpdesk.files.kit import fonts


@dataclass(frozen=True)
class Row:
    """One point, in words: its code and clause, title, state, sentences of what was seen, and whose word."""

    code: str
    clause: str
    title: str
    state: str
    seen: Sequence[str]
    word: str


@dataclass(frozen=True)
class Report:
    """Heading, the facts above the table, one sentence on the whole, the points, the log's head code."""

    heading: str
    facts: Sequence[tuple[str, str]]
    summary: str
    rows: Sequence[Row]
    columns: tuple[str, str, str]
    foot: str
    head_code: str


def pdf(said: Report) -> bytes:
    """The report, as many pages as it takes."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
    title, label, body = styles()
    regular, bold = fonts()
    small = ParagraphStyle("small", fontName=regular, fontSize=9, leading=12)
    strong = ParagraphStyle("strong", fontName=bold, fontSize=9, leading=12)
    facts = Table([[Paragraph(safe(name), label), Paragraph(safe(value), body)] for name, value in said.facts],
                  colWidths=[42 * mm, 128 * mm])
    facts.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
    rows = [[Paragraph(safe(each), strong) for each in said.columns]]
    for each in said.rows:
        seen = "<br/>".join(safe(part) for part in (*each.seen, each.word) if part)
        rows.append([Paragraph(f"{safe(each.title)}<br/><font size=7.5>{safe(each.clause)}</font>", small),
                     Paragraph(safe(each.state), strong), Paragraph(seen, small)])
    table = LongTable(rows, colWidths=[58 * mm, 30 * mm, 82 * mm], repeatRows=1)
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                               ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("TOPPADDING", (0, 0), (-1, -1), 5)]))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk device report", leftMargin=20 * mm, rightMargin=20 * mm,
                                 topMargin=20 * mm, bottomMargin=20 * mm)

    def foot(canvas, _document) -> None:
        canvas.setFont(regular, 8)
        canvas.drawString(20 * mm, 10 * mm, f"{said.head_code}   {canvas.getPageNumber()}")
    document.build([Paragraph(safe(said.heading), title), Spacer(1, 4 * mm), facts, Spacer(1, 2 * mm), Paragraph(safe(said.summary), body),
                    Spacer(1, 4 * mm), table, Spacer(1, 4 * mm), Paragraph(safe(said.foot), small)], onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()
