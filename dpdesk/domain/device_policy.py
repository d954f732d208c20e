"""What a party asks of devices: limits of the checks, how long a word holds, the words of each point, and which points count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dpdesk.domain.device import CODES
from dpdesk.domain.policy_readers import Fault, PolicyProblem, line, of_type, record, whole, yes_or_no


@dataclass(frozen=True, slots=True)
class DevicePoint:
    """A point in the party's words; one that does not count is not shown."""

    code: str
    title: str
    counts: bool


@dataclass(frozen=True, slots=True)
class DevicePolicy:
    """The limits of the personal-device policy (S1 §27)."""

    autolock_minutes: int
    """Idle minutes until the screen locks that pass, 1 to 15 (S1 §27.3a "more than a few minutes")."""
    autolock_warn_minutes: int
    """Idle minutes up to which a slower lock is a warning, above which it fails; 1 to 30."""
    attestation_days: int
    """Days an officer's word holds, 7 to 366."""
    updates_days: int
    """Days since updates last went in, 1 to 60 (S1 §27.4)."""
    running_days: int
    """Days without a restart that draw a warning, 1 to 90 (S1 §27.4)."""
    restore_test_days: int
    """Days since a backup was last tried out, 7 to 366 (S1 §27.5)."""
    check_every_days: int
    """Days between two checks, 1 to 31."""
    exception_days: int
    """The most days an exception from 27.6 may last, 30 to 366."""
    points: tuple[DevicePoint, ...]
    """Every point, in the paper's order."""

    @property
    def counted(self) -> tuple[str, ...]:
        """The codes of the points that count."""
        return tuple(point.code for point in self.points if point.counts)

    def title(self, code: str) -> str:
        """The point in the party's words."""
        return next(point.title for point in self.points if point.code == code)


_ONE = record(DevicePoint, code=line, title=line, counts=yes_or_no)


def _points(value: Any, where: str) -> tuple[DevicePoint, ...]:
    """A table by code, every point in it: `[device.points."27.1"]`."""
    table = of_type(dict, value, where)
    for code in table:
        if code not in CODES:
            raise PolicyProblem(f"{where}.{code}", Fault.UNKNOWN)
    for code in CODES:
        if code not in table:
            raise PolicyProblem(f"{where}.{code}", Fault.MISSING)
    return tuple(_ONE({"code": code, **of_type(dict, table[code], f"{where}.{code}")}, f"{where}.{code}") for code in CODES)


_LIMITS = record(
    DevicePolicy, autolock_minutes=whole(1, 15), autolock_warn_minutes=whole(1, 30), attestation_days=whole(7, 366),
    updates_days=whole(1, 60), running_days=whole(1, 90), restore_test_days=whole(7, 366), check_every_days=whole(1, 31),
    exception_days=whole(30, 366), points=_points)


def device(value: Any, where: str) -> DevicePolicy:
    """The section `[device]` of a policy."""
    found: DevicePolicy = _LIMITS(value, where)
    if found.autolock_minutes > found.autolock_warn_minutes:
        raise PolicyProblem(f"{where}.autolock_minutes", Fault.OUT_OF_ORDER)
    return found
