"""Small shapes of the pages of post: counts set large, and a short table of words that has every row at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import figures_font, text

_SHOWN = 8  # rows before the table scrolls
_MEASURED = 50  # rows whose words decide how wide a column is


def figures(numbers: Sequence[tuple[int, str]]) -> QWidget:
    """Counts over their words, side by side, in as many lines as they need."""
    return flow(*(_cell(n, words) for n, words in numbers))


def _cell(n: int, words: str) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 3 * theme.SPACE, 0)
    column.setSpacing(0)
    for said, role in ((f"{n:,}", "figure"), (words, "quiet")):
        label = text(said, role)
        label.setWordWrap(False)
        label.setMinimumWidth(0)
        label.setFont(figures_font())
        column.addWidget(label)
    return cell


class Rows(QTableView):
    """A table of words under `titles`; the first column takes the room that is left."""

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        super().__init__()
        self.rows = RowsModel(titles, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFont(figures_font())
        self.verticalHeader().hide()
        self._high = max(theme.TARGET, self.fontMetrics().height() + 12)
        self.verticalHeader().setDefaultSectionSize(self._high)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setResizeContentsPrecision(_MEASURED)
        for section in range(1, len(titles) if len(titles) > 2 else 0):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows."""
        self.rows.show(rows)
        self.setFixedHeight(self._high * (min(len(rows), _SHOWN) + 1) + theme.SPACE * 2)
        self.setVisible(bool(rows))


class RowsModel(QAbstractTableModel):
    """Rows of words."""

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles, self._rows = tuple(titles), ()

    def show(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Put `rows` in place of those there were."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """How many columns."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[index.row()][index.column()]
        return None

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None
