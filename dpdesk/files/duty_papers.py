"""Papers of the registers as PDF: an entry with its fields, clocks and timeline; packs for headquarters and the regulator; notices."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from dpdesk.files.kit import fonts


@dataclass(frozen=True)
class Part:
    """A heading with facts under it, each (label, words), and with paragraphs; on a page of its own where it begins `anew`."""

    heading: str
    facts: Sequence[tuple[str, str]] = ()
    text: Sequence[str] = ()
    anew: bool = False


@dataclass(frozen=True)
class Paper:
    """A paper: `about` stands under its title, `foot` at the foot of each page; `grid` draws risks (see `Risk`)."""

    title: str
    about: str
    parts: Sequence[Part]
    foot: str = ""
    grid: Grid | None = None


@dataclass(frozen=True)
class Grid:
    """A risk matrix: words of its two axes and cells, and in each cell (column, row) the numbers of the risks that lie there."""

    across: Sequence[str]
    up: Sequence[str]
    across_name: str
    up_name: str
    levels: Sequence[Sequence[int]]
    marks: dict[tuple[int, int], str] = field(default_factory=dict)


_SHADES = ((0.87, 0.92, 0.87), (0.95, 0.90, 0.74), (0.94, 0.80, 0.74))  # low, medium, high: paler than any words


def pdf(paper: Paper) -> bytes:
    """The paper as PDF, as many pages as it needs; pure black words on white, fit for any printer."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    title, head, label, body, small = _styles()
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk register", leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm,
                                 bottomMargin=20 * mm)
    flow: list = [Paragraph(_safe(paper.title), title), Paragraph(_safe(paper.about), small), Spacer(1, 4 * mm)]
    for part in paper.parts:
        flow += _part(part, head, label, body)
    if paper.grid is not None:
        flow += [Spacer(1, 4 * mm), _grid(paper.grid, label, small)]

    def foot(canvas, _document) -> None:
        canvas.setFont(fonts()[0], 8)
        canvas.drawString(22 * mm, 11 * mm, paper.foot)
        canvas.drawRightString(A4[0] - 22 * mm, 11 * mm, str(canvas.getPageNumber()))
    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _part(part: Part, head, label, body) -> list:
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import PageBreak, Paragraph, Spacer, Table, TableStyle
    flow: list = [*([PageBreak()] if part.anew else []), *([Paragraph(_safe(part.heading), head)] if part.heading else [])]
    flow += [Paragraph(_safe(words).replace("\n", "<br/>"), body) for words in part.text]
    if part.facts:
        rows = [[Paragraph(_safe(name), label), Paragraph(piece, body)] for name, words in part.facts
                for name, piece in _pieces(name, words)]
        table = Table(rows, colWidths=[46 * mm, 115 * mm], hAlign="LEFT")
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey),
                                   ("LEFTPADDING", (0, 0), (0, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 3),
                                   ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]))
        flow.append(table)
    return [*flow, Spacer(1, 3 * mm)]


def _pieces(name: str, words: str) -> list[tuple[str, str]]:
    """A long value as several rows, since a row of a table cannot run over a page's end."""
    safe = [_safe(line) for line in words.split("\n")]
    groups = ["<br/>".join(safe[at:at + 20]) for at in range(0, len(safe), 20)]
    pieces = [group[at:at + 2400] for group in groups for at in range(0, max(1, len(group)), 2400)] if len(words) > 2400 else groups
    return [(name if not at else "", piece) for at, piece in enumerate(pieces)]


def _grid(grid: Grid, label, small):
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table, TableStyle
    rows = [[Paragraph(_safe(words), label), *(Paragraph(_safe(grid.marks.get((x, y), "")), small) for x in range(len(grid.across)))]
            for y, words in reversed(list(enumerate(grid.up)))]
    rows.append([Paragraph(_safe(f"{grid.up_name} / {grid.across_name}"), small), *(Paragraph(_safe(each), label) for each in grid.across)])
    table = Table(rows, colWidths=[36 * mm, *([42 * mm] * len(grid.across))], rowHeights=[16 * mm] * len(grid.up) + [8 * mm])
    style = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("GRID", (1, 0), (-1, -2), 0.5, colors.grey)]
    tall = len(grid.up)
    style += [("BACKGROUND", (x + 1, tall - 1 - y), (x + 1, tall - 1 - y), colors.Color(*_SHADES[grid.levels[y][x]]))
              for y in range(tall) for x in range(len(grid.across))]
    table.setStyle(TableStyle(style))
    return table


def _safe(words: str) -> str:
    from xml.sax.saxutils import escape
    return escape(words)


def _styles():
    from reportlab.lib.styles import ParagraphStyle
    regular, bold = fonts()
    return (ParagraphStyle("title", fontName=bold, fontSize=19, leading=24, spaceAfter=3),
            ParagraphStyle("head", fontName=bold, fontSize=12.5, leading=16, spaceBefore=4, spaceAfter=3, keepWithNext=1),
            ParagraphStyle("label", fontName=bold, fontSize=9, leading=12),
            ParagraphStyle("body", fontName=regular, fontSize=10, leading=13.5, splitLongWords=1),
            ParagraphStyle("small", fontName=regular, fontSize=9, leading=12))
