"""Whether other accounts of a Unix machine can reach the desk's folder (S1 §27.7)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """Closed where the folder, or a folder above it that is mine, lets nobody else in."""
    own = machine.owner(str(asked.desk))
    if own is None:
        return unknown("desk_rights")
    for folder in (asked.desk, *asked.desk.parents):
        found = machine.owner(str(folder))
        if found is not None and found[0] == machine.uid and not found[1] & 0o077:
            return passed("desk_rights", "mine_alone", above=folder != asked.desk)
    return failed("desk_rights", "others_reach", mode=f"{own[1]:03o}")
