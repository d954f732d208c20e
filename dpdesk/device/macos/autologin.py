"""Whether the Mac signs somebody in by itself when it starts (S1 §27.2)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.macos import plists
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """The name of whom it signs in stands in a list everybody may read; a list that cannot be read tells nothing."""
    found = plists.of_file(machine, plists.LOGIN)
    if found is None:
        return unknown("autologin")
    return failed("autologin", "opens_itself", manager="loginwindow") if found.get("autoLoginUser") else passed(
        "autologin", "asks", manager="loginwindow")
