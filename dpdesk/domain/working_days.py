"""Working days of the three bank-holiday calendars of the United Kingdom: a last day that is none moves to the next that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Nation(StrEnum):
    """Where the branch is: each has bank holidays of its own."""

    ENGLAND_WALES = "england_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of one nation: its bank holidays by day, as bundled and as the branch changed them."""

    nation: Nation = Nation.ENGLAND_WALES
    holidays: Mapping[date, str] = field(default_factory=dict)

    @property
    def known_until(self) -> int:
        """The last year whose bank holidays are known; 0 where none are."""
        return max((day.year for day in self.holidays), default=0)

    def works(self, day: date) -> bool:
        """Whether `day` is neither a Saturday, a Sunday nor a bank holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def next(self, day: date) -> date:
        """`day` where it is a working day, else the next one."""
        while not self.works(day):
            day += timedelta(days=1)
        return day


def changed(bundled: Mapping[date, str], added: Mapping[date, str], removed: frozenset[date]) -> dict[date, str]:
    """The bank holidays as the branch has them: the bundled ones, with its own and without those it took out."""
    return {day: name for day, name in sorted({**bundled, **added}.items()) if day not in removed}
