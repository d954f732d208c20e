"""Part of the check of a list: is it the whole membership, who is missing from it then, and have they left?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from dpdesk.domain.imports import Missing, WholeList
from dpdesk.ui import theme
from dpdesk.ui.members import sentences
from dpdesk.ui.widgets.fields import FieldSpec, FormField
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.widgets.refused import plain_rows
from dpdesk.ui.words import _, day, problem, status_name, trn

if TYPE_CHECKING:
    from dpdesk.services.imports import Preview

PART, WHOLE = "part", "whole"


class WholeQuestion(QWidget):
    """Asks; `changed` is called where the list has to be worked out anew. `chosen()` are those confirmed to have left."""

    def __init__(self, preview: Preview, day: str, changed: Callable[[WholeList | None], None]) -> None:
        super().__init__()
        self._changed, self._whole, self._day = changed, preview.whole, day
        self._model: MissingModel | None = None
        self.left = QCheckBox()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE)
        self.kind = FormField(FieldSpec("whole", _("Is this the whole membership list?"), "choice", choices=(
            (PART, _("No, a part of it")), (WHOLE, _("Yes, everybody who is a member")))), self._turned)
        self.kind.set_value(WHOLE if preview.whole else PART)
        self._layout.addWidget(self.kind)
        if preview.whole is not None:
            self._draw(preview)

    def _draw(self, preview: Preview) -> None:
        self.day = FormField(FieldSpec("list_day", _("The list shows the membership of"), "date",
                                       _("Who joined after that day is not missing.")), lambda: None)
        self.day.set_value(preview.whole.day if preview.whole else self._day)
        self.day.control.editingFinished.connect(self._dated)
        self._layout.addWidget(self.day)
        self._layout.addWidget(text(_("It replaces the earlier lists: what they changed is erased from the history, and copies made of "
                                      "them come up for destruction today."), "quiet"))
        if preview.newer:
            self._layout.addWidget(text(_("A list of the whole membership on {day} is on the desk already, and an older one does not "
                                          "replace it. Correct the day, or bring this list in as a part.").format(
                                              day=day(preview.newer)), "warning"))
        missing = preview.missing
        if not missing:
            self._layout.addWidget(text(_("Nobody is missing from it."), "done"))
            return
        self._layout.addWidget(text(trn("{n} member of the desk is missing from it:", "{n} members of the desk are missing from it:",
                                        len(missing)), "label"))
        if preview.refused:
            self._layout.addWidget(text(_("Some rows of the list stay out; people in them may be shown here though they are in the "
                                          "list. Look first."), "warning"))
        self._model = MissingModel(missing)
        self._layout.addWidget(MissingTable(self._model))
        self.left = QCheckBox(_("They have left: mark those ticked as lapsed"))
        self.left.setMinimumHeight(theme.TARGET)
        self._layout.addWidget(self.left)

    def chosen(self) -> set[str]:
        """Those ticked, where the officer has said that they have left; else nobody."""
        return set(self._model.ticked) if self._model is not None and self.left.isChecked() else set()

    def _turned(self) -> None:
        wanted = self.kind.value() == WHOLE
        if wanted != (self._whole is not None):
            self._changed(WholeList(self._day) if wanted else None)

    def _dated(self) -> None:
        from dpdesk.services.details_dates import read_day
        from dpdesk.services.session import today
        wanted, wrong = read_day(self.day.value(), today())
        self.day.set_problem(problem(wrong or "missing") if wrong or not wanted else "")
        if wanted and not wrong and self._whole is not None and wanted != self._whole.day:
            self._changed(WholeList(wanted))


class MissingModel(QAbstractTableModel):
    """Who is missing, each with a tick; `ticked` are their identities."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self._missing = missing
        self.ticked = {each.id for each in missing}

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """One for each."""
        return 0 if parent.isValid() else len(self._missing)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """Name, number, status, joined."""
        return 0 if parent.isValid() else 4

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """The first column has the tick."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and the tick."""
        each = self._missing[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if each.id in self.ticked else Qt.CheckState.Unchecked
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return (each.name, each.number, status_name(each.status), sentences.short_day(each.joined_on))[index.column()]

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        identity = self._missing[index.row()].id
        (self.ticked.add if Qt.CheckState(value) == Qt.CheckState.Checked else self.ticked.discard)(identity)
        self.dataChanged.emit(index, index, [role])
        return True

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("Name"), _("Number"), _("Status"), _("Joined"))[section]
        return None


class MissingTable(QTableView):
    """The table of those missing; Space ticks."""

    def __init__(self, model: MissingModel) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(_("Members missing from the list"))
        high, head = plain_rows(self), self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(high * (min(model.rowCount(), 7) + 1) + theme.SPACE * 2)
