"""Which elector is which person of the desk: confirmed links, and pairs somebody said are two."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from dpdesk.domain.ids import new_id
from dpdesk.store.tables import member
from dpdesk.store.tables_register import elector_link

SAME, OTHER = "same", "other"


def person_of(connection: Connection, elector: str) -> tuple[str, str, str] | None:
    """(identity, name, kind) of the person an elector is."""
    row = connection.execute(select(member.c.id, member.c.forename, member.c.surname, member.c.kind).join(
        elector_link, elector_link.c.person == member.c.id).where(elector_link.c.elector == elector, elector_link.c.answer == SAME)).first()
    return (row.id, " ".join(filter(None, (row.forename, row.surname))), row.kind) if row else None


def elector_of(connection: Connection, person: str) -> str:
    """The elector a person is, "" for none."""
    return connection.execute(select(elector_link.c.elector).where(
        elector_link.c.person == person, elector_link.c.answer == SAME)).scalar() or ""


def electors_of(connection: Connection, people: Sequence[str]) -> list[str]:
    """The electors that people are."""
    return list(connection.execute(select(elector_link.c.elector).where(
        elector_link.c.person.in_(people), elector_link.c.answer == SAME)).scalars())


def answered(connection: Connection) -> tuple[set[tuple[str, str]], set[str], set[str]]:
    """(pairs said to be two, linked electors, linked people)."""
    rows = list(connection.execute(select(elector_link.c.elector, elector_link.c.person, elector_link.c.answer)))
    same = [row for row in rows if row.answer == SAME]
    return ({(row.elector, row.person) for row in rows if row.answer == OTHER}, {row.elector for row in same}, {row.person for row in same})


def answer(connection: Connection, elector: str, person: str, said: str, score: int, at: str, seq: int) -> None:
    """Remember what somebody said of a pair; an earlier answer gives way."""
    forget(connection, elector, person)
    connection.execute(insert(elector_link), [{"id": new_id(), "elector": elector, "person": person, "answer": said, "score": score,
                                               "at": at, "seq": seq}])


def forget(connection: Connection, elector: str, person: str) -> int:
    """Forget a pair; how many answers there were."""
    return connection.execute(delete(elector_link).where(elector_link.c.elector == elector, elector_link.c.person == person)).rowcount


def count(connection: Connection) -> int:
    """How many electors are linked."""
    return connection.execute(select(func.count()).select_from(elector_link).where(elector_link.c.answer == SAME)).scalar() or 0


def pairs(connection: Connection) -> list[tuple[str, str]]:
    """(elector, person) of every confirmed link."""
    return [(row.elector, row.person) for row in connection.execute(
        select(elector_link.c.elector, elector_link.c.person).where(elector_link.c.answer == SAME))]
