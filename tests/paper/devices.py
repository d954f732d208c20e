"""How devices spoil a page: flatbeds, a feeder, phones, strong JPEG, fax, and paper that was ill-treated.

Each takes a random generator and a page of grey pixels, and gives what the device would hand over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from dpdesk.domain.sheets import MARKERS, PAPER, QR_PLACES

Device = Callable[[np.random.Generator, np.ndarray], np.ndarray]


def scanned(rng: np.random.Generator, page: np.ndarray, dpi: int, turn: float, stretch: float = 0.01, shift: float = 2.0,
            blur: float = 0.7, noise: float = 3.0) -> np.ndarray:
    """Laid on glass or drawn through a feeder: turned by up to `turn` degrees, stretched, shifted by up to `shift` millimetres."""
    scale = dpi / 25.4
    size = (round(PAPER[0] * scale), round(PAPER[1] * scale))
    angle = np.deg2rad(rng.uniform(-turn, turn) + (180 if rng.random() < 0.2 else 0))
    factor = scale / (page.shape[1] / PAPER[0]) * (1 + rng.uniform(-stretch * 2, stretch)) * (1 + rng.uniform(-stretch, stretch, 2) / 2)
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * factor
    middle = np.array([page.shape[1], page.shape[0]]) / 2
    offset = np.array(size) / 2 - linear @ middle + rng.uniform(-shift, shift, 2) * scale
    grain = cv2.GaussianBlur(page, (0, 0), max(0.5, 0.35 * page.shape[1] / PAPER[0] / scale))
    image = cv2.warpAffine(grain, np.hstack([linear, offset[:, None]]), size, flags=cv2.INTER_AREA,
                           borderValue=float(rng.uniform(215, 250)))
    return toned(rng, cv2.GaussianBlur(image, (0, 0), blur * rng.uniform(0.6, 1.2)), noise)


def toned(rng: np.random.Generator, image: np.ndarray, noise: float) -> np.ndarray:
    """Black becomes dark grey, white becomes paper, and a sensor adds its noise."""
    white, black = rng.uniform(228, 252), rng.uniform(8, 55)
    grey = black + image.astype(np.float32) * ((white - black) / 255)
    grey += rng.normal(0, 1, image.shape).astype(np.float32) * noise * rng.uniform(0.5, 1.3)
    return grey.clip(0, 255).astype(np.uint8)


def jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)


def feeder(rng: np.random.Generator, page: np.ndarray, streaks: float = 0.3) -> np.ndarray:
    """Crooked, clipped, now and then the other side showing through, and dirt on the glass that becomes a streak."""
    if rng.random() < 0.4:
        page = _through(rng, page)
    image = scanned(rng, page, 200, 4.0, 0.015, 3.0)
    if rng.random() < streaks:
        for _ in range(int(rng.integers(1, 3))):
            x, wide = int(rng.integers(100, image.shape[1] - 100)), int(rng.integers(1, 4))
            dark = rng.uniform(0.35, 0.85)
            image[:, x:x + wide] = (image[:, x:x + wide] * dark).astype(np.uint8)
    return jpeg(image, 75)


def _through(rng: np.random.Generator, page: np.ndarray) -> np.ndarray:
    """The mirrored page behind, soft and pale."""
    other = cv2.GaussianBlur(page[:, ::-1], (0, 0), rng.uniform(3, 9))
    strength = rng.uniform(0.05, 0.22)
    moved = np.roll(other, tuple(int(each) for each in rng.integers(-40, 40, 2)), (0, 1))
    return (page * (1 - strength * (255 - moved.astype(np.float32)) / 255)).astype(np.uint8)


def phone(rng: np.random.Generator, page: np.ndarray) -> np.ndarray:
    """A photograph on a table: perspective, curled paper, a shadow, a lens, JPEG."""
    high, wide = page.shape
    out_w, out_h = 2250, 3000
    margin = rng.uniform(0.02, 0.09)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    box = np.array([[out_w * margin, out_h * margin], [out_w * (1 - margin), out_h * margin],
                    [out_w * (1 - margin), out_h * (1 - margin)], [out_w * margin, out_h * (1 - margin)]])
    target = box + rng.uniform(-1, 1, (4, 2)) * np.array([out_w, out_h]) * 0.035
    if rng.random() < 0.1:
        target = np.roll(target, int(rng.integers(1, 4)), axis=0)
    into = cv2.getPerspectiveTransform(corners, target.clip(4, (out_w - 4, out_h - 4)).astype(np.float32))
    x, y = np.meshgrid(np.arange(out_w, dtype=np.float32), np.arange(out_h, dtype=np.float32))
    back = np.linalg.inv(into).astype(np.float32)
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u, v = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth, (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    curl = rng.uniform(-1.4, 1.4, 2) * wide / PAPER[0]
    u += curl[0] * np.sin(np.pi * v / high)
    v += curl[1] * np.sin(np.pi * u / wide + rng.uniform(-0.4, 0.4))
    table = float(rng.uniform(40, 150))
    soft = cv2.GaussianBlur(page, (0, 0), 1.0)
    image = cv2.remap(soft, u, v, cv2.INTER_LINEAR, borderValue=table).astype(np.float32)
    image *= _light(rng, out_w, out_h)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.7, 1.6))
    image += rng.normal(0, 1, image.shape).astype(np.float32) * rng.uniform(2, 6)
    return jpeg(image.clip(0, 255).astype(np.uint8), int(rng.integers(75, 92)))


def _light(rng: np.random.Generator, wide: int, high: int) -> np.ndarray:
    """A lamp from one side, and the soft shadow of a hand."""
    small = np.mgrid[0:high // 10, 0:wide // 10].astype(np.float32)
    slope = rng.uniform(-0.25, 0.25, 2)
    light = rng.uniform(0.72, 0.95) + slope[0] * (small[0] * 10 / high - 0.5) + slope[1] * (small[1] * 10 / wide - 0.5)
    if rng.random() < 0.5:
        middle, radius = rng.uniform(0, 1, 2) * (high / 10, wide / 10), rng.uniform(0.15, 0.45) * wide / 10
        away = np.hypot(small[0] - middle[0], small[1] - middle[1])
        light *= 1 - rng.uniform(0.15, 0.40) / (1 + np.exp((away - radius) / rng.uniform(4, 15)))
    return cv2.resize(light.astype(np.float32), (wide, high), interpolation=cv2.INTER_LINEAR).clip(0.2, 1.05)


def fax(rng: np.random.Generator, page: np.ndarray) -> np.ndarray:
    """Black and white alone, with a lost line or two."""
    image = scanned(rng, page, 200, 1.5)
    image = np.where(image > rng.uniform(120, 175), 255, 0).astype(np.uint8)
    for _ in range(int(rng.integers(0, 3))):
        y = int(rng.integers(0, image.shape[0] - 2))
        image[y:y + 2] = 255
    return image


def damaged(rng: np.random.Generator, page: np.ndarray, kind: str = "") -> np.ndarray:
    """One of the ills of paper, then a feeder without streaks."""
    page = page.copy()
    scale = page.shape[1] / PAPER[0]
    ILLS[kind or str(rng.choice(sorted(ILLS)))](rng, page, scale)
    return scanned(rng, page, 200, 3.0, 0.01, 2.0)


def _torn(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    corner = int(rng.integers(4))
    size = int(rng.uniform(18, 26) * scale)
    points = {0: (0, 0), 1: (page.shape[1], 0), 2: (page.shape[1], page.shape[0]), 3: (0, page.shape[0])}[corner]
    away = (1 if points[0] == 0 else -1, 1 if points[1] == 0 else -1)
    triangle = np.array([points, (points[0] + away[0] * size * 2, points[1]), (points[0], points[1] + away[1] * size * 2)])
    cv2.fillPoly(page, [triangle.astype(np.int32)], 60)


def _faded(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    page[:] = (255 - (255 - page.astype(np.float32)) * rng.uniform(0.45, 0.65)).astype(np.uint8)


def _copied(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    soft = cv2.GaussianBlur(page, (0, 0), 2.5).astype(np.float32)
    page[:] = ((soft - 128) * 1.6 + 128 + rng.normal(0, 5, page.shape)).clip(0, 255).astype(np.uint8)


def _crumpled(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    for _ in range(9):
        ends = rng.uniform(0, 1, (2, 2)) * (page.shape[1], page.shape[0])
        fold = np.full(page.shape, 255, np.uint8)
        cv2.line(fold, *(tuple(int(each) for each in end) for end in ends), 190, int(rng.uniform(0.5, 2.5) * scale))
        page[:] = (page * (cv2.blur(fold, (25, 25)).astype(np.float32) / 255)).astype(np.uint8)


def _tinted(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    page[:] = (page * rng.uniform(0.6, 0.8)).astype(np.uint8)


def _dropout(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    y = int(rng.uniform(60, 250) * scale)
    page[y:y + int(0.5 * scale)] = 20


def _code_lost(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    place = QR_PLACES[str(rng.choice(["A", "B"]))]
    middle = (int((place.x + 9) * scale), int((place.y + 9) * scale))
    cv2.circle(page, middle, int(7 * scale), 90, -1)


def _stained(rng: np.random.Generator, page: np.ndarray, scale: float) -> None:
    """A cup's ring with a sharp edge, and a paler spill."""
    middle = tuple(int(each) for each in rng.uniform(0.25, 0.75, 2) * (page.shape[1], page.shape[0]))
    stain = np.full(page.shape, 255, np.uint8)
    cv2.circle(stain, middle, int(39 * scale), int(rng.uniform(215, 235)), -1)
    cv2.circle(stain, middle, int(39 * scale), int(rng.uniform(120, 190)), int(rng.uniform(0.4, 1.5) * scale))
    page[:] = (page * (cv2.GaussianBlur(stain, (0, 0), 2).astype(np.float32) / 255)).astype(np.uint8)


ILLS = {"torn": _torn, "faded": _faded, "copied": _copied, "crumpled": _crumpled, "tinted": _tinted, "dropout": _dropout,
        "code_lost": _code_lost, "stained": _stained}


def without_markers(page: np.ndarray, lost: tuple[int, ...]) -> np.ndarray:
    """The page before the device, with some markers torn off."""
    page, scale = page.copy(), page.shape[1] / PAPER[0]
    for number in lost:
        place = MARKERS[number].grown(2.0)
        page[int(place.y * scale):int(place.bottom * scale), int(place.x * scale):int(place.right * scale)] = 255
    return page


PROFILES: dict[str, Device] = {
    "flat200": partial(scanned, dpi=200, turn=1.5), "flat300": partial(scanned, dpi=300, turn=1.5), "feeder": feeder,
    "low100": partial(scanned, dpi=100, turn=2.0, blur=0.5), "phone": phone,
    "jpeg40": lambda rng, page: jpeg(scanned(rng, page, 200, 10.0, 0.02, 1.0, 0.9, 4.0), 40), "fax": fax, "damaged": damaged,
}  # fmt: skip
