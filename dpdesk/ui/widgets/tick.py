"""A box to tick whose words break into lines where the place is narrow; Qt's own would make the page wider than the window."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from dpdesk.ui import theme

_BESIDE = 40  # pixels at 100 %: the box, and the space before the words


class Tick(QCheckBox):
    """Shows `words` in as many lines as they need; its accessible name keeps them in one."""

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("&", "&&"))
        self._words = words
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest word."""
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self._words.split()), default=0)
        return QSize(longest + self._beside(), super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        lines = len(self._lines(width))
        return max(self.minimumHeight(), super().sizeHint().height(), lines * self.fontMetrics().lineSpacing() + theme.SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        shown = "\n".join(self._lines(self.width())).replace("&", "&&")
        if shown != self.text():
            self.setText(shown)

    def _beside(self) -> int:
        return round(_BESIDE * theme.scale())

    def _lines(self, width: int) -> list[str]:
        room, lines = width - self._beside(), [""]
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
