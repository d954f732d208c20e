"""Locks the desk by itself: after idle minutes, after a suspend, and when the screen is locked where that can be known."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dpdesk.ui.shell import screen

TICK = 5_000  # milliseconds
GAP = 30.0  # seconds by the wall clock that no running machine lets pass between two ticks

_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
          QEvent.Type.TouchBegin, QEvent.Type.InputMethod}


class Idle(QObject):
    """Calls `lock` when the time has come. `minutes` is asked at each tick, so that a changed setting counts at once."""

    def __init__(self, minutes: Callable[[], int], lock: Callable[[], None], parent: QObject,
                 screen_locked: Callable[[], bool | None] = screen.locked) -> None:
        super().__init__(parent)
        self._screen_locked, self._screen_was = screen_locked, screen_locked()
        self._minutes, self._lock = minutes, lock
        self._last_input = time.monotonic()
        self._last_tick = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        QApplication.instance().installEventFilter(self)
        self._bus = _listen(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note input; let everything through."""
        if event.type() in _INPUT:
            self._last_input = time.monotonic()
        return False

    @Slot()
    def tick(self) -> None:
        """Lock where the officer was idle too long, or the machine slept."""
        now = time.time()
        slept = now - self._last_tick > GAP or now < self._last_tick - GAP
        self._last_tick = now
        if slept or self._screen_went() or time.monotonic() - self._last_input >= 60 * self._minutes():
            self._lock()

    def _screen_went(self) -> bool:
        """Whether the screen was seen unlocked and is locked now; a system that cannot tell never locks the desk by this."""
        before, self._screen_was = self._screen_was, self._screen_locked()
        return before is False and self._screen_was is True

    @Slot(bool)
    def on_sleep_or_lock(self, began: bool) -> None:
        """The system says that it goes to sleep or that its screen is locked."""
        if began:
            self._lock()

    @Slot()
    def on_lock(self) -> None:
        """The system asks this session to lock."""
        self._lock()

    def stop(self) -> None:
        """No more watching."""
        self._timer.stop()
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)


def _listen(idle: Idle) -> list[object]:
    """Hear the desktop's own signals on Linux; Windows and macOS are asked at each tick (`screen.py`)."""
    if sys.platform != "linux":
        return []
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return []
    from PySide6.QtCore import SLOT
    system, own = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
    if system.isConnected():
        system.connect("org.freedesktop.login1", "", "org.freedesktop.login1.Manager", "PrepareForSleep", idle,
                       SLOT("on_sleep_or_lock(bool)"))
        system.connect("org.freedesktop.login1", "", "org.freedesktop.login1.Session", "Lock", idle, SLOT("on_lock()"))
    if own.isConnected():
        for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver", "org.cinnamon.ScreenSaver"):
            own.connect("", "", name, "ActiveChanged", idle, SLOT("on_sleep_or_lock(bool)"))
    return [system, own]
