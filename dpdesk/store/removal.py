"""Deleting a file: overwritten first where that means anything, and the honest word where it does not (S1 §26, §28)."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path

from dpdesk.store.disk import refusals, sync_folder
from dpdesk.store.volumes import block_device, disks_below, mount_of

REMOVALS = ("overwritten", "flash", "copying", "unknown")
_IN_PLACE = {"ext2", "ext3", "ext4", "xfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "jfs"}
_COPYING = {"btrfs", "zfs", "bcachefs", "f2fs", "nilfs2", "overlay", "apfs"}
_CHUNK = 1 << 20


def remove(path: Path) -> str:
    """Delete the file at `path`; returns one of `REMOVALS`: what can be said of the traces it leaves.

    `overwritten`: a spinning disk that writes in place; `flash` and `copying`: new bytes would lie elsewhere than the old.
    """
    how = means_of(path.parent.resolve())
    if path.is_dir():
        return _remove_drafts(path, how)
    with refusals(path):
        if how == "overwritten":
            _overwrite(path)
        nameless = path.with_name(f".{secrets.token_hex(8)}")
        path.replace(nameless)
        nameless.unlink()
    sync_folder(path.parent)
    return how


def _remove_drafts(folder: Path, how: str) -> str:
    """Delete the drafts in a folder, and the folder where nothing else was put into it."""
    for each in sorted(folder.glob("*.eml")):
        remove(each)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return how


def means_of(folder: Path, root: Path = Path("/")) -> str:
    """What deleting in `folder` can promise, as far as this machine says."""
    if sys.platform != "linux":
        return "unknown"
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


def _overwrite(path: Path) -> None:
    """Random bytes over the whole file, down to the disk."""
    left = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        while left > 0:
            left -= file.write(os.urandom(min(_CHUNK, left)))
        os.fsync(file.fileno())
