"""A campaign sheet: where everything lies on its paper, in millimetres from the top left corner, and what a page holds.

The printer and the reader both take the geometry from here, so print and scan cannot drift apart (PAPER.md §5). A layout that has
been printed never changes: its code stands in the QR code of every page, and a better one gets a new code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

PAPER = (210.0, 297.0)  # A4, portrait
EDGE = 12.0  # nothing is printed nearer to the paper's edge: feeders and printers clip (PAPER.md §5)
MARKER = 8.0
MARKER_QUIET = 6.0
QR = 18.0
QR_QUIET = 4.0
CORNERS = ("A", "B")  # the last letter of the code at the top right and at the bottom left
MOST_BOXES = 9


class Rect(NamedTuple):
    """A rectangle: its left and upper edge, width and height, in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def grown(self, by: float) -> Rect:
        """The rectangle with a margin of `by` round it."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def meets(self, other: Rect) -> bool:
        """Whether the two have more than an edge in common."""
        slack = 1e-6
        return (self.x < other.right - slack and other.x < self.right - slack
                and self.y < other.bottom - slack and other.y < self.bottom - slack)


_FAR_X, _FAR_Y = PAPER[0] - EDGE - MARKER, PAPER[1] - EDGE - MARKER
_MIDDLE = (PAPER[1] - MARKER) / 2
# ArUco DICT_4X4_50: ids 0 to 3 clockwise from the top left, 4 and 5 in the middle of the left and of the right side.
MARKERS: dict[int, Rect] = {
    0: Rect(EDGE, EDGE, MARKER, MARKER), 1: Rect(_FAR_X, EDGE, MARKER, MARKER),
    2: Rect(_FAR_X, _FAR_Y, MARKER, MARKER), 3: Rect(EDGE, _FAR_Y, MARKER, MARKER),
    4: Rect(EDGE, _MIDDLE, MARKER, MARKER), 5: Rect(_FAR_X, _MIDDLE, MARKER, MARKER),
}  # fmt: skip
QR_PLACES: dict[str, Rect] = {"A": Rect(162.0, EDGE, QR, QR), "B": Rect(30.0, PAPER[1] - EDGE - QR, QR, QR)}
LEFT, RIGHT = EDGE + MARKER + MARKER_QUIET, PAPER[0] - EDGE - MARKER - MARKER_QUIET  # 26 and 184: everything else is printed between


def quiet_zones() -> tuple[Rect, ...]:
    """Where nothing but a marker or a QR code may be printed: round each of the six and of the two."""
    return (*(place.grown(MARKER_QUIET) for place in MARKERS.values()), *(place.grown(QR_QUIET) for place in QR_PLACES.values()))


@dataclass(frozen=True)
class Layout:
    """One arrangement of rows and boxes; `code` is one letter or digit of the QR code. Sizes of type are in points.

    A row holds, from left to right: door and elector number; name, and below it the boxes with their letters; notes.
    """

    code: str
    name: str
    rows: int
    top: float
    row_height: float
    box: float
    pitch: float
    first_box: float
    box_down: float  # from the row's upper edge to that of its boxes
    notes_left: float
    name_size: float
    letter_size: float
    small_size: float

    @property
    def header(self) -> Rect:
        """Branch, campaign, street and session, between the top markers and left of the QR code."""
        return Rect(LEFT, EDGE, QR_PLACES["A"].x - QR_QUIET - LEFT, 22.0)

    @property
    def legend(self) -> Rect:
        """What the letters mean, and how to mark a box."""
        return Rect(LEFT, 34.0, RIGHT - LEFT, self.top - 34.0)

    @property
    def footer(self) -> Rect:
        """Number, whom to return it to, confidentiality: right of the lower QR code."""
        place = QR_PLACES["B"]
        return Rect(place.right + QR_QUIET, place.y - QR_QUIET, RIGHT - place.right - QR_QUIET, QR + QR_QUIET)

    def row(self, row: int) -> Rect:
        return Rect(LEFT, self.top + row * self.row_height, RIGHT - LEFT, self.row_height)

    def box_at(self, row: int, box: int) -> Rect:
        """The outer edge of a box's printed outline; row and box count from 0."""
        return Rect(self.first_box + box * self.pitch, self.row(row).y + self.box_down, self.box, self.box)

    def door(self, row: int) -> Rect:
        """House number above, elector number below."""
        return Rect(LEFT, self.row(row).y, self.first_box - LEFT - 2.0, self.row_height)

    def title(self, row: int) -> Rect:
        """Name and address, above the boxes' letters."""
        return Rect(self.first_box, self.row(row).y, self.notes_left - self.first_box - 3.0, self.box_down - self.letters_high)

    @property
    def letters_high(self) -> float:
        """How much room the letters above the boxes take, to the boxes' edge."""
        return 1.2 + self.letter_size * 0.26

    def details(self, row: int) -> Rect:
        """Optional columns, above the notes."""
        return Rect(self.notes_left, self.row(row).y, RIGHT - self.notes_left, self.row_height * 0.28)

    def notes(self, row: int) -> Rect:
        """Where the canvasser writes by hand."""
        place = self.row(row)
        down = self.row_height * 0.30
        return Rect(self.notes_left, place.y + down, RIGHT - self.notes_left, self.row_height - down - self.row_height * 0.10)


