"""Notifications for real: a session bus, a screen of X and the daemon dunst; what it shows holds numbers and nobody's name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.notified import CANARY
from tests.soak.test_delivered import SOAKING
from tests.soak.unpacked import TOOLS

UNPACKED = TOOLS / "dunst"
DUNST = shutil.which("dunst") or (str(UNPACKED / "usr/bin/dunst") if (UNPACKED / "usr/bin/dunst").exists() else "")
THERE = bool(DUNST) and all(shutil.which(each) for each in ("xvfb-run", "xauth", "dbus-run-session"))
pytestmark = pytest.mark.skipif(not (SOAKING and THERE), reason="make soak, where Xvfb is there and dunst can be unpacked")


@pytest.mark.parametrize(("panel", "way"), [("none", "Service"), ("tray", "Tray")])
def test_the_desktop_is_told_numbers_alone(tmp_path, panel, way):
    (tmp_path / "run").mkdir(mode=0o700)
    libraries = ":".join(str(path) for path in UNPACKED.glob("usr/lib/*") if path.is_dir())
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(tmp_path / "run")} | (
        {"LD_LIBRARY_PATH": libraries} if libraries else {})
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", "dbus-run-session", "--", sys.executable, "-m",
                           "tests.soak.notified", tmp_path, panel, DUNST], cwd=Path(__file__).parents[2], env=environment,
                          capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0 and done.stdout.split()[-1] == way, done.stderr[-2_000:]
    said = (tmp_path / "said.txt").read_text("utf-8", "replace")
    assert re.search(r"body: '2 things are to be done now[.,]", said), said
    assert "summary: 'dpdesk'" in said and not re.search("|".join((*CANARY.split(), "Canaryville", "RQ-", "Labour")), said)
