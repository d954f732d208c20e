"""Blocks in two flows side by side where there is room, else in one: any number of them, each saying in which it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.ui import theme

TWO_FROM = 880  # pixels at 100 %: the least width for two flows


class Flows(QWidget):
    """`add(widget, beside)`: in one flow widgets stand in the order they were added; in two, those `beside` stand at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._widgets: list[tuple[QWidget, bool]] = []
        self._two: bool | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._sides = []
        for _side in range(2):
            holder = QWidget()
            holder.setProperty("role", "plain")
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            across.addWidget(holder, 1, Qt.AlignmentFlag.AlignTop)
            self._sides.append((holder, column))
        self._across = across
        self._lay(False)

    @property
    def two(self) -> bool:
        """Whether there are two flows now."""
        return bool(self._two)

    def add(self, widget: QWidget, beside: bool = False) -> None:
        """Add a block at the end of its flow."""
        self._widgets.append((widget, beside))
        self._sides[1 if beside and self._two else 0][1].addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two flows where there is room."""
        super().resizeEvent(event)
        self._lay(self.width() >= TWO_FROM * theme.scale())

    def _lay(self, two: bool) -> None:
        if two == self._two:
            return
        self._two = two
        for widget, _beside in self._widgets:
            for _holder, column in self._sides:
                column.removeWidget(widget)
        for widget, beside in self._widgets:
            self._sides[1 if beside and two else 0][1].addWidget(widget)
        self._sides[1][0].setVisible(two)
        self._across.setSpacing(5 * theme.SPACE if two else 0)
