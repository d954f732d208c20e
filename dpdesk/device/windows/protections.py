"""Whether Windows asks before a program takes the machine's rights (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_KEY = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\EnableLUA"


def look(machine: Machine, _asked: Asked) -> Result:
    """User Account Control."""
    said = machine.number(_KEY)
    if said == 1:
        return passed("protections", "confined", by="uac")
    return failed("protections", "not_confined") if said == 0 else unknown("protections")
