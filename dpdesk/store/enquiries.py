"""Enquiries in the store: of one person, those whose time may be up, holds to review, and what many people last said."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.enquiries import Enquiry, Way
from dpdesk.store.tables import enquiry
from dpdesk.store.tables_retention import retention_hold

_BATCH = 500
_NEWEST = (enquiry.c.last_contact_on.desc(), enquiry.c.id.desc())


def _enquiry(row) -> Enquiry:
    values = {name: row._mapping[name] for name in Enquiry.__dataclass_fields__}
    return Enquiry(**{**values, "channel": Way(row.channel)})


def of(connection: Connection, person: str) -> list[Enquiry]:
    """All of one person's, the last contact first."""
    return [_enquiry(row) for row in connection.execute(select(enquiry).where(enquiry.c.person == person).order_by(*_NEWEST))]


def among(connection: Connection, people: Sequence[str]) -> list[Enquiry]:
    """All of many people's, in no order."""
    found: list[Enquiry] = []
    for at in range(0, len(people), _BATCH):
        found += map(_enquiry, connection.execute(select(enquiry).where(enquiry.c.person.in_(people[at:at + _BATCH]))))
    return found


def get(connection: Connection, identity: str) -> Enquiry | None:
    """One by its identity."""
    row = connection.execute(select(enquiry).where(enquiry.c.id == identity)).first()
    return _enquiry(row) if row else None


def add(connection: Connection, new: Enquiry, seq: int) -> None:
    """Keep one more."""
    connection.execute(insert(enquiry), [{**new.__dict__, "channel": new.channel.value, "seq": seq}])


def change(connection: Connection, identity: str, values: dict[str, str]) -> None:
    """Store changed columns of one."""
    connection.execute(update(enquiry).where(enquiry.c.id == identity).values(values))


def remove(connection: Connection, identities: Sequence[str]) -> None:
    """Take some out."""
    for at in range(0, len(identities), _BATCH):
        connection.execute(delete(enquiry).where(enquiry.c.id.in_(identities[at:at + _BATCH])))


def last_before(connection: Connection, day: str) -> list[Enquiry]:
    """Those without a hold, nor a hold on who asked, whose last contact was on `day` or earlier, the oldest first."""
    held = select(retention_hold.c.person).where(retention_hold.c.ended_on == "")
    query = (select(enquiry).where(enquiry.c.last_contact_on <= day, enquiry.c.hold_reason == "", enquiry.c.person.not_in(held))
             .order_by(enquiry.c.last_contact_on, enquiry.c.id))
    return [_enquiry(row) for row in connection.execute(query)]


def holds(connection: Connection, reviewed_by: str = "9999") -> list[Enquiry]:
    """Those under a hold whose review is due by a day, the earliest first."""
    query = (select(enquiry).where(enquiry.c.hold_reason != "", enquiry.c.hold_review_on <= reviewed_by)
             .order_by(enquiry.c.hold_review_on, enquiry.c.id))
    return [_enquiry(row) for row in connection.execute(query)]


def open_ones(connection: Connection, after: str, limit: int) -> list[Enquiry]:
    """Those neither closed nor held whose last contact was after `after`, the latest first."""
    query = (select(enquiry).where(enquiry.c.closed_on == "", enquiry.c.hold_reason == "", enquiry.c.last_contact_on > after)
             .order_by(*_NEWEST).limit(limit))
    return [_enquiry(row) for row in connection.execute(query)]


def last_contacts(connection: Connection, people: Sequence[str]) -> dict[str, str]:
    """person -> the day of the last contact over all their enquiries; those without one are left out."""
    found: dict[str, str] = {}
    for at in range(0, len(people), _BATCH):
        query = (select(enquiry.c.person, func.max(enquiry.c.last_contact_on))
                 .where(enquiry.c.person.in_(people[at:at + _BATCH])).group_by(enquiry.c.person))
        found.update({row[0]: row[1] for row in connection.execute(query)})
    return found
