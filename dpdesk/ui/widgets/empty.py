"""What a page shows while it has nothing: what it is for, and the next step as a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import button, row, text


class EmptyState(QWidget):
    """An icon, a heading, a sentence or two, then up to two buttons (the first is the main one)."""

    def __init__(self, icon: str, heading: str, words: str,
                 *actions: tuple[str, Callable[[], object]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6 * theme.SPACE, 0, 4 * theme.SPACE)
        layout.setSpacing(theme.SPACE * 3 // 2)
        picture = QLabel()
        assets.dress(picture, icon, "accent", 32)
        self.heading = text(heading, "heading")
        self.words = text(words, "quiet")
        self.words.setMaximumWidth(round(560 * theme.scale()))
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        self.buttons = [button(label, act, role="" if at else "primary") for at, (label, act) in enumerate(actions)]
        if self.buttons:
            layout.addSpacing(theme.SPACE)
            layout.addLayout(row(*self.buttons, None))
        layout.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """One main action on a page: while this offers the next step, the page's own steps back."""
        super().showEvent(event)
        self._yield(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The page's main action is back."""
        super().hideEvent(event)
        self._yield(False)

    def _yield(self, here: bool) -> None:
        page = self.parentWidget()
        while page is not None and not hasattr(page, "header"):
            page = page.parentWidget()
        main = page.header.main if page is not None else None
        if self.buttons and main is not None:
            main.setVisible(not here)
