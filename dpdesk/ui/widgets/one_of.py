"""Several views in one place, of which one shows: the place is as tall as that one, where a QStackedWidget is as tall as its tallest."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


class OneOf(QWidget):
    """The first view added shows first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._views: list[QWidget] = []
        self._front: QWidget | None = None
        self._anew = False

    def add(self, view: QWidget) -> None:
        """One more view."""
        self._views.append(view)
        self._layout.addWidget(view)
        if self._front is None:
            self._front = view
        else:
            view.hide()

    def front(self) -> QWidget | None:
        """The view that shows."""
        return self._front

    def begin_anew(self) -> None:
        """What is brought next is shown from the top of the page, whatever shows now."""
        self._anew = True

    def bring(self, view: QWidget) -> None:
        """Show a view. Another one than before is shown from the top of the page; the same one stays where it is scrolled to.

        Hiding what has the cursor makes Qt look for another place for it, and scroll there: that is taken back.
        """
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            bar = area.verticalScrollBar()
            at = bar.value() if view is self._front and not self._anew else 0
            QTimer.singleShot(0, area, lambda: bar.setValue(at))
        self._front, self._anew = view, False
        for each in self._views:
            each.setVisible(each is view)
