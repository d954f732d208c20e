"""How a notification reaches the desktop: through the tray where there is one, else straight to the service that shows notifications.

GNOME shows no tray by itself, so that the second is the usual way there. Numbers alone are handed over (`reminder.said`).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from dpdesk.ui import assets
from dpdesk.ui.widgets import outside
from dpdesk.ui.words import _

SERVICE = "org.freedesktop.Notifications"
_NOTIFY = f"{SERVICE} /org/freedesktop/Notifications {SERVICE} Notify"


class Tray:
    """An icon in the tray; pressing it, or what it says, calls `show`."""

    def __init__(self, show: Callable[[], None], parent: QObject) -> None:
        self._icon = QSystemTrayIcon(assets.icon("calendar-check", "accent"), parent)
        self._icon.setToolTip("dpdesk")
        self._icon.messageClicked.connect(show)
        self._icon.activated.connect(lambda _reason: show())
        self._icon.show()

    def tell(self, words: str) -> None:
        """Show a notification."""
        self._icon.showMessage(_("dpdesk"), words, QSystemTrayIcon.MessageIcon.Information)

    def end(self) -> None:
        """Take the icon away."""
        self._icon.hide()


class Service:
    """The desktop's own service of notifications, called by the program that systemd or GLib brings along."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def tell(self, words: str) -> None:
        """Show a notification."""
        outside.run([words if each == "WORDS" else each for each in self._command])

    def end(self) -> None:
        """Nothing is left behind."""


def way(show: Callable[[], None], parent: QObject) -> Tray | Service | None:
    """The way there is on this desktop, None where there is none."""
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        return Tray(show, parent)
    return Service(found) if sys.platform == "linux" and (found := command()) and _served() else None


def command() -> list[str]:
    """The words of the call, "WORDS" standing for what is told; none where neither program is here."""
    if busctl := shutil.which("busctl"):
        return [busctl, "--user", "call", "--", *_NOTIFY.split(), "susssasa{sv}i", "dpdesk", "0", "", "dpdesk", "WORDS", "0", "0", "-1"]
    if gdbus := shutil.which("gdbus"):
        dest, path, interface, method = _NOTIFY.split()
        return [gdbus, "call", "--session", "--dest", dest, "--object-path", path, "--method", f"{interface}.{method}",
                "dpdesk", "0", "", "dpdesk", "WORDS", "[]", "{}", "--", "-1"]
    return []


def _served() -> bool:
    """Whether the session has a service of notifications, running or to be started when it is called."""
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return False
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    names = bus.interface()
    return bool(names.isServiceRegistered(SERVICE).value()) or SERVICE in (names.activatableServiceNames().value() or ())
