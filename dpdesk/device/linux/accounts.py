"""Which other people have an account here, and whether a guest gets in without one (S1 §27.7)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.linux.autolock_kde import ini
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_PEOPLE = range(1000, 60_000)
_NO_SHELL = ("nologin", "false", "sync")
_LIGHTDM = ("/etc/lightdm/lightdm.conf",)


def look(machine: Machine, _asked: Asked) -> Result:
    """Numbers only; names stay on the machine."""
    text = machine.read("/etc/passwd")
    if text is None:
        return unknown("accounts")
    if any(inside.get("allow-guest", "").lower() == "true" for name in _LIGHTDM for inside in ini(machine.read(name) or "").values()):
        return failed("accounts", "guest_on", others=max(0, len(people(text)) - 1))
    return passed("accounts", "counted", others=max(0, len([uid for uid in people(text) if uid != machine.uid])))


def people(text: str) -> list[int]:
    """The numbers of the accounts that people log in with."""
    rows = [line.split(":") for line in text.splitlines()]
    return [int(row[2]) for row in rows if len(row) == 7 and row[2].isdigit() and int(row[2]) in _PEOPLE
            and not row[6].rsplit("/", 1)[-1].startswith(_NO_SHELL)]
