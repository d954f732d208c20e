"""The disposal log and the approved repairers in the store."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.disposals import Disposal, Fate, Item, Method, Repairer
from dpdesk.domain.members import Confidentiality
from dpdesk.store.tables_device import disposal, repairer


def _disposal(row) -> Disposal:
    return Disposal(**{**row._mapping, "item": Item(row.item), "means": Method(row.means),
                       "data_class": Confidentiality(row.data_class), "fate": Fate(row.fate)})


def add(connection: Connection, new: Disposal) -> None:
    """Keep an entry."""
    connection.execute(insert(disposal), [{name: str(value) for name, value in new.__dict__.items()}])


def authorise(connection: Connection, identity: str, officer: str) -> None:
    """The accountable person stands for an entry."""
    connection.execute(update(disposal).where(disposal.c.id == identity).values(authorised_by=officer))


def listing(connection: Connection) -> list[Disposal]:
    """The log, newest first."""
    return [_disposal(row) for row in connection.execute(select(disposal).order_by(disposal.c.id.desc()))]


def get(connection: Connection, identity: str) -> Disposal | None:
    """One by its identity or its number."""
    row = connection.execute(select(disposal).where((disposal.c.id == identity) | (disposal.c.number == identity))).first()
    return _disposal(row) if row else None


def next_number(connection: Connection, year: int) -> str:
    """The number of the next entry of a year."""
    begin = f"D-{year}-"
    last = connection.execute(select(func.max(disposal.c.number)).where(disposal.c.number.like(f"{begin}%"))).scalar()
    return f"{begin}{(int(last.rsplit('-', 1)[-1]) if last else 0) + 1:04d}"


def repairers(connection: Connection) -> list[Repairer]:
    """Everybody who was ever approved, newest first."""
    return [Repairer(**row._mapping) for row in connection.execute(select(repairer).order_by(repairer.c.id.desc()))]


def add_repairer(connection: Connection, new: Repairer) -> None:
    """Approve one more."""
    connection.execute(insert(repairer), [dict(new.__dict__)])


def change_repairer(connection: Connection, identity: str, values: Mapping[str, str]) -> None:
    """Store changed columns of one."""
    connection.execute(update(repairer).where(repairer.c.id == identity).values(dict(values)))
