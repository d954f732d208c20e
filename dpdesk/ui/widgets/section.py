"""A section that folds: its heading is a button, its state remembered by the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import button, line
from dpdesk.ui.words import _


class Section(QWidget):
    """Fill `body`; `set_open` folds and unfolds; `unfolded` is sent the first time and each time it opens."""

    unfolded = Signal()

    def __init__(self, heading: str, *, open: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.toggle = button(heading, self._turn, role="section")
        self._inside = QWidget()
        self._inside.setProperty("role", "plain")
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, theme.SPACE, 0, theme.SPACE * 2)
        self.body.setSpacing(theme.SPACE)
        outer.addWidget(line())
        outer.addWidget(self.toggle)
        outer.addWidget(self._inside)
        self._open = not open
        self.set_open(open)

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded."""
        return self._open

    def set_heading(self, heading: str) -> None:
        """Change its heading (a count, say)."""
        self._heading = heading
        self._name()

    def set_open(self, open: bool) -> None:
        """Fold or unfold."""
        if open == self._open:
            return
        self._open = open
        self._inside.setVisible(open)
        assets.dress(self.toggle, "chevron-down" if open else "chevron-right", "quiet")
        self._name()
        if open:
            self.unfolded.emit()

    def _turn(self) -> None:
        self.set_open(not self._open)

    def _name(self) -> None:
        self.toggle.setText(self._heading.replace("&", "&&"))
        state = _("open") if self._open else _("folded")
        self.toggle.setAccessibleName(_("{heading}, {state}", heading=self._heading, state=state))
