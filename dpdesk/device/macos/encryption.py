"""FileVault on the volume that holds the desk; what the chip encrypts by itself opens without a password and does not count (S1 §27.10)."""

from __future__ import annotations

from pathlib import Path

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.macos import plists
from dpdesk.domain.device import Result

_STATUS = ("fdesetup", "status")
STARTUP = ("/", "/System/Volumes/Data")


def commands(_machine: Machine, asked: Asked) -> tuple[tuple[str, ...], ...]:
    """FileVault, and where the desk's volume is mounted."""
    return (_STATUS, ("df", "-P", str(asked.desk)))


def look(machine: Machine, asked: Asked) -> Result:
    """The desk's volume."""
    point = mount_point(machine, asked.desk)
    if point is None:
        return unknown("encryption", "volume_unknown")
    return startup(machine) if point in STARTUP else other(machine, point)


def mount_point(machine: Machine, folder: Path) -> str | None:
    """Where the volume of a folder is mounted."""
    lines = (machine.said("df", "-P", str(folder)) or "").splitlines()
    parts = lines[1].split(None, 5) if len(lines) > 1 else []
    return parts[5] if len(parts) == 6 else None


def startup(machine: Machine) -> Result:
    """The disk the Mac starts from: on, on but still encrypting, or off."""
    said = machine.said(*_STATUS) or ""
    if "Decryption in progress" in said:
        return failed("encryption", "decrypting", how="filevault")
    if "Encryption in progress" in said:
        return failed("encryption", "encrypting", mild=True, how="filevault")
    if "FileVault is On" in said:
        return passed("encryption", "encrypted", how="filevault")
    return failed("encryption", "plain", how="filevault") if "FileVault is Off" in said else unknown("encryption", "volume_unknown")


def other(machine: Machine, point: str) -> Result:
    """Another disk, by the same measure."""
    told = encrypted(plists.of_command(machine, "diskutil", "info", "-plist", point))
    if told is None:
        return unknown("encryption", "volume_unknown")
    return passed("encryption", "encrypted", how="filevault") if told else failed("encryption", "plain", how="filevault")


def encrypted(info: dict | None) -> bool | None:
    """What `diskutil info` tells of a volume: FileVault alone counts."""
    told = (info or {}).get("FileVault")
    return told if isinstance(told, bool) else None
