"""A key shown once, in large groups; a copy of it leaves the clipboard after a minute."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, card, row, text
from dpdesk.ui.words import _

CLEARED_AFTER = 60_000  # milliseconds


def copy_for_a_minute(words: str) -> None:
    """Put a secret on the clipboard and take it off again after a minute, unless something else was copied since."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(words)

    def clear() -> None:
        if clipboard.text() == words:
            clipboard.clear()

    timer = QTimer(clipboard)
    timer.setSingleShot(True)
    timer.timeout.connect(clear)
    timer.timeout.connect(timer.deleteLater)
    timer.start(CLEARED_AFTER)


class SecretDisplay(QWidget):
    """The groups of a recovery key, three in a row, and a button that copies them."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * theme.SPACE)
        for number, group in enumerate(words.split("-")):
            label = text(group, "secret", selectable=True)
            label.setWordWrap(False)
            grid.addWidget(label, number // 3, number % 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(card(grid))
        self._said = text("", "small")
        foot = row(button(_("Copy"), self._copy, role="quiet", icon="copy", name=_("Copy the key")), self._said)
        foot.setStretch(1, 1)
        layout.addLayout(foot)

    def _copy(self) -> None:
        copy_for_a_minute(self._words)
        self._said.setText(_("Copied. It leaves the clipboard in a minute."))
