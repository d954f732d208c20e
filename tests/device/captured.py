"""A machine made of what was captured of one, or of what the documentation says such a machine answers: files, programs, registry."""

from __future__ import annotations

import os
import time
import tomllib
from datetime import date
from pathlib import Path

from dpdesk.device.asked import Asked
from dpdesk.device.machine import Machine, Ran

CAPTURES = Path(__file__).parent / "captures"
DAY = date(2026, 11, 26)


class Captured(Machine):
    """Answers from `told`, a captured TOML file; its files are laid out under `root`."""

    def __init__(self, told: dict, root: Path) -> None:
        super().__init__(root, told["system"], told.get("env", {}), Path(told.get("home", "/people/ann")))
        self.told = told
        for name, text in told.get("files", {}).items():
            self._lay(name).write_bytes(text.encode("latin-1") if name.endswith("8c") else text.encode())
        for name, days in told.get("ages", {}).items():
            path = self.path(name)
            if not path.exists():
                self._lay(name).write_bytes(b"")
            os.utime(path, (time.time() - days * 86_400 - 60,) * 2)
        for name in told.get("folders", ()):
            self.path(name).mkdir(parents=True, exist_ok=True)
        for name, target in told.get("links", {}).items():
            where = self._lay(name)
            where.symlink_to(self.path(target) if target.startswith("/sys/") else target)

    def _lay(self, name: str) -> Path:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def uid(self) -> int:
        return self.told.get("uid", 1000)

    def owner(self, name: str) -> tuple[int, int] | None:
        found = self.told.get("modes", {}).get(name)
        if found is not None:
            return self.uid, int(found, 8)
        return (0, 0o755) if self.path(name).exists() or name == "/" else None

    def has(self, program: str) -> bool:
        return any(command.split()[0] == program for command in self.told.get("commands", {}))

    def start(self, commands) -> None:
        list(commands)

    def run(self, *command: str) -> Ran | None:
        if command[0] == "powershell.exe":
            answers = self.told.get("powershell")
            return None if answers is None else Ran(0, "".join(f"{name}\t{value}\r\n" for name, value in answers.items()))
        said = self.told.get("commands", {}).get(" ".join(command))
        if said is None:
            return None
        return Ran(0, said) if isinstance(said, str) else Ran(said.get("code", 0), said.get("out", ""), said.get("err", ""))

    def value(self, key: str) -> str | int | None:
        return self.told.get("registry", {}).get(key)

    def wifi_profiles(self) -> list[str] | None:
        return self.told.get("wifi_profiles")

    def wifi_links(self) -> list[bool | None] | None:
        links = self.told.get("wifi_links")
        return None if links is None else [{"secured": True, "open": False}.get(each) for each in links]

    def stands_by(self) -> bool | None:
        return self.told.get("stands_by")

    def bluetooth(self) -> tuple[bool, bool] | None:
        found = self.told.get("bluetooth")
        return None if found is None else (found["on"], found["seen"])


def load(name: str) -> dict:
    """What was captured."""
    return tomllib.loads((CAPTURES / f"{name}.toml").read_text("utf-8"))


def asked(told: dict, **more) -> Asked:
    """A look at that machine's desk, on the day of the captures."""
    return Asked(Path(told["desk"]), tuple(map(Path, told.get("backups", ()))), today=DAY, **more)
