"""Whether Bluetooth is on, and whether strangers can see this machine by it (S1 §27.14). Only being seen fails."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """The list of paired devices tells nothing of this, and is not looked at."""
    radio = machine.bluetooth()
    if radio is None:
        return unknown("bluetooth")
    on, seen = radio
    if not on:
        return passed("bluetooth", "off")
    return failed("bluetooth", "seen_by_all") if seen else passed("bluetooth", "on_hidden")
