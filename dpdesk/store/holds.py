"""Holds on erasing in the store: of a person, or of a whole category; every way of erasing asks here (S2 l.20-21; S1 §9)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.retention import Hold
from dpdesk.store.tables import officer
from dpdesk.store.tables_retention import retention_hold

_BATCH = 500


def add(connection: Connection, new: Hold, seq: int) -> None:
    """Place a hold."""
    connection.execute(insert(retention_hold), [{
        "id": new.id, "category": new.category, "person": new.subject, "reason": new.reason, "review_on": new.review_on,
        "placed_on": new.placed_on, "placed_by": new.placed_by, "seq": seq}])


def end(connection: Connection, identity: str, on: str) -> None:
    """End a hold."""
    connection.execute(update(retention_hold).where(retention_hold.c.id == identity).values(ended_on=on))


def set_review(connection: Connection, identity: str, reason: str, on: str) -> None:
    """Renew a hold: its reason and the next review."""
    connection.execute(update(retention_hold).where(retention_hold.c.id == identity).values(reason=reason, review_on=on))


def listing(connection: Connection, *, ended: bool = False) -> list[Hold]:
    """Every hold, the earliest review first; those that ended only where wanted."""
    query = (select(retention_hold, officer.c.name).outerjoin(officer, officer.c.id == retention_hold.c.placed_by)
             .order_by(retention_hold.c.review_on, retention_hold.c.id))
    if not ended:
        query = query.where(retention_hold.c.ended_on == "")
    return [Hold(row.id, row.category, row.person, row.reason, row.review_on, row.placed_on, row.name or "", row.ended_on)
            for row in connection.execute(query)]


def people(connection: Connection) -> set[str]:
    """Everybody under a hold."""
    return set(connection.execute(select(retention_hold.c.person).where(retention_hold.c.ended_on == "", retention_hold.c.person != "")
                                  ).scalars())


def of_people(connection: Connection, some: Sequence[str]) -> dict[str, str]:
    """Those of the people who are under a hold, with the reason."""
    found: dict[str, str] = {}
    for at in range(0, len(some), _BATCH):
        rows = connection.execute(select(retention_hold.c.person, retention_hold.c.reason).where(
            retention_hold.c.ended_on == "", retention_hold.c.person.in_(some[at:at + _BATCH])))
        found.update({row.person: row.reason for row in rows})
    return found


def of_category(connection: Connection, category: str) -> str:
    """The reason why nothing of a category may be erased now; "" where none stands in the way."""
    return connection.execute(select(retention_hold.c.reason).where(
        retention_hold.c.ended_on == "", retention_hold.c.person == "", retention_hold.c.category == category).limit(1)).scalar() or ""


def due_for_review(connection: Connection, today: str) -> int:
    """How many holds are to be looked at by a day."""
    return sum(each.review_on <= today for each in listing(connection))
