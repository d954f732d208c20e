"""The rows of a file that stay out, as a table: line, reason, field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from dpdesk.domain.imports import RefusedRow
from dpdesk.services.words import import_reason
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import figures_font
from dpdesk.ui.words import _, field_name


def capital(words: str) -> str:
    """A sentence's beginning."""
    return words[:1].upper() + words[1:]


def plain_rows(view: QTableView) -> int:
    """Dress a short table: whole rows are chosen, Tab leaves it, no grid and no numbers at the side; the height of a row."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setFont(figures_font())
    view.verticalHeader().hide()
    high = round(theme.TARGET * theme.scale())
    view.verticalHeader().setDefaultSectionSize(high)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return high


class RefusedTable(QTableView):
    """Row number, reason and field of each refused row."""

    def __init__(self, refused: Sequence[RefusedRow]) -> None:
        super().__init__()
        self.setModel(RefusedModel(refused, self))
        self.setAccessibleName(_("Rows that stay out"))
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        high, head = plain_rows(self), self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)
        self.setMinimumHeight(high * (min(len(refused), 7) + 1) + theme.SPACE * 2)


class RefusedModel(QAbstractTableModel):
    """The refused rows as a table."""

    def __init__(self, refused: Sequence[RefusedRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._refused = refused

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """One for each refused row."""
        return 0 if parent.isValid() else len(self._refused)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """Line, reason, field."""
        return 0 if parent.isValid() else 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        refused = self._refused[index.row()]
        why = capital(import_reason(refused.reason)) + (f" ({refused.detail})" if refused.detail else "")
        return (f"{refused.row:,}", why, field_name(refused.field))[index.column()]

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("Line in the file"), _("Why it stays out"), _("Field"))[section]
        return None
