"""What a desk remembers for everybody, and each officer's own slips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right

if TYPE_CHECKING:
    from dpdesk.services.session import Session


def policies() -> list[tuple[str, str]]:
    """Every policy pack: (code, the party's name)."""
    from dpdesk.files import policies as files
    return [(code, files.load(code).name) for code in files.available()]


def policy_text(code: str) -> tuple[str, str, str]:
    """What an officer reads: the party's name, the version, and the text in Markdown."""
    from dpdesk.files import policies as files
    found = files.load(code)
    return found.name, found.version, found.policy_text


def passphrase_score(code: str) -> int:
    """The score (0-4) that the policy `code` asks of a new passphrase (S1 27.2)."""
    from dpdesk.files import policies as files
    return files.load(code).passphrase_minimum_score


def set_lock_minutes(session: Session, minutes: int) -> None:
    """Idle minutes until the desk locks, for every officer; within the policy's limits (S1 27.3)."""
    session.require(Right.DESK_SETTINGS)
    if not 1 <= minutes <= session.policy.lock_maximum_minutes:
        raise Invalid({"lock_minutes": "out_of_range"})
    _set(session, "lock_minutes", str(minutes))


def set_cover_seconds(session: Session, seconds: int) -> None:
    """Seconds away from the window until it is covered, for every officer; 10 to 300 (S1 §23)."""
    session.require(Right.DESK_SETTINGS)
    if not 10 <= seconds <= 300:
        raise Invalid({"cover_seconds": "out_of_range"})
    _set(session, "cover_seconds", str(seconds))


def set_masks(session: Session, masks: bool) -> None:
    """Whether contact details are held back in lists and records until asked for, for every officer (S1 §23)."""
    session.require(Right.DESK_SETTINGS)
    _set(session, "mask_details", "yes" if masks else "no")


def set_policy(session: Session, code: str) -> None:
    """Choose another party's policy; every officer reads it before going on (S1 §23)."""
    from dpdesk.files import policies as files
    session.require(Right.DESK_SETTINGS)
    if code not in files.available():
        raise Invalid({"policy": "unknown"})
    _set(session, "policy", code)


def set_branch(session: Session, branch: str) -> None:
    """The branch's name."""
    session.require(Right.DESK_SETTINGS)
    if not branch.strip():
        raise Invalid({"branch": "missing"})
    _set(session, "branch", branch.strip())


def _set(session: Session, key: str, value: str) -> None:
    from dpdesk.store import settings
    before = session.desk.setting(key)
    if before == value:
        return
    with session.change("desk.settings") as unit:
        settings.put(unit.connection, **{key: value})
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {key: before}, {key: value})
    session.refresh()


def jot(session: Session, key: str, value: Any) -> None:
    """Keep an officer's own slip (a draft, where they were) in the encrypted store; None takes it away.

    A desk open for reading keeps none.
    """
    from dpdesk.store import jottings
    if not session.read_only:
        jottings.write(session.desk, session.officer.id, key, value)


def jotting(session: Session, key: str) -> Any:
    """What the officer kept under `key`, or None."""
    from dpdesk.store import jottings
    return jottings.read(session.desk, session.officer.id, key)


def jotting_keys(session: Session, beginning: str) -> list[str]:
    """The keys of the officer's slips that begin so (such as `draft:`)."""
    from dpdesk.store import jottings
    return jottings.keys(session.desk, session.officer.id, beginning)
