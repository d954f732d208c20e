"""The view over a `PagedModel`: headers that sort, a tint and a bar for the current row, Enter opens, nothing is copied."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.paged import Column, PagedModel
from dpdesk.ui.widgets.parts import figures_font

__all__ = ["Column", "PagedModel", "PagedTable"]


class PagedTable(QTableView):
    """`opened(row_number)` on Enter or double click; `moved(row_number)` as the current row changes;
    `sort_asked(code, descending)` when a heading is pressed: the page then loads a new spine. `chosen(count)` as the selection
    changes; `chosen_rows()` are its row numbers, read from ranges: choosing all is one range, however long the list.
    """

    opened = Signal(object)
    moved = Signal(object)
    sort_asked = Signal(str, bool)
    chosen = Signal(int)

    def __init__(self, model: PagedModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.paged = model
        model.setParent(self)
        self.setModel(model)
        self.setFont(figures_font())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self._dress_headers()
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._restore)
        self._keep: int | None = None
        self._sorted = ("", False)

    def _dress_headers(self) -> None:
        tall = max(theme.TARGET, self.fontMetrics().height() + 14)
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        vertical.setDefaultSectionSize(tall)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        horizontal.setHighlightSections(False)
        horizontal.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        horizontal.setMinimumHeight(tall)
        horizontal.setStretchLastSection(True)
        horizontal.setSectionsClickable(True)
        horizontal.sectionClicked.connect(self._sort)
        for at, column in enumerate(self.paged.columns):
            wide = self.fontMetrics().horizontalAdvance("n") * column.letters + 24
            title = horizontal.fontMetrics().horizontalAdvance(column.title) * 12 // 10 + 40
            self.setColumnWidth(at, max(wide, title))
        self.setMinimumHeight(tall * 6)

    def show_sort(self, code: str, descending: bool) -> None:
        """Mark the heading by which rows are sorted."""
        self._sorted = (code, descending)
        header = self.horizontalHeader()
        for at, column in enumerate(self.paged.columns):
            if column.sort == code and code:
                header.setSortIndicatorShown(True)
                header.setSortIndicator(
                    at, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
                return
        header.setSortIndicatorShown(False)

    def current_row(self) -> int | None:
        """The row number of the current row."""
        return self.paged.row_number(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def go_to(self, at: int) -> None:
        """Make the row at place `at` current and bring it into view."""
        if 0 <= at < self.paged.rowCount():
            self.setCurrentIndex(self.paged.index(at, 0))
            self.scrollTo(self.paged.index(at, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell the page which row is current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        number = self.paged.row_number(current.row()) if current.isValid() else None
        if number is not None:
            self._keep = number
            self.moved.emit(number)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many are chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit(sum(each.height() for each in self.selectionModel().selection()))

    def chosen_rows(self) -> list[int]:
        """The row numbers of those chosen, in the order of the list."""
        ranges = sorted((each.top(), each.bottom()) for each in self.selectionModel().selection())
        return [row for top, bottom in ranges for at in range(top, bottom + 1) if (row := self.paged.row_number(at)) is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the first and last row; Tab leaves; copying is for the exports."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.paged.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a bar at the left of the current one: colour is never the only sign."""
        super().paintEvent(event)
        current = self.currentIndex()
        if current.isValid():
            row = self.visualRect(current.siblingAtColumn(0))
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(theme.active().accent))
            painter.end()

    def _open(self, index: QModelIndex) -> None:
        number = self.paged.row_number(index.row()) if index.isValid() else None
        if number is not None:
            self.opened.emit(number)

    def _sort(self, section: int) -> None:
        column = self.paged.columns[section]
        if not column.sort:
            return
        descending = self._sorted == (column.sort, False)  # not asked of the header: Qt turns its mark before it tells
        self.show_sort(column.sort, descending)
        self.sort_asked.emit(column.sort, descending)

    def _restore(self) -> None:
        """After a new spine the same person stays current where still there."""
        if self._keep is not None and (at := self.paged.place_of(self._keep)) is not None:
            self.go_to(at)
