"""A page drawn as it was printed: a row a line, boxes under their letters, the row being entered marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from dpdesk.services.entering import Row
from dpdesk.services.entering_pages import Page
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import figures_font
from dpdesk.ui.words import _

_TICKED = Qt.ItemDataRole.UserRole


class _Boxes(QStyledItemDelegate):
    """Draws a box as on paper, with a cross where it is ticked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """A square in the middle of the cell."""
        look = theme.active()
        ticked = index.data(_TICKED)
        if ticked is None:
            super().paint(painter, option, index)
            return
        if index.row() == self.parent().currentRow():
            painter.fillRect(option.rect, QColor(look.tint))
        side = round(15 * theme.scale())
        box = QRect(0, 0, side, side)
        box.moveCenter(option.rect.center())
        painter.save()
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.setBrush(QColor(look.surface))
        painter.drawRect(box)
        if ticked:
            painter.setPen(QPen(QColor(look.accent), max(2.0, 2.2 * theme.scale()), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            inside = box.adjusted(3, 3, -3, -3)
            painter.drawLine(inside.topLeft(), inside.bottomRight())
            painter.drawLine(inside.topRight(), inside.bottomLeft())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the box, or for the words."""
        side = round(27 * theme.scale())
        return super().sizeHint(option, index) if index.data(_TICKED) is None else QSize(side, side)


class SheetTable(QTableWidget):
    """`typed(text)` for each letter or figure, `command(code)` for back, note, code, next; rows cannot be edited in place."""

    typed = Signal(str)
    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The page as it was printed"))
        self.setFont(figures_font())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setItemDelegate(_Boxes(self))
        self._page: Page | None = None

    def show_page(self, page: Page) -> None:
        """Draw a page; nothing is ticked yet."""
        self._page = page
        headings = ["", _("Number"), _("Name and address"), *(box.letters for box in page.boxes), _("Written"), _("Note")]
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(page.rows))
        self.setHorizontalHeaderLabels(headings)
        tall = max(theme.TARGET, self.fontMetrics().height() + 12)
        for at, row in enumerate(page.rows):
            self.setRowHeight(at, tall)
            cells = (str(row.line), str(row.elector.key) if row.elector else "", _who(row))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(at, column, item)
            for column in range(len(page.boxes)):
                self.setItem(at, 3 + column, QTableWidgetItem())
            for column in (3 + len(page.boxes), 4 + len(page.boxes)):
                self.setItem(at, column, QTableWidgetItem(""))
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setHighlightSections(False)
        for column in (0, 1, 2, len(headings) - 2, len(headings) - 1):
            self.horizontalHeaderItem(column).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(headings)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if column == 2 else QHeaderView.ResizeMode.ResizeToContents)
        head.setMinimumSectionSize(round(28 * theme.scale()))
        for box in page.boxes:
            self.horizontalHeaderItem(3 + page.boxes.index(box)).setToolTip(box.meaning)
        self.setFixedHeight(head.sizeHint().height() + tall * len(page.rows) + 8)

    def show_row(self, at: int, letters: Sequence[str], note: str = "", pending: str = "") -> None:
        """Tick what is entered on a row; what has no box is written beside them, `pending` is what was typed so far."""
        page, row = self._page, self._page.rows[at]
        boxed = [box.letters for box in page.boxes]
        for column, box in enumerate(page.boxes):
            item = self.item(at, 3 + column)
            ticked = box.letters in letters
            item.setData(_TICKED, None if row.blank else ticked)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("{box}: ticked", box=box.meaning) if ticked else
                         _("{box}: empty", box=box.meaning))
        written = [letter for letter in letters if letter not in boxed]
        self.item(at, 3 + len(boxed)).setText(" ".join(written) + (f"{pending}…" if pending else ""))
        self.item(at, 4 + len(boxed)).setText(note)

    def go_to(self, at: int) -> None:
        """Mark the row being entered."""
        if 0 <= at < self.rowCount():
            self.setCurrentCell(at, 2)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and figures are codes; Space and arrows move; Enter goes on; the rest is the page's."""
        keys = Qt.Key
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
                                      Qt.KeyboardModifier.KeypadModifier)
        code = {keys.Key_Backspace: "back", keys.Key_Comma: "note", keys.Key_Period: "code", keys.Key_Space: "next",
                keys.Key_Return: "next", keys.Key_Enter: "next"}.get(keys(event.key()))
        if plain and code:
            self.command.emit(code)
        elif plain and event.text().isalnum():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.typed.emit(f"+{event.text()}" if shifted else event.text())
        elif event.key() in (keys.Key_Up, keys.Key_Down) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.command.emit("up" if event.key() == keys.Key_Up else "down")
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left of the row being entered: colour is never the only sign."""
        super().paintEvent(event)
        if self.currentRow() >= 0:
            where = self.visualRect(self.model().index(self.currentRow(), 0))
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, where.top(), 3, where.height()), QColor(theme.active().accent))
            painter.end()


def _who(row: Row) -> str:
    if row.blank:
        return _("Blank: nobody to call on")
    if row.elector is None:
        return _("Not on the register any more")
    return _("{name}, {address}", name=row.elector.name or _("Anonymous entry"), address=row.elector.address.partition("\n")[0])
