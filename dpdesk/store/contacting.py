"""Consents, sharing permissions and notes in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from dpdesk.domain.contacting import ALL_CHANNELS, Channel, Consent, Method, Sharing
from dpdesk.domain.members import Confidentiality
from dpdesk.store.standing import standing
from dpdesk.store.tables import audit, consent, note, officer, sharing, wording


def recorder(table):
    """The name of the officer who recorded a row, through its audit entry."""
    return (select(officer.c.name).join(audit, audit.c.officer == officer.c.id).where(audit.c.seq == table.c.seq)
            .scalar_subquery().label("recorded_by"))


def version_of(table):
    """Which version of the desk's wording a row holds; None for other words."""
    return select(wording.c.version).where(wording.c.id == table.c.wording_id).scalar_subquery().label("version")


def consents(connection: Connection, person: str) -> list[Consent]:
    """A person's consents, newest first, withdrawn ones included."""
    query = (select(consent, recorder(consent), version_of(consent)).where(consent.c.person == person)
             .order_by(consent.c.given_on.desc(), consent.c.id.desc()))
    return [_consent(row) for row in connection.execute(query)]


def consent_by_id(connection: Connection, identity: str) -> Consent | None:
    """One consent."""
    row = connection.execute(select(consent, recorder(consent), version_of(consent)).where(consent.c.id == identity)
                             ).first()
    return _consent(row) if row else None


def _consent(row) -> Consent:
    return Consent(row.id, row.person, Channel(row.channel), row.given_on, Method(row.method), row.wording,
                   row.evidence, row.recorded_by or "", row.withdrawn_on, row.expires_on, row.wording_id, row.version or 0)


def add_consents(connection: Connection, new: Iterable[Consent], seq: int) -> None:
    """Store new consents."""
    rows = [{"id": c.id, "person": c.person, "channel": c.channel.value, "given_on": c.given_on,
             "method": c.method.value, "wording": c.wording, "evidence": c.evidence, "withdrawn_on": c.withdrawn_on,
             "expires_on": c.expires_on, "wording_id": c.wording_id, "seq": seq} for c in new]
    if rows:
        connection.execute(insert(consent), rows)


def withdraw_consent(connection: Connection, identity: str, on: str, how: str) -> None:
    """Mark a consent withdrawn."""
    connection.execute(update(consent).where(consent.c.id == identity).values(withdrawn_on=on, withdrawn_how=how))


def withdraw_stopped(connection: Connection, person: str, channel: str, on: str) -> None:
    """Mark withdrawn what a stop on a channel ends; one on every channel ends permissions to share too."""
    mine = (consent.c.person == person, consent.c.withdrawn_on == "")
    if channel != ALL_CHANNELS:
        mine = (*mine, consent.c.channel == channel)
    connection.execute(update(consent).where(*mine).values(withdrawn_on=on, withdrawn_how="stop"))
    if channel == ALL_CHANNELS:
        connection.execute(update(sharing).where(sharing.c.person == person, sharing.c.withdrawn_on == "").values(withdrawn_on=on))


def set_ends(connection: Connection, ends_on: Callable[[str], str]) -> int:
    """Give an end to what was recorded before consents had one; how many."""
    done = 0
    for table in (consent, sharing):
        open_ones = (table.c.expires_on == "", table.c.withdrawn_on == "", table.c.given_on != "")
        for day in connection.execute(select(table.c.given_on).distinct().where(*open_ones)).scalars().all():
            done += connection.execute(update(table).where(*open_ones, table.c.given_on == day).values(expires_on=ends_on(day))).rowcount
    return done


def endless(connection: Connection) -> bool:
    """Whether anything stands that has no end."""
    return any(connection.execute(select(table.c.id).where(table.c.expires_on == "", table.c.withdrawn_on == "",
                                                           table.c.given_on != "").limit(1)).first() for table in (consent, sharing))


def sharings(connection: Connection, person: str) -> list[Sharing]:
    """A person's sharing permissions, newest first, withdrawn ones included."""
    query = (select(sharing, recorder(sharing), version_of(sharing)).where(sharing.c.person == person)
             .order_by(sharing.c.given_on.desc(), sharing.c.id.desc()))
    return [_sharing(row) for row in connection.execute(query)]


def sharing_by_id(connection: Connection, identity: str) -> Sharing | None:
    """One sharing permission."""
    row = connection.execute(select(sharing, recorder(sharing), version_of(sharing)).where(sharing.c.id == identity)
                             ).first()
    return _sharing(row) if row else None


def _sharing(row) -> Sharing:
    return Sharing(row.id, row.person, row.body, row.given_on, row.wording, row.recorded_by or "", row.withdrawn_on,
                   row.expires_on, row.wording_id, row.version or 0)


def add_sharing(connection: Connection, new: Sharing, seq: int) -> None:
    """Store a new sharing permission."""
    connection.execute(insert(sharing), [{"id": new.id, "person": new.person, "body": new.body,
                                          "given_on": new.given_on, "wording": new.wording, "expires_on": new.expires_on,
                                          "wording_id": new.wording_id, "seq": seq}])


def permitting(connection: Connection, body: str, today: str) -> set[str]:
    """Everybody who permits sharing with `body` and neither withdrew that nor has to be asked again."""
    return set(connection.execute(select(sharing.c.person).where(sharing.c.body == body, *standing(sharing, today))).scalars())


def withdraw_sharing(connection: Connection, identity: str, on: str) -> None:
    """Mark a sharing permission withdrawn."""
    connection.execute(update(sharing).where(sharing.c.id == identity).values(withdrawn_on=on))


@dataclass(frozen=True)
class Note:
    """A note on a person, with its class (S4 §5) and who wrote it when (UTC, ISO)."""

    id: str
    person: str
    text: str
    classification: Confidentiality
    at: str
    officer: str = ""


def notes(connection: Connection, person: str) -> list[Note]:
    """A person's notes, newest first."""
    query = select(note, recorder(note)).where(note.c.person == person).order_by(note.c.at.desc(), note.c.id.desc())
    return [Note(row.id, row.person, row.text, Confidentiality(row.classification), row.at, row.recorded_by or "")
            for row in connection.execute(query)]


def add_note(connection: Connection, new: Note, seq: int) -> None:
    """Store a new note."""
    connection.execute(insert(note), [{"id": new.id, "person": new.person, "text": new.text,
                                       "classification": new.classification.value, "at": new.at, "seq": seq}])


def remove_note(connection: Connection, identity: str) -> None:
    """Take a note out."""
    connection.execute(delete(note).where(note.c.id == identity))
