"""The audit log as CSV and PDF: codes and names as in the window, nothing of the values that changed."""

from __future__ import annotations

import csv as comma
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dpdesk.files.cells import safe_cell
from dpdesk.files.kit import fonts


class Line(Protocol):
    """What a row needs of an entry."""

    seq: int
    at: str
    officer: str
    action: str
    subject_kind: str
    subject: str
    fields: tuple[str, ...]
    facts: dict


@dataclass(frozen=True)
class Title:
    """Whose log it is, who exported it, and the short code of its head."""

    branch: str
    officer: str
    head_code: str


COLUMNS = ("entry", "time (UTC)", "officer", "action", "subject kind", "subject", "fields", "facts")


def _cells(line: Line) -> list[str]:
    facts = json.dumps(dict(line.facts), sort_keys=True) if line.facts else ""
    return [safe_cell(str(cell)) for cell in (line.seq, line.at, line.officer, line.action, line.subject_kind,
                                              line.subject, " ".join(line.fields), facts)]


def csv(lines: Sequence[Line]) -> bytes:
    """The entries as CSV, UTF-8 with a byte-order mark so that spreadsheets read accents right."""
    text = io.StringIO()
    writer = comma.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(line) for line in lines)
    return text.getvalue().encode("utf-8-sig")


def pdf(title: Title, lines: Sequence[Line]) -> bytes:
    """The entries as a PDF table, with the head code at the top and on every page."""
    from xml.sax.saxutils import escape

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle
    regular, bold = fonts()
    small, head = _styles(regular, bold)
    rows = [[Paragraph(escape(name), head) for name in COLUMNS]]
    rows += [[Paragraph(escape(cell), small) for cell in _cells(line)] for line in lines]
    widths = [14, 40, 34, 34, 22, 50, 38, 40]
    table = LongTable(rows, colWidths=[w * mm for w in widths], repeatRows=1)
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=landscape(A4), title="dpdesk audit log", leftMargin=12 * mm,
                                 rightMargin=12 * mm, topMargin=14 * mm, bottomMargin=16 * mm)

    def foot(canvas, _document) -> None:
        canvas.setFont(regular, 8)
        canvas.drawString(12 * mm, 8 * mm, f"{title.head_code}   page {canvas.getPageNumber()}")

    top = [Paragraph(f"Audit log of {escape(title.branch)}", head),
           Paragraph(f"Exported by {escape(title.officer)}. Head: {title.head_code}. The signature lies beside this "
                     "file and is checked by dpdesk.", small), Spacer(1, 4 * mm)]
    document.build([*top, table], onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _styles(regular: str, bold: str):
    from reportlab.lib.styles import ParagraphStyle
    return (ParagraphStyle("small", fontName=regular, fontSize=8, leading=10, splitLongWords=1, wordWrap="CJK"),
            ParagraphStyle("head", fontName=bold, fontSize=9, leading=11))
