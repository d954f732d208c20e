"""Whether the Mac is on a network without a key right now (S1 §27.13)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_CARDS = ("networksetup", "-listallhardwareports")
_FIRST = ("ipconfig", "getsummary", "en0")
COMMANDS = (_CARDS, _FIRST)


def look(machine: Machine, _asked: Asked) -> Result:
    """The summary of the wireless card names its security, and nothing else of it is read."""
    card = re.search(r"Hardware Port: (?:Wi-Fi|AirPort)\s+Device: (\w+)", machine.said(*_CARDS) or "")
    said = machine.said("ipconfig", "getsummary", card[1]) if card else None
    if not said:
        return unknown("wifi_now")
    security = re.search(r"^\s*Security\s*:\s*(\S+)", said, re.MULTILINE)
    if security is None:
        idle = re.search(r"^\s*LinkStatusActive\s*:\s*FALSE", said, re.MULTILINE)
        return passed("wifi_now", "not_on_wifi") if idle else unknown("wifi_now")
    return failed("wifi_now", "on_open") if security[1].upper() in ("NONE", "OPEN", "WEP") else passed("wifi_now", "on_safe")
