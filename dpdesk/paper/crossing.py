"""Crosses drawn into the picture of a page, and the picture as a scanner gives it: the demo branch has scans that were really read."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw

from dpdesk.domain.sheets import PAPER, Layout, Rect

_INK, _BLACK, _WHITE = 38, 22, 238  # greys: a pen, toner and paper as a scanner sees them
_GRAIN = 5.0


def scanned(size: tuple[int, int], grey: bytes, layout: Layout, crosses: Mapping[int, Sequence[int]], rng: Random) -> bytes:
    """A JPEG of a page given as grey pixels: `crosses` says which boxes (from 0) of which row (from 0) bear one."""
    page = Image.frombytes("L", size, grey)
    pen = ImageDraw.Draw(page)
    scale = size[0] / PAPER[0]
    for row, boxes in crosses.items():
        for box in boxes:
            _cross(pen, layout.box_at(row, box), scale, rng)
    page = page.point([round(_BLACK + (_WHITE - _BLACK) * at / 255) for at in range(256)])
    grain = Image.effect_noise(size, _GRAIN)  # round the middle grey
    out = io.BytesIO()
    ImageChops.add(page, grain, offset=-128).save(out, "JPEG", quality=75)
    return out.getvalue()


def _cross(pen: ImageDraw.ImageDraw, box: Rect, scale: float, rng: Random) -> None:
    """Two strokes, neither quite straight nor quite in the corners."""
    wide = max(2, round(0.5 * scale))
    for rising in (False, True):
        ends = [(box.x + box.width * (at + rng.gauss(0, 0.07)), box.y + box.height * ((1 - at if rising else at) + rng.gauss(0, 0.07)))
                for at in (0.05, 0.5, 0.95)]
        pen.line([(x * scale, y * scale) for x, y in ends], fill=_INK + rng.randint(0, 30), width=wide, joint="curve")
