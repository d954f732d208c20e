"""One process at a time has a desk open for writing; the next is told which one."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dpdesk.domain.errors import DeskInUse
from dpdesk.store.disk import private, refusals

LOCK, HOLDER = "desk.lock", "desk.open"


class DeskLock:
    """Holds the desk in `folder`; the operating system lets go of it however the process ends."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock
        self._folder = folder
        self._lock = FileLock(folder / LOCK, mode=0o600)

    def take(self) -> None:
        """Raise `DeskInUse` where another process has the desk."""
        from filelock import Timeout
        try:
            with refusals(self._folder):
                self._lock.acquire(timeout=0)
        except Timeout:
            raise holder(self._folder) from None
        said = {"pid": os.getpid(), "host": platform.node(), "since": datetime.now(UTC).isoformat("T", "seconds")}
        with open(self._folder / HOLDER, "w", encoding="utf-8", opener=private) as file:
            file.write(json.dumps(said))

    def release(self) -> None:
        """Let the next one in."""
        with suppress(OSError):
            (self._folder / HOLDER).unlink()
        self._lock.release()


def holder(folder: Path) -> DeskInUse:
    """Who has the desk, as they said when they opened it."""
    try:
        said = json.loads((folder / HOLDER).read_text())
        return DeskInUse(int(said["pid"]), str(said["host"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return DeskInUse(0, "", "")


def in_use(folder: Path) -> DeskInUse | None:
    """The holder of the desk, or None where it is free (or the folder cannot be written, so nobody can hold it)."""
    from filelock import FileLock, Timeout
    if not (folder / LOCK).exists():
        return None
    try:
        with FileLock(folder / LOCK, timeout=0, mode=0o600):
            return None
    except Timeout:
        return holder(folder)
    except OSError:
        return None
