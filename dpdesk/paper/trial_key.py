"""The key sheets of a trial: the same rows and boxes with the marks to make drawn in, and no marker or code, so that none is ever read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dpdesk.domain.marks import Mark
from dpdesk.domain.sheets import LEFT, PAPER, Rect, SheetPage
from dpdesk.paper.lettering import BOLD, HIGH, MM, REGULAR, register

_HOW = ("Mark the sheet of the same number as this key shows, with the pen named above, quickly, as at a doorstep: a tick, a cross,",
        "a slash or a scribble, in your own way. A black box: make a mark, then black it out completely. Write some words into the notes.")
Keyed = tuple[SheetPage, list[list[Mark]], str]


def draw(keys: Iterable[Keyed], out: BinaryIO) -> None:
    """Writes one key sheet for each page, its truth and its pen."""
    from reportlab.pdfgen.canvas import Canvas
    register()
    canvas = Canvas(out, pagesize=(PAPER[0] * MM, HIGH), invariant=True, pageCompression=1)
    canvas.setTitle("Trial key")
    for page, truth, pen in keys:
        _head(canvas, page, pen)
        for row, marks in enumerate(truth):
            _row(canvas, page, row, marks)
        canvas.showPage()
    canvas.save()


def _head(canvas, page: SheetPage, pen: str) -> None:
    for font, size, down, text in ((BOLD, 18, 20.0, f"Key to {page.label}"), (BOLD, 13, 28.0, f"{page.heading} · {pen}"),
                                   (REGULAR, 8.5, 36.0, _HOW[0]), (REGULAR, 8.5, 40.5, _HOW[1])):
        canvas.setFont(font, size)
        canvas.drawString(LEFT * MM, HIGH - down * MM, text)


def _row(canvas, page: SheetPage, row: int, marks: list[Mark]) -> None:
    line, place = page.lines[row], page.layout.row(row)
    canvas.setFont(BOLD, page.layout.name_size)
    canvas.drawString(LEFT * MM, HIGH - (place.y + 4.6) * MM, f"{line.door}   {line.name}")
    for number, mark in enumerate(marks):
        at = page.layout.box_at(row, number)
        canvas.setFont(REGULAR, page.layout.letter_size)
        canvas.drawCentredString((at.x + at.width / 2) * MM, HIGH - (at.y - 1.2) * MM, page.boxes[number].letters)
        _box(canvas, at, mark)


def _box(canvas, at: Rect, mark: Mark) -> None:
    canvas.setLineWidth(0.8)
    canvas.rect(at.x * MM, HIGH - at.bottom * MM, at.width * MM, at.height * MM, stroke=1, fill=int(mark is Mark.CANCELLED))
    if mark is Mark.MARKED:
        canvas.setLineWidth(1.6)
        canvas.line((at.x + 0.8) * MM, HIGH - (at.y + 0.8) * MM, (at.right - 0.8) * MM, HIGH - (at.bottom - 0.8) * MM)
        canvas.line((at.right - 0.8) * MM, HIGH - (at.y + 0.8) * MM, (at.x + 0.8) * MM, HIGH - (at.bottom - 0.8) * MM)
