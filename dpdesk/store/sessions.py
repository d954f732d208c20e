"""Canvassing sessions in the store: who takes part, and what is allotted to whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.sessions import Allotment, CanvassSession, Of, Part, Participant, Protected, SessionState, SheetKind, Variant
from dpdesk.store.tables_sessions import acknowledgement, allotment, canvass_session, session_person, sheet

_OWN = [name for name in CanvassSession.__dataclass_fields__ if name != "people"]


def add(connection: Connection, new: CanvassSession, seq: int) -> None:
    """Keep a session, without its people."""
    connection.execute(insert(canvass_session), [{**{name: getattr(new, name) for name in _OWN}, "seq": seq}])


def change(connection: Connection, identity: str, **values: str) -> None:
    """Store changed columns of a session."""
    connection.execute(update(canvass_session).where(canvass_session.c.id == identity).values(**values))


def _person(row) -> Participant:
    return Participant(row.id, row.session, Of(row.of), row.person, row.name, Part(row.role), bool(row.pin))


def listing(connection: Connection, *identities: str, campaign: str = "") -> list[CanvassSession]:
    """Sessions with their people, the latest day first: all, some, or those of a campaign."""
    query = select(canvass_session).order_by(canvass_session.c.on_day.desc(), canvass_session.c.starts.desc(), canvass_session.c.seq.desc())
    people = select(session_person)
    if identities:
        query, people = query.where(canvass_session.c.id.in_(identities)), people.where(session_person.c.session.in_(identities))
    if campaign:
        query = query.where(canvass_session.c.campaign == campaign)
    found: dict[str, list[Participant]] = {}
    for row in connection.execute(people):
        found.setdefault(row.session, []).append(_person(row))
    parts = list(Part)
    for some in found.values():
        some.sort(key=lambda each: (parts.index(each.part), each.name.casefold(), each.id))
    made = []
    for row in connection.execute(query):
        values = {name: row._mapping[name] for name in _OWN}
        made.append(CanvassSession(**{**values, "protected": Protected(row.protected), "state": SessionState(row.state),
                                      "people": tuple(found.get(row.id, ()))}))
    return made


def add_people(connection: Connection, people: Sequence[Participant], seq: int) -> None:
    """Keep who takes part."""
    if people:
        connection.execute(insert(session_person), [
            {"id": each.id, "session": each.session, "of": each.of.value, "person": each.person, "name": each.name, "role": each.part.value,
             "seq": seq} for each in people])


def change_person(connection: Connection, identity: str, **values: str) -> None:
    """Store changed columns of a participant."""
    connection.execute(update(session_person).where(session_person.c.id == identity).values(**values))


def remove_person(connection: Connection, identity: str) -> None:
    """Take a participant out."""
    connection.execute(delete(session_person).where(session_person.c.id == identity))


def pin_of(connection: Connection, identity: str) -> str:
    """The keyed hash of a participant's PIN, "" for none."""
    return connection.execute(select(session_person.c.pin).where(session_person.c.id == identity)).scalar() or ""


def names_of(connection: Connection, identities: Sequence[str]) -> dict[str, str]:
    """The names of participants."""
    rows = connection.execute(select(session_person.c.id, session_person.c.name).where(session_person.c.id.in_(identities)))
    return {row.id: row.name for row in rows}


def of_person(connection: Connection, person: str) -> list[tuple[CanvassSession, Participant]]:
    """The sessions a member, contact or officer took part in, with how."""
    ids = connection.execute(select(session_person.c.session).where(session_person.c.person == person)).scalars().all()
    found = listing(connection, *dict.fromkeys(ids)) if ids else []
    return [(each, who) for each in found for who in each.people if who.person == person]


def count_of(connection: Connection, people: Sequence[str]) -> int:
    """How often people of the desk took part."""
    return connection.execute(select(func.count()).select_from(session_person).where(session_person.c.person.in_(people))).scalar() or 0


def forget_people(connection: Connection, people: Sequence[str]) -> None:
    """Take the names, PINs and signatures of people out of sessions; that somebody held the sheets stays."""
    mine = select(session_person.c.id).where(session_person.c.person.in_(people))
    connection.execute(update(acknowledgement).where(acknowledgement.c.holder.in_(mine)).values(signature=""))
    connection.execute(update(session_person).where(session_person.c.person.in_(people)).values(name="", person="", pin=""))


def allotments(connection: Connection, session: str) -> list[Allotment]:
    """What is allotted in a session, in order."""
    return [_allotment(row) for row in connection.execute(
        select(allotment).where(allotment.c.session == session).order_by(allotment.c.place, allotment.c.id))]


def allotment_of(connection: Connection, identity: str) -> Allotment | None:
    """One allotment."""
    row = connection.execute(select(allotment).where(allotment.c.id == identity)).first()
    return _allotment(row) if row else None


def _allotment(row) -> Allotment:
    values = {name: row._mapping[name] for name in Allotment.__dataclass_fields__}
    return Allotment(**{**values, "kind": SheetKind(row.kind), "variant": Variant(row.variant)})


def add_allotments(connection: Connection, new: Sequence[Allotment], seq: int) -> None:
    """Keep allotments."""
    if new:
        connection.execute(insert(allotment), [{**{name: getattr(each, name) for name in Allotment.__dataclass_fields__}, "seq": seq}
                                               for each in new])


def change_allotment(connection: Connection, identity: str, **values: str) -> None:
    """Store changed columns of an allotment."""
    connection.execute(update(allotment).where(allotment.c.id == identity).values(**values))


def remove_allotment(connection: Connection, identity: str) -> None:
    """Take an allotment out."""
    connection.execute(delete(allotment).where(allotment.c.id == identity))


def back_by(connection: Connection, identity: str, moment: str) -> None:
    """Sheets of a session are to be back by another moment."""
    connection.execute(update(sheet).where(sheet.c.session == identity).values(back_by=moment))
