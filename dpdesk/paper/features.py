"""What is measured of every box: numbers that are kept, so that the decision can be made again without the picture."""

from __future__ import annotations

import cv2
import numpy as np

from dpdesk.paper.offsets import Boxes, windows
from dpdesk.paper.registration import PX

VERSION = 1  # of the columns below; kept with them
COLUMNS = ("mean", "hard", "soft", "p95", "middle", "edge", "extent", "palest", "ring", "frame", "crisp", "streak", "lined")
_INSET = 0.60  # millimetres from the box's edge that the outline, its blur and its neighbour's error take
_HARD, _SOFT = 128, 56
_RING = 1.1


def columns(ink: np.ndarray, boxes: Boxes) -> np.ndarray:
    """One row of `COLUMNS` for each box (n x 13, float32); the last two are 0 for `streaks.py` to fill."""
    inset = round(_INSET * PX)
    inner = boxes.side - 2 * inset
    corner = np.round(boxes.at).astype(int)
    cuts = windows(ink, corner + inset, inner)
    flat = cuts.reshape(len(cuts), -1)
    rank = int(flat.shape[1] * 0.95)
    found = np.zeros((len(cuts), len(COLUMNS)), np.float32)
    found[:, 0] = flat.mean(1) / 255
    found[:, 1] = (flat > _HARD).mean(1)
    found[:, 2] = (flat > _SOFT).mean(1)
    found[:, 3] = np.partition(flat, rank, axis=1)[:, rank] / 255
    quarter = inner // 4
    found[:, 4] = cuts[:, quarter:-quarter, quarter:-quarter].mean((1, 2)) / 255
    found[:, 5] = _edges(cuts)
    found[:, 6] = _extents(cuts, found[:, 3], found[:, 0])
    third = inner // 3
    cells = cuts[:, :3 * third, :3 * third].reshape(-1, 3, third, 3, third).mean((2, 4))
    found[:, 7] = cells.min((1, 2)) / 255
    found[:, 8] = _ring(ink, corner, boxes.side)
    found[:, 9] = boxes.frames
    found[:, 10] = boxes.crisp / np.maximum(boxes.frames, 0.05)
    return found


def _edges(cuts: np.ndarray) -> np.ndarray:
    """How sharply ink begins: the 95th percentile of the difference over two pixels. Ink shining through paper is wide and soft."""
    signed = cuts.astype(np.int16)
    steps = np.maximum(np.abs(signed[:, 2:, 1:-1] - signed[:, :-2, 1:-1]), np.abs(signed[:, 1:-1, 2:] - signed[:, 1:-1, :-2]))
    flat = steps.reshape(len(cuts), -1)
    rank = int(flat.shape[1] * 0.95)
    return np.partition(flat, rank, axis=1)[:, rank] / 255


def _extents(cuts: np.ndarray, dark: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """How far the biggest connected piece of ink reaches, as a share of the box."""
    reach = np.zeros(len(cuts), np.float32)
    floor = float(np.median(mean)) + 0.06
    for number in np.flatnonzero(dark > floor):
        level = max(floor, (float(dark[number]) + float(np.median(mean))) * 0.5) * 255
        _count, _labels, stats, _middles = cv2.connectedComponentsWithStats((cuts[number] > level).view(np.uint8))
        if len(stats) > 1:
            biggest = stats[1:][stats[1:, cv2.CC_STAT_AREA].argmax()]
            reach[number] = max(biggest[cv2.CC_STAT_WIDTH], biggest[cv2.CC_STAT_HEIGHT]) / cuts.shape[1]
    return reach


def _ring(ink: np.ndarray, corner: np.ndarray, side: int) -> np.ndarray:
    """The ink left, right and below outside the box: a circle drawn round it shows there."""
    wide, gap = round(_RING * PX), 3
    cuts = windows(ink, corner - wide, side + 2 * wide)
    left, right, below = cuts[:, wide:, :wide - gap], cuts[:, wide:, -wide + gap:], cuts[:, -wide + gap:, wide:-wide]
    return (left.mean((1, 2)) + right.mean((1, 2)) + below.mean((1, 2))) / 3 / 255
