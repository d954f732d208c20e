"""Marks as hands make them, drawn into a grey page with a known truth: ticks, crosses, fills, boxes blacked out, and strays."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from dpdesk.domain.sheets import Rect

SHARP = 4  # bits of sub-pixel precision for OpenCV


@dataclass(frozen=True)
class Pen:
    """Width in millimetres, how dark (1 is black), and how much of the paper's grain shows through."""

    name: str
    width: tuple[float, float]
    ink: tuple[float, float]
    grain: float = 0.0


BALLPOINT = Pen("ballpoint", (0.35, 0.6), (0.70, 0.95), 0.12)
GEL = Pen("gel", (0.5, 0.75), (0.85, 1.0))
BLUE = Pen("blue", (0.4, 0.65), (0.50, 0.75), 0.12)
FELT = Pen("felt", (0.9, 1.5), (0.80, 1.0))
PENCIL = Pen("pencil", (0.45, 0.8), (0.38, 0.65), 0.30)
FAINT = Pen("faint", (0.4, 0.6), (0.14, 0.28), 0.40)
NORMAL_PENS = (BALLPOINT, GEL, BLUE, FELT, PENCIL)


class Hand:
    """One hand with one pen on one page; `scale` is pixels to a millimetre."""

    def __init__(self, rng: np.random.Generator, page: np.ndarray, scale: float, pen: Pen) -> None:
        self.rng, self.page, self.scale, self.pen = rng, page, scale, pen
        self.width = rng.uniform(*pen.width)
        self.ink = rng.uniform(*pen.ink)

    def stroke(self, points: np.ndarray, width: float | None = None, ink: float | None = None) -> None:
        """A smooth line through the points (millimetres), darkening what it covers."""
        width, ink = width or self.width, ink or self.ink
        low = np.floor((points.min(0) - width * 2) * self.scale).astype(int).clip(0)
        high = np.ceil((points.max(0) + width * 2) * self.scale).astype(int)
        part = self.page[low[1]:high[1], low[0]:high[0]]
        if not part.size:
            return
        mask = np.zeros(part.shape, np.uint8)
        at = np.round((points * self.scale - low) * (1 << SHARP)).astype(np.int32)
        cv2.polylines(mask, [at], False, 255, max(1, round(width * self.scale)), cv2.LINE_AA, SHARP)
        strength = mask.astype(np.float32) / 255 * ink
        if self.pen.grain:
            strength *= 1 - self.pen.grain * self.rng.random(part.shape, np.float32)
        part[:] = (part * (1 - strength)).astype(np.uint8)

    def curve(self, corners: list[tuple[float, float]], shake: float = 0.12) -> np.ndarray:
        """The corners joined with a hand's shake."""
        points = []
        for (x, y), (u, v) in zip(corners, corners[1:], strict=False):
            steps = np.linspace(0, 1, 7)[:, None]
            bend = np.sin(steps * np.pi) * self.rng.normal(0, shake * 1.5, 2)
            points.append(np.array([[x, y]]) * (1 - steps) + np.array([[u, v]]) * steps + bend)
        return np.concatenate(points) + self.rng.normal(0, shake / 4, 2)

    def at(self, box: Rect, x: float, y: float, loose: float = 0.06) -> tuple[float, float]:
        """A point by fractions of the box, missed by a little."""
        return box.x + box.width * (x + self.rng.normal(0, loose)), box.y + box.height * (y + self.rng.normal(0, loose))

    def tick(self, box: Rect) -> None:
        over = self.rng.uniform(0.0, 0.6)
        self.stroke(self.curve([self.at(box, 0.15, 0.5), self.at(box, 0.42, 0.85), self.at(box, 0.85 + over * 0.5, 0.1 - over)]))

    def cross(self, box: Rect) -> None:
        reach = self.rng.uniform(-0.12, 0.22)
        self.stroke(self.curve([self.at(box, 0 - reach, 0 - reach), self.at(box, 1 + reach, 1 + reach)]))
        self.stroke(self.curve([self.at(box, 1 + reach, 0 - reach), self.at(box, 0 - reach, 1 + reach)]))

    def slash(self, box: Rect) -> None:
        reach = self.rng.uniform(-0.1, 0.25)
        self.stroke(self.curve([self.at(box, 0 - reach, 1 + reach), self.at(box, 1 + reach, 0 - reach)]))

    def fill(self, box: Rect) -> None:
        """A scribble that leaves paper to be seen."""
        gap = max(self.width * self.rng.uniform(1.6, 2.4), 0.75)
        self._scribble(box, gap, 0.14)

    def cancel(self, box: Rect) -> None:
        """Blacked out: back and forth until next to nothing is white, as the sheet asks for."""
        self._scribble(box, self.width * self.rng.uniform(0.55, 0.8), -0.04)
        self._scribble(box, self.width * self.rng.uniform(0.55, 0.8), -0.02, turned=True)

    def _scribble(self, box: Rect, gap: float, inset: float, turned: bool = False) -> None:
        count = max(3, int(box.height * (1 - 2 * inset) / gap) + 1)
        corners = []
        for step in range(count + 1):
            along = inset + (1 - 2 * inset) * step / count
            side = inset if step % 2 else 1 - inset
            corners.append(self.at(box, *((along, side) if turned else (side, along)), loose=0.03))
        self.stroke(self.curve(corners, 0.05))

    def circle(self, box: Rect) -> None:
        """Round the box: said nothing by the sheet, and to be read as no mark in the box."""
        turn = np.linspace(0, 2 * np.pi, 40)
        radius = box.width * self.rng.uniform(0.85, 1.0)
        middle = np.array([box.x + box.width / 2, box.y + box.height / 2])
        self.stroke(middle + np.stack([np.cos(turn), np.sin(turn)], 1) * radius * self.rng.uniform(0.95, 1.1, 2))

    def dot(self, box: Rect) -> None:
        """A pen that rested."""
        point = np.array([self.at(box, *self.rng.uniform(0.1, 0.9, 2))])
        self.stroke(np.concatenate([point, point + self.rng.uniform(-0.15, 0.15, 2)]))

    def line(self, box: Rect) -> None:
        """A stroke between two boxes that may touch one."""
        start = self.at(box, *self.rng.uniform(-1.2, 0.2, 2))
        self.stroke(self.curve([start, (start[0] + self.rng.uniform(-2, 3), start[1] + self.rng.uniform(-2, 2))]))

    def writing(self, place: Rect) -> None:
        """A word of nonsense in the notes."""
        x, base = place.x + self.rng.uniform(1, 5), place.y + place.height * self.rng.uniform(0.55, 0.75)
        steps = int(self.rng.integers(12, 45))
        across = x + np.arange(steps) * self.rng.uniform(0.6, 0.9)
        points = np.stack([across + self.rng.normal(0, 0.35, steps), base + self.rng.normal(0, 1.1, steps)], 1)
        self.stroke(points[across < place.right - 0.5])
