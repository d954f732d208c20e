"""The archive: people put aside from the everyday lists, with a reason; still there, still recognised by an import."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from dpdesk.store.tables import archive, member


def put(connection: Connection, people: Sequence[tuple[str, int]], on: str, why: str, seq: int) -> None:
    """Put (person, row) pairs aside."""
    connection.execute(insert(archive), [{"person": person, "row": row, "on": on, "why": why, "seq": seq} for person, row in people])


def take_back(connection: Connection, people: Sequence[str]) -> None:
    """Take them back into the lists."""
    for at in range(0, len(people), 500):
        connection.execute(delete(archive).where(archive.c.person.in_(people[at:at + 500])))


def rows(connection: Connection) -> frozenset[int]:
    """The row numbers of everybody put aside."""
    return frozenset(connection.execute(select(archive.c.row)).scalars())


def of(connection: Connection, person: str) -> tuple[str, str] | None:
    """(day, reason) where the person is put aside."""
    row = connection.execute(select(archive.c.on, archive.c.why).where(archive.c.person == person)).first()
    return (row.on, row.why) if row else None


def among(connection: Connection, people: Sequence[str]) -> set[str]:
    """Those of the people who are put aside."""
    found: set[str] = set()
    for at in range(0, len(people), 500):
        found.update(connection.execute(select(archive.c.person).where(archive.c.person.in_(people[at:at + 500]))).scalars())
    return found


def count_by_status(connection: Connection) -> dict[tuple[str, str], int]:
    """How many people of each (kind, status) are put aside."""
    query = (select(member.c.kind, member.c.status, func.count()).join(archive, archive.c.row == member.c.row)
             .group_by(member.c.kind, member.c.status))
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}
