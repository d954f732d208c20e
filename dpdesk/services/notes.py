"""Notes on a person, each with a confidentiality class (S4 §5); the strictest class shows to few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.services import members
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.store.contacting import Note

LONGEST = 10_000


def listing(session: Session, person: str) -> list[Note]:
    """The notes this officer may read, newest first."""
    from dpdesk.store import contacting
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found = contacting.notes(connection, person)
    strict = session.may(Right.NOTES_STRICT)
    return [note for note in found if strict or note.classification is not Confidentiality.STRICT]


def add(session: Session, person: str, text: str, classification: Confidentiality) -> Note:
    """Write a note."""
    from dpdesk.store import contacting
    from dpdesk.store.contacting import Note
    session.require(Right.MEMBERS_EDIT)
    if classification is Confidentiality.STRICT:
        session.require(Right.NOTES_STRICT)
    members.get(session, person)
    if not text.strip():
        raise Invalid({"text": "missing"})
    if len(text) > LONGEST:
        raise Invalid({"text": "too_long"})
    with session.change("note.added") as unit:
        note = Note(new_id(), person, text.strip(), classification, unit.at, session.officer.name)
        contacting.add_note(unit.connection, note, unit.seq)
        unit.about("member", person)
        unit.commit_to(note.text.encode())
        unit.facts(note=note.id, classification=classification.value)
    return note


def remove(session: Session, person: str, note_id: str) -> None:
    """Take a note out for good; under a hold it stays."""
    from dpdesk.store import contacting, holds
    session.require(Right.MEMBERS_EDIT)
    if note_id not in {note.id for note in listing(session, person)}:
        raise NotFound("note", note_id)
    with session.desk.read() as connection:
        if held := holds.of_people(connection, [person]):
            raise Declined("retention.held", {"reason": held[person]})
    with session.change("note.removed") as unit:
        contacting.remove_note(unit.connection, note_id)
        unit.about("member", person)
        unit.facts(note=note_id)
