"""The cover sheet of a session as PDF: a board to run the table by, with boxes to tick by hand. It names nobody but the branch."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.sheets import PAPER
from dpdesk.paper.lettering import BOLD, HIGH, MM, REGULAR, register, wrapped, write

_LEFT, _RIGHT = 18.0, 192.0
_STEP, _LOWEST = 9.4, 268.0
# Left edge and width of sheet, walk, pages, who, where it stands, out, back, entered.
_COLUMNS = ((18.0, 27.0), (47.0, 50.0), (98.0, 12.0), (113.0, 11.0), (126.0, 26.0), (153.0, 12.0), (166.0, 12.0), (179.0, 13.0))
_NUMBERS = (2, 3)
_TICKED = (5, 6, 7)


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
    """What stands on a cover sheet: headings (one for each column) and words are ready to print; `facts` are (name, value)."""

    title: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[CoverRow]
    foot: str


def render(cover: Cover) -> bytes:
    """The cover sheet, on as many pages as it takes: a row a sheet, with boxes for out, back and entered."""
    from reportlab.pdfgen.canvas import Canvas
    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(PAPER[0] * MM, HIGH), invariant=True, pageCompression=1)
    canvas.setTitle(cover.title)
    canvas.setCreator("dpdesk")
    rows, page = list(cover.rows), 0
    while rows or not page:
        top = _facts(canvas, cover) if not page else 24.0
        page += 1
        _headings(canvas, cover.headings, top)
        fit = int((_LOWEST - top - 3.0) / _STEP)
        for at, row in enumerate(rows[:fit]):
            _row(canvas, row, top + 3.0 + at * _STEP)
        del rows[:fit]
        write(canvas, cover.foot, REGULAR, 9, _LEFT, 279.0, _RIGHT - _LEFT - 12.0)
        write(canvas, str(page), BOLD, 9, _RIGHT, 279.0, 10.0, right=True)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _facts(canvas, cover: Cover) -> float:
    """Title and facts; returns the base line of the headings below."""
    write(canvas, cover.title, BOLD, 20, _LEFT, 25.0, _RIGHT - _LEFT)
    for at, (name, words) in enumerate(cover.facts):
        write(canvas, name, REGULAR, 10.5, _LEFT, 34.0 + at * 6.2, 26.0)
        write(canvas, words, BOLD, 10.5, _LEFT + 29.0, 34.0 + at * 6.2, _RIGHT - _LEFT - 29.0)
    return 34.0 + len(cover.facts) * 6.2 + 7.0


def _headings(canvas, headings: Sequence[str], base: float) -> None:
    for number, ((x, width), word) in enumerate(zip(_COLUMNS, headings, strict=True)):
        right = number in _NUMBERS
        write(canvas, word, BOLD, 8.5, x + width if right else x, base, width, right=right)
    canvas.setLineWidth(1.0)
    canvas.line(_LEFT * MM, HIGH - (base + 2.0) * MM, _RIGHT * MM, HIGH - (base + 2.0) * MM)


def _row(canvas, row: CoverRow, top: float) -> None:
    base = top + 5.6
    for number, text in ((0, row.number), (2, str(row.pages)), (3, row.holder), (4, row.state)):
        x, width = _COLUMNS[number]
        right = number in _NUMBERS
        write(canvas, text, BOLD if not number else REGULAR, 10.5, x + width if right else x, base, width, right=right)
    parts = wrapped(row.walk, BOLD, 9.5, _COLUMNS[1][1] * MM, 2)
    for number, part in enumerate(parts):
        down = base if len(parts) == 1 else base - 1.8 + number * 3.5
        write(canvas, part, BOLD, 10.5 if len(parts) == 1 else 8.5, _COLUMNS[1][0], down, _COLUMNS[1][1])
    canvas.setLineWidth(0.8)
    for number in _TICKED:
        canvas.rect(_COLUMNS[number][0] * MM, HIGH - (top + 7.0) * MM, 5.4 * MM, 5.4 * MM)
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.45)
    canvas.line(_LEFT * MM, HIGH - (top + _STEP - 1.0) * MM, _RIGHT * MM, HIGH - (top + _STEP - 1.0) * MM)
    canvas.setStrokeGray(0)
