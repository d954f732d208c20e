"""A short list of leaves beside what the chosen one shows; where the window is narrow, the list becomes a drop-down."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.ui.theme import SPACE
from dpdesk.ui.widgets.parts import Choice

_ROOM = 84  # narrower than so many letters, the list gives way to the drop-down


class Leaves(QWidget):
    """Named leaves (code, word); `chosen` carries the code of the one asked for. `content` shows it."""

    chosen = Signal(str)

    def __init__(self, name: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("role", "leaves")
        self.drop = Choice(name=name)
        self.left = QWidget()
        self.beside = QVBoxLayout(self.left)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.addWidget(self.list, 1)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE * 2)
        self._column.addWidget(self.drop)
        self._column.addWidget(content, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 3)
        row.addWidget(self.left)
        row.addLayout(self._column, 1)
        self.list.currentRowChanged.connect(self._picked)
        self.drop.currentIndexChanged.connect(self._picked)
        self._arrange()

    def show_leaves(self, leaves: list[tuple[str, str]], current: str = "") -> None:
        """Show `leaves`, keeping to the chosen one where it is still among them."""
        kept = current or self.current()
        with QSignalBlocker(self.list), QSignalBlocker(self.drop):
            self.list.clear()
            self._codes = [code for code, _word in leaves]
            for _code, word in leaves:
                self.list.addItem(QListWidgetItem(word))
        self.drop.offer(leaves)
        self.mark(kept)
        self._arrange()

    def current(self) -> str:
        """The code of the chosen leaf, "" where none is."""
        row = self.list.currentRow()
        return self._codes[row] if 0 <= row < len(self._codes) else ""

    def mark(self, code: str) -> None:
        """Show `code` as the chosen one, without saying so."""
        row = self._codes.index(code) if code in self._codes else -1
        with QSignalBlocker(self.list), QSignalBlocker(self.drop):
            self.list.setCurrentRow(row)
            self.drop.setCurrentIndex(row)

    def choose(self, code: str) -> None:
        """Choose `code` as the officer would."""
        self.mark(code)
        self.chosen.emit(code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list give way where there is no room for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        letter = max(1, self.fontMetrics().averageCharWidth())
        wide = self.width() >= letter * _ROOM
        self.left.setVisible(wide)
        self.drop.setVisible(not wide)
        words = (self.list.item(row).text() for row in range(self.list.count()))
        widest = max((self.list.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        self.left.setFixedWidth(min(widest + 48, letter * 38))

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self._codes):
            self.choose(self._codes[row])
