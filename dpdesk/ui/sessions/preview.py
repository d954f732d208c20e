"""Pages of a drawing in the window, one at a time; the pictures come from a child process and are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _

_PRINT_SCALE = 300 / 72
_WIDE = 560


class Preview(QWidget):
    """Page Up and Page Down turn the pages; `paint` sends them all to a printer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._open: list[Any] = []  # the pictures of the drawing shown; apart from the widget, so that they end with it
        self.destroyed.connect(partial(_close, self._open))
        self.drawn: Any = None
        self.at = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        self.before = button(_("Page before"), lambda: self.turn(-1), icon="arrow-left", tip=_("Page Up"))
        self.after = button(_("Next page"), lambda: self.turn(1), tip=_("Page Down"))
        self.number = text("", "quiet")
        self.number.setWordWrap(False)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.picture.setAccessibleName(_("Picture of the page"))
        layout.addLayout(row(self.before, self.number, self.after, None))
        layout.addWidget(self.picture)
        layout.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_drawn(self, drawn: Any) -> None:
        """Show a drawing from its first page."""
        self.stop()
        self.drawn, self.at = drawn, 0
        self._show()

    def stop(self) -> None:
        """Let go of the drawing and its child process."""
        self.drawn = None
        self.picture.clear()
        _close(self._open)

    def turn(self, by: int) -> None:
        """Another page."""
        if self.drawn is not None and 0 <= self.at + by < len(self.drawn.pieces):
            self.at += by
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        drawn, at = self.drawn, self.at
        self.number.setText(_("{at} of {all}", at=at + 1, all=len(drawn.pieces)))
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at + 1 < len(drawn.pieces))
        ratio = self.devicePixelRatioF()
        scale = _WIDE * theme.scale() * ratio / 595

        def show(look: Any) -> None:
            if self.drawn is drawn and self.at == at:
                image = _image(look)
                image.setDevicePixelRatio(ratio)
                self.picture.setPixmap(QPixmap.fromImage(image))
                self.picture.setFixedSize(round(look.width / ratio), round(look.height / ratio))
        self._context.jobs.run("other", lambda: self._page(drawn, at, scale), owner=self, done=show, failed=self._failed)

    def _page(self, drawn: Any, at: int, scale: float) -> Any:
        """In the lane: the pictures' child is begun once for a drawing."""
        from dpdesk.services import sheet_print
        if not self._open:
            self._open.append(sheet_print.Pictures(drawn))
        return self._open[0].page(at, scale)

    def paint(self, printer: Any, drawn: Any, done: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Send all pages to a printer, one after another, at their true size."""
        shown = self._context.progress(_("Sending the sheets to the printer"), lambda: None)
        painter = QPainter()
        if not painter.begin(printer):
            shown.finish()
            from dpdesk.domain.errors import Hindered
            failed(Hindered("sheets.no_printer"))
            return
        target: QRect = printer.pageLayout().fullRectPixels(printer.resolution())

        def end(error: Exception | None) -> None:
            painter.end()
            shown.finish()
            if error is None:
                done()
            else:
                failed(error)

        def painted(at: int, look: Any) -> None:
            painter.drawImage(target, _image(look))
            shown.update(at + 1, len(drawn.pieces))
            if at + 1 == len(drawn.pieces):
                end(None)
            else:
                printer.newPage()
                ask(at + 1)

        def ask(at: int) -> None:
            self._context.jobs.run("other", lambda: self._page(drawn, at, _PRINT_SCALE), owner=self,
                                   done=lambda look: painted(at, look), failed=end)
        ask(0)

    def _failed(self, error: Exception) -> None:
        from dpdesk.ui import failures
        failures.show(self._context, error)


def _close(pictures: list[Any], _gone: Any = None) -> None:
    while pictures:
        pictures.pop().close()


def _image(look: Any) -> QImage:
    return QImage(look.grey, look.width, look.height, look.width, QImage.Format.Format_Grayscale8).copy()
