"""Documents of an entry: kept encrypted in the desk as evidence is, and out again by the copies door alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.errors import NotFound
from dpdesk.domain.evidence import Evidence
from dpdesk.domain.ids import new_id
from dpdesk.services import copies, duties
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Kept:
    """A document in the desk, and the file it came from, which is on the list of copies."""

    document: Evidence
    source: Copy


def listing(session: Session, identity: str) -> list[Evidence]:
    """The documents of an entry, the newest first."""
    from dpdesk.store import duties as store
    shown = duties.get(session, identity)
    with session.desk.read() as connection:
        rows = store.documents(connection, shown.duty.id)
    return [Evidence(row.id, "", "duty", row.of, row.name, row.media_type, row.size, row.digest) for row in rows]


def attach(session: Session, identity: str, path: Path) -> Kept:
    """Keep a file with an entry; raises `Unreadable`. The file it came from goes on the list of copies."""
    from dpdesk.files import evidence as files
    path = path.absolute()
    proof = files.read(path)
    return _keep(session, identity, proof.name, proof.media_type, proof.content, path)


def attach_content(session: Session, identity: str, name: str, media_type: str, content: bytes) -> Evidence:
    """Keep what the desk itself made, such as a version of a notice."""
    return _keep(session, identity, name, media_type, content, None).document


def _keep(session: Session, identity: str, name: str, media_type: str, content: bytes, path: Path | None) -> Kept:
    from dpdesk.store import evidence
    shown = duties.get(session, identity)
    duties.require_keep(session, shown)
    digest = hashlib.sha256(content).hexdigest()
    new = Evidence(new_id(), "", "duty", shown.duty.id, name, media_type, len(content), digest, session.officer.name)
    source: list[Copy] = []

    def store(unit) -> None:
        evidence.add(unit.connection, new, content, unit.seq)
        unit.record("duty", shown.duty.id, {}, {"document": name})
        unit.facts(document=new.id, media_type=media_type, size=len(content))
        if path is not None:
            leaving = copies.Leaving(CopyKind.EVIDENCE, path, tr("Document that was attached"), tr("Attached; not needed any more"))
            source.append(copies.noted(session, unit, leaving, [], copies.judge(path, CopyKind.EVIDENCE), digest))
    duties.happen(session, shown, "duty.attached", "attached", name, store)
    return Kept(new, source[0] if source else None)  # type: ignore[arg-type]


def _get(session: Session, identity: str) -> tuple[Evidence, duties.Shown]:
    from dpdesk.store import evidence
    with session.desk.read() as connection:
        found = evidence.get(connection, identity)
    if found is None or found.of_kind != "duty":
        raise NotFound("document", identity)
    return found, duties.get(session, found.of)


def save(session: Session, identity: str, path: Path, why: str, *, accepted: str = "") -> Copy:
    """Write a document out through the copies door, as it was attached."""
    from dpdesk.store import evidence
    found, shown = _get(session, identity)
    leaving = copies.Leaving(CopyKind.DUTIES, path.absolute(), tr("Document of {ref}", ref=shown.ref), why, accepted=accepted)
    with copies.door(session, leaving) as out:
        with session.desk.read() as connection:
            out.write(evidence.content(connection, identity))
        return out.note("duty.saved", duties.people(session, shown.duty.id), lambda unit: unit.facts(document=found.id))


def remove(session: Session, identity: str) -> None:
    """Take a document out of the desk; the timeline keeps that it was there."""
    from dpdesk.store import evidence
    found, shown = _get(session, identity)
    duties.require_keep(session, shown)

    def take(unit) -> None:
        evidence.remove(unit.connection, identity)
        unit.record("duty", shown.duty.id, {"document": found.name}, {"document": ""})
    duties.happen(session, shown, "duty.detached", "removed", found.name, take)
