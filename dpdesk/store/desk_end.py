"""The end of a desk on this machine: its keys first, then its files; nothing else that lies in its folder (S1 §27.9, §28.4)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.errors import DeskError, HeaderDamaged, NoDesk
from dpdesk.store import header as headers
from dpdesk.store import post_journal, vault
from dpdesk.store.desk import Desk
from dpdesk.store.header import DATABASE, NAME, SPARE
from dpdesk.store.lock import HOLDER, LOCK
from dpdesk.store.removal import remove

_HEADERS = (NAME, SPARE, ".desk.json*.tmp")
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", post_journal.NAME, HOLDER, LOCK)


@dataclass(frozen=True)
class Ended:
    """What was destroyed. `rekeyed`: the database got a key that nobody has, before; `how` is one of `REMOVALS`.

    `stayed` are names of the desk's files that the system would not give up (unreadable all the same), `others` how many
    files in the folder are not the desk's; `unreadable`: looking again found no header to open anything with.
    """

    keys: int
    rekeyed: bool
    files: int
    size: int
    how: str
    stayed: tuple[str, ...]
    others: int
    unreadable: bool


def end(desk: Desk, how: str) -> Ended:
    """Destroy the desk in its folder and close it; `how` is what its drive allows, one of `REMOVALS`. Nothing brings it back."""
    folder, keys = desk.folder, len(desk.header.slots)
    desk.suspend_engines()
    rekeyed = vault.lose_key(desk)
    stayed, files, size = [], 0, 0
    for each in _found(folder, _HEADERS):
        files, size = files + 1, size + each.stat().st_size
        stayed += _gone(each, "overwritten")
    desk.close(settle=False)
    for each in _found(folder, _FILES):
        files, size = files + 1, size + each.stat().st_size
        stayed += _gone(each, how)
    others = sum(1 for each in folder.iterdir() if each.name not in stayed)
    if not others and not stayed:
        with contextlib.suppress(OSError):
            folder.rmdir()
    return Ended(keys, rekeyed, files - len(stayed), size, how, tuple(stayed), others, _unreadable(folder))


def _found(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(folder.glob(pattern))


def _gone(path: Path, how: str) -> list[str]:
    """Delete one file; its name where the system would not. A header is overwritten before, so that it opens nothing even then."""
    try:
        remove(path, how)
    except (OSError, DeskError):
        return [each.name for each in (path,) if each.exists()]
    return []


def _unreadable(folder: Path) -> bool:
    try:
        headers.read(folder)
    except (HeaderDamaged, NoDesk):
        return True
    except DeskError:
        return False
    return False
