"""Capacities in the store: those of one person, those that stand among many, and who holds one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from dpdesk.domain.capacities import Capacity, Held
from dpdesk.store.tables import archive, capacity, member

_BATCH = 500


def _held(row) -> Held:
    return Held(row.id, row.person, Capacity(row.capacity), row.since, row.until, row.detail, row.seq)


def of(connection: Connection, person: str) -> list[Held]:
    """All of one person's, those that ended too, newest first."""
    query = select(capacity).where(capacity.c.person == person).order_by(capacity.c.until != "", capacity.c.since.desc(),
                                                                        capacity.c.id.desc())
    return [_held(row) for row in connection.execute(query)]


def get(connection: Connection, identity: str) -> Held | None:
    """One by its identity."""
    row = connection.execute(select(capacity).where(capacity.c.id == identity)).first()
    return _held(row) if row else None


def among(connection: Connection, people: Sequence[str]) -> list[Held]:
    """All of many people's, in no order."""
    found: list[Held] = []
    for at in range(0, len(people), _BATCH):
        found += map(_held, connection.execute(select(capacity).where(capacity.c.person.in_(people[at:at + _BATCH]))))
    return found


def add(connection: Connection, new: Held, seq: int) -> None:
    """Keep one more."""
    connection.execute(insert(capacity), [{**new.__dict__, "capacity": new.capacity.value, "seq": seq}])


def end(connection: Connection, identity: str, until: str) -> None:
    """Set the day it ended; "" lets it stand again."""
    connection.execute(update(capacity).where(capacity.c.id == identity).values(until=until))


def remove(connection: Connection, identities: Sequence[str]) -> None:
    """Take some out."""
    for at in range(0, len(identities), _BATCH):
        connection.execute(delete(capacity).where(capacity.c.id.in_(identities[at:at + _BATCH])))


def stands(today: str) -> ColumnElement:
    """The condition that a capacity is held on a day."""
    return or_(capacity.c.until == "", capacity.c.until > today)


def counts(connection: Connection, kind: str, today: str) -> dict[str, int]:
    """How many people of a kind hold each capacity; nobody in the archive is counted."""
    query = (select(capacity.c.capacity, func.count(capacity.c.person.distinct()))
             .join(member, member.c.id == capacity.c.person)
             .where(member.c.kind == kind, stands(today), member.c.row.not_in(select(archive.c.row)))
             .group_by(capacity.c.capacity))
    return {row[0]: row[1] for row in connection.execute(query)}
