"""Which other people have an account here, and whether a guest gets in (S1 §27.7)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.macos import plists
from dpdesk.domain.device import Result

_ASK = ("dscl", ".", "-list", "/Users", "UniqueID")
COMMANDS = (_ASK,)
_PEOPLE = range(501, 60_000)


def look(machine: Machine, _asked: Asked) -> Result:
    """Numbers only."""
    said = machine.said(*_ASK)
    numbers = [int(line.split()[-1]) for line in (said or "").splitlines() if line.split() and line.split()[-1].isdigit()]
    login = plists.of_file(machine, plists.LOGIN)
    if not numbers or login is None:
        return unknown("accounts")
    others = sum(number in _PEOPLE and number != machine.uid for number in numbers)
    return failed("accounts", "guest_on", others=others) if login.get("GuestEnabled") else passed("accounts", "counted", others=others)