NORMAL = Layout("1", "normal", rows=12, top=48.0, row_height=17.8, box=5.0, pitch=10.4, first_box=44.0, box_down=10.4,
                notes_left=137.0, name_size=10.5, letter_size=8.0, small_size=7.5)
LARGE = Layout("2", "large", rows=8, top=48.0, row_height=26.6, box=7.0, pitch=11.5, first_box=48.0, box_down=16.0,
               notes_left=150.5, name_size=15.0, letter_size=12.0, small_size=10.0)
LAYOUTS: dict[str, Layout] = {layout.code: layout for layout in (NORMAL, LARGE)}


def clashes(layout: Layout) -> Iterator[str]:
    """What lies where it must not: in a quiet zone, too near to the paper's edge, or on something else. A sound layout gives none."""
    inside = Rect(EDGE, EDGE, PAPER[0] - 2 * EDGE, PAPER[1] - 2 * EDGE)
    blocks = {"header": layout.header, "legend": layout.legend, "footer": layout.footer,
              **{f"row {row}": layout.row(row) for row in range(layout.rows)}}
    for name, place in blocks.items():
        if place.x < inside.x or place.y < inside.y or place.right > inside.right or place.bottom > inside.bottom:
            yield f"{name} leaves the paper"
        yield from (f"{name} meets quiet zone {number}" for number, zone in enumerate(quiet_zones()) if place.meets(zone))
        yield from (f"{name} meets {other}" for other, there in blocks.items() if other > name and place.meets(there))
    zones = [*MARKERS.values(), *QR_PLACES.values()]
    for number, zone in enumerate(quiet_zones()):
        yield from (f"quiet zone {number} meets {other}" for other, place in enumerate(zones) if other != number and zone.meets(place))
    for row in range(layout.rows):
        last = layout.box_at(row, MOST_BOXES - 1)
        if last.bottom > layout.row(row).bottom - 1.5 or last.right > layout.notes_left - 3.0:
            yield f"boxes of row {row} have no air"
        if layout.title(row).height < layout.name_size * 0.36 or layout.notes(row).meets(layout.details(row)):
            yield f"row {row} is too low"
    if layout.pitch < 10.0 or layout.box < 5.0:
        yield "boxes are too small or too near to each other"


class Sort(StrEnum):
    """What a box speaks of. Two intentions in one row exclude each other; so do an intention and "no answer"."""

    INTENTION = "intention"
    NO_ANSWER = "no_answer"
    OUTCOME = "outcome"  # spoke of something else: moved, refused, asked to call back
    EXTRA = "extra"  # beside an intention: poster, postal vote, scale


@dataclass(frozen=True)
class Box:
    """A column of boxes: the one to three letters above it, what they mean, and of what sort it is."""

    letters: str
    meaning: str
    sort: Sort


@dataclass(frozen=True)
class SheetLine:
    """One elector as printed. A `blank` line stands for somebody not to be called on, and holds nothing else (DOMAIN.md C7)."""

    number: str = ""
    door: str = ""
    name: str = ""
    address: str = ""
    details: tuple[str, ...] = ()
    blank: bool = False

    def __post_init__(self) -> None:
        if self.blank and (self.number or self.door or self.name or self.address or self.details):
            raise ValueError("a blank line names nobody")


@dataclass(frozen=True)
class SheetLabels:
    """The words printed on every sheet, in the language of the branch; `page_of` and `copy` hold {page}, {pages}, {copy}."""

    sheet: str
    page_of: str
    copy: str
    notes: str
    blank: str
    how_to_mark: str
    do_not_photograph: str
    return_to: str


@dataclass(frozen=True)
class SheetPage:
    """Everything on one printed page, ready to draw; `codes` are the payloads of the QR codes A and B (`sheet_codes.payload`)."""

    layout: Layout
    codes: tuple[str, str]
    label: str  # the number to type, `sheet_codes.PageCode.label`
    page: int
    pages: int
    copy: int
    boxes: tuple[Box, ...]
    lines: tuple[SheetLine, ...]
    labels: SheetLabels
    branch: str
    title: str  # the campaign
    heading: str  # street or walk
    summary: str = ""  # odd and even numbers of the street, how many doors
    session: str = ""  # date, place, responsible individual
    confidentiality: str = ""
    return_to: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.boxes) <= MOST_BOXES or not 1 <= len(self.lines) <= self.layout.rows:
            raise ValueError("more boxes or lines than the layout has, or none")
