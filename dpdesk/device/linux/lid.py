"""What closing the lid does: a hint for "asleep or closed when unattended" (S1 §27.3b)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("busctl", "get-property", "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "HandleLidSwitch")
COMMANDS = (_ASK,)
_PORTABLE = {"8", "9", "10", "14", "30", "31", "32"}  # chassis types of SMBIOS


def look(machine: Machine, _asked: Asked) -> Result:
    """A machine without a lid has nothing to close."""
    lid = bool(machine.names("/proc/acpi/button/lid"))
    chassis = (machine.read("/sys/class/dmi/id/chassis_type") or "").strip()
    if not lid and chassis and chassis not in _PORTABLE:
        return apart("lid", "no_lid")
    said = (machine.said(*_ASK) or "").removeprefix("s ").strip('"')
    if said == "ignore":
        return failed("lid", "lid_ignored", mild=True)
    return passed("lid", "lid", does=said) if said in ("suspend", "lock", "hibernate", "hybrid-sleep", "suspend-then-hibernate", "poweroff",
                                                       "sleep") else unknown("lid")
