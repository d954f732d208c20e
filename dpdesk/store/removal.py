"""Deleting a file: overwritten first where that means anything, and the honest word where it does not (S1 §26, §28)."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from dpdesk.store.disk import refusals, sync_folder

REMOVALS = ("overwritten", "flash", "copying", "unknown")
_CHUNK = 1 << 20


def remove(path: Path, how: str) -> str:
    """Delete the file at `path`; `how` is what its drive allows, one of `REMOVALS`, and is returned: what can be said of its traces.

    `overwritten`: a spinning disk that writes in place; `flash` and `copying`: new bytes would lie elsewhere than the old.
    """
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
        remove(each, how)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return how


def _overwrite(path: Path) -> None:
    """Random bytes over the whole file, down to the disk."""
    left = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        while left > 0:
            left -= file.write(os.urandom(min(_CHUNK, left)))
        os.fsync(file.fileno())
