"""Reads a page from a picture: which page it is, where its boxes lie, and what each says, with "unsure" where a person must look.

It takes grey pixels (decoding untrusted files is `paper/decoding.py`'s, in a process without network) and the desk's key, and never
guesses: identity, registration and frames must hold before a box is read (PAPER.md §3, §6). No clock, no file, no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dpdesk.domain.marks import Look, Mark, Verdict, looks
from dpdesk.domain.sheet_codes import PageCode
from dpdesk.domain.sheets import LAYOUTS, Layout, Rect, Sort
from dpdesk.paper import features, gate, identity, illumination, offsets, registration, sameness, streaks, thresholds
from dpdesk.paper.registration import PX, Placed

VERSION = 1  # of the recogniser; kept with every reading
_BY_HAND = 36  # pixels (4.5 mm) by which a box may be elsewhere when corners were dragged by hand
_HELD_BY_TWO = 1.8  # millimetres that a box may be off on a page held by two markers; perspective moves it by more
_FAR = 15.0
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PageReading:
    """One picture. `marks` and `scores` (how marked a box looks, 0..1) go row by row and are () unless the verdict is READ.

    `one_bit` asks for every row to be looked at; `streaks` counts columns of dirt on the glass. `columns` and `fingerprint` are kept
    with the reading, so that it can be decided again (`decided_again`) and told from others (`sameness.alike`) without the picture.
    """

    verdict: Verdict
    code: PageCode | None = None
    corners: Corners = ()
    markers: tuple[int, ...] = ()
    marks: tuple[tuple[Mark, ...], ...] = ()
    scores: tuple[tuple[float, ...], ...] = ()
    one_bit: bool = False
    streaks: int = 0
    residual: float = 0.0
    frames: float = 0.0  # ink of the palest frame side at the 5th percentile, what the gate looked at
    columns: np.ndarray = field(default_factory=lambda: np.zeros((0, len(features.COLUMNS)), np.float32), repr=False, compare=False)
    fingerprint: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float16), repr=False, compare=False)
    straightened: np.ndarray | None = field(default=None, repr=False, compare=False)

    @property
    def layout(self) -> Layout | None:
        return LAYOUTS[self.code.layout] if self.code else None


def read(pixels: np.ndarray, key: bytes, *, code: PageCode | None = None, corners: Corners = ()) -> PageReading:
    """Reads a page from grey (h x w) or colour (h x w x 3) bytes.

    `code` stands in for QR codes that cannot be read (a number typed by a person, looked up); `corners` are the paper's four corners in
    pixels, clockwise from the top left of the sheet, where a person has lined it up.
    """
    grey = grey_of(pixels)
    if corners:
        return _on_paper(grey, registration.by_corners(corners), key, code, by_hand=True)
    try:
        found = registration.find(grey)
    except registration.TwoSheets:
        return PageReading(Verdict.TWO_SHEETS)
    placed = registration.place(found, identity.corners_in(grey, key) if registration.lopsided(found) else None)
    if placed is None:
        return _unplaced(grey, key, code)
    if _elsewhere(found, placed):
        return PageReading(Verdict.TWO_SHEETS, corners=placed.corners)
    return _on_paper(grey, placed, key, code)


def read_with_corners(pixels: np.ndarray, corners: Corners, key: bytes, code: PageCode | None = None) -> PageReading:
    """A page that a person has lined up; the frames must hold all the same."""
    return read(pixels, key, code=code, corners=corners)


def grey_of(pixels: np.ndarray) -> np.ndarray:
    """Grey as it is; of colour the darkest of the three, in which every pen is dark (PAPER.md §4)."""
    return np.ascontiguousarray(pixels.min(axis=2) if pixels.ndim == 3 else pixels)


def decided_again(code: PageCode, columns: np.ndarray, limits: thresholds.Thresholds = thresholds.STANDARD,
                  ) -> tuple[tuple[tuple[Mark, ...], ...], tuple[tuple[float, ...], ...]]:
    """Marks and scores, row by row, from kept measurements under other thresholds."""
    marks, scores = thresholds.decide(columns, limits)
    rows = [slice(row * code.boxes, (row + 1) * code.boxes) for row in range(code.rows)]
    return (tuple(tuple(marks[row]) for row in rows),
            tuple(tuple(round(float(score), 3) for score in scores[row]) for row in rows))


def rows_to_look_at(reading: PageReading, sorts: Sequence[Sort], blanks: Sequence[bool] = ()) -> tuple[tuple[Look, ...], ...]:
    """For every row why a person must look at it (`marks.looks`); a scan in black and white alone is looked at whole."""
    found = []
    for number, row in enumerate(reading.marks):
        why = looks(row, sorts, blank=bool(blanks) and blanks[number])
        found.append(why if why or not reading.one_bit else (Look.UNSURE,))
    return tuple(found)


def crop(straightened: np.ndarray, place: Rect, margin: float = 1.5) -> np.ndarray:
    """The part of a straightened page that a place of the layout takes (a row, the notes, a box), with a margin in millimetres."""
    area = place.grown(margin)
    return straightened[max(0, round(area.y * PX)):round(area.bottom * PX), max(0, round(area.x * PX)):round(area.right * PX)]


def _elsewhere(found: dict[int, np.ndarray], placed: Placed) -> bool:
    """Whether a marker lies far from where this sheet must have it: then it is another sheet's."""
    for number in found.keys() - set(placed.markers):
        at = registration.moved(np.linalg.inv(placed.into), found[number]).mean(0)
        place = registration.MARKERS[number]
        if np.hypot(at[0] - place.x - place.width / 2, at[1] - place.y - place.height / 2) > _FAR:
            return True
    return False


