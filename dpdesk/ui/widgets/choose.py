"""The first step of taking a list in: a field to drop the file on, a button to choose it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.drop import DropField
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _


class ChooseFile(QWidget):
    """`look_at(path)` once a list is chosen or dropped; `question` stands in the field, `about` says what can be taken."""

    def __init__(self, look_at: Callable[[Path], object], question: str, title: str, about: str) -> None:
        super().__init__()
        self._look_at, self._title = look_at, title
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 2)
        self.field = DropField(look_at, question)
        self.button = button(_("Choose a file…"), self._choose, role="primary", icon="folder-open")
        self.field.column.addLayout(row(self.button, None))
        layout.addWidget(self.field)
        layout.addWidget(text(about, "quiet"))
        layout.addWidget(text(_("The file itself is only read. Delete it once it is in: it is not encrypted."), "quiet"))

    def showEvent(self, event: QShowEvent) -> None:
        """On arrival the cursor is on what chooses the file."""
        super().showEvent(event)
        QTimer.singleShot(0, self.button, self.button.setFocus)

    def _choose(self) -> None:
        ask.choose_open(self, self._title, _("Lists (*.csv *.tsv *.txt *.xlsx)"), lambda path: self._look_at(Path(path)))
