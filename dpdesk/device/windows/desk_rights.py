"""Whether other accounts of the machine can reach the desk's folder, by its access list (S1 §27.7)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result

_ENTRY = re.compile(r"\((X?A);([^;]*);[^;]*;[^;]*;[^;]*;([^;)]+)[^)]*\)")  # entries that allow: kind; flags; rights; …; whom
_MINE = {"SY", "BA", "CO", "OW", "LA", "S-1-5-18", "S-1-5-32-544", "S-1-3-0"}  # the system, administrators, the owner


def look(machine: Machine, asked: Asked) -> Result:
    """Everybody, all users and any other account count; the machine's administrators do not."""
    told = powershell.answers(machine, asked)
    if "acl" not in told or "me" not in told:
        return unknown("desk_rights")
    others = reaching(told["acl"], told["me"])
    return failed("desk_rights", "others_reach", entries=len(others)) if others else passed("desk_rights", "mine_alone")


def reaching(acl: str, me: str) -> set[str]:
    """Whom an access list (SDDL) lets in besides `me` and those who administer the machine."""
    access = acl.partition("D:")[2].partition("S:(")[0]
    return {whom for kind, _flags, whom in _ENTRY.findall(access) if whom not in _MINE and whom != me}
