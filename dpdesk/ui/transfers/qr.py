"""A QR code on the screen: black on white in both looks, for a telephone's camera needs it so."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_QUIET = 4


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
