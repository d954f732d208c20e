"""Whether the account has a password at all (S1 §27.2)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """Required is enough; a local account that needs none and never had one has none."""
    told = powershell.answers(machine, asked)
    required, has, local = (powershell.number(told, name) for name in ("password_required", "password_set", "local"))
    if required == 1:
        return passed("password", "set")
    return failed("password", "none") if (required, has, local) == (0, 0, 1) else unknown("password")
