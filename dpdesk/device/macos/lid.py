"""A MacBook sleeps when it is closed, unless sleep was switched off altogether (S1 §27.3b)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_BATTERY, _NOW = ("pmset", "-g", "batt"), ("pmset", "-g")
COMMANDS = (_BATTERY, _NOW)


def look(machine: Machine, _asked: Asked) -> Result:
    """A Mac without a battery has no lid."""
    battery, now = machine.said(*_BATTERY), machine.said(*_NOW)
    if battery is None or now is None:
        return unknown("lid")
    if "InternalBattery" not in battery:
        return apart("lid", "no_lid")
    asleep = re.search(r"SleepDisabled\s+(\d)", now)
    return failed("lid", "lid_ignored", mild=True) if asleep and asleep[1] == "1" else passed("lid", "lid", does="sleep")
