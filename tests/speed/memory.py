"""The most memory dpdesk takes with 1,000,000 members: services alone, and the whole window, each in a fresh process.

Aim: 400 MB at the peak.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.speed.desks import BIG, desk_of

_START = """
import json, random, resource, sys, time
from pathlib import Path
from dpdesk.domain.secret import Secret
from dpdesk.services import members
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from tests.speed.desks import PASSPHRASE
marks = {}
def peak():
    # Linux counts what the parent had before exec into ru_maxrss; VmHWM begins anew.
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def mark(name):
    used = peak()
    marks[name] = round(used / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
dice = random.Random(5)
"""
_UNLOCK = """
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(PASSPHRASE))
mark("unlocked_mb")
"""
_SERVICES = _START + _UNLOCK + """
spine = members.spine(session, members.Query())
mark("spine_mb")
for _ in range(300):
    at = dice.randrange(len(spine))
    members.rows(session, spine[at:at + 100])
mark("paging_mb")
for text in ("sm", "smith", "kathryn smyth", "an1", "07700 900", "high street", "xq"):
    members.search(session, text)
mark("searching_mb")
members.counts(session)
for sort in members.SORTS:
    members.spine(session, members.Query(sort=sort))
mark("peak_mb")
session.close()
print(json.dumps(marks))
"""
_WINDOW = _START + """
from PySide6.QtWidgets import QApplication, QTableView
from dpdesk.ui import theme
from dpdesk.ui.shell.window import Window
app = QApplication(sys.argv[:1])
machine = Machine()
theme.apply(app, "light", 100)
window = Window(Desks(machine), machine)
window.start(None)
window.show()
app.processEvents()
mark("locked_window_mb")
""" + _UNLOCK + """
window.enter(session)
window.desk.go("members", {})
def until(ready, seconds=60):
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)
    assert ready(), "the window never got there"
def tables():
    return [t for t in window.findChildren(QTableView) if t.isVisible() and t.model() and t.model().rowCount() > 999_000]
until(tables)
mark("window_mb")
table = tables()[0]
for _ in range(150):
    table.scrollTo(table.model().index(dice.randrange(1_000_000), 0))
    for _turn in range(4):
        app.processEvents()
        time.sleep(0.005)
mark("peak_mb")
window.close()
print(json.dumps(marks))
"""


def _run(code: str, folder: Path) -> dict:
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, timeout=600)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def bench() -> dict:
    """Peak resident memory along the way."""
    folder = desk_of(BIG)
    return {"people": BIG, "services": _run(_SERVICES, folder), "window": _run(_WINDOW, folder), "aim_mb": 400}
