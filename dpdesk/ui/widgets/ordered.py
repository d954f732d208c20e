"""A short table whose rows can be put into another order: dragged, or with Alt+Up and Alt+Down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import figures_font

_MANY = 7
_LEAST = 16  # letters: a wide column with less room than that tells nothing


class Ordered(QTreeWidget):
    """Rows of (code, cells) under `headings`; `wide` is the column that takes what room there is.

    `moved(codes)` after each change of order, `opened(code)` on Enter or double click, `marked(code)` as the current row changes.
    """

    moved = Signal(list)
    opened = Signal(str)
    marked = Signal(str)

    def __init__(self, headings: Sequence[str], name: str, *, wide: int = 0, movable: bool = True) -> None:
        super().__init__()
        self._wide, self._movable = wide, movable
        self.setHeaderLabels(list(headings))
        self.setAccessibleName(name)
        self.setFont(figures_font())
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if movable:
            self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        for at in range(len(headings)):
            fits = at != wide or len(headings) > _MANY  # with many columns the table is wider than its place and scrolls
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents if fits else QHeaderView.ResizeMode.Stretch)
        self.itemActivated.connect(lambda item, _column: self.opened.emit(item.data(0, Qt.ItemDataRole.UserRole)))
        self.currentItemChanged.connect(lambda item, _old: self.marked.emit(item.data(0, Qt.ItemDataRole.UserRole) if item else ""))

    def show_rows(self, rows: Sequence[tuple[str, Sequence[str]]], current: str = "") -> None:
        """Show rows, keeping to the current one where it is still among them."""
        kept = current or self.current()
        self.blockSignals(True)
        self.clear()
        tall = max(theme.TARGET, self.fontMetrics().height() + 14)
        for code, cells in rows:
            item = QTreeWidgetItem(list(map(str, cells)))
            item.setData(0, Qt.ItemDataRole.UserRole, code)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsDragEnabled) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setToolTip(self._wide, str(cells[self._wide]))
            item.setSizeHint(self._wide, QSize(self.fontMetrics().horizontalAdvance(str(cells[self._wide])) + 3 * theme.SPACE, tall))
            self.addTopLevelItem(item)
        self.blockSignals(False)
        self.mark(kept)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The wide column takes what the others leave; where that is hardly anything, the table scrolls to the side instead."""
        head = self.header()
        if head.count() > _MANY:
            return
        others = sum(max(self.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in range(head.count()) if at != self._wide)
        room = self.viewport().width() - others >= self.fontMetrics().averageCharWidth() * _LEAST
        mode = QHeaderView.ResizeMode.Stretch if room else QHeaderView.ResizeMode.ResizeToContents
        if head.sectionResizeMode(self._wide) is not mode:
            head.setSectionResizeMode(self._wide, mode)

    def codes(self) -> list[str]:
        """The codes in their present order."""
        return [self.topLevelItem(at).data(0, Qt.ItemDataRole.UserRole) for at in range(self.topLevelItemCount())]

    def current(self) -> str:
        """The code of the current row, "" where there is none."""
        item = self.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else ""

    def mark(self, code: str) -> None:
        """Make the row of `code` the current one; the first where there is none."""
        codes = self.codes()
        if codes:
            self.setCurrentItem(self.topLevelItem(codes.index(code) if code in codes else 0))

    def shift(self, by: int) -> None:
        """Move the current row up or down."""
        at = self.indexOfTopLevelItem(self.currentItem()) if self.currentItem() else -1
        to = at + by
        if at < 0 or not 0 <= to < self.topLevelItemCount() or not self._movable:
            return
        item = self.takeTopLevelItem(at)
        self.insertTopLevelItem(to, item)
        self.setCurrentItem(item)
        self.moved.emit(self.codes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the row; Enter opens it."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Tab:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A row was dragged elsewhere."""
        before = self.codes()
        super().dropEvent(event)
        if self.codes() != before:
            self.moved.emit(self.codes())

    def fit_rows(self, most: int = 12) -> None:
        """Be as tall as the rows, up to `most` of them."""
        tall = max(theme.TARGET, self.fontMetrics().height() + 14)
        shown = max(1, min(most, self.topLevelItemCount()))
        bar = self.horizontalScrollBar()
        self.setFixedHeight(self.header().sizeHint().height() + shown * tall + 6 + (bar.sizeHint().height() if bar.maximum() else 0))
