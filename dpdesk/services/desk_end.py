"""Erasing a desk from the device that is left: keys, then files, with a certificate; never before it is handed over (S1 §27.9, §28.4).

What the last backup does not hold is not erased, and a backup that can still be reached is tried out first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain import handovers as rules
from dpdesk.domain.audit import head_code
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Declined, ReadOnly
from dpdesk.domain.roles import Right
from dpdesk.services import backups, device, handovers
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.services.desks import Desks
    from dpdesk.services.handovers import Seen
    from dpdesk.store.desk_end import Ended


@dataclass(frozen=True)
class Plan:
    """Whether the desk may be erased here: `blocked` a code or "", `later` entries the last backup does not hold.

    `backup` is the file of the last backup where it can be reached from here, else None, and `tries` whether it is tried out first;
    `backed_up_at` UTC, ISO, or "".
    """

    seen: Seen | None
    blocked: str
    later: int
    backup: Path | None
    backed_up_at: str
    keys: int
    tries: bool


@dataclass(frozen=True)
class Erased:
    """What was destroyed, and the certificate that says so; `complete` is False where the end could not be written into it."""

    number: str
    ended: Ended
    certificate: Path
    complete: bool


def plan(session: Session) -> Plan:
    """What stands against erasing this desk from this device."""
    from dpdesk.store import audit
    here = device.this(session)
    seen = handovers.open_one(session, here.id) if here is not None else None
    newest = backups.newest(session)
    with session.desk.read() as connection:
        later = audit.count_later(connection, int(newest.facts["entries"]), rules.LATER) if newest is not None else 0
    blocked = rules.kept_from_erasing(seen.handover if seen else None, session.officer.id, later=later,
                                      backed_up=seen is not None and handovers.backed_up(session, seen.handover))
    found = _backup_here(session)
    return Plan(seen, blocked, later, found, newest.at if newest else "", len(session.desk.header.slots),
                found is not None and session.may(Right.DESK_BACKUP))


def _backup_here(session: Session) -> Path | None:
    """The file of the newest backup, where it lies within reach."""
    from dpdesk.store import copies
    with session.desk.read() as connection:
        found = copies.listing(connection, closed=False, owner="")
    newest = max((each for each in found if each.kind is CopyKind.BACKUP), key=lambda each: each.made_at, default=None)
    return Path(newest.path) if newest is not None and newest.path and Path(newest.path).is_file() else None


def erase(session: Session, desks: Desks, path: Path, *, accepted: str = "") -> Erased:
    """Destroy this desk's keys and files on this device, with the certificate at `path`; the session is closed by it.

    Raises `Declined` where it is not handed over or not backed up, and `BackupDamaged` where the backup does not open: nothing is
    lost then. Whoever calls has asked for a typed word.
    """
    from dpdesk.services import audit, places
    from dpdesk.store import desk_end as store
    if session.read_only:
        raise ReadOnly()
    ready = plan(session)
    if ready.blocked:
        raise Declined(f"device.{ready.blocked}", {"later": ready.later})
    path = path.absolute()
    if path.resolve().is_relative_to(session.folder.resolve()):
        raise Declined("device.certificate_inside")
    if ready.tries:
        backups.check(session, ready.backup)
    anchor = session.desk.head()
    number = f"E-{anchor.seq + 1}-{head_code(anchor.head, anchor.seq).replace('-', '')[:6]}"
    facts = _facts(session, ready, number)
    _certify(session, path, number, facts, accepted)
    head, branch, folder = audit.current_head(session), session.branch, session.folder
    ended = store.end(session.desk, places.means_of(folder))
    session.close()
    _forget(desks, folder)
    return Erased(number, ended, path, _complete(path, branch, [*facts, *_outcome(ended)], head))


def _facts(session: Session, ready: Plan, number: str) -> list[tuple[str, str]]:
    from dpdesk.services.words import moment
    from dpdesk.store.unit import utc_now
    assert ready.seen is not None
    seen = ready.seen
    tried = tr("tried out just before, and whole") if ready.tries else tr(
        "not tried out here; {name} has it, by the word of {officer}", name=seen.names.get(seen.handover.successor, ""),
        officer=session.officer.name)
    return [(tr("Number"), number), (tr("Desk"), session.desk_id), (tr("Device"), seen.device.name),
            (tr("Erased by"), session.officer.name), (tr("Handed over to"), seen.names.get(seen.handover.successor, "")),
            (tr("Backup"), f"{moment(ready.backed_up_at)} – {tried}"), (tr("Begun"), moment(utc_now()))]


def _certify(session: Session, path: Path, number: str, facts: list[tuple[str, str]], accepted: str) -> None:
    """The certificate as far as it can be written before: if the power goes, it says that the erasing had begun."""
    from dpdesk.services import audit, copies
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Certificate of erasing"), tr("Evidence that a desk was erased"),
                             accepted=accepted)
    with copies.door(session, leaving) as out:
        out.note("desk.erasing", tell=lambda unit: unit.facts(number=number))
        out.write(_pdf(session.branch, [*facts, (tr("State"), tr("Begun; the end of it was not written."))], audit.current_head(session)))


def _pdf(branch: str, facts: list[tuple[str, str]], head: str) -> bytes:
    from dpdesk.files import disposal_certificates as files
    return files.pdf(files.Certificate(tr("Certificate of erasing"), branch, facts, head, (tr("Carried out by"), tr("Taken over by"))))


def _outcome(ended: Ended) -> list[tuple[str, str]]:
    """What was done and what looking again found, in words."""
    from dpdesk.services.device_words import ended_facts
    from dpdesk.services.words import moment
    from dpdesk.store.unit import utc_now
    return [*ended_facts(ended), (tr("Ended"), moment(utc_now()))]


def _complete(path: Path, branch: str, facts: list[tuple[str, str]], head: str) -> bool:
    """Write the end into the certificate; False where the disk would not (the desk is gone all the same)."""
    from dpdesk.domain.errors import DeskError
    from dpdesk.services import copies
    try:
        copies.renew(path, _pdf(branch, facts, head))
    except (DeskError, OSError):
        return False
    return True


def _forget(desks: Desks, folder: Path) -> None:
    """This machine no longer looks for the desk there."""
    if desks.machine.last_desk and Path(desks.machine.last_desk) == folder:
        desks.machine.last_desk = ""
        desks.machine.save()
