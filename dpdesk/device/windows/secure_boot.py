"""Whether the firmware starts only what is signed (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State\UEFISecureBootEnabled"


def look(machine: Machine, _asked: Asked) -> Result:
    """Off is a warning; a value that is missing tells nothing."""
    said = machine.number(_KEY)
    if said == 1:
        return passed("secure_boot", "on")
    return failed("secure_boot", "off", mild=True) if said == 0 else unknown("secure_boot")
