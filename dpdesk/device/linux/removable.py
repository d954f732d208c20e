"""Drives that can be pulled out, plugged in now: dpdesk refuses plain data on those that are not encrypted (S1 §27.15)."""

from __future__ import annotations

from pathlib import Path

from dpdesk.device.asked import Asked, passed, unknown
from dpdesk.device.linux.disks import drive_of
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """How many are there, and how many of them are plain."""
    mounts = machine.read("/proc/self/mountinfo")
    if mounts is None:
        return unknown("removable")
    points = {line.split()[4].replace("\\040", " ") for line in mounts.splitlines() if " - " in line and " /dev/" in line}
    drives = [drive for drive in (drive_of(Path(point), machine.root) for point in sorted(points)) if drive.removable]
    return passed("removable", "guarded", plugged=len(drives), plain=sum(drive.encrypted is False for drive in drives))
