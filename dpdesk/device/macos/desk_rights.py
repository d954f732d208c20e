"""Whether other accounts of the machine can reach the desk's folder (S1 §27.7)."""

from __future__ import annotations

import stat

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """Closed where the folder, or a folder above it that is mine, lets nobody else in."""
    try:
        for folder in (asked.desk, *asked.desk.parents):
            found = folder.stat()
            if found.st_uid == machine.uid and not stat.S_IMODE(found.st_mode) & 0o077:
                return passed("desk_rights", "mine_alone", above=folder != asked.desk)
        return failed("desk_rights", "others_reach", mode=f"{stat.S_IMODE(asked.desk.stat().st_mode):03o}")
    except OSError:
        return unknown("desk_rights")
