"""Decides what a box says from what was measured of it, against the other boxes of its page: most are empty, so the page calibrates
itself. Made again from kept measurements, the decision needs no picture (PAPER.md §6.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dpdesk.domain.marks import Mark
from dpdesk.paper.features import COLUMNS

_AT = {name: number for number, name in enumerate(COLUMNS)}
_MARKS = np.array([Mark.EMPTY, Mark.MARKED, Mark.CANCELLED, Mark.UNSURE], dtype=object)
EMPTY, MARKED, CANCELLED, UNSURE = range(4)
_SOME = 4  # marks that tell a page's pen
_MANY = 18  # boxes of which most can be trusted to be empty


@dataclass(frozen=True)
class Thresholds:
    """Two for each question, and what lies between is for a person. Ink is relative to printed black; `faint` and `dark` are the 95th
    percentile of a box above that of the page's empty boxes.

    Tuned on the even seeds of `tests/paper/corpus.py`, reported on the odd ones; frozen for real paper.
    """

    faint: float = 0.05
    dark: float = 0.24
    reach: float = 0.70  # of the box that a mark's stroke spans at least
    speck: float = 0.012  # mean ink under which nothing can be a mark
    much: float = 0.045  # mean ink of a mark at least
    sharp: float = 0.42  # how abruptly a mark begins for its darkness, against the page's printed frames
    soft: float = 0.28  # under this, what is darker than empty but not dark shines through from behind, or is a shadow
    pale: float = 0.30  # how dark that may be, and its mean
    pale_mean: float = 0.17
    covered: float = 0.985  # of a blacked-out box with ink, and
    blackened: float = 0.96  # with ink that is darker than half the printed black
    nearly: float = 0.90  # of one that may be blacked out, or filled in
    same_pen: float = 0.75  # a mark so much paler than most of its page is of another pen, or a stain; marks of one pen are 0.8 to 1.15
    other_pen: float = 1.25  # and so much darker, a crease, or of another pen too
    framed: float = 0.65  # ink of the palest side of a box's frame, against the page's median: else it was not found where it must be
    past_streak: float = 0.10  # mean ink of a mark where a streak ran
    palest: float = 0.50  # ninth of one that may be blacked out, against its own darkest
    black: float = 0.70  # ninth of one that is


STANDARD = Thresholds()


def decide(columns: np.ndarray, limits: Thresholds = STANDARD) -> tuple[np.ndarray, np.ndarray]:
    """For the measurements of a whole page (n x 13): a `Mark` for each box (n, object) and how marked it looks, 0..1 (n, float32)."""
    value = {name: columns[:, number].astype(np.float32) for name, number in _AT.items()}
    dark = value["p95"] - _empty(value["p95"], 0.06)
    mean = value["mean"] - _empty(value["mean"], 0.02)
    edge = value["edge"] - _empty(value["edge"], 0.05)
    sharp = edge / np.maximum(dark, 0.02) / max(float(np.median(value["crisp"])), 0.2)
    state = np.full(len(columns), UNSURE)
    state[(dark < limits.faint) | ((mean < limits.speck) & (dark < limits.dark))] = EMPTY
    state[(sharp < limits.soft) & (dark < limits.pale) & (mean < limits.pale_mean)] = EMPTY
    black = value["palest"] >= limits.palest * value["p95"]
    solid = ((value["soft"] >= limits.covered) & (value["hard"] >= limits.blackened)
             & (value["palest"] >= limits.black * value["p95"]))
    marked = (dark >= limits.dark) & (value["extent"] >= limits.reach) & (mean >= limits.much) & (sharp >= limits.sharp)
    state[marked & ~((value["soft"] >= limits.nearly) & black)] = MARKED
    state[solid & (dark >= limits.dark)] = CANCELLED
    state[(value["streak"] > 0) & ((state == MARKED) & (mean < limits.past_streak))] = UNSURE
    marks = state == MARKED
    if marks.sum() >= _SOME:
        usual = float(np.median(dark[marks]))
        state[marks & ((dark < limits.same_pen * usual) | (dark > limits.other_pen * usual))] = UNSURE
    state[value["frame"] < limits.framed * float(np.median(value["frame"]))] = UNSURE
    state[(value["lined"] > 0) & (state != EMPTY)] = UNSURE
    score = ((dark - limits.faint) / (limits.dark - limits.faint)).clip(0, 1) * (value["extent"] / limits.reach).clip(0, 1)
    return _MARKS[state], score.astype(np.float32)


def _empty(values: np.ndarray, most: float) -> float:
    """What the page's empty boxes have: the median, since most are empty; where boxes are few, a low one and at most `most`."""
    if len(values) >= _MANY:
        return float(np.median(values))
    return min(float(np.quantile(values, 0.25, method="lower")), most)
