"""Run within a session bus and under X: a desk on which much is due tells the desktop; `python -m tests.soak.notified FOLDER PANEL DUNST`.

With "tray" for PANEL the session first gets a watcher of tray icons, as KDE's panel is one; a real daemon shows what is told.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import ClassInfo, Property, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

CANARY = "Zebedee Canary"


@ClassInfo({"D-Bus Interface": "org.kde.StatusNotifierWatcher"})
class Watcher(QObject):
    """As much of the watcher of tray icons as an icon asks for."""

    StatusNotifierItemRegistered = Signal(str)

    @Slot(str)
    def RegisterStatusNotifierItem(self, item: str) -> None:
        """An icon is there."""
        self.StatusNotifierItemRegistered.emit(item)

    @Slot(str)
    def RegisterStatusNotifierHost(self, host: str) -> None:
        """A panel is there."""

    IsStatusNotifierHostRegistered = Property(bool, lambda self: True)
    ProtocolVersion = Property(int, lambda self: 0)
    RegisteredStatusNotifierItems = Property("QStringList", lambda self: [])


def watch() -> None:
    """Be the watcher until killed."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtDBus import QDBusConnection
    app = QCoreApplication(sys.argv)
    bus, watcher = QDBusConnection.sessionBus(), Watcher()
    bus.registerObject("/StatusNotifierWatcher", watcher, QDBusConnection.RegisterOption.ExportAllContents)
    print(bus.registerService("org.kde.StatusNotifierWatcher"), flush=True)
    app.exec()


def wait(app: QApplication, holds, seconds: float = 60) -> None:
    """Let the window work until something holds."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.02)


def tell(folder: Path) -> str:
    """Open a desk in a window and let it tell; by which way."""
    from dpdesk.domain.roles import Role
    from dpdesk.domain.secret import Secret
    from dpdesk.services import duties
    from dpdesk.services.desks import Desks, Founding
    from dpdesk.services.machine import Machine
    from dpdesk.services.session import today
    from dpdesk.store import keys
    from dpdesk.ui import theme
    from dpdesk.ui.shell.window import Window
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light", 100)
    machine = Machine(path=folder / "machine.json")
    desks = Desks(machine, keys.least())
    session, _key = desks.create(folder / "desk", Founding(
        CANARY, Role.ACCOUNTABLE, "labour", "Canaryville", Secret("the ferret sang on tuesday")))
    for _n in range(2):
        duties.add(session, "requests", {"who": CANARY, "type": "access", "received_on": (today() - timedelta(days=60)).isoformat()})
    window = Window(desks, machine, "")
    window.show()
    window.enter(session)
    reminder = window.desk._reminder
    reminder.look()
    said = folder / "said.txt"
    wait(app, lambda: "summary" in said.read_text("utf-8", "replace"))
    way = type(reminder.way).__name__
    window.close()
    return way


if __name__ == "__main__":
    if sys.argv[1] == "watch":
        watch()
    else:
        place, started = Path(sys.argv[1]), []
        with (place / "said.txt").open("w") as out:
            started.append(subprocess.Popen([sys.argv[3], "-print"], stdout=out, stderr=subprocess.DEVNULL))
            if sys.argv[2] == "tray":
                watcher = subprocess.Popen([sys.executable, "-m", "tests.soak.notified", "watch"], stdout=subprocess.PIPE)
                watcher.stdout.readline()
                started.append(watcher)
            time.sleep(2)
            try:
                print(tell(place))
            finally:
                for each in started:
                    each.kill()
                    each.wait()
