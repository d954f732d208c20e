"""The details of the selected row beside a list: read once the selection rests, the last asked for wins."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import empty_out, text

_PAUSE = 80  # milliseconds the selection rests before its row is read


class SidePanel(QScrollArea):
    """Subclasses give `read(number)`, called in the read lane, and `draw(seen)`, which fills `column`."""

    def __init__(self, context: Context, name: str, hint: str) -> None:
        super().__init__()
        self.context, self._hint = context, hint
        self._row, self._asked = 0, 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        inside = QWidget()
        inside.setProperty("role", "plain")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(theme.SPACE * 3, 0, theme.SPACE, theme.SPACE)
        self.column.setSpacing(theme.SPACE)
        self.setWidget(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._read)
        self.clear()

    def read(self, number: int) -> Any:
        """What is shown of the row of that number."""
        raise NotImplementedError

    def draw(self, seen: Any) -> None:
        """Fill the empty `column`."""
        raise NotImplementedError

    def show_row(self, number: int) -> None:
        """Read and show that row, once the selection rests."""
        self._row = number
        self._timer.start()

    def again(self) -> None:
        """Read the row shown once more."""
        self._timer.start()

    def clear(self) -> None:
        """Show nobody."""
        self._asked += 1
        self._timer.stop()
        empty_out(self.column)
        self.column.addWidget(text(self._hint, "quiet"))
        self.column.addStretch(1)

    def _read(self) -> None:
        self._asked += 1
        asked, number = self._asked, self._row

        def arrived(seen: Any) -> None:
            if asked == self._asked:
                empty_out(self.column)
                self.draw(seen)
        self.context.jobs.run("read", lambda: self.read(number), owner=self, done=arrived, failed=lambda _error: self.clear())
