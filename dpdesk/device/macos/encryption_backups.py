"""Where backups lie: each is encrypted in itself, and the volumes beneath are told (S1 §27.5, §27.10)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, passed
from dpdesk.device.machine import Machine
from dpdesk.device.macos import encryption
from dpdesk.domain.device import Outcome, Result


def look(machine: Machine, asked: Asked) -> Result:
    """The volumes of the backups that are in reach."""
    points = {point for folder in asked.backups if (point := encryption.mount_point(machine, folder)) is not None}
    if not points:
        return apart("encryption_backups", "no_backup_here")
    told = [encryption.startup(machine) if point in encryption.STARTUP else encryption.other(machine, point) for point in sorted(points)]
    states = [each.outcome for each in told]
    return passed("encryption_backups", "sealed", drives=len(states), encrypted=states.count(Outcome.PASS),
                  plain=states.count(Outcome.FAIL))
