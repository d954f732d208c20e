"""The composition root: checks the screen, keeps the process private, and builds the settings, the desks and the window."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QMainWindow


def run(folder: Path | None = None, demo_passphrase: str = "") -> int:
    """Open the window, on the desk in `folder` or the last one; returns the exit status."""
    keep_private()
    if not screen_there():
        from dpdesk.domain.errors import NoScreen
        from dpdesk.services.words import sentence
        said = sentence(NoScreen())
        sys.stderr.write(" ".join(filter(None, (said.what, said.safe, said.do))) + "\n")
        return 1
    from PySide6.QtWidgets import QApplication

    from dpdesk.services.desks import Desks
    from dpdesk.services.machine import Machine
    from dpdesk.ui import theme
    from dpdesk.ui.shell.window import Window
    machine = Machine.load()
    if demo_passphrase:
        machine.path = None  # the demo is not remembered as the last desk
    qt = QApplication([sys.argv[0], *theme.ARGUMENTS])
    qt.setApplicationName("dpdesk")
    qt.setDesktopFileName("dpdesk")
    theme.apply(qt, machine.theme, machine.text_scale, machine.look)
    desks = Desks(machine)
    window = Window(desks, machine, demo_passphrase)
    sys.excepthook = window.mishap
    window.start(Path(folder) if folder else desks.last())
    window.show()
    end_when_told(qt, window)
    return qt.exec()


def end_when_told(qt: QApplication, window: QMainWindow) -> None:
    """Logging out, `kill` and Ctrl+C close the window as its own button does: the desk locks, and what is temporary goes.

    Python's handlers wait while Qt's loop waits; a byte in a pipe wakes it.
    """
    if os.name != "posix":
        return  # there the system closes the window itself
    from PySide6.QtCore import QSocketNotifier
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: os.read(heard, 64))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: (window.close(), qt.quit()))


def keep_private() -> None:
    """No core dumps, and on Linux no reading of this process by others of the same user."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            import ctypes
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def screen_there() -> bool:
    """Whether Qt would find a screen: it ends the whole process where there is none, without a word an officer can use."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / os.environ["WAYLAND_DISPLAY"]
        if place.exists():
            return True
    return bool(os.environ.get("DISPLAY")) and _x_answers()


def _x_answers() -> bool:
    """Ask the X library that Qt itself uses; where it is missing, let Qt try."""
    import ctypes
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answered = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answered
