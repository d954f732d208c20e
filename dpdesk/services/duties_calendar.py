"""The calendar of duties: everything with a day to come, across the registers and the desk, and as an iCalendar file that names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services import copies, duties, duties_today, working_days
from dpdesk.services.copies import Leaving
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

_ALARM_DAYS, _ALARM_HOURS = (7, 1), (6,)


@dataclass(frozen=True)
class Dated:
    """One thing with a day (ISO) or moment (UTC): its words name nobody; `page` and `place` lead to it. `key` is lasting."""

    due: str
    words: str
    page: str
    place: dict[str, str]
    key: str


def upcoming(session: Session) -> list[Dated]:
    """Everything that is due, the overdue first: clocks of entries, copies to delete, officers whose access ends."""
    found = [Dated(due, tr("{clock}: {register} {ref}", ref=shown.ref, register=tr(shown.register.one), clock=clock), "duty",
                   {"id": shown.duty.id}, f"{shown.duty.id}-{clock_code}") for shown, clock, due, clock_code in duties_today.dated(session)]
    found += _copies(session)
    found += _access(session)
    return sorted(found, key=lambda each: (each.due, each.words))


def _copies(session: Session) -> list[Dated]:
    days: dict[str, int] = {}
    for seen in copies.listing(session):
        if seen.copy.delete_by:
            days[seen.copy.delete_by] = days.get(seen.copy.delete_by, 0) + 1
    return [Dated(day, tr("Copies outside the desk to be deleted ({count})", count=n), "copies", {}, f"copies-{day}")
            for day, n in days.items()]


def _access(session: Session) -> list[Dated]:
    from dpdesk.store import officers
    if not session.may(Right.OFFICERS_SEE):
        return []
    with session.desk.read() as connection:
        found = [each for each in officers.listing(connection) if each.ends_on is not None and each.ends_on >= today()]
    return [Dated(each.ends_on.isoformat(), tr("An officer’s access ends"), "officers", {}, f"access-{each.id}") for each in found]


def holidays(session: Session, until: str) -> dict[str, str]:
    """The bank holidays from today to a day (ISO), by day."""
    return {day.isoformat(): name for day, name in working_days.calendar(session).holidays.items()
            if today().isoformat() <= day.isoformat() <= until}


def save(session: Session, path: Path, why: str, *, accepted: str = "") -> Copy:
    """Write the calendar as an iCalendar file through the copies door: references and clocks, nobody's name."""
    from dpdesk.files import icalendar
    session.require(Right.DUTIES_SEE)
    found = upcoming(session)
    events = [icalendar.Event(f"{each.key}@dpdesk", each.due, each.words, _ALARM_HOURS if len(each.due) > 10 else _ALARM_DAYS)
              for each in found]
    leaving = Leaving(CopyKind.DUTIES, path, tr("Calendar of duties"), why, accepted=accepted)
    with copies.door(session, leaving) as out:
        out.write(icalendar.write(events, duties.stored(duties.utc_now())))
        return out.note("duties.calendar", (), lambda unit: unit.facts(events=len(events)))
