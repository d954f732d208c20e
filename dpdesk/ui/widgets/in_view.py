"""What is opened on a page is seen: its scroll area moves to it once it has its size."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from dpdesk.ui import theme

_LAID = 20  # milliseconds by which what was added is laid out


def bring_to_view(widget: QWidget) -> None:
    """Scroll so that the whole of `widget` is seen, or its top where it is taller than the view."""
    QTimer.singleShot(_LAID, widget, lambda: _scroll(widget))


def _scroll(widget: QWidget) -> None:
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None or area.widget() is None:
        return
    top = widget.mapTo(area.widget(), widget.rect().topLeft()).y()
    bar, room, margin = area.verticalScrollBar(), area.viewport().height(), 3 * theme.SPACE
    if top + widget.height() + margin > bar.value() + room:
        bar.setValue(min(top - margin, top + widget.height() + margin - room))
    elif top - margin < bar.value():
        bar.setValue(top - margin)
