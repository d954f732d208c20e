"""Charts in the tokens of the theme, labelled directly; each also says its figures to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import figures_font
from dpdesk.ui.words import _


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length (0 to 1), the words at its end; `hidden` draws no length at all."""

    name: str
    part: float
    words: str
    hidden: bool = False


class Bars(QWidget):
    """Bars from left to right, a line each: name, bar, figure."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: Sequence[Bar] = ()
        self.setFont(figures_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(_("{name}: {figure}", name=bar.name, figure=bar.words) for bar in bars))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _tall(self) -> float:
        return QFontMetricsF(self.font()).height() + 10

    def sizeHint(self) -> QSize:
        """A line a bar."""
        return QSize(480, round(self._tall() * max(1, len(self._bars)) + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names at the left, bars beside, figures at their ends."""
        look, metrics, tall = theme.active(), QFontMetricsF(self.font()), self._tall()
        widest = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0.0)
        left = min(widest + 16, self.width() * 0.42)
        figures = max((metrics.horizontalAdvance(bar.words) for bar in self._bars), default=0.0) + 14
        room = max(20.0, self.width() - left - figures)
        painter = QPainter(self)
        painter.setFont(self.font())
        for at, bar in enumerate(self._bars):
            line = QRectF(0, at * tall, left - 12, tall)
            painter.setPen(QColor(look.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                             metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, line.width()))
            wide = 0.0 if bar.hidden else max(1.0, room * min(1.0, bar.part))
            painter.fillRect(QRectF(left, at * tall + 6, wide, tall - 12), QColor(look.accent))
            painter.setPen(QColor(look.quiet if bar.hidden else look.text))
            painter.drawText(QRectF(left + wide + 6, at * tall, figures, tall), Qt.AlignmentFlag.AlignVCenter, bar.words)
        painter.end()


@dataclass(frozen=True)
class Column:
    """A column: its name under it, how many in all, and how many of these are filled."""

    name: str
    whole: int | None
    filled: int | None


class Columns(QWidget):
    """Columns side by side on one line, outlined for all, filled for some; `whole` and `filled` name the two at the last one."""

    def __init__(self, name: str, whole: str, filled: str) -> None:
        super().__init__()
        self._whole, self._filled = whole, filled
        self._columns: Sequence[Column] = ()
        self.setFont(figures_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Draw these."""
        self._columns = tuple(columns)
        self.setAccessibleDescription(", ".join(_(
            "{name}: {filled} of {whole}", name=each.name, whole="–" if each.whole is None else each.whole,
            filled="–" if each.filled is None else each.filled) for each in columns))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Six lines of text high."""
        return QSize(480, round(QFontMetricsF(self.font()).height() * 8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Figures above the columns, names under them where they have room, what the two fills mean at the right."""
        if not self._columns:
            return
        look, metrics = theme.active(), QFontMetricsF(self.font())
        line = metrics.height()
        words = max(metrics.horizontalAdvance(each) for each in (self._whole, self._filled)) + 16
        room, base = self.width() - words, self.height() - line - 6
        step = min(room / len(self._columns), 90 * theme.scale())
        wide = max(6.0, min(step * 0.6, 40 * theme.scale()))
        most = max(each.whole or 0 for each in self._columns) or 1
        painter = QPainter(self)
        painter.setFont(self.font())
        for at, each in enumerate(self._columns):
            x = at * step + (step - wide) / 2
            high, full = (base - line - 4) * (each.whole or 0) / most, (base - line - 4) * (each.filled or 0) / most
            painter.setPen(QPen(QColor(look.edge), 1))
            painter.drawRect(QRectF(x, base - high, wide, high))
            painter.fillRect(QRectF(x, base - full, wide, full), QColor(look.accent))
            painter.setPen(QColor(look.text))
            said = "–" if each.whole is None else str(each.whole)
            if step >= metrics.horizontalAdvance(said) + 4:
                painter.drawText(QRectF(at * step, base - high - line - 2, step, line), Qt.AlignmentFlag.AlignHCenter, said)
            painter.setPen(QColor(look.quiet))
            if step >= metrics.horizontalAdvance(each.name) + 6 or at in (0, len(self._columns) - 1):
                painter.drawText(QRectF(at * step - 30, base + 4, step + 60, line), Qt.AlignmentFlag.AlignHCenter, each.name)
        last, x = self._columns[-1], len(self._columns) * step + 8
        painter.setPen(QColor(look.text))
        whole_at = max(0.0, base - (base - line - 4) * (last.whole or 0) / most - line / 2)
        filled_at = max(whole_at + line, base - (base - line - 4) * (last.filled or 0) / most - line / 2)
        painter.drawText(QRectF(x, whole_at, words, line), Qt.AlignmentFlag.AlignVCenter, self._whole)
        painter.setPen(QColor(look.accent))
        painter.drawText(QRectF(x, filled_at, words, line), Qt.AlignmentFlag.AlignVCenter, self._filled)
        painter.end()
