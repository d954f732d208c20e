"""A place on a page for one card at a time: what is asked in place, and what is wrong with the answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.errors import Invalid
from dpdesk.ui.widgets.entry import Card


class EntrySlot(QVBoxLayout):
    """`entry` is the card that is open, None where none is; `closed` is sent when it was put away by whatever way."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entry: Card | None = None

    def ask(self, entry: Card) -> None:
        """Open `entry` in the place of the card before, with the caret in its first field."""
        self.close_up()
        self.entry = entry
        entry.closed.connect(self._closed)
        self.addWidget(entry)
        entry.start()

    def close_up(self) -> None:
        """Put the open card away, where there is one; nothing of it is kept."""
        if self.entry is not None:
            self.entry.close_up()

    def show_problems(self, error: Exception) -> bool:
        """Say beside the fields of the open card what `error` says of them; False where it says nothing of any of them."""
        if not isinstance(error, Invalid) or self.entry is None or not self.entry.codes & set(error.problems):
            return False
        self.entry.show_problems(error.problems)
        return True

    def _closed(self) -> None:
        self.entry = None
        self.closed.emit()
