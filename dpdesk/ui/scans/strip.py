"""Rows without a mark, all of a page in one strip: one key confirms them at a glance; a row that holds something is picked out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dpdesk.domain.scans import RowState
from dpdesk.services.scans import Seen
from dpdesk.ui import theme
from dpdesk.ui.scans.crops import Crop, boxes_place
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _, trn


class StripView(QWidget):
    """`confirmed(lines)` for those that hold nothing; `picked(lines)` for those that do, and are decided one by one then."""

    confirmed = Signal(list, list)
    asked_page = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Rows without a mark"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.head = text("", "heading")
        self.words = text(_("Look over them once. Tick a row that does hold a mark: it is decided by itself then."), "quiet")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE)
        self.yes = button("", self.confirm, role="primary", tip=_("Enter"))
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addLayout(row(self.yes, None, button(_("See the page"), self.asked_page.emit, role="quiet", icon="search", tip="Z")))
        column.addLayout(self._rows)
        column.addStretch(1)
        self.ticks: dict[int, QCheckBox] = {}

    def show_page(self, seen: Seen, image: QImage) -> None:
        """The rows of a page that hold no mark."""
        assert seen.layout is not None
        empty_out(self._rows)
        self.ticks.clear()
        lines = [each.line for each in seen.page.rows if each.state is RowState.STRIP]
        self.head.setText(trn("{n} row without a mark on page {page}", "{n} rows without a mark on page {page}", len(lines),
                              page=seen.page.page))
        for line in lines:
            tick = QCheckBox(_("Row {line} holds a mark", line=line))
            tick.setMinimumHeight(theme.TARGET)
            tick.toggled.connect(lambda _on: self._count())
            crop = Crop(_("Row {line} as it was scanned", line=line), 130)
            crop.show_place(image, boxes_place(seen.layout, line, len(seen.boxes)))
            self.ticks[line] = tick
            self._rows.addWidget(crop)
            self._rows.addWidget(tick)
        self._count()
        self.setFocus()

    def _count(self) -> None:
        left = sum(not tick.isChecked() for tick in self.ticks.values())
        self.yes.setText(trn("{n} row holds no mark", "{n} rows hold no mark", left) if left else _("Decide them one by one"))

    def confirm(self) -> None:
        """Those not ticked hold nothing."""
        empty = [line for line, tick in self.ticks.items() if not tick.isChecked()]
        self.confirmed.emit(empty, [line for line in self.ticks if line not in empty])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms, Z shows the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        elif event.key() == Qt.Key.Key_Z:
            self.asked_page.emit()
        else:
            super().keyPressEvent(event)
