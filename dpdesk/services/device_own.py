"""What the desk itself tells of a device's points: its backups, the copies it let out, whom to tell, and who is leaving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.device import Device, Outcome, Result
from dpdesk.services.session import Session, today

OWN = ("backup", "restore_test", "copies", "breach_contact", "leaving")


def results(session: Session, device: Device | None, only: Iterable[str] = OWN) -> tuple[Result, ...]:
    """Each of `OWN` that is asked for; only of this very machine."""
    made = {"backup": _backup, "restore_test": _restore_test, "copies": _copies, "breach_contact": _contact}
    wanted = set(only)
    found = [make(session) for check, make in made.items() if check in wanted]
    return (*found, *(each for each in of_any(session, device) if each.check in wanted))


def of_any(session: Session, device: Device | None) -> tuple[Result, ...]:
    """What is told of any device: whether it is being left."""
    return (_leaving(session, device),)


def backup_folders(session: Session) -> tuple[Path, ...]:
    """Where backups lie, by the register of copies."""
    from dpdesk.store import copies
    with session.desk.read() as connection:
        found = copies.listing(connection, closed=False, owner="")
    return tuple(dict.fromkeys(Path(each.path).parent for each in found if each.kind is CopyKind.BACKUP and each.path))


def _days(at: str) -> int | None:
    return (today() - date.fromisoformat(at[:10])).days if at else None


def _backup(session: Session) -> Result:
    """dpdesk's own backup: its age (S1 §27.5)."""
    from dpdesk.services import backups
    days, every = backups.days_since(session), session.policy.backup_every_days
    if days is None:
        return Result("backup", Outcome.FAIL, "never")
    facts = {"days": days, "every": every}
    return Result("backup", Outcome.PASS, "made", facts) if days <= every else Result(
        "backup", Outcome.FAIL, "made_long_ago", facts, days <= 2 * every)


def _restore_test(session: Session) -> Result:
    """When a backup was last tried out, or restored in earnest."""
    from dpdesk.services import backups
    from dpdesk.store import audit
    with session.desk.read() as connection:
        tries = [found.at for action in (backups.CHECKED, backups.RESTORED) if (found := audit.last_of(connection, action))]
    days = _days(max(tries, default=""))
    if days is None:
        return Result("restore_test", Outcome.FAIL, "never", {}, True)
    fine = days <= session.policy.device.restore_test_days
    return Result("restore_test", Outcome.PASS if fine else Outcome.FAIL, "tried" if fine else "tried_long_ago", {"days": days}, not fine)


def _copies(session: Session) -> Result:
    """Copies that dpdesk let out and that were to be gone by now (S1 §27.8); it cannot know of others."""
    from dpdesk.store import copies
    with session.desk.read() as connection:
        found = copies.listing(connection, closed=False, owner="")
    due = sum(each.is_due(today()) for each in found)
    facts = {"open": len(found), "due": due}
    return Result("copies", Outcome.FAIL, "due", facts) if due else Result("copies", Outcome.PASS, "none_due", facts)


def _contact(session: Session) -> Result:
    """The policy names whom to tell of a breach (S1 §27.11)."""
    return Result("breach_contact", Outcome.PASS, "named") if session.policy.report_incidents_to else Result(
        "breach_contact", Outcome.FAIL, "nobody")


def _leaving(session: Session, device: Device | None) -> Result:
    """Whether somebody is leaving this device, and how far (S1 §27.9)."""
    from dpdesk.store import handovers
    if device is None:
        return Result("leaving", Outcome.NOT_APPLICABLE, "in_use")
    if device.retired_at:
        return Result("leaving", Outcome.PASS, "left")
    with session.desk.read() as connection:
        found = handovers.open_of(connection, device.id)
    return Result("leaving", Outcome.FAIL, "under_way", {}, True) if found else Result("leaving", Outcome.NOT_APPLICABLE, "in_use")
