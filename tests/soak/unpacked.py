"""Servers that were unpacked for the tests, not installed: each runs in a mount namespace in which it and its users are there."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / ".tools"
PLACES = ("/usr/sbin", "/usr/bin")


def program(name: str, server: str) -> str:
    """Where a server's program is once `command` has run it, "" where it cannot be had here or we are not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    for place in PLACES:
        if shutil.which(f"{place}/{name}") or (TOOLS / server / place[1:] / name).exists():
            return f"{place}/{name}"
    return ""


def command(folder: Path, server: str, users: Sequence[str], groups: Sequence[str], *words: str) -> list[str]:
    """Words to be run where the server's files lie over the machine's and the users and groups exist; nothing outside is changed."""
    before = [f"mount --bind {folder / name} /etc/{name}" for name in _known(folder, users, groups)]
    if (TOOLS / server / "usr").is_dir():
        before.append(f"mount -t overlay overlay -o lowerdir={TOOLS / server / 'usr'}:/usr /usr")
    if not before:
        return list(words)
    return ["unshare", "--mount", "sh", "-c", f'{" && ".join(before)} && exec "$@"', "sh", *words]


def _known(folder: Path, users: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Lists of users and groups in the folder, with those the machine has none of; the names of the lists that differ."""
    made = {"passwd": "", "group": ""}
    for number, name in enumerate(dict.fromkeys((*users, *groups)), 65_501):
        own = _number(grp.getgrnam, name)
        if own < 0:
            made["group"] += f"{name}:x:{number}:\n"
        if name in users and _number(pwd.getpwnam, name) < 0:
            made["passwd"] += f"{name}:x:{number}:{number if own < 0 else own}::/nonexistent:/usr/sbin/nologin\n"
    for name, lines in made.items():
        (folder / name).write_text(Path("/etc", name).read_text("utf-8").rstrip("\n") + f"\n{lines}", "utf-8")
    return [name for name, lines in made.items() if lines]


def _number(ask, name: str) -> int:
    """The number of a group (of a user, their group's), -1 where there is none."""
    try:
        return getattr(ask(name), "gr_gid" if ask is grp.getgrnam else "pw_gid")
    except KeyError:
        return -1


def number_of(folder: Path, name: str) -> int:
    """The number of a user or group in the namespace."""
    for line in (folder / "group").read_text("utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split(":")[2])
    raise KeyError(name)


def listening(port: int, process: subprocess.Popen, what: str, log: Path | None = None, seconds: float = 20) -> None:
    """Wait until a server listens; raises with what it said where it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.05)
    said = log.read_text("utf-8", "replace")[-2000:] if log is not None and log.exists() else ""
    raise RuntimeError(f"{what} does not listen: {said}")


class Boxes:
    """What a server has delivered: a Maildir per person below `mail`."""

    mail: Path

    def boxes(self) -> dict[str, list[bytes]]:
        """Every delivered message by the part of the address before the @."""
        return {box.name: [each.read_bytes() for each in sorted((box / "new").iterdir())] for box in self.mail.iterdir()}

    def count(self) -> int:
        """How many messages have been delivered."""
        return sum(1 for _ in self.mail.glob("*/new/*"))
