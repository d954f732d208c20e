"""Entries of the registers in the store: one place for all of them; what happened to an entry is only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, case, delete, func, insert, select, update

from dpdesk.domain.duties import Duty, Event
from dpdesk.domain.ids import new_id
from dpdesk.store.tables import attachment
from dpdesk.store.tables_duties import duty, duty_event, duty_person

_BATCH = 500
EVENT_COLUMNS = ("id", "duty", "at", "on", "kind", "move", "before", "after", "fields", "note", "officer", "seq")


def _event(row) -> Event:
    values = {name: row._mapping[name] for name in EVENT_COLUMNS}
    return Event(**{**values, "fields": tuple(json.loads(values["fields"] or "[]"))})


def _duty(row, events: Iterable[Event] = ()) -> Duty:
    return Duty(row.id, row.register, row.number, row.state, json.loads(row.content or "{}"), row.opened_at, row.changed_at, row.ended_at,
                row.officer, tuple(events))


def get(connection: Connection, identity: str) -> Duty | None:
    """One entry with all that happened to it."""
    row = connection.execute(select(duty).where(duty.c.id == identity)).first()
    return _duty(row, events_of(connection, [identity]).get(identity, ())) if row else None


def by_number(connection: Connection, register: str, number: int) -> str:
    """The identity of an entry by its number, "" where there is none."""
    return connection.execute(select(duty.c.id).where(duty.c.register == register, duty.c.number == number)).scalar() or ""


def listing(connection: Connection, register: str = "", *, ended: bool | None = None, officer: str = "") -> list[Duty]:
    """The entries of a register, or of all, with their events; open ones, ended ones, or both; the newest first."""
    query = select(duty).order_by(duty.c.opened_at.desc(), duty.c.number.desc())
    if register:
        query = query.where(duty.c.register == register)
    if ended is not None:
        query = query.where(duty.c.ended_at != "" if ended else duty.c.ended_at == "")
    if officer:
        query = query.where(duty.c.officer == officer)
    rows = connection.execute(query).all()
    events = events_of(connection, [row.id for row in rows])
    return [_duty(row, events.get(row.id, ())) for row in rows]


def events_of(connection: Connection, duties: Sequence[str]) -> dict[str, list[Event]]:
    """What happened to entries, the earliest first."""
    found: dict[str, list[Event]] = {}
    for at in range(0, len(duties), _BATCH):
        query = select(duty_event).where(duty_event.c.duty.in_(duties[at:at + _BATCH])).order_by(duty_event.c.seq, duty_event.c.id)
        for row in connection.execute(query):
            found.setdefault(row.duty, []).append(_event(row))
    return found


def activity(connection: Connection, register: str, limit: int, before: str) -> list[tuple[Event, str, int, str, str]]:
    """What happened to entries of a register, or of all, the newest first: (event, register, number, heading, case number)."""
    query = (select(duty_event, duty.c.register, duty.c.number, duty.c.heading, duty.c.content).join(duty, duty.c.id == duty_event.c.duty)
             .order_by(duty_event.c.at.desc(), duty_event.c.id.desc()).limit(limit))
    if register:
        query = query.where(duty.c.register == register)
    if before:
        query = query.where(duty_event.c.at < before)
    return [(_event(row), row.register, row.number, row.heading, json.loads(row.content or "{}").get("case_number", ""))
            for row in connection.execute(query)]


def trained_on(connection: Connection, name: str) -> str:
    """The last ISO day on which somebody of that name completed a training that still stands; "" where there is none."""
    query = select(duty.c.heading, duty.c.content).where(duty.c.register == "training", duty.c.state == "done")
    return max((json.loads(row.content).get("completed_on", "") for row in connection.execute(query)
                if row.heading.casefold() == name.casefold()), default="")


def counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """register -> (open, all)."""
    query = select(duty.c.register, func.count(), func.sum(case((duty.c.ended_at == "", 1), else_=0))).group_by(duty.c.register)
    return {row[0]: (int(row[2] or 0), row[1]) for row in connection.execute(query)}


def next_number(connection: Connection, register: str) -> int:
    """The number of the next entry of a register."""
    return (connection.execute(select(func.max(duty.c.number)).where(duty.c.register == register)).scalar() or 0) + 1


def add(connection: Connection, new: Duty, heading: str, seq: int) -> None:
    """Keep a new entry."""
    connection.execute(insert(duty), [{
        "id": new.id, "register": new.register, "number": new.number, "state": new.state, "heading": heading,
        "content": json.dumps(dict(new.values), ensure_ascii=False), "opened_at": new.opened_at, "changed_at": new.changed_at,
        "ended_at": new.ended_at, "officer": new.officer, "seq": seq}])


def change(connection: Connection, changed: Duty, heading: str) -> None:
    """Store an entry as it is now."""
    connection.execute(update(duty).where(duty.c.id == changed.id).values(
        state=changed.state, heading=heading, content=json.dumps(dict(changed.values), ensure_ascii=False), changed_at=changed.changed_at,
        ended_at=changed.ended_at))


def happened(connection: Connection, event: Event) -> None:
    """Add what happened."""
    connection.execute(insert(duty_event), [{**event.__dict__, "fields": json.dumps(event.fields)}])


def people(connection: Connection, identity: str) -> list[str]:
    """Whom an entry is about, by identity, in the order they were linked."""
    return list(connection.execute(select(duty_person.c.person).where(duty_person.c.duty == identity).order_by(duty_person.c.id)).scalars())


def of_person(connection: Connection, person: str) -> list[str]:
    """The entries about a person, by identity."""
    return list(connection.execute(select(duty_person.c.duty).where(duty_person.c.person == person).order_by(duty_person.c.id)).scalars())


def link(connection: Connection, identity: str, people: Iterable[str], seq: int) -> None:
    """Note whom an entry is about."""
    rows = [{"id": new_id(), "duty": identity, "person": person, "seq": seq} for person in people]
    if rows:
        connection.execute(insert(duty_person), rows)


def unlink(connection: Connection, identity: str, person: str) -> None:
    """An entry is not about that person."""
    connection.execute(delete(duty_person).where(duty_person.c.duty == identity, duty_person.c.person == person))


def remove(connection: Connection, identities: Sequence[str]) -> None:
    """Take entries out whose time is up, with their documents and all that happened to them."""
    for at in range(0, len(identities), _BATCH):
        some = identities[at:at + _BATCH]
        connection.execute(delete(attachment).where(and_(attachment.c.of_kind == "duty", attachment.c.of.in_(some))))
        connection.execute(delete(duty_person).where(duty_person.c.duty.in_(some)))
        connection.execute(delete(duty).where(duty.c.id.in_(some)))
        connection.execute(delete(duty_event).where(duty_event.c.duty.in_(some)))


def documents(connection: Connection, identity: str) -> list:
    """The documents of an entry as rows (id, name, media_type, size, digest), the newest first."""
    shown = [column for column in attachment.c if column.name not in ("content", "seq")]
    return list(connection.execute(select(*shown).where(attachment.c.of_kind == "duty", attachment.c.of == identity)
                                   .order_by(attachment.c.id.desc())))
