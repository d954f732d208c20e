"""Putting people aside from the everyday lists, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today


def archive(session: Session, people: Sequence[str], why: str) -> int:
    """Put people aside; how many were not aside already. They stay on the desk and an import still recognises them."""
    from dpdesk.store import archive as store
    from dpdesk.store import members
    session.require(Right.MEMBERS_EDIT)
    if not why.strip():
        raise Invalid({"why": "missing"})
    with session.desk.read() as connection:
        aside = store.among(connection, people)
        found = [person for person in members.by_ids(connection, people) if person.id not in aside]
    if not found:
        return 0
    with session.change("members.archived") as unit:
        store.put(unit.connection, [(person.id, person.row) for person in found], today().isoformat(), why.strip(), unit.seq)
        for person in found:
            unit.record("member", person.id, {"archived": ""}, {"archived": today().isoformat(), "why": why.strip()})
        unit.facts(people=len(found))
    return len(found)


def take_back(session: Session, people: Sequence[str]) -> int:
    """Take people back into the lists; how many were aside."""
    from dpdesk.store import archive as store
    session.require(Right.MEMBERS_EDIT)
    with session.desk.read() as connection:
        aside = sorted(store.among(connection, people))
        days = {person: (store.of(connection, person) or ("", ""))[0] for person in aside[:1]}
    if not aside:
        return 0
    with session.change("members.unarchived") as unit:
        store.take_back(unit.connection, aside)
        for person in aside:
            unit.record("member", person, {"archived": days.get(person, "x")}, {"archived": ""})
        unit.facts(people=len(aside))
    return len(aside)


def aside(session: Session, person: str) -> tuple[str, str] | None:
    """(day, reason) where the person is put aside, else None."""
    from dpdesk.store import archive as store
    with session.desk.read() as connection:
        return store.of(connection, person)
