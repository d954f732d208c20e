"""Whether the firmware starts only what is signed: the variable SecureBoot, which everybody may read (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_VARIABLE = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"


def look(machine: Machine, _asked: Asked) -> Result:
    """Four bytes of attributes, then 1 or 0. A machine that starts the old way has none: a warning."""
    said = machine.read(_VARIABLE)
    if said is not None and len(said) == 5:
        return passed("secure_boot", "on") if said[4] == "\x01" else failed("secure_boot", "off", mild=True)
    if machine.names("/sys/firmware/efi") is None and machine.names("/sys/class/dmi/id"):
        return failed("secure_boot", "no_uefi", mild=True)
    return unknown("secure_boot")
