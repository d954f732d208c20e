"""The entries of the log as a table: number, moment, sentence. Rows only ever grow at the end, older ones on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from dpdesk.ui import theme
from dpdesk.ui.audit.sentences import told
from dpdesk.ui.widgets.parts import figures_font
from dpdesk.ui.words import _, british, kind_name, moment

NUMBER, WHEN, WHAT = range(3)
_PARENT = QModelIndex()


class LinesModel(QAbstractTableModel):
    """Shows `Line`s newest first; names of people only where the officer may see them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Any] = []
        self._names: dict[str, str] = {}
        self._short = False

    def shorten(self, short: bool) -> None:
        """Show the day alone where there is little room."""
        if short != self._short:
            self._short = short
            self.dataChanged.emit(self.index(0, WHEN), self.index(len(self.lines) - 1, WHEN))

    def show(self, lines: Sequence[Any], names: Mapping[str, str]) -> None:
        """Show these instead of what was shown."""
        self.beginResetModel()
        self.lines, self._names = list(lines), dict(names)
        self.endResetModel()

    def append(self, lines: Sequence[Any], names: Mapping[str, str]) -> None:
        """Older entries below."""
        if not lines:
            return
        first = len(self.lines)
        self._names.update(names)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self.lines.extend(lines)
        self.endInsertRows()

    def sentence(self, row: int) -> str:
        """The entry in `row` as a sentence."""
        line = self.lines[row]
        return told(line, self._names.get(line.subject, ""))

    def name_of(self, line: Any) -> str:
        """Whom or what an entry is about."""
        return self._names.get(line.subject) or kind_name(line.subject_kind)

    def rowCount(self, parent: QModelIndex = _PARENT) -> int:
        """Entries read so far."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex = _PARENT) -> int:
        """Number, moment, sentence."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' words."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("No."), _("When"), _("What was done"))[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the whole sentence where a column is too narrow for it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            when = f"{british(line.at):%d/%m/%Y}" if self._short else moment(line.at)
            return (f"{line.seq:,}", when, self.sentence(index.row()))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{moment(line.at)}: {self.sentence(index.row())}"
        if role == Qt.ItemDataRole.FontRole and index.column() != WHAT:
            return figures_font()
        return None


class LogView(QTableView):
    """The table, with a bar at the left of the current row: colour is never the only sign."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the bar."""
        super().paintEvent(event)
        current = self.currentIndex()
        if current.isValid():
            row = self.visualRect(current.siblingAtColumn(WHAT))
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, row.top(), 3, row.height()), QColor(theme.active().accent))
            painter.end()
