"""Files that prove a consent or a permission, kept inside the encrypted desk."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from dpdesk.domain.evidence import Evidence
from dpdesk.store.contacting import recorder
from dpdesk.store.tables import attachment

_SHOWN = [column for column in attachment.c if column.name not in ("content", "seq")]


def of_person(connection: Connection, person: str) -> list[Evidence]:
    """What is attached for a person, newest first, without the contents."""
    query = select(*_SHOWN, recorder(attachment)).where(attachment.c.person == person).order_by(attachment.c.id.desc())
    return [_evidence(row) for row in connection.execute(query)]


def get(connection: Connection, identity: str) -> Evidence | None:
    """One of them, without its content."""
    row = connection.execute(select(*_SHOWN, recorder(attachment)).where(attachment.c.id == identity)).first()
    return _evidence(row) if row else None


def _evidence(row) -> Evidence:
    return Evidence(row.id, row.person, row.of_kind, row.of, row.name, row.media_type, row.size, row.digest, row.recorded_by or "")


def content(connection: Connection, identity: str) -> bytes:
    """The file itself."""
    return bytes(connection.execute(select(attachment.c.content).where(attachment.c.id == identity)).scalar() or b"")


def add(connection: Connection, new: Evidence, held: bytes, seq: int) -> None:
    """Store a file."""
    connection.execute(insert(attachment), [{
        "id": new.id, "person": new.person, "of_kind": new.of_kind, "of": new.of, "name": new.name, "media_type": new.media_type,
        "size": new.size, "digest": new.digest, "content": held, "seq": seq}])


def remove(connection: Connection, identity: str) -> None:
    """Take a file out; its cells are overwritten (secure_delete)."""
    connection.execute(delete(attachment).where(attachment.c.id == identity))
