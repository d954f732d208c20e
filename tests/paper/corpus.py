"""A corpus of filled sheets with known truth: printed by the real printer, marked by synthetic hands, spoilt as devices spoil.

Everything follows from the seed of a page. No real paper is in it: it ranks designs and finds traps, and proves no accuracy.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

import cv2
import numpy as np
import pypdfium2

from dpdesk.domain.marks import Mark
from dpdesk.domain.sheets import LARGE, NORMAL, PAPER, SheetPage
from dpdesk.paper.printing import draw
from tests.paper import devices
from tests.paper.made import made_page, with_blank
from tests.paper.pens import FAINT, NORMAL_PENS, Hand, Pen

SCALE = 300 / 25.4  # pixels to a millimetre of the page before a device sees it
STRAYS = ("dot", "circle", "line")


@dataclass
class Filled:
    """A marked page as a device gave it; `truth[row][box]` are `Mark` values, `strays` the boxes with stray ink, `pen` its name."""

    page: SheetPage
    truth: list[list[Mark]]
    pen: str
    profile: str
    grey: np.ndarray
    strays: set[tuple[int, int]] = field(default_factory=set)


def filled(seed: int, profile: str, *, strays: bool = False, faint: bool = False, page: SheetPage | None = None,
           hand: int | None = None) -> Filled:
    """The page of a seed as a device gave it; `page` and `hand` override what is printed and the seed of its marks."""
    done = marked(seed, strays=strays, faint=faint, page=page, hand=hand)
    done.profile = profile
    done.grey = devices.PROFILES[profile](np.random.default_rng((seed, sum(profile.encode()))), done.grey)
    return done


def marked(seed: int, *, strays: bool = False, faint: bool = False, page: SheetPage | None = None, hand: int | None = None) -> Filled:
    """The page of a seed on paper, filled in by a hand, before any device."""
    rng = np.random.default_rng((seed, 7 if hand is None else hand))
    page = page or sheet_of(seed)
    pen = FAINT if faint else NORMAL_PENS[int(rng.integers(len(NORMAL_PENS)))]
    done = Filled(page, [[Mark.EMPTY] * len(page.boxes) for _ in page.lines], pen.name, "", picture(page))
    _fill(rng, done, pen, strays)
    return done


def sheet_of(seed: int) -> SheetPage:
    """What is printed for a seed: now and then in large print, with fewer rows, or with a blank line."""
    chance = random.Random(seed)
    page = made_page(chance, LARGE if chance.random() < 0.1 else NORMAL, page=chance.randint(1, 40), copy=chance.randint(1, 3),
                     rows=chance.randint(3, 8) if chance.random() < 0.1 else 0)
    return with_blank(page, 2) if chance.random() < 0.2 else page


def picture(page: SheetPage) -> np.ndarray:
    """The printed page at `SCALE`, before any mark."""
    out = io.BytesIO()
    draw([page], out)
    document = pypdfium2.PdfDocument(out.getvalue())
    grey = document[0].render(scale=SCALE * 25.4 / 72, grayscale=True).to_numpy()
    document.close()
    size = (round(PAPER[0] * SCALE), round(PAPER[1] * SCALE))
    return cv2.resize(np.ascontiguousarray(grey.reshape(grey.shape[:2])), size, interpolation=cv2.INTER_AREA)


def _fill(rng: np.random.Generator, done: Filled, pen: Pen, strays: bool) -> None:
    hand = Hand(rng, done.grey, SCALE, pen)
    way = str(rng.choice(["tick", "cross", "cross", "slash", "fill"]))
    for row, line in enumerate(done.page.lines):
        if line.blank:
            continue
        _row(rng, done, hand, way if rng.random() < 0.8 else str(rng.choice(["tick", "cross", "slash", "fill"])), row)
        if rng.random() < 0.3:
            hand.writing(done.page.layout.notes(row))
        if strays and rng.random() < 0.125:
            _stray(rng, done, hand, row)


def _row(rng: np.random.Generator, done: Filled, hand: Hand, way: str, row: int) -> None:
    """One line: mostly one mark among the first seven boxes, now and then an extra, a correction, two marks or none."""
    layout, truth = done.page.layout, done.truth[row]
    chosen = [int(each) for each in rng.permutation(min(7, len(truth)))]
    kind = rng.random()
    if kind < 0.08:
        return
    marked, cancelled = chosen[:1], []
    if kind < 0.11:
        cancelled = chosen[1:2]
    elif kind < 0.12:
        marked, cancelled = [], chosen[1:2]
    elif kind < 0.135:
        marked = chosen[:2]
    marked += [box for box in range(7, len(truth)) if rng.random() < 0.12]
    for box in cancelled:
        getattr(hand, way)(layout.box_at(row, box))
        hand.cancel(layout.box_at(row, box))
        truth[box] = Mark.CANCELLED
    for box in marked:
        getattr(hand, way)(layout.box_at(row, box))
        truth[box] = Mark.MARKED


def _stray(rng: np.random.Generator, done: Filled, hand: Hand, row: int) -> None:
    free = [box for box, mark in enumerate(done.truth[row]) if mark is Mark.EMPTY]
    box = int(rng.choice(free))
    getattr(hand, str(rng.choice(STRAYS)))(done.page.layout.box_at(row, box))
    done.strays.update((row, near) for near in (box - 1, box, box + 1))
