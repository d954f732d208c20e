"""Evidence of consents and permissions: files kept encrypted in the desk; they leave it by the copies door alone (S1 16.6-16.8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.contacting import Consent
from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.evidence import Evidence
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services import copies
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Attached:
    """A file in the desk, and the one it came from: that still lies where it was and is on the list of copies."""

    evidence: Evidence
    source: Copy


def listing(session: Session, person: str) -> list[Evidence]:
    """What is attached for a person, newest first."""
    from dpdesk.store import evidence
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return evidence.of_person(connection, person)


def attach(session: Session, given_id: str, path: Path) -> Attached:
    """Keep a file with a consent or permission; raises `Unreadable`, `NotFound`.

    The file it came from is put on the list of copies, as the source of an import is: `copies.delete` deletes it.
    """
    from dpdesk.files import evidence as files
    from dpdesk.store import contacting as store
    from dpdesk.store import evidence
    session.require(Right.MEMBERS_EDIT)
    with session.desk.read() as connection:
        given = store.consent_by_id(connection, given_id) or store.sharing_by_id(connection, given_id)
    if given is None:
        raise NotFound("consent", given_id)
    path = path.absolute()
    proof = files.read(path)
    digest = hashlib.sha256(proof.content).hexdigest()
    new = Evidence(new_id(), given.person, "consent" if isinstance(given, Consent) else "sharing", given.id, proof.name,
                   proof.media_type, len(proof.content), digest, session.officer.name)
    leaving = copies.Leaving(CopyKind.EVIDENCE, path, tr("Evidence that was attached"), tr("Attached; not needed any more"))
    with session.change("evidence.attached") as unit:
        evidence.add(unit.connection, new, proof.content, unit.seq)
        source = copies.noted(session, unit, leaving, [given.person], copies.judge(path, CopyKind.EVIDENCE), digest)
        unit.about("member", given.person)
        unit.record("member", given.person, {}, {"evidence_file": proof.name})
        unit.facts(evidence=new.id, of=given.id, media_type=new.media_type, size=new.size)
    return Attached(new, source)


def get(session: Session, identity: str) -> Evidence:
    """One of them; raises `NotFound`."""
    from dpdesk.store import evidence
    session.require(Right.MEMBERS_SEE)
    return session.one("evidence", identity, evidence.get)


def save(session: Session, identity: str, path: Path, why: str, *, accepted: str = "") -> Copy:
    """Write a file out through the copies door, as it was attached."""
    from dpdesk.store import evidence
    session.require(Right.MEMBERS_EXPORT)
    found = get(session, identity)
    leaving = copies.Leaving(CopyKind.EVIDENCE, path.absolute(), tr("Evidence of consent"), why, accepted=accepted)
    with copies.door(session, leaving) as out:
        with session.desk.read() as connection:
            out.write(evidence.content(connection, identity))
        return out.note("evidence.saved", [found.person], lambda unit: unit.facts(evidence=found.id))


def remove(session: Session, identity: str, why: str) -> None:
    """Take a file out of the desk; the log keeps that it was there."""
    from dpdesk.store import evidence
    session.require(Right.MEMBERS_EDIT)
    found = get(session, identity)
    if not why.strip():
        raise Invalid({"why": "missing"})
    with session.change("evidence.removed") as unit:
        evidence.remove(unit.connection, identity)
        unit.about("member", found.person)
        unit.record("member", found.person, {"evidence_file": found.name}, {"evidence_file": "", "why": why.strip()})
        unit.facts(evidence=found.id)
