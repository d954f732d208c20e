"""The desk hears the desktop's own signals: a real bus carries what a screen saver and the login manager send."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

WATCH = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from dpdesk.ui.shell.idle import Idle
app = QApplication(sys.argv)
def lock():
    print("locked", flush=True)
    app.quit()
idle = Idle(lambda: 60, lock, app)
QTimer.singleShot(0, lambda: print("watching", flush=True))
QTimer.singleShot(15000, app.quit)
app.exec()
"""
SEND = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
address, path, interface, name, argument = sys.argv[1:]
app = QCoreApplication(sys.argv)
bus = QDBusConnection.connectToBus(address, "sender")
if "login1" in path:
    assert bus.registerService("org.freedesktop.login1")
signal = QDBusMessage.createSignal(path, interface, name)
if argument:
    signal.setArguments([argument == "True"])
assert bus.send(signal)
QDBusConnection.disconnectFromBus("sender")
"""
SAVER = ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged")
GNOME = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged")
SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep")
SESSION = ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session.Lock")


@pytest.fixture
def bus(tmp_path):
    """A bus of our own; gives its address."""
    if not sys.platform.startswith("linux"):
        pytest.skip("D-Bus is Linux's")
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon")
    server = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path}/bus"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield server.stdout.readline().strip()
    server.terminate()
    server.wait(10)
    server.stdout.close()


@pytest.mark.parametrize(("signal", "argument", "locks"), [
    (SAVER, True, True), (GNOME, True, True), (SAVER, False, False),
    (SLEEP, True, True), (SESSION, None, True)])
def test_the_desk_locks_when_the_screen_does(bus, signal, argument, locks):
    where = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": bus, "DBUS_SYSTEM_BUS_ADDRESS": bus}
    watching = subprocess.Popen([sys.executable, "-c", WATCH], env=where, stdout=subprocess.PIPE, text=True)
    try:
        assert watching.stdout.readline() == "watching\n"
        _send(bus, signal, argument)
        if locks:
            assert watching.stdout.readline() == "locked\n"
        else:
            with pytest.raises(subprocess.TimeoutExpired):
                watching.wait(0.7)
    finally:
        watching.kill()
        watching.wait(10)
        watching.stdout.close()


def _send(bus: str, signal: tuple[str, str], argument: bool | None) -> None:
    """Send the signal as its owner would: the login manager by its name, a screen saver by any."""
    path, name = signal
    subprocess.run([sys.executable, "-c", SEND, bus, path, *name.rsplit(".", 1), "" if argument is None else str(argument)],
                   check=True)
