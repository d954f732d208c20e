"""Whether the machine is on a network without a key right now (S1 §27.13)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.linux.wifi_saved import has_wifi
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("nmcli", "-t", "-f", "IN-USE,SECURITY", "device", "wifi", "list", "--rescan", "no")
_LINE = re.compile(r"[* ]?:.*")
COMMANDS = (_ASK,)


def look(machine: Machine, _asked: Asked) -> Result:
    """The line with a star is the one in use; WEP is as good as none."""
    if not has_wifi(machine):
        return apart("wifi_now", "no_wifi")
    said = machine.said(*_ASK)
    if said is None or not all(_LINE.fullmatch(line) for line in said.splitlines()):
        return unknown("wifi_now")
    used = [line.partition(":")[2] for line in said.splitlines() if line.startswith("*")]
    if not used:
        return passed("wifi_now", "not_on_wifi")
    return failed("wifi_now", "on_open") if used[0] in ("", "--", "WEP") else passed("wifi_now", "on_safe")
