"""This machine as the checks see it: files, environment, and programs run without rights, in the C locale, under a time limit.

Programs that take long are started together (`start`) and read when asked for; what has not answered in time is no answer.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
ONE_LIMIT, ALL_LIMIT = 2.0, 2.2  # seconds for one program, and for all of a look together
_LAST_WORDS = 0.05  # seconds a program that was ended gets to let go
_NO_WINDOW = 0x08000000  # Windows: no console flashes up
_LARGEST = 1 << 20


@dataclass(frozen=True)
class Ran:
    """What a program said."""

    code: int
    out: str
    err: str = ""

    @property
    def well(self) -> bool:
        """Whether it says that it went well."""
        return self.code == 0


class Machine:
    """`root` is where the file system begins (a test puts a captured one there)."""

    def __init__(self, root: Path = Path("/"), system: str = "", env: Mapping[str, str] | None = None, home: Path | None = None) -> None:
        self.root = root
        self.system = system or SYSTEMS.get(sys.platform, sys.platform)
        self.env = os.environ if env is None else env
        self.home = home or Path.home()
        self._until = time.monotonic() + ALL_LIMIT
        self._started: dict[tuple[str, ...], subprocess.Popen] = {}
        self._known: dict[tuple[str, ...], Ran | None] = {}

    # Files -----------------------------------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """A file by its absolute name."""
        return self.root / name.lstrip("/") if name.startswith("/") else Path(name)

    def read(self, name: str | Path) -> str | None:
        """The text of a file; None where it is not there or may not be read."""
        try:
            with (self.path(name) if isinstance(name, str) else name).open("rb") as file:
                return file.read(_LARGEST).decode("utf-8", "replace")
        except (OSError, ValueError):
            return None

    def names(self, folder: str | Path) -> list[str] | None:
        """What lies in a folder, sorted; None where it cannot be seen."""
        try:
            return sorted(each.name for each in (self.path(folder) if isinstance(folder, str) else folder).iterdir())
        except OSError:
            return None

    def age_days(self, name: str) -> int | None:
        """Whole days since a file was last written."""
        try:
            return max(0, int((time.time() - self.path(name).stat().st_mtime) // 86_400))
        except OSError:
            return None

    def owner(self, name: str) -> tuple[int, int] | None:
        """(whose a file or folder is, its permissions); None where it cannot be seen."""
        try:
            found = self.path(name).stat()
        except OSError:
            return None
        return found.st_uid, stat.S_IMODE(found.st_mode)

    @property
    def uid(self) -> int | None:
        """The account's number, where the system numbers accounts."""
        return os.getuid() if hasattr(os, "getuid") else None

    # Programs --------------------------------------------------------------------------------------------------------

    def has(self, program: str) -> bool:
        """Whether the program is installed; also where services keep theirs, outside a user's path."""
        return self._where(program) is not None

    def _where(self, program: str) -> str | None:
        if program.startswith("/"):
            return program if Path(program).exists() else None
        more = "" if self.system == "windows" else ":/usr/sbin:/sbin:/usr/local/sbin"
        return shutil.which(program, path=self.env.get("PATH", os.defpath) + more)

    def start(self, commands: Iterable[tuple[str, ...]]) -> None:
        """Start programs whose answers will be asked for, side by side."""
        for command in commands:
            if command not in self._started and command not in self._known:
                self._begin(command)

    def run(self, *command: str) -> Ran | None:
        """What a program answers; None where it is not there or did not answer in time. Each is run once."""
        if command not in self._known:
            if command not in self._started:
                self._begin(command)
            if command not in self._known:
                self._known[command] = self._finish(self._started.pop(command))
        return self._known[command]

    def said(self, *command: str) -> str | None:
        """What a program prints where it goes well, without blanks around it; else None."""
        ran = self.run(*command)
        return ran.out.strip() if ran is not None and ran.well else None

    def _begin(self, command: tuple[str, ...]) -> None:
        where = self._where(command[0])
        if where is None:
            self._known[command] = None
            return
        quiet = {"creationflags": _NO_WINDOW} if sys.platform == "win32" else {"start_new_session": True}
        try:
            self._started[command] = subprocess.Popen(
                [where, *command[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env={**self.env, "LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}, **quiet)  # type: ignore[call-overload]
        except OSError:
            self._known[command] = None

    def _finish(self, running: subprocess.Popen) -> Ran | None:
        left = max(0.01, min(ONE_LIMIT, self._until - time.monotonic()))
        try:
            out, err = running.communicate(timeout=left)
        except subprocess.TimeoutExpired:
            return self.cut(_end(running))
        except (OSError, ValueError):
            return None
        return Ran(running.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    @staticmethod
    def cut(out: bytes) -> Ran | None:
        """What was said by a program that did not end in time: no answer, unless it spoke line by line."""
        return Ran(-1, out.decode("utf-8", "replace")) if out.endswith(b"\n") else None

    def close(self) -> None:
        """End what is still running."""
        for running in self._started.values():
            _end(running)
        self._started.clear()

    # The Windows registry ----------------------------------------------------------------------------------------------

    def value(self, key: str) -> str | int | None:
        r"""A value of the registry by its whole name, such as `HKCU\Control Panel\Desktop\ScreenSaveActive`; None where missing."""
        if sys.platform != "win32":
            return None
        import winreg  # type: ignore[import-not-found,unused-ignore]
        hive, _, rest = key.partition("\\")
        folder, _, name = rest.rpartition("\\")
        where = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[hive]
        try:
            with winreg.OpenKey(where, folder, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                found = winreg.QueryValueEx(opened, name)[0]
        except OSError:
            return None
        return found if isinstance(found, int) else str(found)

    def number(self, key: str) -> int | None:
        """As `value`, a number; None also where it is none."""
        found = self.value(key)
        try:
            return None if found is None else int(str(found), 0)
        except ValueError:
            return None

    # What only an interface of Windows tells ----------------------------------------------------------------------------

    def wifi_profiles(self) -> list[str] | None:
        """The kept Wi-Fi profiles as XML; None where nobody can tell."""
        from dpdesk.device.windows import wlan
        return wlan.profiles() if sys.platform == "win32" else None

    def wifi_links(self) -> list[bool | None] | None:
        """Whether the present link of each wireless card is secured (None: no link); None where nobody can tell."""
        from dpdesk.device.windows import wlan
        return wlan.links() if sys.platform == "win32" else None

    def bluetooth(self) -> tuple[bool, bool] | None:
        """(a radio is on, strangers can see it); None where nobody can tell."""
        from dpdesk.device.windows import radio
        return radio.radio() if sys.platform == "win32" else None

    def stands_by(self) -> bool | None:
        """Whether a dark display is standby already; None where nobody can tell."""
        from dpdesk.device.windows import standby
        return standby.stands_by() if sys.platform == "win32" else None


def _end(running: subprocess.Popen) -> bytes:
    """End a program and whatever it started itself; returns what it had said."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            running.kill()
        else:
            os.killpg(running.pid, signal.SIGKILL)
    try:
        return running.communicate(timeout=_LAST_WORDS)[0]
    except (subprocess.TimeoutExpired, OSError, ValueError):  # something it started holds on to what it writes to
        return b""
    finally:
        for pipe in (running.stdout, running.stderr):
            if pipe is not None:
                pipe.close()
