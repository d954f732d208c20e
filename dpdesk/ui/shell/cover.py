"""The cover: one key hides everything on the desk, and so does leaving the window alone for a set time (S1 §23)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.ui.shell.sheet import Sheet
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.words import _, trn

KEY = "F9"


class Cover(Sheet):
    """Stands in front of a desk that stays unlocked. It tells nothing of the desk, not even its name."""

    def __init__(self, show: Callable[[], None], lock: Callable[[], None]) -> None:
        super().__init__(_("Covered"))
        self._uncover = show
        self._show_button = button(_("Show the desk again"), show, role="primary", icon="eye")
        self.body.addLayout(row(self._show_button, button(_("Lock"), lock, icon="lock"), None))
        QShortcut(QKeySequence(KEY), self, show)

    def tell(self, minutes: int) -> None:
        """Say how long it stays so; called each time it comes to the front."""
        self.set_state(trn("Nothing of the desk can be seen. It locks by itself after {n} minute without a touch.",
                           "Nothing of the desk can be seen. It locks by itself after {n} minutes without a touch.", minutes))

    def begin(self) -> None:
        """Enter or Space shows the desk again."""
        self._show_button.setFocus()

    def submit(self) -> None:
        """Enter anywhere."""
        self._uncover()

    def escape(self) -> None:
        """Esc shows the desk too."""
        self._uncover()


class Watch(QObject):
    """Calls `cover` when the program has not been in front for `seconds()`; asked each time it is left."""

    def __init__(self, seconds: Callable[[], int], cover: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._seconds, self._watching = seconds, True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(cover)
        QGuiApplication.instance().applicationStateChanged.connect(self.changed)

    def changed(self, state: Qt.ApplicationState) -> None:
        """The program came to the front, or left it."""
        if state == Qt.ApplicationState.ApplicationActive:
            self._timer.stop()
        elif self._watching and not self._timer.isActive():
            self._timer.start(1000 * self._seconds())

    def stop(self) -> None:
        """No more watching; may be said twice."""
        self._watching = False
        self._timer.stop()


def put_away_questions(window: QWidget) -> None:
    """A question that is open may name somebody: covering answers it with Cancel, which changes nothing."""
    for asked in window.findChildren(QDialog):
        if asked.isVisible():
            asked.reject()
