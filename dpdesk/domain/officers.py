"""An officer of the desk: who they are, what they may do, and whether they may come in today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.errors import OfficerNotActive
from dpdesk.domain.roles import Role


class Standing(StrEnum):
    """An officer's standing at the desk."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True)
class Officer:
    """A named officer. `id` is a UUIDv7 as 32 hex digits; `ends_on` is the last day of access (S1 §23 temporary access).

    `signing_key` and `exchange_key` are raw public keys (Ed25519, X25519), 32 bytes each.
    """

    id: str
    name: str
    role: Role
    standing: Standing
    ends_on: date | None
    signing_key: bytes
    exchange_key: bytes
    key_label: str
    acknowledged_version: str = ""
    acknowledged_at: str = ""

    def check_active(self, today: date) -> None:
        """Raise `OfficerNotActive` where the officer may not come in on `today`."""
        if self.standing is not Standing.ACTIVE:
            raise OfficerNotActive(self.standing.value)
        if self.ends_on is not None and today > self.ends_on:
            raise OfficerNotActive("ended", self.ends_on.isoformat())

    def acknowledgement_due(self, version: str, every_months: int, today: date) -> bool:
        """Whether the data policy must be read again: never read, another text (`version` is code and version), or too
        long ago (S1 §23, §31)."""
        if self.acknowledged_version != version or not self.acknowledged_at:
            return True
        read_on = date.fromisoformat(self.acknowledged_at[:10])
        months = (today.year - read_on.year) * 12 + today.month - read_on.month
        return months > every_months or (months == every_months and today.day >= read_on.day)


def counts_as_accountable(officer: Officer, today: date) -> bool:
    """Whether the officer is an accountable person who can act today (S1 12.2)."""
    try:
        officer.check_active(today)
    except OfficerNotActive:
        return False
    return officer.role is Role.ACCOUNTABLE


def key_label(role: Role, taken: tuple[str, ...]) -> str:
    """A name for a key, shown before unlocking, that names an office and no person: `Secretary`, `Secretary 2`."""
    plain = "Data protection officer" if role is Role.DPO else role.value.replace("_", " ").capitalize()
    label, number = plain, 2
    while label in taken:
        label, number = f"{plain} {number}", number + 1
    return label
