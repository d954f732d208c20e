"""Restrictions in the store: whose data is only kept for now (UK GDPR Art 18); asked wherever people are found or written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.subjects import RestrictionGround
from dpdesk.store.tables import member
from dpdesk.store.tables_register import elector, elector_link
from dpdesk.store.tables_retention import restriction


@dataclass(frozen=True)
class Restriction:
    """One restriction of one person; days are ISO."""

    id: str
    person: str
    ground: RestrictionGround
    reason: str
    since: str
    lifted_on: str = ""


def add(connection: Connection, new: Restriction, seq: int) -> None:
    """Keep a restriction."""
    connection.execute(insert(restriction), [{**new.__dict__, "ground": new.ground.value, "seq": seq}])


def lift(connection: Connection, identity: str, on: str) -> None:
    """End one."""
    connection.execute(update(restriction).where(restriction.c.id == identity).values(lifted_on=on))


def of(connection: Connection, person: str) -> list[Restriction]:
    """A person's restrictions, the newest first, those that ended too."""
    rows = connection.execute(select(restriction).where(restriction.c.person == person).order_by(restriction.c.id.desc()))
    return [Restriction(row.id, row.person, RestrictionGround(row.ground), row.reason, row.since, row.lifted_on) for row in rows]


_STANDING = select(restriction.c.person).where(restriction.c.lifted_on == "")


def people(connection: Connection) -> frozenset[str]:
    """Everybody whose data is restricted now."""
    return frozenset(connection.execute(_STANDING).scalars())


def among(connection: Connection, some: Sequence[str]) -> frozenset[str]:
    """Those of the people whose data is restricted now."""
    found = people(connection)
    return found.intersection(some) if found else found


def rows(connection: Connection) -> frozenset[int]:
    """The row numbers of everybody whose data is restricted now."""
    return frozenset(connection.execute(select(member.c.row).where(member.c.id.in_(_STANDING))).scalars())


def electors(connection: Connection) -> frozenset[str]:
    """The electors whose data is restricted, or who are people whose data is: they stand on no sheet and in no list."""
    linked = select(elector_link.c.elector).where(elector_link.c.answer == "same", elector_link.c.person.in_(_STANDING))
    own = select(elector.c.id).where(elector.c.id.in_(_STANDING))
    return frozenset([*connection.execute(linked).scalars(), *connection.execute(own).scalars()])
