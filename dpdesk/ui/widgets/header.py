"""The head of a page: the way back, title, one sentence of state, the one main action at the right, others in a quiet row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.parts import button, set_role, text
from dpdesk.ui.words import _


class _Actions(Flow):
    """In one line where there is room; `put` keeps the main one last."""

    def put(self, made: QPushButton, last: QPushButton | None) -> None:
        """Another action, before `last`."""
        self.addWidget(made)
        if last is not None:
            self.removeWidget(last)
            self.addWidget(last)

    def buttons(self) -> list[QPushButton]:
        """Every action, the main one last."""
        return [item.widget() for item in self._items if isinstance(item.widget(), QPushButton)]

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(sum(s.width() for s in sizes) + self.spacing() * max(0, len(sizes) - 1), self.minimumSize().height())


class PageHeader(QWidget):
    """`add_back`, `set_title`, `set_state`, `set_main` and `add_quiet` fill it; empty parts take no room."""

    def __init__(self, title: str, state: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = self._outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setHorizontalSpacing(3 * theme.SPACE)
        outer.setVerticalSpacing(theme.SPACE // 2)
        outer.setColumnStretch(0, 1)
        self.title = text(title, "title")
        self.title.setAccessibleName(title)
        self.state = text(state, "subtitle")
        self.state.setVisible(bool(state))
        self._side = QWidget()
        self._side.setProperty("role", "plain")
        self._actions = _Actions(self._side)
        self._narrow: bool | None = None
        self._lay(False)
        self.main: QPushButton | None = None
        self.back: QPushButton | None = None

    def add_back(self, words: str, on_press: Callable[[], object]) -> QPushButton:
        """The way to the page this one belongs to, above the title: `words` are that page's name."""
        self.back = button(words, on_press, role="back", icon="arrow-left")
        self.name_back(words)
        self.back.setMinimumHeight(0)
        self._outer.addWidget(self.back, 0, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        return self.back

    def name_back(self, words: str) -> None:
        """What the page one goes back to is called."""
        if self.back is not None:
            self.back.setText(words)
            self.back.setAccessibleName(_("Back: {page}", page=words))

    def set_title(self, title: str) -> None:
        """The page's name, in the officer's words."""
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self._fit()

    def set_state(self, sentence: str) -> None:
        """One sentence saying how things stand."""
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    def set_main(self, words: str, on_press: Callable[[], object], *, icon: str = "", role: str = "primary") -> QPushButton:
        """The one main action."""
        self.clear_main()
        self.main = button(words, on_press, role=role, icon=icon)
        self._actions.addWidget(self.main)
        return self.main

    def clear_main(self) -> None:
        """No main action, such as where this officer may not do it."""
        if self.main is not None:
            self._actions.removeWidget(self.main)
            self.main.hide()
            self.main.deleteLater()
            self.main = None

    def add_quiet(self, words: str, on_press: Callable[[], object], *, icon: str = "") -> QPushButton:
        """Another action, left of the main one."""
        made = button(words, on_press, role="quiet", icon=icon)
        self._actions.put(made, self.main)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where title and actions do not fit side by side, the actions go below."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """An action that comes or goes changes what fits."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._weigh()
            self._fit()
        return super().event(event)

    def _weigh(self) -> None:
        """Where there is no main action the last one stands in its place, with an outline that ends at the page's edge."""
        shown = [made for made in self._actions.buttons() if made.isVisibleTo(self._side)]
        for made in shown:
            if made.property("role") in ("quiet", "") and made is not self.main:
                set_role(made, "" if made is shown[-1] else "quiet")

    def _fit(self) -> None:
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        self._lay(self._actions.sizeHint().width() + min(title, 360 * theme.scale()) + self._outer.horizontalSpacing() > self.width())

    def _lay(self, narrow: bool) -> None:
        """The state under both, or title, state and actions one below the other."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self._outer.setVerticalSpacing(theme.SPACE if narrow else theme.SPACE // 2)
        for part in (self.title, self.state, self._side):
            self._outer.removeWidget(part)
        self._outer.addWidget(self.title, 1, 0, 1, 2 if narrow else 1)
        self._outer.addWidget(self.state, 2, 0, 1, 2)
        if narrow:
            self._outer.addWidget(self._side, 3, 0, 1, 2)
        else:
            self._outer.addWidget(self._side, 1, 1, Qt.AlignmentFlag.AlignTop)
