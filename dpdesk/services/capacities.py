"""Capacities of a person: several at once, each recorded with day and detail, ended, taken back, and counted (S2 l.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain import capacities as rules
from dpdesk.domain.capacities import DETAIL_LONGEST, Capacity, Held
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Field, Kind, Member
from dpdesk.domain.roles import Right
from dpdesk.services import members
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

_DETAIL = Field("detail", "text", "", DETAIL_LONGEST)
_DAY = Field("since", "date", "", 10)


@dataclass(frozen=True)
class Given:
    """A capacity as an officer records it: a `Capacity` value, days as typed, and what it is in detail."""

    capacity: str
    detail: str = ""
    since: str = ""
    until: str = ""


def of(session: Session, person: str) -> list[Held]:
    """All capacities of a person: those that stand first, then those that ended, each the newest first."""
    from dpdesk.store import capacities
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return capacities.of(connection, person)


def counts(session: Session, kind: Kind) -> dict[str, int]:
    """How many people of a kind hold each capacity today, in the order they are told."""
    from dpdesk.store import capacities
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found = capacities.counts(connection, kind.value, today().isoformat())
    return {code: found[code] for code in rules.in_order(found)}


def tidy(given: Given) -> tuple[Given, dict[str, str]]:
    """What would be stored, and what is wrong with it: field code -> problem code."""
    from dpdesk.services.details import clean
    values, problems = {"capacity": given.capacity}, {}
    for code, field in (("detail", _DETAIL), ("since", _DAY), ("until", _DAY)):
        values[code], wrong = clean(field, getattr(given, code))
        problems |= {code: wrong} if wrong else {}
    problems = {**rules.problems_of(values, today().isoformat()), **problems}
    return Given(**values), problems


def add(session: Session, person: str, given: Given) -> Held:
    """Record a capacity; raises `Invalid`, also where the person holds it already with the same detail."""
    session.require(Right.MEMBERS_EDIT)
    who = members.get(session, person)
    new = _checked(session, who.id, given)
    with session.change("capacity.added") as unit:
        put(unit, new)
    return new


def _checked(session: Session, person: str, given: Given) -> Held:
    plain, problems = tidy(given)
    if not problems and any(each.capacity == plain.capacity and each.detail == plain.detail and each.stands(today().isoformat())
                            for each in of(session, person)):
        problems = {"capacity": "held_already"}
    if problems:
        raise Invalid(problems)
    return Held(new_id(), person, Capacity(plain.capacity), plain.since, plain.until, plain.detail)


def put(unit: Unit, new: Held) -> None:
    """Within a unit: keep a capacity that was checked, and its line of history."""
    from dpdesk.store import capacities
    capacities.add(unit.connection, new, unit.seq)
    unit.about("member", new.person)
    unit.record("member", new.person, {}, _values(new))


def _values(held: Held) -> dict[str, str]:
    values = {"capacity": held.capacity.value, "detail": held.detail, "since": held.since, "until": held.until}
    return {code: value for code, value in values.items() if value}


def add_contact(session: Session, values: Mapping[str, str], given: Given) -> Member:
    """A new contact with their capacity, in one step; raises `Invalid` with the problems of both."""
    from dpdesk.store import members as store
    plain, problems = tidy(given)
    clean = members.checked(session, Kind.CONTACT, values, others=problems)
    with session.change("member.added") as unit:
        person = store.add(unit.connection, Kind.CONTACT, clean, unit.seq)
        unit.record("member", person.id, {}, {code: value for code, value in person.values().items() if value})
        put(unit, Held(new_id(), person.id, Capacity(plain.capacity), plain.since, plain.until, plain.detail))
    return person


def end(session: Session, identity: str, on: str = "") -> Held:
    """End a capacity on a day, today where none is said; raises `NotFound` where it does not stand, `Invalid` for the day."""
    held = _get(session, identity)
    if not held.stands(today().isoformat()):
        raise NotFound("capacity", identity)
    plain, problems = tidy(Given(held.capacity.value, held.detail, held.since, on.strip() or today().isoformat()))
    if problems:
        raise Invalid(problems)
    return _set_end(session, "capacity.ended", held, plain.until)


def reopen(session: Session, identity: str) -> Held:
    """Let a capacity stand again that was ended."""
    held = _get(session, identity)
    return _set_end(session, "capacity.reopened", held, "") if held.until else held


def _set_end(session: Session, action: str, held: Held, until: str) -> Held:
    from dpdesk.store import capacities
    with session.change(action) as unit:
        capacities.end(unit.connection, held.id, until)
        unit.about("member", held.person)
        unit.record("member", held.person, {"until": held.until}, {"until": until})
        unit.facts(capacity=held.capacity.value)
    return replace(held, until=until)


def take_back(session: Session, identity: str) -> None:
    """Take a capacity away that was recorded by mistake."""
    from dpdesk.store import capacities
    held = _get(session, identity)
    with session.change("capacity.removed") as unit:
        capacities.remove(unit.connection, [held.id])
        unit.about("member", held.person)
        unit.record("member", held.person, _values(held), {})


def _get(session: Session, identity: str) -> Held:
    from dpdesk.store import capacities
    session.require(Right.MEMBERS_EDIT)
    return session.one("capacity", identity, capacities.get)
