"""Audit entries as rows of a table: when, who, what, of whom, and which fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from dpdesk.ui.words import _, action_name, field_name, kind_name, moment

if TYPE_CHECKING:
    from dpdesk.services.audit import Line

_Index = QModelIndex | QPersistentModelIndex


class Lines(QAbstractTableModel):
    """The newest entries that fit the filter; older ones are added when asked for."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._names: dict[str, str] = {}
        self._titles = (_("Entry"), _("When"), _("Officer"), _("What"), _("Of"), _("Details"))

    def show(self, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        """Other entries."""
        self.beginResetModel()
        self.lines, self._names = list(lines), dict(names)
        self.endResetModel()

    def more(self, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        """Older entries below."""
        if not lines:
            return
        self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
        self.lines += lines
        self._names.update(names)
        self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Entries."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.lines[index.row()]
        if index.column() == 5:
            return self._details(line)
        return (str(line.seq), moment(line.at), line.officer or _("(removed)"), action_name(line.action),
                self._names.get(line.subject) or (kind_name(line.subject_kind) if line.subject_kind == "contact" else ""),
                )[index.column()]

    def _details(self, line: Line) -> str:
        fields = ", ".join(field_name(code) for code in line.fields)
        facts = ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in line.facts.items()
                          if isinstance(value, (int, str)) and key not in ("stop", "consent", "note", "key", "spent"))
        return "; ".join(filter(None, (fields, facts)))
