"""Whether Windows signs somebody in by itself when it starts (S1 §27.2). A value that is missing tells nothing."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_KEY = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\"


def look(machine: Machine, _asked: Asked) -> Result:
    """A password kept in the registry fails as well, though it is never looked at."""
    said = machine.value(_KEY + "AutoAdminLogon")
    if str(said) == "1" or machine.value(_KEY + "DefaultPassword"):
        return failed("autologin", "opens_itself", manager="winlogon")
    return passed("autologin", "asks", manager="winlogon") if str(said) == "0" else unknown("autologin")
