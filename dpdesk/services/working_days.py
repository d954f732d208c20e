"""The branch's calendar of working days: its nation, the bundled bank holidays, and what the branch added or took out."""

from __future__ import annotations

import json
from datetime import date

from dpdesk.domain import working_days as rules
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.working_days import Nation, WorkingDays
from dpdesk.services.session import Session, today

_NATION, _CHANGES = "nation", "bank_holidays"


def nation(session: Session) -> Nation:
    """Where the branch is; England and Wales unless it says otherwise."""
    found = session.desk.setting(_NATION, Nation.ENGLAND_WALES.value)
    return Nation(found) if found in set(Nation) else Nation.ENGLAND_WALES


def changes(session: Session) -> tuple[dict[date, str], frozenset[date]]:
    """The bank holidays the branch added, and those it took out."""
    kept = json.loads(session.desk.setting(_CHANGES, "{}"))
    return ({date.fromisoformat(day): name for day, name in kept.get("added", {}).items()},
            frozenset(date.fromisoformat(day) for day in kept.get("removed", [])))


def calendar(session: Session) -> WorkingDays:
    """The calendar every clock counts with."""
    from dpdesk.files import bank_holidays
    where = nation(session)
    return WorkingDays(where, rules.changed(bank_holidays.load(where), *changes(session)))


def running_out(session: Session) -> int:
    """The last year whose bank holidays are known, where that is this year or the next; else 0."""
    until = calendar(session).known_until
    return until if until <= today().year + 1 else 0


def set_nation(session: Session, code: str) -> None:
    """Say where the branch is; raises `Invalid`."""
    session.require(Right.DESK_SETTINGS)
    if code not in set(Nation):
        raise Invalid({"nation": "unknown"})
    _store(session, _NATION, code)


def add(session: Session, day: str, name: str) -> None:
    """A bank holiday more, such as one for a coronation; raises `Invalid`."""
    session.require(Right.DESK_SETTINGS)
    problems = {} if name.strip() else {"holiday_name": "missing"}
    try:
        read = date.fromisoformat(day)
    except ValueError:
        raise Invalid(problems | {"holiday": "date_bad" if day else "missing"}) from None
    if problems:
        raise Invalid(problems)
    added, removed = changes(session)
    _keep(session, {**added, read: name.strip()[:120]}, removed - {read})


def take_out(session: Session, day: str) -> None:
    """One that is none here; a bundled one can be put back with `add`. Raises `Invalid`."""
    session.require(Right.DESK_SETTINGS)
    try:
        read = date.fromisoformat(day)
    except ValueError:
        raise Invalid({"holiday": "date_bad"}) from None
    from dpdesk.files import bank_holidays
    added, removed = changes(session)
    if read not in {*calendar(session).holidays, *removed}:
        raise Invalid({"holiday": "holiday_unknown"})
    bundled = {read} & set(bank_holidays.load(nation(session)))
    _keep(session, {at: name for at, name in added.items() if at != read}, removed | bundled)


def _keep(session: Session, added: dict[date, str], removed: frozenset[date]) -> None:
    _store(session, _CHANGES, json.dumps({"added": {day.isoformat(): name for day, name in sorted(added.items())},
                                          "removed": sorted(day.isoformat() for day in removed)}, ensure_ascii=False))


def _store(session: Session, key: str, value: str) -> None:
    from dpdesk.store import settings
    before = session.desk.setting(key)
    with session.change("duties.holidays_set") as unit:
        settings.put(unit.connection, **{key: value})
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {"bank_holidays": before}, {"bank_holidays": value})
