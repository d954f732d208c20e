"""A control for several choices at once: ticks side by side, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from dpdesk.ui import theme
from dpdesk.ui.widgets.fields import Custom
from dpdesk.ui.widgets.flow import flow


class Several(Custom):
    """`choices` are (code, words); the value is the chosen codes parted by spaces, in their order."""

    def __init__(self, choices: Sequence[tuple[str, str]], on_edit: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._ticks = {code: QCheckBox(words.replace("&", "&&")) for code, words in choices}
        for tick in self._ticks.values():
            tick.setMinimumHeight(theme.TARGET)
            tick.clicked.connect(lambda _on: on_edit())
        layout.addWidget(flow(*self._ticks.values()))
        self.setFocusProxy(next(iter(self._ticks.values())))

    def value(self) -> str:
        """The codes chosen."""
        return " ".join(code for code, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, value: str) -> None:
        """Choose these codes."""
        chosen = set(value.split())
        for code, tick in self._ticks.items():
            tick.setChecked(code in chosen)
