"""A page of the window: header, message bar, content. The window builds it, asks its place and returns to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.header import PageHeader
from dpdesk.ui.widgets.message import MessageBar
from dpdesk.ui.words import _

MEASURE = 760  # pixels at 100 %: the longest comfortable line, for pages that are read


class Page(QWidget):
    """Subclasses set `code`, `title` and `icon`, fill `self.body`, and override what they need below.

    `wide` pages (tables) take the whole width; others keep to a comfortable measure. The window puts each page into a
    scroll area, so a page never clips: give the one widget that should fill the height an expanding size policy.
    """

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "file-text"
    group: ClassVar[str] = ""
    right: ClassVar[Right | None] = None
    wide: ClassVar[bool] = False
    chapter: ClassVar[str] = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setProperty("role", "plain")
        outer = QHBoxLayout(self)  # across: a column narrower than the page is then asked its height at its own width
        outer.setContentsMargins(40, 32, 32, 24)
        outer.setSpacing(0)
        self._column = QWidget(self)
        self._column.setProperty("role", "plain")
        if not self.wide:
            self._column.setMaximumWidth(round(MEASURE * theme.scale()))
        outer.addWidget(self._column, 1)
        outer.addStretch()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.header = PageHeader(_(self.title) if self.title else "", parent=self._column)
        self.messages = MessageBar(self._column)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, theme.SPACE, 0, 0)
        self.body.setSpacing(theme.SPACE * 2)
        column.addWidget(self.header)
        column.addWidget(self.messages)
        column.addLayout(self.body, 1)

    def add_list(self, spacing: int = theme.SPACE) -> QVBoxLayout:
        """A column at the foot of the body, for the cards or sections that `refresh` draws anew."""
        column = QVBoxLayout()
        column.setSpacing(spacing)
        self.body.addLayout(column)
        self.body.addStretch(1)
        return column

    def may(self, right: Right) -> bool:
        """Whether this officer may, and the desk takes changes."""
        return self.context.session.may_change(right)

    def add_back(self, words: str, on_press: Callable[[], object]) -> QPushButton:
        """The way to the page this one belongs to, in the margin above the title: titles keep their height from page to page."""
        back = self.header.add_back(words, on_press)
        self.show_back(True)
        return back

    def show_back(self, on: bool) -> None:
        """Whether there is a way back."""
        if self.header.back is not None:
            self.header.back.setVisible(on)
        self.layout().setContentsMargins(40, 6 if on else 32, 32, 24)

    def refresh(self) -> None:
        """Read again what is shown; called each time the page comes to the front."""

    def place(self) -> dict[str, Any]:
        """Where on the page the officer is (a search, a record, a fold): JSON values only."""
        return {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Go back to a `place` given earlier, or asked for by `go`."""

    def leave(self) -> bool:
        """About to be left: keep drafts. False when the page asks to stay (then it has said why)."""
        return True

    def back(self) -> bool:
        """Esc was pressed: step back inside the page; False when there is nowhere to step."""
        return False

    def heard(self, noun: str) -> None:
        """Some `noun` (`members`, `officers`, `settings`) changed elsewhere; by default read again when in front."""
        if self.isVisible():
            self.refresh()


def lazily(folder: str) -> Callable[..., Callable[[Context], Page]]:
    """Makers of the pages of a folder of `ui/`, called with module and class, and more for the page; the code is loaded by the first."""
    def of(module: str, name: str, *more: object) -> Callable[[Context], Page]:
        return lambda context: getattr(import_module(f"dpdesk.ui.{folder}.{module}"), name)(context, *more)
    return of


@dataclass(frozen=True)
class PageSpec:
    """A page of the map: where it stands in the navigation, under which word and icon, who may use it, who makes it.

    A spec with `hidden` is reached from other pages, not from the navigation; `within` is the code of the entry that
    then stays marked.
    """

    code: str
    group: str
    word: str
    icon: str
    right: Right | None
    factory: Callable[[Context], Page]
    hidden: bool = False
    within: str = ""
