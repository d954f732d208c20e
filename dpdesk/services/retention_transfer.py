"""Handing people to headquarters before they are erased: a file through the copies door, of those who permit it (S3 l.22; S1 §22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.members import CODES
from dpdesk.domain.roles import Right
from dpdesk.services import copies, sharing
from dpdesk.services.copies import Leaving
from dpdesk.services.names import field_name
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

BODY = "headquarters"


def hand_over(session: Session, people: Sequence[str], path: Path, accepted: str = "") -> set[str]:
    """Write those of the people who permit sharing with headquarters as CSV; returns their identities. Nobody permits: no file."""
    from dpdesk.files.cells import write_rows
    from dpdesk.store import members
    session.require(Right.MEMBERS_EXPORT)
    with session.desk.read() as connection:
        found = members.by_ids(connection, list(people))
        permitted = sharing.passing(session, BODY).among(connection, found)
    told = [person for person in found if person.id in permitted]
    if not told:
        return set()
    leaving = Leaving(CopyKind.MEMBERS, path, tr("People handed to headquarters by the retention rules"), tr("Retention"), BODY,
                      columns=CODES, accepted=accepted)

    def rows() -> Iterator[Sequence[str]]:
        yield [field_name(code) for code in CODES]
        for person in told:
            yield [getattr(person, code) for code in CODES]
    with copies.door(session, leaving) as out:
        write_rows(out, rows())
        out.note("members.exported", [person.id for person in told])
    return {person.id for person in told}
