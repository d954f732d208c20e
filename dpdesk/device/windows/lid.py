"""What closing the lid does, on mains and battery (S1 §27.3b)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import power, powershell
from dpdesk.domain.device import Result

COMMANDS = (power.ask(power.LID),)


def look(machine: Machine, asked: Asked) -> Result:
    """0 does nothing; 1 sleeps, 2 hibernates, 3 shuts down. A machine without a battery has no lid."""
    if powershell.number(powershell.answers(machine, asked), "batteries") == 0:
        return apart("lid", "no_lid")
    found = power.values(machine, power.LID)
    if found is None:
        return unknown("lid")
    if 0 in found:
        return failed("lid", "lid_ignored", mild=True, mains=found[0], battery=found[1])
    return passed("lid", "lid", does={1: "sleep", 2: "hibernate"}.get(min(found), "poweroff"))
