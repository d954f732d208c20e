"""Whether Bluetooth is on, and whether strangers can see this Mac by it (S1 §27.14). Only being seen fails."""

from __future__ import annotations

import json

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("system_profiler", "SPBluetoothDataType", "-json")
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """The controller's own words are codes: attrib_on, attrib_off."""
    said = machine.said(*_ASK)
    if said is None:
        return unknown("bluetooth")
    parts = json.loads(said).get("SPBluetoothDataType", [])
    if not parts:
        return apart("bluetooth", "no_bluetooth")
    told = parts[0].get("controller_properties", {})
    state, seen = told.get("controller_state"), told.get("controller_discoverable")
    if state == "attrib_off":
        return passed("bluetooth", "off")
    if state != "attrib_on" or seen not in ("attrib_on", "attrib_off"):
        return unknown("bluetooth")
    return failed("bluetooth", "seen_by_all") if seen == "attrib_on" else passed("bluetooth", "on_hidden")
