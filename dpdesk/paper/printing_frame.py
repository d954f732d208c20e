"""What all pages of a kind share: branch and class, the meaning of the letters, rows with their boxes, and the footer's words."""

from __future__ import annotations

from dpdesk.domain.sheets import LEFT, RIGHT, Box, Layout, Rect, SheetPage
from dpdesk.paper.lettering import BOLD, HIGH, MM, REGULAR, fitted, wrapped, write

_HAIR = 0.3
_OUTLINE = 0.8  # of a box, in points
_QUIET = 0.45  # grey of lines that only guide the eye


def draw_frame(canvas, page: SheetPage) -> None:
    """Everything that does not name anybody and does not change from page to page."""
    _top(canvas, page)
    _legend(canvas, page)
    for row in range(len(page.lines)):
        _row(canvas, page, row)
    _foot(canvas, page)


def _top(canvas, page: SheetPage) -> None:
    place = page.layout.header
    wide = _pill(canvas, page.confidentiality, place.right, place.y, place.width * 0.5) if page.confidentiality else 0.0
    write(canvas, f"{page.branch} · {page.title}", BOLD, 9.5, place.x, place.y + 3.6, place.width - wide - 3.0)


def _pill(canvas, text: str, right: float, top: float, most: float) -> float:
    """The class in white on black; returns its width in millimetres."""
    text, font, size = fitted(text, BOLD, 8.5, (most - 5.0) * MM)
    wide = canvas.stringWidth(text, font, size) / MM + 5.0
    canvas.roundRect((right - wide) * MM, HIGH - (top + 5.2) * MM, wide * MM, 5.2 * MM, 1.2 * MM, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(font, size)
    canvas.drawString((right - wide + 2.5) * MM, HIGH - (top + 3.6) * MM, text)
    canvas.setFillGray(0)
    return wide


def _legend(canvas, page: SheetPage) -> None:
    """How to mark, with two drawn examples; then every letter with its meaning, on one or two lines."""
    place = page.layout.legend
    _example(canvas, place.x, place.y + 0.9, cancelled=False)
    _example(canvas, place.x + 5.0, place.y + 0.9, cancelled=True)
    write(canvas, page.labels.how_to_mark, BOLD, 8.5, place.x + 11.0, place.y + 3.9, place.width - 11.0)
    size, rows = _arranged(canvas, page.boxes, place.width)
    for number, row in enumerate(rows):
        _meanings(canvas, row, size, place.x, place.y + (8.7 if len(rows) > 1 else 10.2) + number * 3.9)
    canvas.setLineWidth(1.0)
    canvas.line(LEFT * MM, HIGH - page.layout.top * MM, RIGHT * MM, HIGH - page.layout.top * MM)


def _example(canvas, x: float, y: float, *, cancelled: bool) -> None:
    side = 3.8
    canvas.setLineWidth(_OUTLINE)
    canvas.rect(x * MM, HIGH - (y + side) * MM, side * MM, side * MM, stroke=1, fill=int(cancelled))
    if not cancelled:
        canvas.setLineWidth(1.3)
        for up in (0, 1):
            ends = (y + side - 0.7, y + 0.7) if up else (y + 0.7, y + side - 0.7)
            canvas.line((x + 0.7) * MM, HIGH - ends[0] * MM, (x + side - 0.7) * MM, HIGH - ends[1] * MM)


def _arranged(canvas, boxes: tuple[Box, ...], width: float) -> tuple[float, list[tuple[Box, ...]]]:
    """The biggest size at which the meanings stand on one line, else on two, else as small as they must be."""
    half = (len(boxes) + 1) // 2
    for size, rows in ((9.0, [boxes]), (8.5, [boxes]), (9.0, [boxes[:half], boxes[half:]]), (8.0, [boxes[:half], boxes[half:]])):
        if max(_wide(canvas, row, size) for row in rows) <= width:
            return size, rows
    return 8.0 * width / max(_wide(canvas, row, 8.0) for row in rows), rows


def _wide(canvas, boxes: tuple[Box, ...], size: float) -> float:
    return sum(canvas.stringWidth(box.letters, BOLD, size) + canvas.stringWidth(box.meaning, REGULAR, size)
               for box in boxes) / MM + len(boxes) * 1.3 + (len(boxes) - 1) * 3.4


def _meanings(canvas, boxes: tuple[Box, ...], size: float, x: float, base: float) -> None:
    for box in boxes:
        x += write(canvas, box.letters, BOLD, size, x, base, 100.0) + 1.3
        x += write(canvas, box.meaning, REGULAR, size, x, base, 158.0) + 3.4


def _row(canvas, page: SheetPage, row: int) -> None:
    layout, blank = page.layout, page.lines[row].blank
    for number, box in enumerate(page.boxes):
        place = layout.box_at(row, number)
        _outline(canvas, place)
        if not blank:
            text, font, size = fitted(box.letters, BOLD, layout.letter_size, (layout.pitch - 1.0) * MM)
            canvas.setFont(font, size)
            canvas.drawCentredString((place.x + place.width / 2) * MM, HIGH - (place.y - 1.2) * MM, text)
    _writing_room(canvas, layout, row, page.labels.notes, blank)
    if blank:
        title = layout.title(row)
        canvas.setFillGray(0.25)
        write(canvas, page.labels.blank, REGULAR, layout.name_size * 0.9, title.x, title.y + 1.6 + layout.name_size * 0.27, title.width)
        canvas.setFillGray(0)
    bottom = HIGH - layout.row(row).bottom * MM
    canvas.setLineWidth(_HAIR)
    canvas.setStrokeGray(_QUIET)
    canvas.line(LEFT * MM, bottom, RIGHT * MM, bottom)
    canvas.setStrokeGray(0)


def _outline(canvas, place: Rect) -> None:
    """The outline lies inside the box's edge, so that the printed black ends where the geometry says."""
    half = _OUTLINE / 2
    canvas.setLineWidth(_OUTLINE)
    canvas.rect(place.x * MM + half, HIGH - place.bottom * MM + half, place.width * MM - _OUTLINE, place.height * MM - _OUTLINE)


def _writing_room(canvas, layout: Layout, row: int, word: str, blank: bool) -> None:
    place = layout.notes(row)
    canvas.setLineWidth(_HAIR)
    canvas.setStrokeGray(_QUIET)
    canvas.roundRect(place.x * MM, HIGH - place.bottom * MM, place.width * MM, place.height * MM, 0.8 * MM)
    if blank:
        canvas.line(place.x * MM, HIGH - place.bottom * MM, place.right * MM, HIGH - place.y * MM)
    canvas.setStrokeGray(0)
    if not blank:
        canvas.setFillGray(0.35)
        write(canvas, word, REGULAR, 6.0, place.x + 1.0, place.y + 2.4, place.width - 2.0)
        canvas.setFillGray(0)


def _foot(canvas, page: SheetPage) -> None:
    place = page.layout.footer
    write(canvas, page.labels.do_not_photograph, BOLD, 8.5, place.x, place.y + 11.3, place.width)
    back = f"{page.labels.return_to} {page.return_to}".strip() if page.return_to else ""
    for number, line in enumerate(wrapped(back, REGULAR, 8.5, place.width * MM, 2)):
        write(canvas, line, REGULAR, 8.5, place.x, place.y + 15.6 + number * 3.8, place.width)
