"""The cover sheet of a session as PDF: the board on paper, for ticking at a table. It names nobody but the branch."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.files.certificates import _safe, _styles


@dataclass(frozen=True)
class CoverRow:
    """A sheet: its number, walk, pages, and who has it, as a number of the list of people kept on the desk."""

    number: str
    walk: str
    pages: int
    holder: str
    state: str


@dataclass(frozen=True)
class Cover:
    """What stands on a cover sheet: headings and words are ready to print; `facts` are (name, value)."""

    title: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[CoverRow]
    foot: str


def render(cover: Cover) -> bytes:
    """The cover sheet, one page or more: a row a sheet, with boxes for out, back and entered."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
    title, label, body = _styles()
    facts = Table([[Paragraph(_safe(name), label), Paragraph(_safe(words), body)] for name, words in cover.facts],
                  colWidths=[42 * mm, 130 * mm])
    facts.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
    rows = [[Paragraph(_safe(words), label) for words in cover.headings]]
    rows += [[*(Paragraph(_safe(words), body) for words in (each.number, each.walk, str(each.pages), each.holder, each.state)), "", "", ""]
             for each in cover.rows]
    listed = LongTable(rows, colWidths=[28 * mm, 50 * mm, 14 * mm, 16 * mm, 22 * mm, 14 * mm, 14 * mm, 16 * mm], repeatRows=1)
    listed.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                                ("TOPPADDING", (0, 1), (-1, -1), 6), ("BOTTOMPADDING", (0, 1), (-1, -1), 6)]))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk cover sheet", leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm,
                                 bottomMargin=16 * mm)
    document.build([Paragraph(_safe(cover.title), title), Spacer(1, 4 * mm), facts, Spacer(1, 5 * mm), listed, Spacer(1, 5 * mm),
                    Paragraph(_safe(cover.foot), body)])
    return out.getvalue()
