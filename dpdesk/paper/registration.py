"""Where a sheet lies in a picture: its six markers, the map from millimetres of paper to pixels, and the page made straight."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from dpdesk.domain.sheets import MARKERS, PAPER, QR_PLACES, Rect

cv2.setNumThreads(1)  # a page is one core's work; the pool of processes uses the others
PX = 8  # pixels to a millimetre of the straightened page: 203 dpi
SIZE = (round(PAPER[0] * PX), round(PAPER[1] * PX))  # wide, high
_LONG = 1200  # pixels of the long side, about, on which markers are looked for first
_STRAY = 2.5  # millimetres by which a marker's corner may miss before it is none of this page
_FEW = 4


class TwoSheets(Exception):
    """The picture shows a marker twice: there are two sheets in it."""


@dataclass(frozen=True)
class Placed:
    """`into` maps millimetres of paper to pixels (3 x 3); `markers` which hold it; `error` how far their corners miss, in millimetres."""

    into: np.ndarray
    markers: tuple[int, ...] = ()
    error: float = 0.0

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The paper's four corners in pixels, clockwise from its top left."""
        paper = np.array([[0, 0], [PAPER[0], 0], PAPER, [0, PAPER[1]]], np.float64)
        return tuple((float(x), float(y)) for x, y in moved(self.into, paper))

    @property
    def slanted(self) -> float:
        """How much perspective there is: the far edge of the paper against the near one, 0 for a scanner."""
        a, b, c, d = (np.array(corner) for corner in self.corners)
        sides = [np.linalg.norm(end - start) for start, end in ((a, b), (c, d), (b, c), (d, a))]
        return float(max(abs(1 - sides[0] / sides[1]), abs(1 - sides[2] / sides[3])))


def moved(by: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points (n x 2) through a 3 x 3 map."""
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), by).reshape(-1, 2)


def find(grey: np.ndarray) -> dict[int, np.ndarray]:
    """The corners (4 x 2, pixels, clockwise from its own top left) of every marker of a sheet in the picture; raises `TwoSheets`."""
    times = max(1, round(max(grey.shape) / _LONG))
    found = _detect(shrunk(grey, times), 1 / times, (23, 23))
    if len(found) < _FEW and min(grey.shape) > 50:
        times = max(1, times // 2)
        found = _detect(shrunk(grey, times), 1 / times, (13, 43)) | found
    if len(found) < _FEW and max(grey.shape) < _LONG:
        found = _detect(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), 2.0, (13, 43)) | found
    return found


def shrunk(grey: np.ndarray, times: int, across: int = 0) -> np.ndarray:
    """The picture with every `times` lines (and columns, or `across` of them) averaged into one; whole steps are several times faster."""
    across = across or times
    high, wide = grey.shape[0] // times, grey.shape[1] // across
    if (times, across) == (1, 1) or not high or not wide:
        return grey
    return cv2.resize(grey[:high * times, :wide * across], (wide, high), interpolation=cv2.INTER_AREA)


def _detect(small: np.ndarray, scale: float, windows: tuple[int, int]) -> dict[int, np.ndarray]:
    wants = cv2.aruco.DetectorParameters()
    wants.adaptiveThreshWinSizeMin, wants.adaptiveThreshWinSizeMax = windows
    wants.adaptiveThreshWinSizeStep = 10
    wants.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    wants.cornerRefinementWinSize = 4
    wants.minMarkerPerimeterRate, wants.maxMarkerPerimeterRate = 0.04, 0.35
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), wants)
    corners, ids, _rejected = detector.detectMarkers(np.ascontiguousarray(small))
    numbers = [] if ids is None else [int(each) for each in ids.ravel()]
    ours = {}
    for number, quad in zip(numbers, corners, strict=True):
        if number in MARKERS:
            quad = (quad.reshape(4, 2).astype(np.float64) + 0.5) / scale - 0.5
            if number in ours and np.abs(ours[number].mean(0) - quad.mean(0)).max() > np.ptp(quad, 0).max() / 2:
                raise TwoSheets
            ours[number] = quad
    return ours


def lopsided(found: dict[int, np.ndarray]) -> bool:
    """Whether three or more markers hold the page on one side alone, or barely: then the QR codes help."""
    return len(found) == 3 or (len(found) > 3 and len({MARKERS[number].x for number in found}) == 1)


def place(found: dict[int, np.ndarray], codes: dict[str, np.ndarray] | None = None) -> Placed | None:
    """The page by its markers: by all corners from three on, as a mere similarity from two (for the gate to judge); else None.

    `codes` are the corners of QR codes by their letter, which count as well from three markers on.
    """
    if len(found) < 2:
        return None
    paper = np.concatenate([_quad(MARKERS[number]) for number in found])
    seen = np.concatenate(list(found.values()))
    if len(found) > 2 and codes:
        paper = np.concatenate([paper, *(_quad(QR_PLACES[corner]) for corner in codes)])
        seen = np.concatenate([seen, *codes.values()])
    if len(found) == 2:
        linear, _kept = cv2.estimateAffinePartial2D(paper, seen, method=cv2.LMEDS)
        into = None if linear is None else np.vstack([linear, [0, 0, 1]])
    else:
        side = np.mean([np.linalg.norm(quad[0] - quad[2]) for quad in found.values()]) / (8 * 2**0.5)
        into, _kept = cv2.findHomography(paper, seen, cv2.RANSAC, _STRAY * side, maxIters=500, confidence=0.999)
    if into is None or abs(np.linalg.det(into)) < 1e-9:
        return None
    miss = np.linalg.norm(moved(np.linalg.inv(into), seen) - paper, axis=1).reshape(-1, 4)
    held = tuple(number for number, each in zip(found, miss, strict=False) if each.max() <= _STRAY * 1.5)
    return Placed(into, held, float(np.sqrt((miss**2).mean())))


def _quad(at: Rect) -> np.ndarray:
    return np.array([[at.x, at.y], [at.right, at.y], [at.right, at.bottom], [at.x, at.bottom]], np.float64)


def by_corners(corners: tuple[tuple[float, float], ...]) -> Placed:
    """The page by the paper's four corners in pixels, clockwise from its top left, as a person drags them."""
    paper = np.array([[0, 0], [PAPER[0], 0], PAPER, [0, PAPER[1]]], np.float32)
    return Placed(cv2.getPerspectiveTransform(paper, np.array(corners, np.float32)).astype(np.float64))


def straighten(grey: np.ndarray, placed: Placed) -> np.ndarray:
    """The page as it lay under the printer, `PX` pixels to a millimetre; white where the picture does not reach."""
    back = placed.into @ np.diag([1 / PX, 1 / PX, 1.0])
    return cv2.warpPerspective(grey, back, SIZE, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255)
