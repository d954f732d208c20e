"""A field that finds members, contacts and officers by name alone as one types; what was typed is a name as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.sessions import Of
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.sessions import Named

_PAUSE = 150  # milliseconds between the last letter and the question
_ORIGINS = {Of.MEMBER: lambda: _("member or contact"), Of.OFFICER: lambda: _("officer of the desk"), Of.NAME: lambda: ""}


def origin(of: Of) -> str:
    """Where somebody is known from, in words; "" for a name alone."""
    return _ORIGINS[of]()


class Finder(QWidget):
    """`choose(who)` is called with whom the officer picks among those found, or typed and added; `beside` stand before the button."""

    def __init__(self, context: Context, choose: Callable[[Named], object], beside: Sequence[QWidget], verb: str, icon: str) -> None:
        super().__init__()
        self._context, self._choose = context, choose
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Name of somebody who takes part"))
        self.field.setPlaceholderText(_("A name: members, contacts and officers are found as you type"))
        self.field.setMinimumHeight(theme.TARGET)
        self.field.setMaxLength(120)
        layout.addWidget(self.field)
        layout.addWidget(flow(*beside, button(verb, self.add_typed, icon=icon)))
        self._found = QVBoxLayout()
        layout.addLayout(self._found)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search)
        self.field.textEdited.connect(lambda _typed: self._timer.start())
        self.field.returnPressed.connect(self.add_typed)

    def add_typed(self) -> None:
        """Choose the name as it was typed."""
        from dpdesk.services.sessions import Named
        name = " ".join(self.field.text().split())
        if name:
            self._choose(Named(Of.NAME, name=name))

    def clear(self) -> None:
        """Ready for the next name."""
        self._timer.stop()
        self.field.clear()
        empty_out(self._found)

    def _search(self) -> None:
        from dpdesk.services import sessions
        typed, session = self.field.text(), self._context.session
        if len(typed.strip()) < 2:
            empty_out(self._found)
            return
        self._context.jobs.run("read", lambda: sessions.find_people(session, typed, 5), owner=self,
                               done=lambda found: self._offer(typed, found), failed=lambda _error: empty_out(self._found))

    def _offer(self, typed: str, found: list[Named]) -> None:
        empty_out(self._found)
        if typed == self.field.text() and found:
            self._found.addWidget(flow(*(button(_("{name} ({what})", name=each.name, what=origin(each.of)),
                                                lambda each=each: self._choose(each), role="chip") for each in found)))
