"""Clocks that many registers share: a duty that returns after so many months, and a day on which something ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dpdesk.domain.deadlines import Run, again_on
from dpdesk.domain.registers.declaring import Clock, Facts


def returning(label: str, last: str, months: int | str, clause: str = "", *, code: str = "review", while_in: tuple[str, ...] = ()) -> Clock:
    """Due again `months` after the day in the field `last` (or after the entry was added); a word names a span of the policy.

    `while_in` are the states in which it runs; it is a clock of every state where they are left out.
    """
    def run(facts: Facts) -> Run | None:
        since = facts.day(last)
        start = since.isoformat() if since else facts.added_on
        if not start or (while_in and facts.state not in while_in):
            return None
        span = facts.periods.get(months, 12) if isinstance(months, str) else months
        return Run(start, again_on(date.fromisoformat(start), span).isoformat())
    return Clock(code, label, run, clause)


def ending(label: str, ends: str, starts: str = "", clause: str = "", *, code: str = "ends", met: str = "") -> Clock:
    """Due on the day in the field `ends`, brought up as the time from the day in `starts` runs out; `met` is the field that meets it."""
    def run(facts: Facts) -> Run | None:
        end = facts.day(ends)
        start = facts.day(starts) if starts else None
        if end is None:
            return None
        return Run(start.isoformat() if start else facts.added_on or end.isoformat(), end.isoformat(), facts.values.get(met, ""))
    return Clock(code, label, run, clause)


def lacking(field: str, refusal: str, when: Callable[[Facts], bool] = lambda facts: True) -> Callable[[Facts, object], str]:
    """A rule of a move: `refusal` where the field is empty although it is asked for."""
    return lambda facts, on: refusal if when(facts) and not facts.values.get(field) else ""
