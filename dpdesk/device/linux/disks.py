"""What the kernel tells everybody of a path's drive, under /proc and /sys: its mount, every layer below it, removable, encrypted.

Unknown is None, never a guess. A crypt layer counts on the way from this very path down to its disks, not anywhere on the machine.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEMORY = {"tmpfs", "ramfs"}
SEALED = {"fuse.gocryptfs": "gocryptfs", "fuse.cryfs": "cryfs", "fuse.encfs": "encfs", "fuse.securefs": "securefs",
          "ecryptfs": "ecryptfs", "fuse.veracrypt": "veracrypt"}
# dm-verity and dm-integrity bear CRYPT- names too, and encrypt nothing.
_CIPHERED = {"LUKS1": "luks", "LUKS2": "luks", "PLAIN": "dm_crypt", "LOOPAES": "dm_crypt", "TCRYPT": "veracrypt", "BITLK": "bitlocker",
             "FVAULT2": "filevault"}
_DEEP = 12  # layers: more is a loop


@dataclass(frozen=True)
class Mount:
    """A mounted file system: the number of its device ("8:1"), its type and what it was mounted from."""

    device: str
    kind: str
    source: str


@dataclass(frozen=True)
class Drive:
    """What is known of a drive: `how` names what encrypts it ("luks"), or why nobody can tell ("memory")."""

    removable: bool | None
    encrypted: bool | None
    how: str = ""
    filesystem: str = ""


def drive_of(folder: Path, root: Path = Path("/")) -> Drive:
    """The drive `folder` lies on, through every layer."""
    return _of(folder, root, 0)


def on_linux(folder: Path, root: Path = Path("/")) -> tuple[bool | None, bool | None]:
    """(removable, encrypted)."""
    found = drive_of(folder, root)
    return found.removable, found.encrypted


def _of(folder: Path, root: Path, deep: int) -> Drive:
    mount = mount_of(folder, root)
    if mount is None or deep > _DEEP:
        return Drive(None, None, "no_mount")
    if mount.kind in MEMORY:
        return Drive(False, None, "memory", mount.kind)
    if mount.kind in SEALED:
        return Drive(None, True, SEALED[mount.kind], mount.kind)
    if mount.kind == "zfs":
        return Drive(None, None, f"zfs:{mount.source}", mount.kind)
    devices = _devices(mount, root)
    if not devices:
        return Drive(None, None, "no_device", mount.kind)
    parts = [_drive(each, root, deep + 1) for each in devices]
    return _together(parts, mount.kind)


def _together(parts: list[Drive], filesystem: str) -> Drive:
    """Several drives as one: encrypted only where all are."""
    answers = {part.encrypted for part in parts}
    encrypted = True if answers == {True} else False if False in answers else None
    hows = sorted({part.how for part in parts if part.encrypted is encrypted})
    return Drive(_any([part.removable for part in parts]), encrypted, "+".join(hows), filesystem)


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
        return device_named(mount.source, root)
    link = root / "sys/dev/block" / number
    return link.resolve() if link.exists() else None


def device_named(source: str, root: Path = Path("/")) -> Path | None:
    """The block device called `source` ("/dev/sda3", "/dev/mapper/home") in the system's own tree."""
    if not source.startswith("/dev/"):
        return None
    named = root / "sys/class/block" / Path(source).name
    if named.exists():
        return named.resolve()
    try:
        status = (root / source.lstrip("/")).stat()
    except OSError:
        return None
    link = root / "sys/dev/block" / f"{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
    return link.resolve() if link.exists() else None


def device_drive(device: Path, root: Path = Path("/")) -> Drive:
    """What is known of a block device itself, such as a swap partition."""
    return _drive(device, root, 0)


def _devices(mount: Mount, root: Path) -> list[Path]:
    """Every block device a file system lies on: Btrfs may have several."""
    first = block_device(mount, root)
    if first is None:
        return []
    if mount.kind == "btrfs":
        for pool in sorted((root / "sys/fs/btrfs").glob("*/devices")):
            members = [each.resolve() for each in sorted(pool.iterdir())]
            if first.resolve() in members:
                return members
    return [first]


def _drive(device: Path, root: Path, deep: int) -> Drive:
    """A block device, through every layer it is built on."""
    cipher = _cipher(device)
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if deep > _DEEP:
        return Drive(None, None, "no_device")
    if below:
        found = _together([_drive(each.resolve(), root, deep + 1) for each in below], "")
        return Drive(found.removable, True, cipher) if cipher else found
    backing = _read(device / "loop" / "backing_file")
    if backing:
        return _of(Path(backing).parent, root, deep + 1)
    return _disk_of(device, cipher)


def _disk_of(device: Path, cipher: str) -> Drive:
    disk = _disk(device)
    flag = _read(disk / "removable")
    if flag not in ("0", "1"):
        return Drive(None, True if cipher else None, cipher or "no_device")
    kind = _read(disk / "device" / "type")
    return Drive(flag == "1" or "/usb" in str(disk) or kind == "SD", bool(cipher), cipher or "plain")


def _cipher(device: Path) -> str:
    """What encrypts a mapped device: by the name its maker gave it, as `cryptsetup` does."""
    parts = _read(device / "dm" / "uuid").split("-")
    return _CIPHERED.get(parts[1], "") if len(parts) > 1 and parts[0] == "CRYPT" else ""


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
