"""Dirt on a scanner's glass draws a line down the page, through a column of boxes: it is found in the raw scan, where it is exactly
upright, and the boxes it crosses are not trusted."""

from __future__ import annotations

import cv2
import numpy as np

from dpdesk.paper.offsets import Boxes
from dpdesk.paper.registration import PX, Placed, moved

_THIN = 15  # pixels: a streak is darker than what is this near on both sides
_DARKER = 8
_BANDS = 6
_ALONG = 0.8  # of a band that must be darker; no printed line is so long
_PHONE = 0.012  # perspective above which the picture is no scan
Streak = tuple[int, int, int]  # column, and first and last line, in pixels of the scan


def find(grey: np.ndarray, placed: Placed) -> list[Streak]:
    """The streaks of a scan, each in a sixth of its height; none in a photograph."""
    if placed.slanted > _PHONE:
        return []
    high, wide = grey.shape
    small = cv2.resize(grey, (wide, high // 4), interpolation=cv2.INTER_AREA)
    darker = cv2.subtract(cv2.blur(small, (_THIN, 1)), small) > _DARKER
    size = len(small) // _BANDS
    found = []
    for band in range(_BANDS):
        share = darker[band * size:(band + 1) * size].mean(0)
        found += [(int(column), band * size * 4, (band + 1) * size * 4) for column in np.flatnonzero(share > _ALONG)]
    return found


def crossed(streaks: list[Streak], placed: Placed, boxes: Boxes) -> np.ndarray:
    """Which boxes (n) a streak runs through."""
    hit = np.zeros(len(boxes.at), bool)
    if not streaks:
        return hit
    points = np.concatenate([np.stack([np.full(60, x, float), np.linspace(first, last, 60)], 1) for x, first, last in streaks])
    at = moved(np.linalg.inv(placed.into), points) * PX
    low, slack = boxes.at, 2
    for number, (x, y) in enumerate(low):
        hit[number] = bool(((at[:, 0] > x - slack) & (at[:, 0] < x + boxes.side + slack)
                            & (at[:, 1] > y - slack) & (at[:, 1] < y + boxes.side + slack)).any())
    return hit
