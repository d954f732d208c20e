"""The Windows firewall in all three kinds of network, or another product that stands in for it (S1 §27.1, §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.device.windows.antivirus import state_of
from dpdesk.domain.device import Result

_PROFILES = ("DomainProfile", "StandardProfile", "PublicProfile")
_OWN = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\{}\\EnableFirewall"
_POLICY = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\{}\\EnableFirewall"


def look(machine: Machine, asked: Asked) -> Result:
    """A policy's word over the machine's own; a value that is missing tells nothing."""
    on = [_value(machine, name) for name in _PROFILES]
    if all(value == 1 for value in on):
        return passed("firewall", "on", program="windows")
    told = powershell.answers(machine, asked)
    if any(state_of(int(value))[0] for name, value in told.items() if name.startswith("firewall ") and value.isdigit()):
        return passed("firewall", "on", program="other")
    return failed("firewall", "off", profiles_off=on.count(0)) if 0 in on else unknown("firewall")


def _value(machine: Machine, profile: str) -> int | None:
    found = machine.number(_POLICY.format(profile))
    return machine.number(_OWN.format(profile)) if found is None else found
