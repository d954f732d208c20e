"""Dressing the application for a test: a look that is worn already is not put on again, which would cost a tenth of a second."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from dpdesk.ui import theme


def dress(name: str = "light", scale: int = 100) -> None:
    """The look of that name at that size of text."""
    app = QApplication.instance()
    if not app.styleSheet() or (theme.active().name, theme.scale()) != (name, scale / 100):
        theme.apply(app, name, scale)
