"""Work that takes time, as a line: what it is, how far, what remains, and a button that stops it cleanly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, figures_font, row, text
from dpdesk.ui.words import _


class ProgressLine(QWidget):
    """`update(done, total)` moves it; a total of 0 means "not known yet". `finish()` takes it away."""

    def __init__(self, title: str, cancel: Callable[[], None] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        self._title = text(title, "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._state = text("", "small")
        self._state.setFont(figures_font())
        layout.addWidget(self._title)
        layout.addWidget(self._bar)
        self._stop = None
        if cancel is not None:
            self._stop = button(_("Stop"), lambda: self._stopping(cancel), role="quiet",
                                name=_("Stop: {title}", title=title))
            layout.addLayout(row(self._state, None, self._stop))
        else:
            layout.addWidget(self._state)

    def update(self, *far: int) -> None:  # type: ignore[override]
        """`update(done, total)`; without arguments Qt's own repaint."""
        if len(far) != 2:
            super().update(*far)
            return
        done, total = far
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        if total:
            self._state.setText(_("{done} of {total}", done=f"{done:,}", total=f"{total:,}"))

    def finish(self) -> None:
        """The work has ended."""
        self.hide()
        self.deleteLater()

    def _stopping(self, cancel: Callable[[], None]) -> None:
        self._state.setText(_("Stopping. Nothing is left half-done."))
        if self._stop is not None:
            self._stop.setEnabled(False)
        cancel()
