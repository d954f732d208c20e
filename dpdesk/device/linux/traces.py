"""What deleting a file can promise on a drive: whether new bytes lie where the old ones lay (S1 §26, §28)."""

from __future__ import annotations

from pathlib import Path

from dpdesk.device.linux.disks import block_device, disks_below, mount_of

_IN_PLACE = {"ext2", "ext3", "ext4", "xfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "jfs"}
_COPYING = {"btrfs", "zfs", "bcachefs", "f2fs", "nilfs2", "overlay", "apfs"}


def means_of(folder: Path, root: Path = Path("/")) -> str:
    """`overwritten`, `flash`, `copying` or `unknown`, as far as this machine says."""
    mount = mount_of(folder, root)
    if mount is None or mount.kind in _COPYING:
        return "unknown" if mount is None else "copying"
    device = block_device(mount, root)
    if mount.kind not in _IN_PLACE or device is None:
        return "unknown"
    turning = [_read(disk / "queue/rotational") for disk in disks_below(device)]
    if not turning or "" in turning:
        return "unknown"
    return "overwritten" if set(turning) == {"1"} else "flash"


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
