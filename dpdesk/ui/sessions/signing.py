"""A field to sign in: strokes as fractions of its size, drawn by mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.ui import theme
from dpdesk.ui.words import _

Stroke = list[tuple[float, float]]


class SignatureField(QWidget):
    """`strokes` are what was drawn, x and y from 0 to 1; `clear` takes it away; `signed` is sent after each stroke."""

    signed = Signal()

    def __init__(self, *, shown: tuple = ()) -> None:
        super().__init__()
        self.strokes: list[Stroke] = [list(stroke) for stroke in shown]
        self._fixed = bool(shown)
        self.setAccessibleName(_("Signature"))
        self.setAccessibleDescription(_("Drawn with mouse, pen or finger. Without one, choose a PIN or the lead’s word."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        """Room to sign."""
        return QSize(round(480 * theme.scale()), round(140 * theme.scale()))

    def clear(self) -> None:
        """Begin anew."""
        self.strokes = []
        self.update()
        self.signed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        if not self._fixed:
            self.strokes.append([self._at(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self.strokes and not self._fixed:
            self.strokes[-1].append(self._at(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        if not self._fixed:
            self.signed.emit()

    def _at(self, point: QPointF) -> tuple[float, float]:
        return min(1.0, max(0.0, point.x() / self.width())), min(1.0, max(0.0, point.y() / self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The strokes on a surface, over a line to sign on."""
        look = theme.active()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(look.surface))
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        base = round(self.height() * 0.75)
        painter.drawLine(24, base, self.width() - 24, base)
        painter.setPen(QPen(QColor(look.text), 2.2 * theme.scale(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stroke in self.strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            painter.drawPolyline(points)
        painter.end()
