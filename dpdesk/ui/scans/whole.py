"""The whole page with what was read drawn over it: looked through once, or while deciding a row. A row that is wrong is pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from dpdesk.services.scans import Seen
from dpdesk.ui import theme
from dpdesk.ui.scans.crops import Crop, outlines, rows_place
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _

_NO_LIMIT = 16777215  # what Qt calls QWIDGETSIZE_MAX
_LEAST, _SIDE, _BESIDE = 420, 260, 720  # pixels at 100 %: the page's least height, the words' width, from where on they stand beside it


class WholeView(QWidget):
    """`right` where the page is as read; `wrong(line)` for a row to be decided anew; `left` back to where one came from."""

    right = Signal()
    wrong = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The whole page"))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(3 * theme.SPACE)
        self._side = QWidget()
        self._side.setProperty("role", "plain")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.head = text("", "heading")
        self.words = text("", "quiet")
        self.yes = button(_("The page is right"), self.right.emit, role="primary", tip=_("Enter"))
        self.back = button(_("Back"), self.left.emit, role="quiet", icon="arrow-left", tip="Esc")
        self.crop = _Pressed(_("The page as it was scanned"))
        self.crop.fit_into(_LEAST)
        self.crop.pressed.connect(self._pressed)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addSpacing(theme.SPACE)
        column.addLayout(row(self.yes, self.back, None))
        column.addStretch(1)
        self._across.addWidget(self._side)
        self._across.addWidget(self.crop, 1)
        self._seen: Seen | None = None

    def show_page(self, seen: Seen, image: QImage, *, checking: bool) -> None:
        """The page; `checking` asks whether it is right."""
        assert seen.layout is not None
        self._seen = seen
        self.head.setText(_("Page {page} of sheet {sheet}", page=seen.page.page, sheet=seen.sheet.spoken if seen.sheet else ""))
        self.words.setText(_("Outlined boxes are those that count as marked. Press a row that is wrong.") if checking
                           else _("Outlined boxes are those that count as marked."))
        self.yes.setVisible(checking)
        self.back.setVisible(not checking)
        letters = {each.line: each.answer or each.read for each in seen.page.rows}
        place = rows_place(seen.layout, max((each.line for each in seen.page.rows), default=1))
        self.crop.show_place(image, place, outlines(seen.layout, letters))
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words beside the page, or above it where it is narrow."""
        super().resizeEvent(event)
        wide = event.size().width() >= _BESIDE * theme.scale()
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(round(_SIDE * theme.scale()) if wide else 0)
        self._side.setMaximumWidth(round(_SIDE * theme.scale()) if wide else _NO_LIMIT)

    def _pressed(self, x: float, y: float) -> None:
        if self._seen is None or self._seen.layout is None:
            return
        for each in self._seen.page.rows:
            place = self._seen.layout.row(each.line - 1)
            if place.y <= y <= place.bottom:
                self.wrong.emit(each.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: it is right. Z or Esc: back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.yes.isVisibleTo(self):
            self.right.emit()
        elif event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Escape) and self.back.isVisibleTo(self):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Pressed(Crop):
    """A page that tells where it was pressed, in millimetres."""

    pressed = Signal(float, float)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where."""
        self.pressed.emit(*self.place_at(event.position().x(), event.position().y()))
