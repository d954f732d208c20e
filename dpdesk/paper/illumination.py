"""Ink freed from light: 0 is this page's own paper, 255 its own printed black, whatever the lamp, the toner and the sensor did."""

from __future__ import annotations

import cv2
import numpy as np

from dpdesk.domain.sheets import MARKERS
from dpdesk.paper.registration import PX, SIZE

_REACH = 11  # millimetres: the paper near a spot is the brightest within; more than a blacked-out box, less than a shadow
_NO_PAPER = 40


def ink_of(page: np.ndarray) -> np.ndarray:
    """The ink of a straightened page as bytes."""
    small = cv2.resize(page, (SIZE[0] // PX, SIZE[1] // PX), interpolation=cv2.INTER_AREA)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_REACH, _REACH))
    paper = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), (5, 5))
    paper = cv2.resize(np.maximum(paper, _NO_PAPER), SIZE, interpolation=cv2.INTER_LINEAR)
    bright = cv2.divide(page, paper, scale=255)
    black = _black(bright)
    steps = np.arange(256, dtype=np.float32)
    return cv2.LUT(bright, ((255 - steps) / (255 - black) * 255).clip(0, 255).astype(np.uint8))


def _black(bright: np.ndarray) -> float:
    """How bright printed black is: inside the border of the markers, those that the picture has."""
    rims = []
    for place in MARKERS.values():
        cell = place.width / 6
        x, y = round(place.x * PX), round((place.y + cell * 0.3) * PX)
        rims.append(np.median(bright[y:round((place.y + cell * 0.7) * PX), x + 4:round(place.right * PX) - 4]))
    dark = [each for each in rims if each < 170]
    return float(min(np.median(dark), 170.0)) if dark else 80.0
