"""Where every box really is: the printed frames are measured, and one smooth field is fitted through all of them.

Curl, stretch and "fit to page" move boxes by up to some millimetres, together; a blacked-out box or a stray line moves none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dpdesk.domain.sheets import Layout
from dpdesk.paper.registration import PX

REACH = 20  # pixels (2.5 mm) by which a box may be elsewhere
_LINE = 0.282 * PX / 2  # half the printed outline
_OFTEN = 0.3  # a side is ink along all but this share of its length
_SNAP = 2.4  # pixels by which a box may leave the field where its own frame is clear
_ROUNDS = 12


@dataclass(frozen=True)
class Boxes:
    """The boxes of a page, row by row: upper left corners in pixels (n x 2, x and y), side in pixels, how black the palest side of each
    frame is and how abruptly its ink begins (0..1); by how many millimetres the boxes miss the fitted field, and how far from its place
    in the layout the farthest lies."""

    at: np.ndarray
    side: int
    frames: np.ndarray
    crisp: np.ndarray
    residual: float
    farthest: float


def measure(ink: np.ndarray, layout: Layout, rows: int, boxes: int, reach: int = REACH) -> Boxes:
    """Finds the frames in the ink of a straightened page, each within `reach` pixels of its place."""
    planned = np.array([(place.x, place.y) for row in range(rows) for box in range(boxes)
                        for place in (layout.box_at(row, box),)]) * PX
    side = round(layout.box * PX)
    start = np.round(planned).astype(int)
    cuts = windows(ink, start - reach, side + 2 * reach)
    across, across_clear = _shift(_profile(cuts, side, reach, axis=1), side, reach)
    down, down_clear = _shift(_profile(cuts, side, reach, axis=2), side, reach)
    seen = np.stack([across, down], 1) + start - planned
    clear = np.stack([across_clear, down_clear], 1)
    field = _field(planned, seen, clear)
    off = seen - field
    final = field + np.where((np.abs(off) <= _SNAP) & (clear > 0.25), off, 0.0)
    sound = clear > 0.25
    residual = float(np.median(np.abs(off[sound]))) / PX if sound.any() else 9.0
    at = planned + final
    return Boxes(at, side, *_frames(ink, at, side), residual, float(np.abs(final).max()) / PX)


def windows(ink: np.ndarray, corner: np.ndarray, size: int) -> np.ndarray:
    """Square cuts (n x size x size) whose upper left corners are given; a corner outside is moved inside."""
    view = sliding_window_view(ink, (size, size))
    x, y = corner[:, 0].clip(0, view.shape[1] - 1), corner[:, 1].clip(0, view.shape[0] - 1)
    return view[y, x]


def _profile(cuts: np.ndarray, side: int, reach: int, axis: int) -> np.ndarray:
    """Per box and column (axis 1) or row (axis 2): the ink that all but few of the middle pixels reach; a mark crosses only few."""
    middle = slice(reach + side // 4, reach + side - side // 4)
    band = cuts[:, middle, :] if axis == 1 else cuts[:, :, middle]
    rank = int(band.shape[axis] * _OFTEN)
    line = np.partition(band, rank, axis=axis).take(rank, axis=axis).astype(np.float32) / 255
    line[:, 1:-1] = line[:, :-2] * 0.25 + line[:, 1:-1] * 0.5 + line[:, 2:] * 0.25
    return line


def _shift(line: np.ndarray, side: int, reach: int) -> tuple[np.ndarray, np.ndarray]:
    """By how many pixels both sides of each frame are moved, and how clearly they stand out, 0..1."""
    steps = np.arange(-reach + 2, reach - 1)
    first, last = reach + _LINE - 0.5 + steps, reach + side - _LINE - 0.5 + steps
    score = np.sqrt(_at(line, first) * _at(line, last))
    best = (score - np.abs(steps) * 0.004).argmax(1).clip(1, len(steps) - 2)
    rows = np.arange(len(line))
    left, top, right = score[rows, best - 1], score[rows, best], score[rows, best + 1]
    bend = left - 2 * top + right
    part = np.where(np.abs(bend) > 1e-6, 0.5 * (left - right) / np.where(np.abs(bend) > 1e-6, bend, 1), 0).clip(-0.5, 0.5)
    return steps[best] + part, (top - np.median(score, 1)).clip(0, 1)


def _at(line: np.ndarray, places: np.ndarray) -> np.ndarray:
    whole = np.floor(places).astype(int)
    part = (places - whole).astype(np.float32)
    return line[:, whole] * (1 - part) + line[:, whole + 1] * part


def _field(planned: np.ndarray, seen: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """A quadratic of the page's x and y for either direction, fitted so that boxes that disagree count little, then nothing."""
    x, y = ((planned - planned.mean(0)) / (PX * 100.0)).T
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], 1)
    if np.ptp(y) < 0.4:  # a few rows do not hold a bend
        terms = terms[:, :3]
    field = np.empty_like(seen)
    for direction in range(2):
        weight = clear[:, direction] + 1e-3
        for turn in range(_ROUNDS):
            root = np.sqrt(weight)[:, None]
            solved = np.linalg.lstsq(terms * root, seen[:, direction:direction + 1] * root, rcond=None)[0]
            field[:, direction] = (terms @ solved)[:, 0]
            off = np.abs(seen[:, direction] - field[:, direction])
            doubt = 1 / np.maximum(off, 0.5) if turn < _ROUNDS // 2 else (1 - (off / 4) ** 2).clip(0) ** 2
            weight = clear[:, direction] * doubt + 1e-4
    return field


def _frames(ink: np.ndarray, at: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Of the frames where they are now thought to lie: the ink of the palest side, and the steepest step over two pixels, each 0..1."""
    rim = 3
    cuts = windows(ink, np.round(at).astype(int) - rim, side + 2 * rim)
    middle = slice(rim + side // 8, rim + side - side // 8)
    sides, steps = [], []
    for band in (cuts[:, middle, :], cuts[:, :, middle].transpose(0, 2, 1)):
        line = np.partition(band, band.shape[1] // 4, axis=1)[:, band.shape[1] // 4, :].astype(np.int16)
        sides += [line[:, :2 * rim + 2].max(1), line[:, -2 * rim - 2:].max(1)]
        steps += [np.abs(line[:, 2:] - line[:, :-2])[:, :2 * rim].max(1)]
    return np.min(sides, axis=0).astype(np.float32) / 255, np.mean(steps, axis=0).astype(np.float32) / 255
