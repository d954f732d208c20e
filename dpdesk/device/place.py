"""What this machine tells of the drive a file is to be written to: the copies door asks at the moment of export (S1 §27.15)."""

from __future__ import annotations

import sys
from pathlib import Path

from dpdesk.device.asked import Asked
from dpdesk.device.linux import disks, encryption, traces
from dpdesk.device.machine import Machine

_REMOVABLE, _FIXED, _REMOTE = 2, 3, 4  # GetDriveType


def drive_of(folder: Path, machine: Machine | None = None) -> tuple[bool | None, bool | None]:
    """(removable, encrypted) of the drive a folder lies on; None where this machine does not say."""
    machine = machine or Machine()
    try:
        if machine.system == "linux":
            return on_linux(folder, machine)
        return _on_windows(folder, machine) if machine.system == "windows" else _on_macos(folder, machine)
    finally:
        machine.close()


def on_linux(folder: Path, machine: Machine) -> tuple[bool | None, bool | None]:
    """As the kernel and, for its datasets, ZFS tell."""
    found: disks.Drive = encryption.volume_of(machine, folder)
    return found.removable, found.encrypted


def means_of(folder: Path) -> str:
    """What deleting a file there can promise; see `linux/traces.py`."""
    return traces.means_of(folder) if sys.platform == "linux" else "unknown"


def _on_windows(folder: Path, machine: Machine) -> tuple[bool | None, bool | None]:
    """A USB disk calls itself fixed: it is removable if its bus says so, and fixed only where the bus was asked."""
    from dpdesk.device.windows import powershell
    from dpdesk.device.windows.encryption import encrypted
    letter = powershell.drive_letter(folder)
    told = powershell.answers(machine, Asked(folder), ("bitlocker", "usb"))
    sealed = encrypted(powershell.number(told, f"bitlocker {letter}"))
    kind = _drive_kind(letter)
    if kind == _REMOVABLE or f"usb {letter}" in told:
        return True, sealed
    return (False if kind == _FIXED and "usb_done" in told else None), sealed


def _drive_kind(letter: str) -> int:
    if sys.platform != "win32" or not letter:
        return 0
    import ctypes
    return ctypes.windll.kernel32.GetDriveTypeW(letter + "\\")


def _on_macos(folder: Path, machine: Machine) -> tuple[bool | None, bool | None]:
    from dpdesk.device.macos import encryption as filevault
    from dpdesk.device.macos import plists
    from dpdesk.domain.device import Outcome
    point = filevault.mount_point(machine, folder)
    if point is None:
        return None, None
    if point in filevault.STARTUP:
        told = filevault.startup(machine).outcome
        return False, {Outcome.PASS: True, Outcome.FAIL: False}.get(told)
    info = plists.of_command(machine, "diskutil", "info", "-plist", point) or {}
    internal = info.get("Internal")
    removable = info.get("RemovableMediaOrExternalDevice", None if internal is None else not internal)
    return (removable if isinstance(removable, bool) else None), filevault.encrypted(info)
