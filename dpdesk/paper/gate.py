"""Refuses rather than guesses: whether frames are where they must be before any box is read, and what a page without them is."""

from __future__ import annotations

import cv2
import numpy as np

from dpdesk.paper.offsets import Boxes

_FRAME, _OF_MEDIAN = 0.30, 0.6  # ink of the palest side of a frame, at all but one box in twenty: as such, and of the page's median
_GONE, _MOST_GONE = 0.15, 0.03
_RESIDUAL = 0.35  # millimetres
_BLANK = 0.002
_NEAR, _ONE_BIT, _BETWEEN = 8, 0.985, 0.06


def holds(boxes: Boxes, farthest: float) -> bool:
    """Whether the printed frames are where the boxes are thought to be, and none is farther than `farthest` millimetres from its place:
    what lies beyond the reach of measuring was never seen, and might be a neighbour. A photograph held by two markers ends here."""
    least = max(_FRAME, _OF_MEDIAN * float(np.median(boxes.frames)))
    return (float(np.percentile(boxes.frames, 5)) >= least and float((boxes.frames < _GONE).mean()) <= _MOST_GONE
            and boxes.residual <= _RESIDUAL and boxes.farthest <= farthest)


def blank(grey: np.ndarray) -> bool:
    """Whether there is next to nothing on an evenly bright page: the back of a sheet."""
    small = cv2.resize(grey, (420, 594), interpolation=cv2.INTER_AREA)[12:-12, 12:-12]
    paper = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8)), (15, 15))
    even = float(np.percentile(paper, 2)) > 0.6 * float(paper.max())
    return even and float((small < paper * 0.75).mean()) < _BLANK


def one_bit(grey: np.ndarray) -> bool:
    """Whether the scan knows black and white alone: faint marks are gone from it, and nobody can tell."""
    counts = cv2.calcHist([grey[::3]], [0], None, [256], [0, 256]).ravel()
    between = counts[_NEAR + 1:255 - _NEAR].sum()
    return bool(between < (1 - _ONE_BIT) * counts.sum() and between < _BETWEEN * max(1, counts[:_NEAR + 1].sum()))
