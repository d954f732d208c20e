"""An officer at an open desk: who they are, what they may do, and the way to read and change."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dpdesk.domain import roles
from dpdesk.domain.clocks import months_after
from dpdesk.domain.errors import Declined, NotAcknowledged, NotFound
from dpdesk.domain.officers import Officer
from dpdesk.domain.policies import Policy
from dpdesk.domain.roles import Right
from dpdesk.services.dates import british

if TYPE_CHECKING:
    from dpdesk.store.desk import Desk
    from dpdesk.store.unit import Unit

T = TypeVar("T")
GATE = "training_gates"
"""The desk's setting by which training in date opens access."""


def today() -> date:
    """The day in London, which is the day every rule speaks of."""
    return british(datetime.now(UTC).isoformat()).date()


def policy_mark(policy: Policy) -> str:
    """Which text of which party was read: what an acknowledgement holds for."""
    return f"{policy.code} {policy.version}" + (f" {policy.reading}" if policy.reading else "")


class Session:
    """One officer, one unlocked desk. `notices` are codes the officer should be told once after opening."""

    def __init__(self, desk: Desk, officer: Officer, policy: Policy, notices: tuple[str, ...] = ()) -> None:
        self.desk = desk
        self.officer = officer
        self.policy = policy
        self.notices = notices
        self._worked_out: dict[object, tuple[int, Any]] = {}
        self._read_settings()

    def _read_settings(self) -> None:
        setting = self.desk.setting
        self.branch = setting("branch")
        self._minutes = int(setting("lock_minutes", "0"))
        self._seconds = int(setting("cover_seconds", "0"))
        self.masks = setting("mask_details", "yes") == "yes"
        self._gate = setting(GATE) == "yes"

    @property
    def folder(self) -> Path:
        """Where the desk lies."""
        return self.desk.folder

    @property
    def desk_id(self) -> str:
        """The desk's lasting identity."""
        return self.desk.header.desk

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.desk.read_only

    @property
    def acknowledged(self) -> bool:
        """Whether the officer has read the policy's present version, recently enough (S1 §23, §31)."""
        return not self.officer.acknowledgement_due(policy_mark(self.policy), self.policy.acknowledge_every_months, today())

    @property
    def training_due(self) -> bool:
        """Whether the branch lets nobody at people without training in date, and this officer's is not (S1 §23, §31)."""
        if not self._gate:
            return False
        from dpdesk.store import duties
        with self.desk.read() as connection:
            done = duties.trained_on(connection, self.officer.name)
        return not done or months_after(date.fromisoformat(done), self.policy.training_every_months) <= today()

    @property
    def lock_minutes(self) -> int:
        """Idle minutes until the desk locks."""
        return self._minutes or self.policy.lock_after_minutes

    @property
    def cover_seconds(self) -> int:
        """Seconds away from the window until it is covered (S1 §23)."""
        return self._seconds or self.policy.cover_after_seconds

    def may(self, right: Right) -> bool:
        """Whether the officer's role has `right`, and training that is asked for is in date."""
        return roles.may(self.officer.role, right) and not (right in roles.ABOUT_PEOPLE and self.training_due)

    def may_change(self, right: Right) -> bool:
        """Whether the officer may, and the desk takes changes."""
        return self.may(right) and not self.read_only

    def require(self, right: Right) -> None:
        """Raise `NotAllowed`, `NotAcknowledged`, or `Declined` where training is asked for, unless the officer may."""
        roles.require(self.officer.role, right)
        self.require_acknowledged()
        if right in roles.ABOUT_PEOPLE and self.training_due:
            raise Declined("duties.training_due")

    def require_acknowledged(self) -> None:
        """Raise `NotAcknowledged` where the data policy has still to be read (S1 §23)."""
        if not self.acknowledged:
            raise NotAcknowledged(self.policy.code, self.policy.version)

    def one(self, kind: str, identity: str, find: Callable[[Any, str], T | None]) -> T:
        """What `find(connection, identity)` reads; raises `NotFound` of that kind where it finds nothing."""
        with self.desk.read() as connection:
            found = find(connection, identity)
        if not found:
            raise NotFound(kind, identity)
        return found

    def remembered(self, what: object, seq: int, make: Callable[[], T]) -> T:
        """What `make` works out, worked out once for each state of the log (`seq` its last entry); forgotten with the session."""
        known = self._worked_out.get(what)
        if known is None or known[0] != seq:
            known = self._worked_out[what] = (seq, make())
        return known[1]

    @contextlib.contextmanager
    def change(self, action: str) -> Iterator[Unit]:
        """A unit of work in this officer's name."""
        with self.desk.change(self.officer, action) as unit:
            yield unit

    def refresh(self) -> None:
        """Read the officer, the policy choice and the settings again after a change to them."""
        from dpdesk.services import policy_in_force
        from dpdesk.store import officers
        with self.desk.read() as connection:
            found = officers.get(connection, self.officer.id)
        if found is not None:
            self.officer = found
        self._read_settings()
        self.policy = policy_in_force.load(self.desk)

    def close(self) -> None:
        """Lock: fold the WAL, forget the keys, let the next process in."""
        from dpdesk.domain import folding
        self._worked_out.clear()
        self.desk.close()
        folding.forget()
