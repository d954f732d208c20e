"""The antivirus that Windows Security knows of: on, and with fresh definitions (S1 §27.1)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result


def state_of(product: int) -> tuple[bool, bool]:
    """(on, definitions fresh) of a product state: its middle byte is 0x10 or 0x11 while on, its last byte 0x10 when stale."""
    return product >> 8 & 0xFF in (0x10, 0x11), product & 0xFF == 0


def look(machine: Machine, asked: Asked) -> Result:
    """One that is on and fresh is enough."""
    told = powershell.answers(machine, asked)
    count = powershell.number(told, "antivirus_count")
    if count is None:
        return unknown("antivirus")
    states = [state_of(int(value)) for name, value in told.items() if name.startswith("antivirus ") and value.isdigit()]
    if any(on and fresh for on, fresh in states):
        return passed("antivirus", "on", products=count)
    return failed("antivirus", "stale" if any(on for on, _fresh in states) else "off", products=count)
