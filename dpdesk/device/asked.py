"""What a look is given: where the desk, its backups and swap lie, and the policy's limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from dpdesk.domain.device import Outcome, Result

STIR = 15  # seconds of grace that desktops give before they lock


@dataclass(frozen=True)
class Asked:
    """`desk` is the desk's folder, `backups` folders that hold backups; limits in minutes and days."""

    desk: Path
    backups: tuple[Path, ...] = ()
    autolock: int = 5
    autolock_warn: int = 15
    updates: int = 14
    running: int = 14
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


def passed(check: str, why: str, **facts: object) -> Result:
    """The check passes."""
    return Result(check, Outcome.PASS, why, facts)


def failed(check: str, why: str, *, mild: bool = False, **facts: object) -> Result:
    """The check fails; `mild` where that is a warning."""
    return Result(check, Outcome.FAIL, why, facts, mild)


def unknown(check: str, why: str = "not_said", **facts: object) -> Result:
    """The machine does not tell."""
    return Result(check, Outcome.CANNOT_TELL, why, facts)


def apart(check: str, why: str, **facts: object) -> Result:
    """The check does not apply here."""
    return Result(check, Outcome.NOT_APPLICABLE, why, facts)


def locks_after(check: str, seconds: int, asked: Asked, **facts: object) -> Result:
    """Whether a screen that locks after `seconds` does so soon enough (S1 §27.3a); the moment to stir the mouse is not counted."""
    minutes = -(-max(0, seconds - STIR) // 60)
    if minutes <= asked.autolock:
        return passed(check, "locks", minutes=minutes, **facts)
    return failed(check, "locks_late", mild=minutes <= asked.autolock_warn, minutes=minutes, **facts)


def updated_before(check: str, days: int, asked: Asked, **facts: object) -> Result:
    """Whether updates that last went in `days` ago are recent enough (S1 §27.4)."""
    if days <= asked.updates:
        return passed(check, "updated", days=days, **facts)
    return failed(check, "updated_long_ago", days=days, **facts)
