"""Networks without a key that this machine joins by itself, by the profiles Windows keeps (S1 §27.13)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_OPEN = re.compile(r"<authentication>\s*open\s*</authentication>")
_UNSAFE = re.compile(r"<encryption>\s*(none|WEP)\s*</encryption>")
_AUTO = re.compile(r"<connectionMode>\s*auto\s*</connectionMode>")


def joins_open(profile: str) -> bool:
    """Whether a profile joins by itself a network without a key, or with the broken WEP."""
    return bool(_AUTO.search(profile)) and bool(_OPEN.search(profile)) and bool(_UNSAFE.search(profile))


def look(machine: Machine, _asked: Asked) -> Result:
    """Numbers only."""
    links, kept = machine.wifi_links(), machine.wifi_profiles()
    if links == []:
        return apart("wifi_saved", "no_wifi")
    if kept is None:
        return unknown("wifi_saved")
    risky = sum(map(joins_open, kept))
    return failed("wifi_saved", "joins_open", open=risky, known=len(kept)) if risky else passed("wifi_saved", "none_open", known=len(kept))
