"""Which other people have an account here, and whether the guest's is switched on (S1 §27.7)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result

_GUEST, _FIRST = "501", 1000  # the last part of an identity: the guest's, and the first of people's own


def look(machine: Machine, asked: Asked) -> Result:
    """Numbers only."""
    told = powershell.answers(machine, asked)
    users = [each for each in told.get("users", "").split(",") if each]
    if not users:
        return unknown("accounts")
    ends = [each.rsplit("-", 1)[-1] for each in users]
    others = sum(end.isdigit() and int(end) >= _FIRST and sid != told.get("me") for sid, end in zip(users, ends, strict=True))
    return failed("accounts", "guest_on", others=others) if _GUEST in ends else passed("accounts", "counted", others=others)
