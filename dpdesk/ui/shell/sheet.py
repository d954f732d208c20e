"""One sheet of the gate: a calm card at a reading width that scrolls rather than clips, with Enter to go on, Esc back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dpdesk.ui import assets, early, theme
from dpdesk.ui.widgets.message import MessageBar
from dpdesk.ui.widgets.parts import row, text
from dpdesk.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

READER_HEIGHT, READER_MOST = 300, 440


def reader_height() -> int:
    """Room for a long text: larger with the text, but never so high that the buttons are far below it."""
    return min(READER_MOST, round(READER_HEIGHT * theme.scale()))


class Sheet(QScrollArea):
    """Its card is as wide as the theme's `sheet` measure.

    Subclasses fill `body`, override `submit` (Enter) and `escape` (Esc), and `begin` to put the cursor in its place.
    """

    def __init__(self, title: str, state: str = "") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        early.no_focus(self)
        self._line: ProgressLine | None = None
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._card.setProperty("measure", "sheet")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(4 * theme.SPACE, 3 * theme.SPACE, 4 * theme.SPACE, 4 * theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addLayout(_mark())
        self.title, self.state = text(title, "title"), text(state, "subtitle")
        self.messages = MessageBar()
        self._inside = QWidget()
        self._inside.setProperty("role", "plain")
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, theme.SPACE, 0, 0)
        self.body.setSpacing(2 * theme.SPACE)
        for part in (self.title, self.state, self.messages, self._inside):
            column.addWidget(part)
        self.state.setVisible(bool(state))
        self._foot = QVBoxLayout()
        column.addLayout(self._foot)
        self.setWidget(self._page())

    def _page(self) -> QWidget:
        """The card, a little left of the middle and near the top."""
        page = QWidget()
        page.setProperty("role", "plain")
        across = QHBoxLayout()
        across.addStretch(2)
        across.addWidget(self._card, 100)
        across.addStretch(3)
        down = QVBoxLayout(page)
        down.setContentsMargins(3 * theme.SPACE, 5 * theme.SPACE, 3 * theme.SPACE, 3 * theme.SPACE)
        down.addLayout(across)
        down.addStretch(1)
        return page

    def begin(self) -> None:
        """The sheet came to the front."""

    def submit(self) -> None:
        """Enter was pressed in a field."""

    def escape(self) -> None:
        """Esc was pressed."""

    def set_state(self, sentence: str) -> None:
        """The sentence under the title."""
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    def say(self, kind: str, words: str) -> None:
        """Speak under the title, and scroll there."""
        self.messages.say(kind, words)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.messages, 0, 2 * theme.SPACE))

    def busy(self, words: str) -> None:
        """Work is under way: say so, and take nothing more meanwhile."""
        self.messages.clear()
        self._inside.setEnabled(False)
        self._line = ProgressLine(words)
        self._foot.addWidget(self._line)
        QTimer.singleShot(0, self, lambda: self._line and self.ensureWidgetVisible(self._line))

    def free(self) -> None:
        """The work has ended."""
        self._inside.setEnabled(True)
        if self._line is not None:
            self._line.finish()
            self._line = None

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._line is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, or goes on; Esc goes back. Neither while work is under way."""
        from PySide6.QtCore import Qt
        if self.is_busy:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            front = self.focusWidget()
            if isinstance(front, QPushButton):
                front.click()
            else:
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escape()
        else:
            super().keyPressEvent(event)


def _mark() -> QHBoxLayout:
    """The program's name, small, above the title."""
    sign = QLabel()
    assets.dress(sign, "shield-check", "accent")
    name = text("dpdesk", "small")
    name.setWordWrap(False)
    return row(sign, name, None)


class Labelled(QWidget):
    """A control with its label, a help line and its problem, where a form has no field of that kind."""

    def __init__(self, label: str, control: QWidget, help: str = "") -> None:
        super().__init__()
        self.control, self._help = control, help
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        if label:
            heading = text(label, "label")
            heading.setBuddy(control)
            layout.addWidget(heading)
        if help:
            layout.addWidget(text(help, "small"))
        layout.addWidget(control)
        self._problem = text("", "error")
        self._problem.hide()
        layout.addWidget(self._problem)
        control.setAccessibleDescription(help)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong beside the control, or nothing."""
        if sentence == self.problem:
            return
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        focused = self.control.focusProxy() or self.control
        focused.setAccessibleDescription(" ".join(part for part in (sentence, self._help) if part))
        focused.setProperty("problem", bool(sentence))
        focused.style().unpolish(focused)
        focused.style().polish(focused)
