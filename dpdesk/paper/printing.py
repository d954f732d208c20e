"""Draws campaign sheets as PDF: black on white, fonts embedded, what repeats kept once as a form of the file (PAPER.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dpdesk.domain.sheets import MARKERS, PAPER, QR_PLACES, RIGHT, Layout, Rect, SheetLine, SheetPage
from dpdesk.paper import symbols
from dpdesk.paper.lettering import BOLD, HIGH, MM, REGULAR, fitted, register, wrapped, write
from dpdesk.paper.printing_frame import draw_frame


def draw(pages: Iterable[SheetPage], out: BinaryIO, title: str = "Campaign sheets") -> int:
    """Writes the pages into `out` as one PDF, and returns how many; `title` is seen in the file's properties and names nobody."""
    from reportlab.pdfgen.canvas import Canvas
    register()
    canvas = Canvas(out, pagesize=(PAPER[0] * MM, HIGH), invariant=True, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("dpdesk")
    canvas.setCreator("dpdesk")
    frames: dict[object, str] = {}
    count = 0
    for page in pages:
        canvas.doForm(_frame(canvas, frames, page))
        _codes(canvas, page)
        _head(canvas, page)
        for row, line in enumerate(page.lines):
            if not line.blank:
                _line(canvas, page.layout, row, line)
        canvas.showPage()
        count += 1
    canvas.save()
    return count


def _frame(canvas, frames: dict[object, str], page: SheetPage) -> str:
    """The form with everything that pages of the same kind share."""
    key = (page.layout.code, page.boxes, page.labels, page.branch, page.title, page.confidentiality, page.return_to,
           tuple(line.blank for line in page.lines))
    if key not in frames:
        frames[key] = f"frame{len(frames)}"
        canvas.beginForm(frames[key])
        _markers(canvas)
        draw_frame(canvas, page)
        canvas.endForm()
    return frames[key]


def _markers(canvas) -> None:
    path = canvas.beginPath()
    for number, place in MARKERS.items():
        _cells(path, symbols.marker(number), place, symbols.MARKER_CELLS)
    canvas.drawPath(path, stroke=0, fill=1)


def _codes(canvas, page: SheetPage) -> None:
    """Both QR codes as one path: rectangles drawn one by one leave hairlines in some viewers."""
    path = canvas.beginPath()
    for payload, place in zip(page.codes, QR_PLACES.values(), strict=True):
        _cells(path, symbols.qr(payload), place, symbols.QR_MODULES)
    canvas.drawPath(path, stroke=0, fill=1)


def _cells(path, runs: tuple[symbols.Run, ...], place: Rect, cells: int) -> None:
    side = place.width / cells * MM
    left, top = place.x * MM, HIGH - place.y * MM
    for row, column, columns in runs:
        path.rect(left + column * side, top - (row + 1) * side, columns * side, side)


def _head(canvas, page: SheetPage) -> None:
    """Street and session on the left; the number of the sheet, page and copy on the right, and again in the footer."""
    place, foot = page.layout.header, page.layout.footer
    aside = 46.0
    write(canvas, page.heading, BOLD, 18, place.x, place.y + 11.5, place.width - aside)
    write(canvas, page.summary, REGULAR, 9.5, place.x, place.y + 16.5, place.width - aside)
    write(canvas, page.session, REGULAR, 9.5, place.x, place.y + 20.6, place.width)
    numbers = page.labels.page_of.format(page=page.page, pages=page.pages) + " · " + page.labels.copy.format(copy=page.copy)
    write(canvas, page.label, BOLD, 9.5, place.right, place.y + 11.5, aside, right=True)
    write(canvas, numbers, REGULAR, 9.5, place.right, place.y + 16.5, aside, right=True)
    write(canvas, f"{page.labels.sheet} {page.label}", BOLD, 11, foot.x, foot.y + 6.5, 78.0)
    write(canvas, numbers, BOLD, 11, foot.right, foot.y + 6.5, foot.width - 80.0, right=True)


def _line(canvas, layout: Layout, row: int, line: SheetLine) -> None:
    """One elector: door and number on the left, name and address over the boxes, optional columns over the notes."""
    door, title, details = layout.door(row), layout.title(row), layout.details(row)
    base = title.y + 1.6 + layout.name_size * 0.27
    _door(canvas, line.door, layout.name_size, door, base)
    write(canvas, line.number, REGULAR, layout.small_size, door.x, layout.box_at(row, 0).bottom - 1.2, door.width)
    used = write(canvas, line.name, BOLD, layout.name_size, title.x, base, title.width)
    if line.address and title.width - used > 12:
        write(canvas, line.address, REGULAR, layout.name_size * 0.86, title.x + used + 2.0, base, title.width - used - 2.0)
    _details(canvas, " · ".join(line.details), layout.small_size, details, base)


def _door(canvas, text: str, size: float, place: Rect, base: float) -> None:
    """A house number is big; a house name that needs more room takes two smaller lines."""
    if fitted(text, BOLD, size * 1.25, place.width * MM)[0] == text:
        write(canvas, text, BOLD, size * 1.25, place.x, base, place.width)
        return
    for number, part in enumerate(wrapped(text, BOLD, size * 0.85, place.width * MM, 2)):
        write(canvas, part, BOLD, size * 0.85, place.x, base + number * size * 0.36, place.width)


def _details(canvas, text: str, size: float, place: Rect, base: float) -> None:
    """Optional columns end at the right edge: on one line, else on two smaller ones that end where one would."""
    if fitted(text, REGULAR, size, place.width * MM)[2] == size:
        write(canvas, text, REGULAR, size, RIGHT, base, place.width, right=True)
        return
    small = size * 0.82
    for number, part in enumerate(reversed(wrapped(text, REGULAR, small, place.width * MM, 2))):
        write(canvas, part, REGULAR, small, RIGHT, base - number * small * 0.4, place.width, right=True)
