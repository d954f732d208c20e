"""The head of a page: title, one sentence of state, the one main action at the right, others in a quiet row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, text


class PageHeader(QWidget):
    """`set_title`, `set_state`, `set_main` and `add_quiet` fill it; empty parts take no room."""

    def __init__(self, title: str, state: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(3 * theme.SPACE)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE // 2)
        self.title = text(title, "title")
        self.title.setAccessibleName(title)
        self.state = text(state, "subtitle")
        self.state.setVisible(bool(state))
        words.addWidget(self.title)
        words.addWidget(self.state)
        outer.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.SPACE)
        self._actions.setAlignment(Qt.AlignmentFlag.AlignLeft)
        side = QVBoxLayout()
        side.addLayout(self._actions)
        side.addStretch(1)
        outer.addLayout(side)
        self.main: QPushButton | None = None

    def set_title(self, title: str) -> None:
        """The page's name, in the officer's words."""
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self._fit()

    def set_state(self, sentence: str) -> None:
        """One sentence saying how things stand."""
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    def set_main(self, words: str, on_press: Callable[[], object], *, icon: str = "", role: str = "primary") -> QPushButton:
        """The one main action."""
        self.clear_main()
        self.main = button(words, on_press, role=role, icon=icon)
        self._actions.addWidget(self.main, 0, Qt.AlignmentFlag.AlignTop)
        self._fit()
        return self.main

    def clear_main(self) -> None:
        """No main action, such as where this officer may not do it."""
        if self.main is not None:
            self._actions.removeWidget(self.main)
            self.main.hide()
            self.main.deleteLater()
            self.main = None

    def add_quiet(self, words: str, on_press: Callable[[], object], *, icon: str = "") -> QPushButton:
        """Another action, left of the main one."""
        made = button(words, on_press, role="quiet", icon=icon)
        at = self._actions.count() - (1 if self.main is not None else 0)
        self._actions.insertWidget(max(0, at), made, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where title and actions do not fit side by side, the actions go below."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        narrow = self._actions.sizeHint().width() + min(title, 360 * theme.scale()) + self._outer.spacing() > self.width()
        self._outer.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
