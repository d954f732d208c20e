"""The risk matrix, drawn: how likely across, how bad upwards, each risk by its number; the same in words below for who does not see it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.domain.registers.dpias import LEVELS, LIKELY, SEVERE
from dpdesk.services.risk_grid import LEVEL_WORDS, Placed, words
from dpdesk.ui import theme
from dpdesk.ui.words import _


class Matrix(QWidget):
    """Three by three cells in the tints of the theme; each cell also says its level, so that colour is never the only sign."""

    def __init__(self, risks: Sequence[Placed]) -> None:
        super().__init__()
        self._risks = list(risks)
        self.setAccessibleName(_("Risk matrix: {risks}", risks="; ".join(words(each) for each in self._risks)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(round(620 * theme.scale()))

    def sizeHint(self) -> QSize:
        """Wide enough to read, and not higher than a hand."""
        line = self.fontMetrics().height()
        return QSize(line * 24, line * 13)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow, never low."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, their levels and the numbers of the risks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, line = theme.active(), self.fontMetrics().height()
        names = max(self.fontMetrics().horizontalAdvance(_(said)) for _code, said in SEVERE) + 16
        wide, tall = (self.width() - names - 2) / 3, (self.height() - 2.6 * line) / 3
        tints = (look.surface, look.warning_tint, look.danger_tint)
        for y, (_code, said) in enumerate(SEVERE):
            top = (2 - y) * tall + 1
            painter.setPen(QColor(look.text))
            painter.drawText(QRectF(0, top, names - 8, tall), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _(said))
            for x in range(3):
                self._cell(painter, QRectF(names + x * wide, top, wide, tall), tints[LEVELS[y][x]], x, y)
        for x, (_code, said) in enumerate(LIKELY):
            painter.setPen(QColor(look.text))
            painter.drawText(QRectF(names + x * wide, 3 * tall + 4, wide, line * 1.2), Qt.AlignmentFlag.AlignCenter, _(said))
        painter.setPen(QColor(look.quiet))
        painter.drawText(QRectF(names, 3 * tall + line * 1.3, 3 * wide, line * 1.2), Qt.AlignmentFlag.AlignCenter,
                         _("how likely, and how bad"))
        painter.end()

    def _cell(self, painter: QPainter, place: QRectF, tint: str, x: int, y: int) -> None:
        look = theme.active()
        painter.fillRect(place, QColor(tint))
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawRect(place)
        painter.setPen(QColor(look.text))
        painter.drawText(place.adjusted(6, 3, -6, -3), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, _(LEVEL_WORDS[LEVELS[y][x]]))
        numbers = "  ".join(str(each.number) for each in self._risks if (each.across, each.up) == (x, y))
        if numbers:
            font = painter.font()
            heavy = painter.font()
            heavy.setBold(True)
            painter.setFont(heavy)
            painter.setPen(QColor(look.text))
            painter.drawText(place.adjusted(6, 10, -6, -2), Qt.AlignmentFlag.AlignCenter, numbers)
            painter.setFont(font)
