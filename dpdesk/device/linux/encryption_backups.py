"""Where backups lie: each is encrypted in itself, and the drives beneath are told (S1 §27.5, §27.10)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, passed
from dpdesk.device.linux.encryption import volume_of
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """The folders of the backups that are in reach."""
    here = [folder for folder in asked.backups if machine.path(str(folder)).exists()]
    if not here:
        return apart("encryption_backups", "no_backup_here")
    drives = [volume_of(machine, folder).encrypted for folder in here]
    return passed("encryption_backups", "sealed", drives=len(drives), encrypted=drives.count(True), plain=drives.count(False))
