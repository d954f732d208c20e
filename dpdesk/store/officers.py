"""Officers in the store."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.officers import Officer, Standing
from dpdesk.domain.roles import Role
from dpdesk.store.tables import officer


def _officer(row) -> Officer:
    values = dict(row._mapping)
    values["role"], values["standing"] = Role(row.role), Standing(row.standing)
    values["ends_on"] = date.fromisoformat(row.ends_on) if row.ends_on else None
    return Officer(**values)


def listing(connection: Connection) -> list[Officer]:
    """Every officer the desk ever had, by name."""
    return [_officer(row) for row in connection.execute(select(officer).order_by(officer.c.name, officer.c.id))]


def get(connection: Connection, identity: str) -> Officer | None:
    """One officer."""
    row = connection.execute(select(officer).where(officer.c.id == identity)).first()
    return _officer(row) if row else None


def add(connection: Connection, new: Officer) -> None:
    """Store a new officer."""
    connection.execute(insert(officer), [as_row(new)])


def as_row(who: Officer) -> dict:
    """An officer as stored."""
    return {**who.__dict__, "role": who.role.value, "standing": who.standing.value,
            "ends_on": who.ends_on.isoformat() if who.ends_on else ""}


def change(connection: Connection, identity: str, **values: str) -> None:
    """Store changed columns of one officer."""
    connection.execute(update(officer).where(officer.c.id == identity).values(**values))
