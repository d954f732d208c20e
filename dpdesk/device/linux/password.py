"""Whether the account has a password at all; how strong it is and who knows it, nobody can see (S1 §27.2)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

COMMANDS = (("passwd", "-S"),)


def look(machine: Machine, _asked: Asked) -> Result:
    """The second word of `passwd -S`: P or PS set, NP none; a locked one (L, LK) says nothing of how one gets in."""
    words = (machine.said("passwd", "-S") or "").split()
    mark = words[1] if len(words) > 1 else ""
    if mark in ("P", "PS"):
        return passed("password", "set")
    return failed("password", "none") if mark == "NP" else unknown("password")
