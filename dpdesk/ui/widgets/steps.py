"""The numbered steps of a wizard, with where one is, what is done, and a way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.words import _


class Steps(QWidget):
    """A bar of `words`, one per step; too narrow for all, it names the current one only."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = list(words)
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, at: int) -> None:
        """Mark step `at` (from 0) as the current one; those before are done."""
        self.at = at
        name = _("Step {at} of {all}: {words}", at=at + 1, all=len(self._words), words=self._words[at])
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text and the discs."""
        return QSize(round(400 * theme.scale()), self._disc() + theme.SPACE)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one step."""
        return QSize(round(160 * theme.scale()), self._disc() + theme.SPACE)

    def _disc(self) -> int:
        return round(22 * theme.scale())

    def _shown(self) -> list[tuple[int, str]]:
        """Each step and the words that fit."""
        metrics = self.fontMetrics()
        room = sum(metrics.horizontalAdvance(w) + self._disc() + 40 for w in self._words)
        if room <= self.width():
            return list(enumerate(self._words))
        return [(at, words if at == self.at else "") for at, words in enumerate(self._words)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Discs with numbers (a tick where done), words, a hairline between."""
        look = theme.active()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 0.0, self.height() / 2
        for at, words in self._shown():
            x = self._step(painter, at, words, x, middle)
            if at + 1 < len(self._words):
                painter.setPen(QPen(QColor(look.edge), 1))
                painter.drawLine(QPointF(x + 4, middle), QPointF(x + 20, middle))
                x += 28
        painter.end()

    def _step(self, painter: QPainter, at: int, words: str, x: float, middle: float) -> float:
        look, disc = theme.active(), self._disc()
        circle = QRectF(x, middle - disc / 2, disc, disc).adjusted(0.5, 0.5, -0.5, -0.5)
        current, done = at == self.at, at < self.at
        painter.setPen(QPen(QColor(look.accent if current or done else look.edge), 1))
        painter.setBrush(QColor(look.accent if current else look.tint if done else look.surface))
        painter.drawEllipse(circle)
        painter.setPen(QColor(look.on_accent if current else look.accent if done else look.quiet))
        if done:
            side = round(14 * theme.scale())
            painter.drawPixmap(QRectF(circle.center().x() - side / 2, middle - side / 2, side, side).toRect(),
                               assets.pixmap("check", "accent", 14))
        else:
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        x += disc
        if words:
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(QColor(look.text if current else look.quiet))
            painter.drawText(QRectF(x + 8, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += width + 12
        return x
