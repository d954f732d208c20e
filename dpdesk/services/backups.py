"""Backups of a desk: one encrypted file, made while the desk is in use, checked before it is called a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.audit import Entry, head_code
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import BackupDamaged, HeaderAltered, Refused, WrongPassphrase
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.services.desks import Desks, Key
    from dpdesk.store.backup import Sealed
    from dpdesk.store.keys import Identity

ENDING = ".dpdesk"
MADE, CHECKED, RESTORED = "desk.backed_up", "desk.backup_checked", "desk.restored"


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole: when it was made (UTC, ISO), its log's entries and head code, people, bytes."""

    path: Path
    at: str
    entries: int
    head_code: str
    people: int
    size: int


@dataclass(frozen=True)
class Noted:
    """A backup made, checked or restored, as the log tells it."""

    action: str
    at: str
    officer: str
    head_code: str
    people: int | None


def listing(session: Session, limit: int = 12) -> list[Noted]:
    """What was made, checked and restored, newest first."""
    from dpdesk.domain.audit import Filter
    from dpdesk.store import audit, officers
    session.require(Right.DESK_BACKUP)
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        found = [entry for action in (MADE, CHECKED, RESTORED) for entry in audit.entries(connection, Filter(action=action), limit)]
    found.sort(key=lambda entry: -entry.seq)
    return [Noted(entry.action, entry.at, names.get(entry.officer, ""), str(entry.facts["head"]), entry.facts.get("people"))
            for entry in found[:limit]]


def suggested_name(session: Session) -> str:
    """A name that says what the file is and when it was made, and nothing of the branch."""
    return f"dpdesk-backup-{today().isoformat()}{ENDING}"


def back_up(session: Session, path: Path, progress: Callable[[int, int], None] | None = None,
            cancelled: Callable[[], bool] | None = None, *, accepted: str = "") -> Backup:
    """Back the desk up to `path` and note it in the log (S1 §27.5). Everything is checked before the file has its name.

    `accepted` is the guard's code the officer was shown. A desk open for reading only makes one too, and cannot note it.
    """
    from dpdesk.services import copies
    from dpdesk.store import backup as store
    from dpdesk.store.unit import utc_now
    session.require(Right.DESK_BACKUP)
    leaving = copies.Leaving(CopyKind.BACKUP, path, tr("Backup of the desk"), tr("To have the desk again if this machine is lost"),
                             accepted=accepted)
    verdict = copies.admit(session, leaving)
    made = _told(store.write(session.desk, path, utc_now(), progress, cancelled))
    if not session.read_only:
        with session.change(MADE) as unit:
            copies.noted(session, unit, leaving, (), verdict)
            unit.about("desk", session.desk_id)
            unit.facts(entries=made.entries, head=made.head_code, people=made.people, bytes=made.size)
    return made


def _told(sealed: Sealed) -> Backup:
    anchor = sealed.header.anchor
    return Backup(sealed.path, str(sealed.facts["at"]), anchor.seq, head_code(anchor.head, anchor.seq),
                  int(sealed.facts["counts"]["member"]), sealed.path.stat().st_size)


def check(session: Session, path: Path) -> Backup:
    """The drill: unpack a backup of this desk in a throw-away folder, check everything, and note the day (DOMAIN.md A14)."""
    from dpdesk.store import backup as store
    session.require(Right.DESK_BACKUP)
    found = _told(store.drill(path, _own_key(session, store.inspect(path)), session.desk.identity))
    if not session.read_only:
        with session.change(CHECKED) as unit:
            unit.about("desk", session.desk_id)
            unit.facts(entries=found.entries, head=found.head_code, made=found.at)
    return found


def _own_key(session: Session, sealed: Sealed) -> bytes:
    """The data key of the backup through the officer's own slot in it: a backup from before a re-keying opens too."""
    from dpdesk.store import vault
    identity: Identity = session.desk.identity
    for slot in sealed.header.slots:
        try:
            return vault.key_of(sealed.header, slot, identity)
        except HeaderAltered:
            continue
    raise BackupDamaged("other_key")


def newest(session: Session, action: str = MADE) -> Entry | None:
    """The log's newest entry of a backup made, checked or restored; its fact `entries` says how far the log had come in it."""
    from dpdesk.store import audit
    with session.desk.read() as connection:
        return audit.last_of(connection, action)


def last(session: Session) -> str:
    """When the desk was last backed up (UTC, ISO), or ""."""
    found = newest(session)
    return found.at if found else ""


def days_since(session: Session) -> int | None:
    """Whole days since the last backup; None where there was never one."""
    at = last(session)
    return (today() - date.fromisoformat(at[:10])).days if at else None


def keys(path: Path) -> list[Key]:
    """The officers' keys of a backup, to choose from."""
    from dpdesk.services.desks import Key
    from dpdesk.store import backup as store
    return [Key(slot.id, slot.label, slot.kind) for slot in store.inspect(path).header.slots if slot.kind == "officer"]


def restore(desks: Desks, path: Path, folder: Path, passphrase: Secret, key_id: str | None = None) -> tuple[Session, Backup]:
    """Make the desk of a backup in the new `folder`, and open it with a passphrase that held when it was made."""
    from dpdesk.store import backup as store
    from dpdesk.store import vault
    sealed = store.inspect(path)
    key, identity = desks.attempt(lambda: vault.fitting(sealed.header, passphrase, key_id))
    found = _told(store.restore(path, folder, key, identity))
    session = desks.open(folder, passphrase, key_id)
    _note(session, found)
    return session, found


def restore_with_recovery(desks: Desks, path: Path, folder: Path, recovery_key: Secret, new_passphrase: Secret
                          ) -> tuple[Session, Secret, Backup]:
    """As `restore`, with the paper key of the time: it is spent, a new passphrase is set and a new paper key returned."""
    from dpdesk.store import backup as store
    from dpdesk.store import vault
    from dpdesk.store.keys import tidy_recovery_key
    sealed, tidy = store.inspect(path), tidy_recovery_key(recovery_key)
    if tidy is None:
        raise WrongPassphrase(desks.wait())
    key, identity = desks.attempt(lambda: vault.fitting(sealed.header, tidy, kind=vault.RECOVERY))
    found = _told(store.restore(path, folder, key, identity))
    try:
        session, fresh = desks.recover(folder, recovery_key, new_passphrase)
    except Refused:
        vault.abandon(folder)  # a passphrase that is too weak: nothing is left half-way, and the folder can be used again
        raise
    _note(session, found)
    return session, fresh, found


def _note(session: Session, found: Backup) -> None:
    from dpdesk.services import post_settle
    post_settle.settle(session, doubt=True)  # who was still to get a mailing then may have had it since
    with session.change(RESTORED) as unit:
        unit.about("desk", session.desk_id)
        unit.facts(made=found.at, entries=found.entries, head=found.head_code)
