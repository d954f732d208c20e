"""The application firewall (S1 §27.1, §27.12)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate")
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """Its number: 0 off, 1 on, 2 on for everything."""
    found = re.search(r"State = (\d)", machine.said(*_ASK) or "")
    if found is None:
        return unknown("firewall")
    return failed("firewall", "off") if found[1] == "0" else passed("firewall", "on", program="alf")
