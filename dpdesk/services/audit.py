"""The audit log as an officer meets it: entries to read and filter, one button to verify, signed exports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.audit import Anchor, Filter, Report, head_code
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Unreadable
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

EVERYTHING = Filter()


@dataclass(frozen=True)
class Line:
    """One entry with the officer's name; fields are names only, facts hold nothing personal."""

    seq: int
    at: str
    officer_id: str
    officer: str
    action: str
    subject_kind: str
    subject: str
    fields: tuple[str, ...]
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """What a check found: the chain's report, what the database check said, the head's short code, and when."""

    report: Report
    database: tuple[str, ...]
    head_code: str
    at: str

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.report.whole and not self.database


def listing(session: Session, wanted: Filter = EVERYTHING, limit: int = 500, before: int | None = None) -> list[Line]:
    """Entries that fit, newest first, below sequence number `before`."""
    session.require(Right.AUDIT_SEE)
    return _lines(session, wanted, limit, before)


def _lines(session: Session, wanted: Filter, limit: int, before: int | None = None) -> list[Line]:
    from dpdesk.store import audit, officers
    with session.desk.read() as connection:
        names = {o.id: o.name for o in officers.listing(connection)}
        found = audit.entries(connection, wanted, limit, before)
    return [Line(e.seq, e.at, e.officer, names.get(e.officer, ""), e.action, e.subject_kind, e.subject, e.fields,
                 {k: v for k, v in e.facts.items() if k != "keys"}) for e in found]


def actions(session: Session) -> list[str]:
    """Every action that occurs in the log."""
    from dpdesk.store import audit
    session.require(Right.AUDIT_SEE)
    with session.desk.read() as connection:
        return audit.actions(connection)


def subject_names(session: Session, lines: list[Line]) -> dict[str, str]:
    """Names of the people that entries are about, where they are still on the desk and the officer may see them."""
    from dpdesk.store import members
    if not session.may(Right.MEMBERS_SEE):
        return {}
    with session.desk.read() as connection:
        return members.names(connection, {line.subject for line in lines if line.subject_kind == "member"})


def verify(session: Session, progress: Callable[[int, int], None] | None = None,
           anchors: tuple[Anchor, ...] = (), cancelled: Callable[[], bool] | None = None) -> Verdict:
    """Check the chain, signatures, anchors, kept values and the database file; a whole log is noted in it."""
    from dpdesk.store import audit
    from dpdesk.store.unit import utc_now
    session.require(Right.AUDIT_SEE)
    report = audit.check(session.desk, anchors, progress, cancelled)
    database = tuple(audit.check_database(session.desk))
    verdict = Verdict(report, database, head_code(report.head, report.entries), utc_now())
    if not session.read_only and verdict.whole:
        with session.change("audit.verified") as unit:
            unit.about("desk", session.desk_id)
            unit.facts(entries=report.entries, head=verdict.head_code)
    return verdict


def last_verified(session: Session) -> str:
    """When the log was last found whole (UTC, ISO), or ""."""
    from dpdesk.store import audit
    with session.desk.read() as connection:
        found = audit.last_of(connection, "audit.verified")
    return found.at if found else ""


def current_head(session: Session) -> str:
    """The short code of the log's head, for paper."""
    head = session.desk.head()
    return head_code(head.head, head.seq)


def code_at(session: Session, seq: int) -> str:
    """The short code entry `seq` had when it was the head, to compare with paper; "" where there is no such entry."""
    from dpdesk.store import audit
    session.require(Right.AUDIT_SEE)
    with session.desk.read() as connection:
        found = audit.entries(connection, Filter(), 1, seq + 1)
    return head_code(found[0].mac, seq) if found and found[0].seq == seq else ""


def export(session: Session, path: Path, wanted: Filter = EVERYTHING, *, accepted: str = "") -> Path:
    """Write the entries as PDF or CSV (by the ending) and a signature beside it; returns the signature's path.

    The export is noted in the log first, so the file can show its own entry as the head it vouches for. `accepted` is the
    guard's code the officer was shown.
    """
    from dpdesk.files import audit as files
    from dpdesk.services import copies
    session.require(Right.AUDIT_EXPORT)
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("pdf", "csv"):
        raise Unreadable(path.name, "not_pdf_or_csv")
    leaving = copies.Leaving(CopyKind.LOG, path, tr("Audit log"), tr("Evidence of what was done"), accepted=accepted)
    with copies.door(session, leaving) as out:
        out.note("audit.exported", tell=lambda unit: unit.facts(format=kind, filtered=any(wanted.__dict__.values())))
        lines = _lines(session, wanted, 1_000_000)[::-1]
        head = session.desk.head()
        title = files.Title(session.branch, session.officer.name, current_head(session))
        content = files.pdf(title, lines) if kind == "pdf" else files.csv(lines)
        out.write(content)
    return copies.write_beside(path, ".sig", signature(session, content, head))


def whole_csv(session: Session) -> bytes:
    """The whole log as CSV, the earliest first: codes and names, nothing of the values that changed."""
    from dpdesk.files import audit as files
    session.require(Right.AUDIT_EXPORT)
    return files.csv(_lines(session, EVERYTHING, 1_000_000)[::-1])


def signature(session: Session, content: bytes, head: Anchor) -> bytes:
    """What vouches for `content` in this officer's name, with the head of the log: JSON, to lie beside it."""
    digest = hashlib.sha256(content).hexdigest()
    statement = json.dumps({"format": "dpdesk signature", "desk": session.desk_id, "sha256": digest,
                            "anchor": {"seq": head.seq, "head": head.head.hex()},
                            "officer": session.officer.id}, sort_keys=True)
    return json.dumps({"statement": statement, "signature": session.desk.identity.sign(statement.encode()).hex(),
                       "key": session.desk.identity.signing_public.hex()}, indent=1).encode()


def check_export(session: Session, path: Path) -> Anchor:
    """Whether an export is as it was signed by an officer of this desk; returns the anchor it carries.

    Raises `Unreadable` with reason `no_signature`, `bad_signature`, `altered` or `foreign_signature`.
    """
    try:
        written, content = path.with_name(path.name + ".sig").read_bytes(), path.read_bytes()
    except OSError as problem:
        raise Unreadable(path.name, "no_signature") from problem
    return check_signature(session, path.name, content, written)


def check_signature(session: Session, name: str, content: bytes, written: bytes) -> Anchor:
    """As `check_export`, of content in memory and what vouches for it; `name` is the file's, for the failure."""
    from dpdesk.store import officers
    from dpdesk.store.keys import verify_signature
    try:
        signed = json.loads(written)
        said = json.loads(signed["statement"])
        key, found = bytes.fromhex(signed["key"]), bytes.fromhex(signed["signature"])
        anchor = Anchor(int(said["anchor"]["seq"]), bytes.fromhex(said["anchor"]["head"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise Unreadable(name, "no_signature") from problem
    with session.desk.read() as connection:
        known = {o.signing_key for o in officers.listing(connection)}
    if key not in known or said.get("desk") != session.desk_id:
        raise Unreadable(name, "foreign_signature")
    if not verify_signature(key, found, signed["statement"].encode()):
        raise Unreadable(name, "bad_signature")
    if said.get("sha256") != hashlib.sha256(content).hexdigest():
        raise Unreadable(name, "altered")
    return anchor
