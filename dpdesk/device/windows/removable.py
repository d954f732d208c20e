"""Drives that can be pulled out, plugged in now: USB disks call themselves fixed, so their bus is asked (S1 §27.15)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.device.windows.encryption import encrypted
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """How many are there, and how many of them are plain."""
    told = powershell.answers(machine, asked)
    if "usb_done" not in told:
        return unknown("removable")
    states = [encrypted(powershell.number(told, name)) for name in told if name.startswith("usb ")]
    return passed("removable", "guarded", plugged=len(states), plain=states.count(False))
