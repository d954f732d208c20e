"""Counts set large over their words: the sum of a preview at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import figures_font, row, text


class Numbers(QWidget):
    """Counts set large over their words, in as many columns as there is room for."""

    def __init__(self, numbers: Sequence[tuple[int, str, str]]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        self._grid.setHorizontalSpacing(theme.SPACE * 2)
        self._grid.setVerticalSpacing(theme.SPACE * 2)
        self._cells = [_cell(*each) for each in numbers]
        self._columns = 0
        self._arrange(len(self._cells))

    def resizeEvent(self, event) -> None:
        """Fold into rows where it is narrow."""
        super().resizeEvent(event)
        widest = max(cell.sizeHint().width() for cell in self._cells) + theme.SPACE * 2
        self._arrange(max(1, min(len(self._cells), self.width() // widest)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns, Qt.AlignmentFlag.AlignLeft)


def _cell(n: int, words: str, icon: str) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    figure = text(f"{n:,}", "figure")
    figure.setFont(figures_font())
    figure.setWordWrap(False)
    figure.setAccessibleName(f"{n:,} {words}")
    under = QWidget()
    picture, name = QLabel(), text(words, "quiet")
    assets.dress(picture, icon, "quiet", 14)
    name.setWordWrap(False)
    under.setLayout(row(picture, name, None))
    column.addWidget(figure)
    column.addWidget(under)
    return cell
