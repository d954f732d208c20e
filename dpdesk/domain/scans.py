"""Pages that came back from a scanner: what became of each, its rows and their state, and how often the machine was wrong.

A row's boxes are one letter each: "." empty, "x" marked, "#" blacked out, "?" unsure (PAPER.md §6).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

EMPTY, MARKED, CANCELLED, UNSURE = ".", "x", "#", "?"
SAME, OTHER = 0.9, 0.5
"""How alike the ink of two pictures is where they are of the same paper (above), and where they are not (below)."""
SAMPLE = 0.01
"""The part of rows accepted by themselves that a person reads again, for ever (PAPER.md §6.8)."""


class Fate(StrEnum):
    """What became of a page that arrived; only the first five are pages of this desk."""

    TAKEN = "taken"
    LINE_UP = "line_up"  # ours, but not found where it should be: a person drags four corners
    AGAIN = "again"  # the same paper as before, and no better
    BETTER = "better"  # the same paper as before, and better: it took the other's place
    DIFFERS = "differs"  # the same page and copy with other marks: somebody made a photocopy
    NOT_KNOWN = "not_known"  # our own code, but no such sheet is on the desk
    OTHER_BRANCH = "other_branch"  # a sheet, but not ours: its code does not bear our mark
    TWO = "two_sheets"
    FOREIGN = "foreign"  # a letter or the like
    BLANK = "blank"
    UNREAD = "unread"  # the file or this page of it cannot be read


KEPT = frozenset({Fate.TAKEN, Fate.LINE_UP, Fate.BETTER, Fate.DIFFERS})
"""Of these a picture is kept; of all others nothing but the fact that they came."""


class BatchState(StrEnum):
    """Where a batch stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class PageState(StrEnum):
    """Where a page stands."""

    LINE_UP = "line_up"
    REVIEW = "review"
    READ = "read"  # every row is decided
    MERGED = "merged"  # its rows went into another picture of the same paper


class RowState(StrEnum):
    """Where a row stands, and who decided it."""

    WAITING = "waiting"
    STRIP = "strip"  # no mark at all: confirmed with the others of its page at a glance
    AUTO = "auto"
    PERSON = "person"


class Sampled(StrEnum):
    """The blind check of a row that was accepted by itself."""

    NO = ""
    WAITING = "waiting"
    AGREED = "agreed"
    WRONG = "wrong"
    OPEN = "open"  # the second reading differs; a person decides which is right


@dataclass(frozen=True)
class Row:
    """One row of a page. `read` and `answer` are letters a box; `looks` why a person looks at it; `scores` 0-100 a box."""

    page: str
    line: int
    read: str
    scores: tuple[int, ...] = ()
    looks: tuple[str, ...] = ()
    state: RowState = RowState.WAITING
    answer: str = ""
    note: str = ""
    sampled: Sampled = Sampled.NO
    blind: str = ""

    @property
    def decided(self) -> bool:
        """Whether it is known what it says."""
        return self.state in (RowState.AUTO, RowState.PERSON)


@dataclass(frozen=True)
class Page:
    """A picture of a piece of paper that is kept. `quality` says which of two pictures is the better, `instead_of` names another picture
    of the same page and copy that says something else, `done_at` is when somebody looked it through."""

    id: str
    batch: str
    sheet: str
    page: int
    copy: int
    layout: str
    boxes: int
    state: PageState
    at: str = ""
    bilevel: bool = False
    streaked: bool = False
    quality: float = 0.0
    markers: int = 0
    instead_of: str = ""
    done_at: str = ""
    rows: tuple[Row, ...] = field(default=())


@dataclass(frozen=True)
class Arrived:
    """One page of one file, and what became of it. `reason` is a code; `page` the identity of what is kept of it, if anything."""

    batch: str
    source: int
    at: int
    fate: Fate
    reason: str = ""
    page: str = ""
    sheet: str = ""
    number: int = 0
    copy: int = 0


def alike(first: Sequence[float], second: Sequence[float]) -> float:
    """How alike the ink of two pictures is, -1 to 1 (Pearson); two without any are alike, one with and one without are not."""
    if len(first) != len(second):
        return -1.0
    if not any(first) or not any(second):
        return 0.0 if any(first) or any(second) else 1.0
    mean_a, mean_b = sum(first) / len(first), sum(second) / len(second)
    spread_a = math.sqrt(sum((a - mean_a) ** 2 for a in first))
    spread_b = math.sqrt(sum((b - mean_b) ** 2 for b in second))
    if not spread_a or not spread_b:
        return 1.0 if spread_a == spread_b else 0.0
    return sum((a - mean_a) * (b - mean_b) for a, b in zip(first, second, strict=True)) / (spread_a * spread_b)


def same_paper(first: Sequence[float], second: Sequence[float], marks: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two pictures of the same page and copy are of one paper: by their ink, or by every sure box where the ink leaves it open."""
    found = alike(first, second)
    if found >= SAME or found < OTHER:
        return found >= SAME
    pairs = [(a, b) for one, two in zip(marks, other, strict=False) for a, b in zip(one, two, strict=False) if UNSURE not in (a, b)]
    return all(a == b for a, b in pairs)


def marked(answer: str) -> tuple[int, ...]:
    """Which boxes (from 0) are marked."""
    return tuple(at for at, letter in enumerate(answer) if letter == MARKED)


def plain(read: str) -> str:
    """What a reading comes to where nothing is unsure: marked boxes, all others empty."""
    return "".join(MARKED if letter == MARKED else EMPTY for letter in read)


def unseen(decided: Iterable[tuple[int, str, int]], looks: Iterable[tuple[str, int]]) -> set[int]:
    """The lines nobody but their decider has looked at since: (line, officer, entry of the log) and (officer, entry) of each look."""
    seen = list(looks)
    return {line for line, officer, at in decided if not any(other != officer and when > at for other, when in seen)}


@dataclass(frozen=True)
class Rate:
    """How often the machine was wrong in rows it accepted by itself: `wrong` of `checked`, and the 95 % interval of the true rate."""

    wrong: int
    checked: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval; (0, 1) where nothing was checked."""
        if not self.checked:
            return 0.0, 1.0
        n, part, z = self.checked, self.wrong / self.checked, 1.959964
        middle, half = part + z * z / (2 * n), z * math.sqrt(part * (1 - part) / n + z * z / (4 * n * n))
        below = 0.0 if not self.wrong else (middle - half) / (1 + z * z / n)
        return max(0.0, below), min(1.0, (middle + half) / (1 + z * z / n))
