"""The clocks of data-protection law: from the facts of a case alone to the day or moment by which something is due.

Nobody types a due date. Days are London's; the hours of a breach run through nights, weekends and changes of the clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dpdesk.domain.clocks import british, months_after
from dpdesk.domain.working_days import WorkingDays

Pause = tuple[date, date | None]  # from the day asked to the day the answer came; None while it is awaited
REQUEST_MONTHS, EXTENDED_MONTHS = 1, 3
ACKNOWLEDGE_DAYS, OUTCOME_DAYS = 30, 60
REGULATOR_HOURS, PARTY_HOURS = 72, 24


@dataclass(frozen=True)
class Run:
    """How a clock runs: `starts`, `due` and `met` are ISO days or UTC moments; `due` is "" while the clock stands still."""

    starts: str
    due: str
    met: str = ""

    @property
    def by_hours(self) -> bool:
        """Whether it counts hours rather than days."""
        return len(self.starts) > 10

    @property
    def late(self) -> bool:
        """Whether what was due came after its time."""
        return bool(self.met and self.due) and self._moment(self.met) > self._moment(self.due)

    def overdue(self, now: datetime) -> bool:
        """Whether it is due, and the time is over."""
        return bool(self.due) and not self.met and self._now(now) > self._moment(self.due)

    def share(self, now: datetime) -> float:
        """How much of the time has gone: 0 at the start, 1 when it is due, more when it is overdue; 0 while it stands still."""
        if not self.due:
            return 0.0
        whole = (self._moment(self.due) - self._moment(self.starts)).total_seconds()
        gone = (self._now(now) - self._moment(self.starts)).total_seconds()
        return gone / whole if whole > 0 else 1.0 + max(0.0, gone)

    def days_left(self, now: datetime) -> int:
        """Whole days until it is due, fewer than 0 where it is overdue; only asked of a clock that runs."""
        return (self._moment(self.due) - self._now(now)).days

    def _now(self, now: datetime) -> datetime:
        return now if self.by_hours else datetime.combine(british(now.isoformat()).date(), datetime.min.time(), UTC)

    def _moment(self, iso: str) -> datetime:
        found = datetime.fromisoformat(iso if self.by_hours else iso[:10])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


@dataclass(frozen=True)
class Request:
    """What the clock of a rights request needs: each day where it happened, else None.

    A fee can be asked only where a request is manifestly unfounded or excessive (S1 32.4); proof of identity only in doubt.
    """

    received: date
    id_asked: date | None = None
    id_received: date | None = None
    fee_asked: date | None = None
    fee_paid: date | None = None
    pauses: Sequence[Pause] = ()
    extended: date | None = None

    @property
    def starts(self) -> date | None:
        """The latest of receipt, the proof of identity asked for, and the fee (UK GDPR Art 12A(2)); None while one is awaited.

        What came before it was asked for does not answer: proof that is asked for again is awaited again.
        """
        if _awaited(self.id_asked, self.id_received) or _awaited(self.fee_asked, self.fee_paid):
            return None
        return max(day for day in (self.received, self.id_received if self.id_asked else None,
                                   self.fee_paid if self.fee_asked else None) if day)


def _awaited(asked: date | None, came: date | None) -> bool:
    return asked is not None and (came is None or came < asked)


def paused_days(pauses: Sequence[Pause], starts: date) -> int | None:
    """The days, none counted twice, on which the answer to a question was awaited after the start; None while one still is.

    The day of the answer counts again: of the two readings of Art 12A(6) the one that is never late.
    """
    days: set[date] = set()
    for asked, came in pauses:
        if came is None:
            return None
        days |= {asked + timedelta(days=n) for n in range((came - asked).days) if asked + timedelta(days=n) >= starts}
    return len(days)


def _months_on(request: Request, months: int, days: WorkingDays) -> date | None:
    starts = request.starts
    waited = paused_days(request.pauses, starts) if starts else None
    return days.next(months_after(starts, months) + timedelta(days=waited)) if starts and waited is not None else None


def first_month(request: Request, days: WorkingDays) -> date | None:
    """The last day on which the person may be told that more time is needed (Art 12A(4)); None while the clock stands still."""
    return _months_on(request, REQUEST_MONTHS, days)


def extension_holds(request: Request, days: WorkingDays) -> bool:
    """Whether the person was told of the extension within the first month, which alone makes it one."""
    if request.extended is None:
        return False
    before = tuple(pause for pause in request.pauses if pause[1] is not None)
    last = first_month(Request(**{**request.__dict__, "pauses": before}), days)
    return last is None or request.extended <= last


def request_due(request: Request, days: WorkingDays) -> date | None:
    """The day an answer is due: the same date next month (or that month's last), in the third where lawfully extended, later by
    the days a question was open, and never on a day off. None while the clock stands still (Art 12A; S1 32.2)."""
    return _months_on(request, EXTENDED_MONTHS if extension_holds(request, days) else REQUEST_MONTHS, days)


def complaint_acknowledged_by(received: date, days: WorkingDays) -> date:
    """30 days, the first being the day after receipt; on a day off the next working day (DPA 2018 s.164A, since 19 June 2026)."""
    return days.next(received + timedelta(days=ACKNOWLEDGE_DAYS))


def complaint_outcome_by(received: date, days: WorkingDays) -> date:
    """An aim of our own, since the law says "without undue delay": 60 days."""
    return days.next(received + timedelta(days=OUTCOME_DAYS))


def hours_after(aware_at: str, hours: int) -> str:
    """So many hours after a UTC moment, whatever the clocks do in between (Art 33: 72; to the party by its rules: 24)."""
    instant = datetime.fromisoformat(aware_at)
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    return (instant + timedelta(hours=hours)).isoformat("T", "milliseconds").replace("+00:00", "Z")


def again_on(last: date, months: int) -> date:
    """When a duty that returns is due again: yearly (12) or every two years (24), counted in calendar months from the last time."""
    return months_after(last, months)
