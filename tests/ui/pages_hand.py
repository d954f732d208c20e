"""What the tests of Today, Settings, Officers, Audit and Help do with the window, by what can be read on it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit

from dpdesk.store.engine import connect
from dpdesk.ui.widgets.parts import Choice
from tests.ui.conftest import by_name, press, settle


class Hand:
    """Goes to pages, presses, types, chooses and answers in one window."""

    def __init__(self, qtbot, window) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def desk(self):
        return self.window.desk

    @property
    def page(self):
        return self.desk.page(self.desk.front)

    @property
    def said(self) -> str:
        return self.page.messages.words

    def settle(self) -> None:
        for _ in range(2):
            settle(self.qtbot, self.window)

    def go(self, code: str, place: dict | None = None):
        self.desk.go(code, place)
        self.settle()
        return self.page

    def press(self, words: str) -> None:
        press(self.qtbot, self.window, words)
        self.settle()

    def type(self, name: str, words: str) -> None:
        field = by_name(self.window, QLineEdit, name)
        field.setFocus()
        field.clear()
        self.qtbot.keyClicks(field, words)

    def leave_field(self, name: str) -> None:
        self.qtbot.keyClick(by_name(self.window, QLineEdit, name), Qt.Key.Key_Return)
        self.settle()

    def choose(self, name: str, words: str) -> None:
        choice = by_name(self.window, Choice, name)
        at = choice.findText(words)
        assert at >= 0, [choice.itemText(n) for n in range(choice.count())]
        choice.setCurrentIndex(at)
        choice.activated.emit(at)
        self.settle()

    def agree(self, verb: str) -> None:
        """Answer the question in front."""
        asked = QApplication.activeModalWidget()
        assert asked is not None, "nothing is asked"
        found = next(b for b in asked.findChildren(QAbstractButton) if b.text() == verb)
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    def save_as(self, path: Path) -> None:
        """Answer the file chooser in front."""
        chooser = QApplication.activeModalWidget()
        assert isinstance(chooser, QFileDialog)
        chooser.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        chooser.accept()
        self.settle()


def tamper(session, statement: str, *guards: str) -> None:
    """Change the log behind dpdesk's back, as somebody with every key could."""
    desk = session.desk
    with contextlib.closing(connect(desk.path, desk.data_key, desk.header.salt, writing=True)) as raw:
        for guard in guards:
            raw.execute(f"DROP TRIGGER {guard}")
        raw.execute(statement)
        raw.commit()
