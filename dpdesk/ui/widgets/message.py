"""The bar under a page's title that says what was done, what needs care and what failed; never a pop-up."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import button, set_role, text
from dpdesk.ui.words import _

_ICONS = {"done": ("check", "done"), "info": ("info", "accent"), "warning": ("triangle-alert", "warning"),
          "failed": ("triangle-alert", "danger")}
_LINGER = 12_000  # milliseconds a "done" stays; the rest stays until closed or replaced


class MessageBar(QFrame):
    """`say(kind, words, act)`: kind done, info, warning or failed; `act` a (words, callback) shown as a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ""
        self._icon = QLabel()
        self._words = text("", selectable=True)
        self._act: QPushButton | None = None
        self._close = button("", self.clear, role="quiet", icon="x", name=_("Close this message"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(2 * theme.SPACE, theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2)
        self._layout.setSpacing(theme.SPACE * 3 // 2)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._words, 1)
        self._layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; "" when closed."""
        return self._words.text() if self.kind else ""

    def say(self, kind: str, words: str, act: tuple | None = None) -> None:
        """Say `words` in place of whatever stood here, and announce them to a screen reader."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
        self.clear()
        self.kind = kind
        name, tint = _ICONS[kind]
        assets.dress(self._icon, name, tint)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        set_role(self, f"message_{kind}")
        self._layout.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        if act is not None:
            label, callback = act
            self._act = button(label, lambda: self._take(callback))
            self._layout.insertWidget(2, self._act, 0, Qt.AlignmentFlag.AlignTop)
            QTimer.singleShot(0, self._act, self._claim)
        self.show()
        if kind == "done" and act is None:
            self._timer.start(_LINGER)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self.kind = ""
        if self._act is not None:
            self._layout.removeWidget(self._act)
            self._act.hide()
            self._act.deleteLater()
            self._act = None
        self.hide()

    def _claim(self) -> None:
        """What had the cursor went away with what was done: the next step has it now, and not whatever stands first in the window."""
        front, page = self.window().focusWidget(), self.parentWidget()
        if self._act is not None and page is not None and (front is None or not (
                page.isAncestorOf(front) or front.property("role") in ("nav", "nav_group"))):
            self._act.setFocus()

    def _take(self, callback) -> None:
        self.clear()
        callback()
