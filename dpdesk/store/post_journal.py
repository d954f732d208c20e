"""How far a run is, beside the database: row numbers and outcomes, nothing of anybody, written before and after each message.

A write to it lasts when the program is killed and costs next to nothing; only a power cut can lose it, and then it does not count.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from dpdesk.domain.post_states import Outcome
from dpdesk.store.disk import refusals

NAME = "mailing.run"
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def boot() -> str:
    """Which start of the machine this is, "" where it does not say: then a journal is never believed."""
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


class Journal:
    """The journal of one run of one mailing in the desk's folder; `begin` starts it anew whenever the database knows all of it."""

    def __init__(self, folder: Path, mailing: str) -> None:
        self._path, self._head = folder / NAME, f"{mailing} {boot()}\n".encode()
        with refusals(self._path):
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        self.begin()

    def begin(self) -> None:
        """Forget what stands in it."""
        with refusals(self._path):
            os.ftruncate(self._file, 0)
            os.write(self._file, self._head)

    def note(self, row: int, outcome: Outcome, code: str = "") -> None:
        """What is being done with, or has become of, the message of a row."""
        with refusals(self._path):
            os.write(self._file, f"{row} {outcome.value} {code}\n".encode("ascii"))

    def close(self) -> None:
        """The run is over, and the database knows all of it."""
        os.close(self._file)
        clear(self._path.parent)


def clear(folder: Path) -> None:
    """Take a journal away."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()


def read(folder: Path, mailing: str) -> dict[int, tuple[Outcome, str]] | None:
    """The last that was noted of each row of a run that was cut off; None where it cannot be believed: everything is unknown then."""
    try:
        head, *lines = (folder / NAME).read_bytes().decode("ascii").split("\n")
    except (OSError, ValueError):
        return None
    if not boot() or head != f"{mailing} {boot()}":
        return None
    found: dict[int, tuple[Outcome, str]] = {}
    for line in lines[:-1]:
        row, outcome, *code = line.split(" ")
        try:
            found[int(row)] = (Outcome(outcome), " ".join(code))
        except ValueError:
            return None
    return found
