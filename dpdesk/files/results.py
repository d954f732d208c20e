"""Results of canvassing as PDF: tables with their bars, figures already hidden where they are small. It names no elector."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.files.certificates import _safe, _styles


@dataclass(frozen=True)
class Bar:
    """A bar: what it is of, how long (0 to 1), and the words at its end."""

    name: str
    part: float
    words: str


@dataclass(frozen=True)
class Section:
    """A heading, bars if any, and a table whose first line are its headings."""

    heading: str
    table: Sequence[Sequence[str]]
    bars: Sequence[Bar] = ()


@dataclass(frozen=True)
class Report:
    """What a report says: `about` lines under the title, then sections, then `foot`, all in words."""

    title: str
    about: Sequence[str]
    sections: Sequence[Section]
    foot: str


def render(report: Report) -> bytes:
    """The report, one page or more."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle
    title, label, body = _styles()
    story = [Paragraph(_safe(report.title), title), Spacer(1, 3 * mm), *(Paragraph(_safe(words), body) for words in report.about)]
    for section in report.sections:
        story += [Spacer(1, 7 * mm), Paragraph(_safe(section.heading), label), Spacer(1, 2 * mm)]
        if section.bars:
            story += [_drawn(section.bars), Spacer(1, 3 * mm)]
        wide = len(section.table[0]) if section.table else 0
        if wide:
            first = max(38 * mm, (174 - 20 * (wide - 1)) * mm)
            rows = [[Paragraph(_safe(cell), label if at == 0 else body) for cell in line] for at, line in enumerate(section.table)]
            table = LongTable(rows, colWidths=[first, *[(174 * mm - first) / max(1, wide - 1)] * (wide - 1)], repeatRows=1)
            table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
            story.append(table)
    story += [Spacer(1, 6 * mm), Paragraph(_safe(report.foot), body)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title="dpdesk results", leftMargin=18 * mm, rightMargin=18 * mm, topMargin=20 * mm,
                      bottomMargin=18 * mm).build(story)
    return out.getvalue()


def _drawn(bars: Sequence[Bar]):
    """Bars with their names at the left and their figures at the end, for black-and-white printers too."""
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib import colors

    from dpdesk.files.kit import fonts
    regular, _bold = fonts()
    line, left, room = 16, 130, 260
    drawing = Drawing(490, line * len(bars) + 2)
    for at, bar in enumerate(bars):
        y = line * (len(bars) - at - 1)
        drawing.add(String(0, y + 4, bar.name[:26], fontName=regular, fontSize=9.5))
        drawing.add(Rect(left, y + 2, max(1, room * min(1, bar.part)), line - 5, fillColor=colors.grey, strokeColor=None))
        drawing.add(String(left + room * min(1, bar.part) + 5, y + 4, bar.words, fontName=regular, fontSize=9.5))
    return drawing
