"""What was opened on a page is scrolled to where all of it is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from dpdesk.ui import theme

_WAITS = (0, 60)  # milliseconds: a card has its height only once its words were laid out at its width


def into_view(widget: QWidget) -> None:
    """Scroll so that all of `widget` is seen, or its top where it is higher than the page's place."""
    def scroll() -> None:
        area: QWidget | None = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or area.widget() is None or not widget.isVisibleTo(area):
            return
        if widget.height() + 6 * theme.SPACE > area.viewport().height():
            area.verticalScrollBar().setValue(widget.mapTo(area.widget(), QPoint(0, 0)).y() - theme.SPACE)
        else:
            area.ensureWidgetVisible(widget, 0, 3 * theme.SPACE)
    for wait in _WAITS:
        QTimer.singleShot(wait, widget, scroll)
