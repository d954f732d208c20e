"""What is remembered: on the machine (nothing personal), in the desk (for everybody), and an officer's own slips."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right

if TYPE_CHECKING:
    from dpdesk.services.session import Session

THEMES = ("system", "light", "dark")
SCALES = (100, 200)


@dataclass
class Machine:
    """The machine's own settings: looks and the last desk's folder. Kept in a small JSON file outside any desk."""

    theme: str = "system"
    text_scale: int = 100
    last_desk: str = ""
    window: str = ""
    path: Path | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Machine:
        """From the user's configuration folder; what cannot be read or is out of range counts as not set."""
        if path is None:
            from platformdirs import user_config_path
            path = user_config_path("dpdesk", appauthor=False) / "machine.json"
        known: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            found = json.loads(path.read_text("utf-8"))
            known = {f.name: found[f.name] for f in fields(cls)
                     if f.name != "path" and type(found.get(f.name)) is type(f.default)}
        machine = cls(**known, path=path)
        if machine.theme not in THEMES:
            machine.theme = "system"
        machine.text_scale = min(SCALES[1], max(SCALES[0], machine.text_scale))
        return machine

    def save(self) -> None:
        """Write; a machine that cannot keep its looks still works."""
        if self.path is None:
            return
        from dpdesk.domain.errors import NotPossible
        from dpdesk.store.disk import write_whole
        values = asdict(self)
        del values["path"]
        with suppress(OSError, NotPossible):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(values, indent=1).encode())


def policies() -> list[tuple[str, str]]:
    """Every policy pack: (code, the party's name)."""
    from dpdesk.files import policies as files
    return [(code, files.load(code).name) for code in files.available()]


def policy_text(code: str) -> tuple[str, str, str]:
    """What an officer reads: the party's name, the version, and the text in Markdown."""
    from dpdesk.files import policies as files
    found = files.load(code)
    return found.name, found.version, found.policy_text


def set_lock_minutes(session: Session, minutes: int) -> None:
    """Idle minutes until the desk locks, for every officer; within the policy's limits (S1 27.3)."""
    session.require(Right.DESK_SETTINGS)
    if not 1 <= minutes <= session.policy.lock_maximum_minutes:
        raise Invalid({"lock_minutes": "out_of_range"})
    _set(session, "lock_minutes", str(minutes))


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
