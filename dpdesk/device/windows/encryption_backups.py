"""Where backups lie: each is encrypted in itself, and the drives beneath are told (S1 §27.5, §27.10)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart, passed
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.device.windows.encryption import encrypted
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """The drives of the backups."""
    letters = {letter for letter in map(powershell.drive_letter, asked.backups) if letter}
    if not letters:
        return apart("encryption_backups", "no_backup_here")
    told = powershell.answers(machine, asked)
    states = [encrypted(powershell.number(told, f"bitlocker {letter}")) for letter in sorted(letters)]
    return passed("encryption_backups", "sealed", drives=len(states), encrypted=states.count(True), plain=states.count(False))
