"""The search box over a list: it asks a moment after the last letter, and Enter goes to the best fit."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _

DEBOUNCE = 60  # milliseconds between the last letter and the question


class SearchBox(QLineEdit):
    """`asked(text)` when there is something else to look for, `entered()` on Enter; `clear_button` stands beside it."""

    asked = Signal(str)
    entered = Signal()
    emptied = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setPlaceholderText(_("Search by name, address, postcode, e-mail, phone or number"))
        self.setAccessibleName(name)
        self.setMinimumHeight(theme.TARGET + 4)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self.ask)
        self.clear_button: QPushButton = button("", self.emptied.emit, role="quiet", icon="x", name=_("Clear the search"))
        self.clear_button.hide()
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._enter)

    def show_words(self, words: str) -> None:
        """Show what is looked for, without asking."""
        self._shown = words
        if self.text().strip() != words:
            self.blockSignals(True)
            self.setText(words)
            self.blockSignals(False)
            self.clear_button.setVisible(bool(words))

    def ask(self) -> None:
        """Ask now, where something else stands there than was asked before."""
        self._timer.stop()
        typed = self.text().strip()
        if typed != self._shown:
            self._shown = typed
            self.asked.emit(typed)

    def go(self) -> None:
        """Put the caret here."""
        if self.isVisible():
            self.setFocus()
            self.selectAll()

    def _typed(self, typed: str) -> None:
        self._timer.start()
        self.clear_button.setVisible(bool(typed))

    def _enter(self) -> None:
        self.ask()
        self.entered.emit()
