"""`make deb-check` (as root): installs the package in a clean Debian 12 without Python, and tries it there.

The self-check as an ordinary user, then the window under Xvfb, timed beside a bare PySide6 window frozen by the same
PyInstaller; the picture goes to build/deb/window.png.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "deb"
CLEAN = WORK / "root"
PICTURE = WORK / "window.png"
SCREEN = ":79"
RUNS = 5
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("bare")
window.setCentralWidget(QLabel("x"))
window.show()
app.exec()
"""


def main() -> int:
    """Tries the newest package in dist/; exit status 1 where something does not hold."""
    packages = sorted((ROOT / "dist").glob("dpdesk_*.deb"), key=lambda path: path.stat().st_mtime)
    if not packages:
        print("There is no package in dist/ yet: make deb", file=sys.stderr)
        return 1
    make_root()
    mounts = [("proc", "proc"), ("/dev", "dev")]
    subprocess.run(["mount", "-t", "proc", "proc", str(CLEAN / "proc")], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(CLEAN / "dev")], check=True)
    try:
        install(packages[-1])
        assert not list(CLEAN.glob("usr/bin/python3*")), "Python came in with the package"
        self_check()
        bare()
        window()
    finally:
        for _what, where in reversed(mounts):
            subprocess.run(["umount", "-l", str(CLEAN / where)], check=False)
    print(f"{packages[-1].name} works in a clean Debian without Python.")
    return 0


def make_root() -> None:
    """A fresh minimal Debian 12, from the machine's own package source."""
    targets = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"],
                             capture_output=True, text=True, check=True).stdout
    source = re.search(r"^(\S+) bookworm$", targets, re.M)[1]
    shutil.rmtree(CLEAN, ignore_errors=True)
    CLEAN.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(CLEAN), source], check=True, stdout=subprocess.DEVNULL)


def inside(*words: str, **more) -> subprocess.CompletedProcess:
    """Runs a command in the clean root with hardly any environment."""
    return subprocess.run(["chroot", str(CLEAN), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", *words], check=True, **more)


def install(package: Path) -> None:
    """By apt, with what it depends on."""
    shutil.copy(package, CLEAN / "dpdesk.deb")
    inside("DEBIAN_FRONTEND=noninteractive", "sh", "-c",
           "apt-get -q update && apt-get -q -y install --no-install-recommends /dpdesk.deb xvfb x11-utils imagemagick "
           "&& useradd -m officer", stdout=subprocess.DEVNULL)


def self_check() -> None:
    """The journey, as an ordinary user."""
    inside("su", "officer", "-c", "QT_QPA_PLATFORM=offscreen dpdesk --self-check")


def bare() -> None:
    """A bare PySide6 window, frozen like the program, put beside it in the clean root."""
    script = WORK / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    subprocess.run([str(WORK / "venv" / "bin" / "python"), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--onedir",
                    "--distpath", str(WORK / "bare"), "--workpath", str(WORK / "pyinstaller-bare"), "--specpath", str(WORK),
                    str(script)], check=True)
    shutil.copytree(WORK / "bare" / "bare", CLEAN / "opt" / "bare", symlinks=True)


def window() -> None:
    """The window on a screen of its own: seconds until it stands, beside a bare one's, and a picture."""
    screen = subprocess.Popen(["chroot", str(CLEAN), "Xvfb", SCREEN, "-noreset", "-screen", "0", "1280x900x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        ours, others = [], []
        for run in range(RUNS):
            others.append(stands("/opt/bare/bare", "bare"))
            ours.append(stands("dpdesk", "dpdesk", picture=run == RUNS - 1))
        print(f"window after {min(ours):.2f} s, a bare PySide6 window after {min(others):.2f} s: {min(ours) / min(others):.2f} "
              f"(best of {RUNS})")
    finally:
        screen.terminate()
        screen.wait(10)


def stands(command: str, title: str, *, picture: bool = False) -> float:
    """Seconds from starting `command` until its window of that title stands."""
    began = time.perf_counter()
    program = subprocess.Popen(["chroot", str(CLEAN), "su", "officer", "-c", f"DISPLAY={SCREEN} exec {command}"], start_new_session=True)
    try:
        while not seen(title):
            assert program.poll() is None and time.perf_counter() - began < 30, "no window"
            time.sleep(0.01)
        took = time.perf_counter() - began
        if picture:
            time.sleep(2)
            inside("sh", "-c", f"DISPLAY={SCREEN} import -window root /window.png")
            shutil.copy(CLEAN / "window.png", PICTURE)
        return took
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGTERM)
        program.wait(10)
        while seen(title):
            time.sleep(0.05)


def seen(title: str) -> bool:
    """Whether a window of that title is on the screen."""
    look = f"DISPLAY={SCREEN} xwininfo -root -tree | grep -q '\"{title}\"'"
    return not subprocess.run(["chroot", str(CLEAN), "sh", "-c", look], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
