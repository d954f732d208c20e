"""A page of the gate: a calm column in a scroll area, with a title, a message bar, and Enter for its one action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dpdesk.ui import failures, theme
from dpdesk.ui.widgets.message import MessageBar
from dpdesk.ui.widgets.parts import text

WIDTH = 600  # pixels at 100 %


class Leaf(QScrollArea):
    """Subclasses fill `self.body`."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside, column = QWidget(), QWidget()
        inside.setProperty("role", "plain")
        column.setProperty("role", "plain")
        column.setMaximumWidth(round(WIDTH * theme.scale()))
        across = QHBoxLayout(inside)
        across.setContentsMargins(24, 0, 24, 0)
        across.addStretch(1)
        across.addWidget(column, 8)
        across.addStretch(2)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 48, 0, 32)
        self.body.setSpacing(2 * theme.SPACE)
        self.title, self.subtitle = text(title, "title"), text(subtitle, "subtitle")
        self.messages = MessageBar()
        self.body.addWidget(self.title)
        self.body.addWidget(self.subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.body.addWidget(self.messages)
        self.setWidget(inside)

    def fail(self, error: Exception) -> None:
        """Say what happened, what is safe, what to do."""
        self.messages.say("failed", failures.words_for(error), None)

    def labelled(self, words: str, widget: QWidget, hint: str = "") -> None:
        """A field under its label."""
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        label = text(words, "label")
        label.setBuddy(widget)
        column.addWidget(label)
        if hint:
            column.addWidget(text(hint, "small"))
        column.addWidget(widget)
        self.body.addLayout(column)
