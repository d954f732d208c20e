"""First window from a cold start against a bare PySide6 window, both offscreen, best of several, interleaved.

From starting the process to the end of its first paint, by the wall clock; how long a process takes to end is not in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
_BARE = """
import sys
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("x"))
window.show()
QTimer.singleShot(0, lambda: (window.grab(), print(time.time()), app.quit()))
app.exec()
"""
_OURS = """
import sys
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.ui import theme
from dpdesk.ui.shell import window as shell
shell.WARM_AFTER = 10_000
app = QApplication([sys.argv[0], *theme.ARGUMENTS])
machine = Machine(path=Path(sys.argv[1]) / "machine.json", last_desk=sys.argv[1])
theme.apply(app, "light", 100)
window = shell.Window(Desks(machine), machine)
window.start(Path(sys.argv[1]))
window.show()
QTimer.singleShot(0, lambda: (window.grab(), print(time.time()), app.quit()))
app.exec()
"""


def _seconds(code: str, *arguments: str) -> float:
    began = time.time()
    said = subprocess.run([sys.executable, "-c", code, *arguments], check=True, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).stdout
    return float(said) - began


def bench() -> dict:
    """Seconds from starting the process to its first painted window."""
    from dpdesk.domain.roles import Role
    from dpdesk.domain.secret import Secret
    from dpdesk.services.desks import Desks, Founding
    from dpdesk.services.machine import Machine
    from dpdesk.store import keys
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        session, _ = Desks(Machine(), keys.least()).create(folder, Founding(
            "Jane Example", Role.ACCOUNTABLE, "generic", "Anytown", Secret("the ferret sang on tuesday")))
        session.close()
        bare, ours = [], []
        for _run in range(RUNS):
            bare.append(_seconds(_BARE))
            ours.append(_seconds(_OURS, str(folder)))
    return {"bare_s": round(min(bare), 3), "ours_s": round(min(ours), 3), "ratio": round(min(ours) / min(bare), 2)}
