"""A notification of the desktop while the desk is open: how many things are due, and nothing else. Where the desktop shows none, none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from dpdesk.ui.context import Context
from dpdesk.ui.shell import notifying
from dpdesk.ui.words import trn

FIRST, EVERY = 60 * 1000, 30 * 60 * 1000  # milliseconds until the first look, and between two


def said(now: int, soon: int) -> str:
    """What the notification says: counts alone, "" where there is nothing to say."""
    words = [trn("{n} thing is to be done now", "{n} things are to be done now", now)] if now else []
    if soon:
        words.append(trn("{n} is due soon", "{n} are due soon", soon))
    return ", ".join(words) + "." if words else ""


class Reminder(QObject):
    """Looks every half hour, in the read lane; tells only what is more urgent than when it told last."""

    def __init__(self, context: Context, show: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._told = context, 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self.way = notifying.way(show, self)
        if self.way is not None:
            self._timer.start()
            QTimer.singleShot(FIRST, self, self.look)

    def look(self) -> None:
        """Count what is due, and tell."""
        from dpdesk.services import duties_today
        session = self._context.session
        if duties_today.notified(session):
            self._context.jobs.run("read", lambda: duties_today.reminders(session), owner=self, done=self.tell, failed=lambda error: None)

    def tell(self, counts: tuple[int, int]) -> None:
        """Show the counts, where there is more to do now than was told before."""
        words = said(*counts)
        if self.way is not None and counts[0] > self._told and words:
            self.way.tell(words)
        self._told = counts[0]

    def end(self) -> None:
        """The desk locks: nothing more is told."""
        self._timer.stop()
        if self.way is not None:
            self.way.end()
