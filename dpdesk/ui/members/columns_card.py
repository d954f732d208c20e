"""The card behind "Columns…": which columns a list shows and in which order, by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout

from dpdesk.ui import theme
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.paged import Column
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _

_ROLE = Qt.ItemDataRole.UserRole


class ColumnsCard(Card):
    """`choose(codes)` is called with the columns from left to right, empty for the usual ones."""

    def __init__(self, every: Sequence[Column], shown: Sequence[str], fixed: Sequence[str], choose: Callable[[list[str]], object]
                 ) -> None:
        super().__init__()
        self._choose = choose
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setMaximumHeight(round(260 * theme.scale()))
        known = {column.code: column for column in every}
        for code in (*(code for code in shown if code in known), *(code for code in known if code not in shown)):
            self._add(known[code], code in shown, code in fixed)
        self.list.setCurrentRow(0)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Columns"), "heading"))
        column.addWidget(text(_("Space shows or hides one, Alt with the arrows moves it. As many show as there is room for, the first "
                                "ones first; name and stops always."), "quiet"))
        column.addWidget(self.list)
        column.addWidget(flow(button(_("Show these"), self._take, role="primary"), button(_("Move up"), lambda: self.move_by(-1)),
                              button(_("Move down"), lambda: self.move_by(1)), button(_("The usual columns"), self._usual),
                              button(_("Cancel"), self.close_up)))
        self._frame(column, 0)
        for keys, act in (("Alt+Up", lambda: self.move_by(-1)), ("Alt+Down", lambda: self.move_by(1))):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _add(self, column: Column, shown: bool, fixed: bool) -> None:
        item = QListWidgetItem(column.title)
        item.setData(_ROLE, column.code)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags if fixed else flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if shown or fixed else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, theme.TARGET))
        self.list.addItem(item)

    def start(self) -> None:
        """Put the cursor into the list."""
        self.list.setFocus()

    def codes(self) -> list[str]:
        """The columns ticked, from left to right."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item.data(_ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]

    def move_by(self, step: int) -> None:
        """Move the current column up or down."""
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _take(self) -> None:
        self._choose(self.codes())
        self.close_up()

    def _usual(self) -> None:
        self._choose([])
        self.close_up()
