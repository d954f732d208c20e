"""An entry of a register, what happened to it, and the clocks that run for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dpdesk.domain.deadlines import Run
from dpdesk.domain.registers.declaring import Clock, Facts, Register
from dpdesk.domain.working_days import WorkingDays

REMINDERS = (0.5, 0.8, 1.0)
"""Shares of a clock's time at which it is brought up (DOMAIN.md E20)."""
WEEK, MONTH = 7, 31


@dataclass(frozen=True)
class Event:
    """One thing that happened: `kind` is added, moved, changed, noted, attached, removed, linked or unlinked; `on` the day it took effect.

    `fields` are the codes that changed; `at` is UTC; `before` and `after` are states.
    """

    id: str
    duty: str
    at: str
    on: str
    kind: str
    move: str = ""
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()
    note: str = ""
    officer: str = ""
    seq: int = 0


@dataclass(frozen=True)
class Duty:
    """An entry. Moments are UTC; `ended_at` is "" while it is open; `officer` added it."""

    id: str
    register: str
    number: int
    state: str
    values: Mapping[str, str]
    opened_at: str
    changed_at: str
    ended_at: str = ""
    officer: str = ""
    events: tuple[Event, ...] = field(default_factory=tuple)

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """Its moves as the clocks take them."""
        return tuple((each.on, each.before, each.after) for each in self.events if each.kind in ("added", "moved"))


@dataclass(frozen=True)
class Running:
    """One clock of one entry."""

    clock: Clock
    run: Run

    def urgency(self, now: datetime) -> int | None:
        """0 now, 1 soon, 2 when there is time; None before the first reminder, at 50 % of its time.

        At 80 % it is now where a week or less is left, else soon; at 50 % soon where a month or less is left. Where hours count it is
        soon from the start, and now from 50 %.
        """
        if self.run.met or not self.run.due:
            return None
        share, left = self.run.share(now), self.run.days_left(now)
        if self.run.by_hours:
            return 0 if share >= REMINDERS[0] else 1
        if share >= REMINDERS[1]:
            return 0 if left <= WEEK else 1
        return None if share < REMINDERS[0] else 1 if left <= MONTH else 2


def facts_of(duty: Duty, days: WorkingDays, periods: Mapping[str, int]) -> Facts:
    """What clocks and rules are worked out from."""
    return Facts(duty.values, duty.moves, days, periods)


def clocks_of(register: Register, facts: Facts) -> tuple[Running, ...]:
    """The clocks that run, or ran, for an entry."""
    return tuple(Running(clock, run) for clock in register.clocks if (run := clock.run(facts)) is not None)


def reference(register: Register, number: int) -> str:
    """What an entry is called on paper: "RQ-7"."""
    return f"{register.prefix}-{number}"


def next_due(running: Sequence[Running]) -> str:
    """The first day or moment that is still to be met, "" where there is none."""
    return min((each.run.due for each in running if each.run.due and not each.run.met), default="")
