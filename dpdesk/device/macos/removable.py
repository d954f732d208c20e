"""Drives that can be pulled out, plugged in now (S1 §27.15)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.macos import plists
from dpdesk.domain.device import Result

_ASK = ("diskutil", "list", "-plist", "external", "physical")
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """How many are there; whether one is encrypted is asked when something is to be written to it."""
    found = plists.of_command(machine, *_ASK)
    return unknown("removable") if found is None else passed("removable", "guarded", plugged=len(found.get("WholeDisks", [])))
