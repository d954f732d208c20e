"""Draws the cover sheet of a session: a board to run the table by, with boxes to tick by hand and nobody's name."""

from __future__ import annotations

from typing import BinaryIO

from dpdesk.domain.cover_sheets import Cover, CoverLine
from dpdesk.domain.sheets import PAPER
from dpdesk.paper.lettering import BOLD, REGULAR, fitted, register, wrapped

MM = 72 / 25.4
_HIGH = PAPER[1] * MM
_LEFT, _RIGHT = 18.0, 192.0
_TOP, _STEP = 62.0, 9.4
ROWS = 22
# Left edge and width of walk, sheet, pages, doors, state, out, back, pages counted, scanned.
_COLUMNS = ((18.0, 50.0), (70.0, 26.0), (97.0, 12.0), (110.0, 12.0), (125.0, 21.0), (147.0, 9.0), (156.5, 9.0), (166.0, 12.5),
            (179.5, 12.5))
_BOXES = (5, 6, 8)
_WRITTEN = 7


def draw(cover: Cover, out: BinaryIO) -> int:
    """Writes the cover sheet into `out` as PDF, and returns its number of pages."""
    from reportlab.pdfgen.canvas import Canvas
    register()
    canvas = Canvas(out, pagesize=(PAPER[0] * MM, _HIGH), invariant=True, pageCompression=1)
    canvas.setTitle("Session")
    canvas.setCreator("dpdesk")
    pages = max(1, -(-len(cover.lines) // ROWS))
    for page in range(pages):
        _head(canvas, cover, page + 1, pages)
        for row, line in enumerate(cover.lines[page * ROWS:(page + 1) * ROWS]):
            _line(canvas, line, _TOP + row * _STEP)
        canvas.showPage()
    canvas.save()
    return pages


def _head(canvas, cover: Cover, page: int, pages: int) -> None:
    labels = cover.labels
    _text(canvas, f"{cover.branch} · {cover.title}", BOLD, 10, _LEFT, 22.0, 140.0)
    _text(canvas, labels.page_of.format(page=page, pages=pages), REGULAR, 10, _RIGHT, 22.0, 30.0, right=True)
    _text(canvas, cover.session, BOLD, 18, _LEFT, 32.0, _RIGHT - _LEFT)
    totals = {"sheets": len(cover.lines), "pages": sum(line.pages for line in cover.lines),
              "doors": sum(line.doors for line in cover.lines)}
    _text(canvas, labels.totals.format(**totals), REGULAR, 11, _LEFT, 39.5, _RIGHT - _LEFT)
    _text(canvas, labels.how, REGULAR, 9, _LEFT, 46.0, _RIGHT - _LEFT)
    for number, ((x, width), word) in enumerate(zip(_COLUMNS, labels.columns, strict=True)):
        numeric = number in (2, 3)
        _text(canvas, word, BOLD, 8.5, x + width if numeric else x, 57.5, width, right=numeric)
    canvas.setLineWidth(1.0)
    canvas.line(_LEFT * MM, _HIGH - 60.0 * MM, _RIGHT * MM, _HIGH - 60.0 * MM)


def _line(canvas, line: CoverLine, top: float) -> None:
    base = top + 5.6
    parts = wrapped(line.walk, BOLD, 10.5, _COLUMNS[0][1] * MM, 2)
    for number, part in enumerate(parts):
        _text(canvas, part, BOLD, 10.5 if len(parts) == 1 else 8.5, _LEFT, base if len(parts) == 1 else base - 1.8 + number * 3.5,
              _COLUMNS[0][1])
    for number, text in enumerate((line.sheet, str(line.pages), str(line.doors), line.state), 1):
        x, width = _COLUMNS[number]
        numeric = number in (2, 3)
        _text(canvas, text, BOLD if number < 2 else REGULAR, 10.5, x + width if numeric else x, base, width, right=numeric)
    canvas.setLineWidth(0.8)
    for number in _BOXES:
        canvas.rect((_COLUMNS[number][0] + 1.0) * MM, _HIGH - (top + 7.0) * MM, 5.4 * MM, 5.4 * MM)
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.45)
    x, width = _COLUMNS[_WRITTEN]
    canvas.line(x * MM, _HIGH - (top + 7.0) * MM, (x + width - 1.5) * MM, _HIGH - (top + 7.0) * MM)
    canvas.line(_LEFT * MM, _HIGH - (top + _STEP - 1.0) * MM, _RIGHT * MM, _HIGH - (top + _STEP - 1.0) * MM)
    canvas.setStrokeGray(0)


def _text(canvas, text: str, font: str, size: float, x: float, base: float, width: float, *, right: bool = False) -> None:
    text, size = fitted(text, font, size, width * MM)
    canvas.setFont(font, size)
    (canvas.drawRightString if right else canvas.drawString)(x * MM, _HIGH - base * MM, text)
