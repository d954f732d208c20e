"""A QR code on the screen: black on white in both looks, for a telephone's camera needs it so."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from dpdesk.ui import theme

_QUIET = 4
_ROOM = 600  # pixels at 100 %: where it is narrower the code stands below the words


class Beside(QWidget):
    """Words and a picture side by side, one above the other where there is no room."""

    def __init__(self, words: QLayout, picture: QWidget) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3 * theme.SPACE)
        self._layout.addLayout(words, 1)
        column = QVBoxLayout()
        column.addWidget(picture)
        column.addStretch(1)
        self._layout.addLayout(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room changes."""
        super().resizeEvent(event)
        wide = self.width() >= _ROOM * theme.scale()
        self._layout.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class QrPicture(QWidget):
    """Draws `rows`, three pixels or more to a dot."""

    def __init__(self, rows: tuple[tuple[bool, ...], ...], name: str) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As many dots as it has, and its quiet zone."""
        side = (len(self._rows) + 2 * _QUIET) * 3
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dot by dot."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        dot = self.width() / (len(self._rows) + 2 * _QUIET)
        for y, line in enumerate(self._rows):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(QRectF((x + _QUIET) * dot, (y + _QUIET) * dot, dot, dot), Qt.GlobalColor.black)
        painter.end()
