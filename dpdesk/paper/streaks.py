"""Dirt on a scanner's glass draws a line down the page, through a column of boxes; a lost line of a scan goes across a row of them.

A streak is found in the raw scan, where it is exactly upright, and bridged from both sides; boxes that it crossed are trusted less.
"""

from __future__ import annotations

import cv2
import numpy as np

from dpdesk.domain.sheets import Layout
from dpdesk.paper.offsets import Boxes
from dpdesk.paper.registration import PX, SIZE, Placed, moved, shrunk

_THIN = 15  # pixels: a streak is darker than what is this near on both sides
_DARKER = 8
_BANDS = 6
_ALONG, _GOES_ON = 0.8, 0.35  # of a band that must be darker (no printed line is so long), and of one beside such a band
_WIDEST = 8
_PHONE = 0.012  # perspective above which the picture is no scan
_LINE, _GAPS = 110, 0.7  # ink of a lost line between the boxes, and in how many of the gaps of a row
Streak = tuple[int, int, int, int]  # first column, column after the last, first line, line after the last: pixels of the scan


def find(grey: np.ndarray, placed: Placed) -> list[Streak]:
    """The streaks of a scan within the paper, in sixths of its height; none in a photograph."""
    if placed.slanted > _PHONE:
        return []
    small = shrunk(grey, 4, 1)
    darker = cv2.compare(cv2.subtract(cv2.blur(small, (_THIN, 1)), small), _DARKER, cv2.CMP_GT)
    size = len(small) // _BANDS
    share = np.stack([cv2.reduce(darker[band * size:(band + 1) * size], 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0]
                      for band in range(_BANDS)]) / 255
    sure = share > _ALONG
    near = np.zeros_like(sure)
    near[1:] |= sure[:-1]
    near[:-1] |= sure[1:]
    found = []
    for band, line in enumerate(sure | (near & (share > _GOES_ON))):
        found += [(first, last, band * size * 4, (band + 1) * size * 4) for first, last in _runs(line)]
    return [streak for streak in found if _inside(streak, placed)]


def _runs(line: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], line.astype(np.int8), [0]])))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2) if last - first <= _WIDEST]


def _inside(streak: Streak, placed: Placed) -> bool:
    """Whether it runs over the paper, not along its edge."""
    first, last, top, bottom = streak
    x, y = moved(np.linalg.inv(placed.into), np.array([[(first + last) / 2, (top + bottom) / 2]]))[0]
    return bool(6.0 < x < SIZE[0] / PX - 6.0 and 6.0 < y < SIZE[1] / PX - 6.0)


def bridged(grey: np.ndarray, streaks: list[Streak]) -> np.ndarray:
    """The scan with every streak painted over from its left to its right neighbour."""
    clean = grey.copy()
    for first, last, top, bottom in streaks:
        left, right = max(0, first - 2), min(grey.shape[1] - 1, last + 1)
        part = np.linspace(0, 1, right - left + 1, dtype=np.float32)
        ends = grey[top:bottom, [left, right]].astype(np.float32)
        clean[top:bottom, left:right + 1] = (ends[:, :1] * (1 - part) + ends[:, 1:] * part).astype(np.uint8)
    return clean


def crossed(streaks: list[Streak], placed: Placed, boxes: Boxes) -> np.ndarray:
    """Which boxes (n) a streak ran through."""
    hit = np.zeros(len(boxes.at), bool)
    if not streaks:
        return hit
    points = np.concatenate([np.stack([np.full(60, (first + last) / 2), np.linspace(top, bottom, 60)], 1)
                             for first, last, top, bottom in streaks])
    at = moved(np.linalg.inv(placed.into), points) * PX
    for number, (x, y) in enumerate(boxes.at):
        hit[number] = bool(((at[:, 0] > x - 2) & (at[:, 0] < x + boxes.side + 2)
                            & (at[:, 1] > y - 2) & (at[:, 1] < y + boxes.side + 2)).any())
    return hit


def lined(ink: np.ndarray, boxes: Boxes, layout: Layout, count: int) -> np.ndarray:
    """Which boxes (n, `count` to a row) lie in a row that a line runs across: there is ink at some height in nearly every gap."""
    hit = np.zeros(len(boxes.at), bool)
    wide = round((layout.pitch - layout.box) * PX)
    for row in range(len(boxes.at) // count):
        at = np.round(boxes.at[row * count:(row + 1) * count]).astype(int)
        gaps = [ink[y + 2:y + boxes.side - 2, x - wide + 5:x - 5] for x, y in at if x > wide]
        through = [cv2.dilate(gap, np.ones((3, 1), np.uint8)).mean(1).max() > _LINE for gap in gaps]
        hit[row * count:(row + 1) * count] = len(through) > 2 and np.mean(through) >= _GAPS
    return hit
