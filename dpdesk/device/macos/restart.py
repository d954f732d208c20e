"""When the Mac was last started (S1 §27.4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("sysctl", "-n", "kern.boottime")
COMMANDS = (_ASK,)


def look(machine: Machine, asked: Asked) -> Result:
    """`{ sec = 1764086400, usec = 0 } …`."""
    found = re.search(r"sec = (\d+)", machine.said(*_ASK) or "")
    if found is None:
        return unknown("restart")
    days = max(0, (asked.today - datetime.fromtimestamp(int(found[1]), UTC).date()).days)
    return passed("restart", "restarted", days=days) if days <= asked.running else failed("restart", "running_long", mild=True, days=days)
