"""Looks at this machine again by itself: once a week, and after the system was updated, while a desk is open (S1 §27)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context

_FIRST, _THEN = 30_000, 6 * 3_600_000  # milliseconds: not while the desk is just opening, then a few times a day


class Checkup(QObject):
    """Asks whether a look is due; never looks at a machine that no officer entered, nor where nothing can be kept."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        if context.session.may_change(Right.DEVICE_CHECK):
            self._timer.start(_FIRST)

    def stop(self) -> None:
        """The desk is closed."""
        self._timer.stop()

    def ask(self) -> None:
        """Look, where it is due."""
        from dpdesk.services import device
        session = self._context.session
        self._timer.start(_THEN)
        if session.acknowledged:
            self._context.jobs.run("other", lambda: device.due(session), owner=self, done=self._told, failed=self._quiet)

    def _told(self, why: str) -> None:
        from dpdesk.services import device
        session = self._context.session
        if why:
            self._context.jobs.run("write", lambda: device.check(session, why), owner=self, failed=self._quiet,
                                   done=lambda _made: self._context.changed("device"))

    def _quiet(self, _error: Exception) -> None:
        """Nobody asked for it: the page says what is wrong when somebody does."""
