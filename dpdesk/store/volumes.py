"""What drive a path lies on, as far as this machine says without rights of its own: removable? encrypted?

Asked by the guard before a copy leaves the desk. Unknown is None, never a guess.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import Place
from dpdesk.store.place import is_network, synced_by

_MEMORY = {"tmpfs", "ramfs"}
_SEALED = {"fuse.gocryptfs", "fuse.cryfs", "fuse.encfs", "fuse.securefs", "ecryptfs", "fuse.veracrypt"}
_DRIVE_REMOVABLE, _DRIVE_FIXED = 2, 3


@dataclass(frozen=True)
class Mount:
    """A mounted file system: the number of its device ("8:1"), its type and what it was mounted from."""

    device: str
    kind: str
    source: str


def place_of(path: Path, root: Path = Path("/")) -> Place:
    """What is known of the place of a file that is to be written at `path`."""
    folder = _nearest(path.absolute())
    synced, network = synced_by(folder), is_network(folder)
    if sys.platform == "linux":
        removable, encrypted = on_linux(folder, root)
    elif sys.platform == "win32":
        removable, encrypted = _windows(folder), None
    else:
        removable, encrypted = (None if folder.is_relative_to("/Volumes") else False), None
    return Place(synced, network, removable, encrypted)


def _nearest(path: Path) -> Path:
    """The folder the file will lie in, links followed."""
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.resolve()


def on_linux(folder: Path, root: Path) -> tuple[bool | None, bool | None]:
    """(removable, encrypted), as the kernel tells everybody under /proc and /sys."""
    mount = mount_of(folder, root)
    if mount is None:
        return None, None
    if mount.kind in _MEMORY:
        return False, None
    if mount.kind in _SEALED:
        return None, True
    device = block_device(mount, root)
    return (None, None) if device is None else _drive(device)


def mount_of(folder: Path, root: Path = Path("/")) -> Mount | None:
    """The file system `folder` lies on; None where the system does not say."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(errors="replace").splitlines()
    except OSError:
        return None
    best, found = "", None
    for line in lines:
        left, _, right = line.partition(" - ")
        parts, more = left.split(), right.split()
        if len(parts) < 5 or len(more) < 2:
            continue
        point = parts[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, found = point, Mount(parts[2], more[0], more[1])
    return found


def block_device(mount: Mount, root: Path = Path("/")) -> Path | None:
    """The block device of a mount in the system's own tree. Btrfs and others number themselves: their source is asked."""
    number = mount.device
    if number.startswith("0:"):
        if not mount.source.startswith("/dev/"):
            return None
        try:
            status = (root / mount.source.lstrip("/")).stat()
        except OSError:
            return None
        number = f"{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
    link = root / "sys/dev/block" / number
    return link.resolve() if link.exists() else None


def _drive(device: Path) -> tuple[bool | None, bool | None]:
    """(removable, encrypted) of a block device, through every layer it is built on."""
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if below:
        sealed = _read(device / "dm" / "uuid").startswith("CRYPT-")
        parts = [_drive(each.resolve()) for each in below]
        removable = _any([part[0] for part in parts])
        return removable, sealed or all(part[1] for part in parts)
    disk = _disk(device)
    flag = _read(disk / "removable")
    if flag not in ("0", "1"):
        return None, None
    kind = _read(disk / "device" / "type")
    return flag == "1" or "/usb" in str(disk) or kind == "SD", False


def _disk(device: Path) -> Path:
    """The whole disk a partition is on."""
    return device if (device / "removable").exists() else device.parent


def disks_below(device: Path) -> list[Path]:
    """Every disk a block device is built on, through all layers."""
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    return [disk for each in below for disk in disks_below(each.resolve())] or [_disk(device)]


def _any(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _windows(folder: Path) -> bool | None:
    import ctypes
    kind = ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\")  # type: ignore[attr-defined]
    return {_DRIVE_REMOVABLE: True, _DRIVE_FIXED: False}.get(kind)