def _unplaced(grey: np.ndarray, key: bytes, code: PageCode | None) -> PageReading:
    """Fewer than two markers: an empty back, something foreign, or a sheet of ours that a person lines up."""
    if code:
        return PageReading(Verdict.LINE_UP, code, one_bit=gate.one_bit(grey))
    if gate.blank(grey):
        return PageReading(Verdict.BLANK)
    found = identity.of_picture(grey, key)
    if found.code:
        return PageReading(Verdict.LINE_UP, found.code, one_bit=gate.one_bit(grey))
    return PageReading(Verdict.FOREIGN if found.refused is Verdict.NO_CODE else found.refused)


def _on_paper(grey: np.ndarray, placed: Placed, key: bytes, code: PageCode | None, *, by_hand: bool = False) -> PageReading:
    lines = streaks.find(grey, placed)
    page = registration.straighten(streaks.bridged(grey, lines) if lines else grey, placed)
    known = {"corners": placed.corners, "markers": placed.markers, "straightened": page, "one_bit": gate.one_bit(grey)}
    if not code:
        found = identity.of_page(page, grey, key)
        if not found.code:
            return PageReading(found.refused, **known)
        code = found.code
    ink = illumination.ink_of(page)
    layout = LAYOUTS[code.layout]
    reach = _BY_HAND if by_hand else offsets.REACH
    boxes = offsets.measure(ink, layout, code.rows, code.boxes, reach)
    known |= {"residual": boxes.residual, "frames": float(np.percentile(boxes.frames, 5))}
    if not gate.holds(boxes, _HELD_BY_TWO if len(placed.markers) == 2 else reach / PX):
        return PageReading(Verdict.LINE_UP, code, **known)
    columns = features.columns(ink, boxes)
    columns[:, -2] = streaks.crossed(lines, placed, boxes)
    columns[:, -1] = streaks.lined(ink, boxes, layout, code.boxes)
    marks, scores = decided_again(code, columns)
    return PageReading(Verdict.READ, code, marks=marks, scores=scores, streaks=len({streak[0] // 4 for streak in lines}),
                       columns=columns, fingerprint=sameness.fingerprint(ink, columns, layout, code.rows), **known)
