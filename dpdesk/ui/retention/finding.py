"""Finding the person or elector somebody is: type, and choose from the best fits of both lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.words import _, kind_name

LIMIT = 8
_AFTER = 150  # milliseconds


class PersonSearch(QWidget):
    """A field and the fits under it; `chosen(person, elector)` is called with the identities of one of them."""

    def __init__(self, context: Context, chosen: Callable[[str, str], object]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._context, self._chosen = context, chosen
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(text(_("Who is it?"), "label"))
        self.field = QLineEdit()
        self.field.setMinimumHeight(theme.TARGET)
        self.field.setAccessibleName(_("Name, number, address or e-mail of the person"))
        self.field.setPlaceholderText(_("Name, number, address or e-mail"))
        self.field.setMaximumWidth(round(560 * theme.scale()))
        layout.addWidget(self.field)
        self.fits = QVBoxLayout()
        self.fits.setSpacing(2)
        layout.addLayout(self.fits)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.field.textEdited.connect(lambda _typed: self._timer.start(_AFTER))

    def look(self) -> None:
        """Look for what was typed."""
        typed, session = self.field.text().strip(), self._context.session
        if len(typed) < 2:
            empty_out(self.fits)
            return

        def read() -> list[tuple[str, str, str]]:
            from dpdesk.services import electors, members
            found: list[tuple[str, str, str]] = []
            if session.may(Right.MEMBERS_SEE):
                found += [(_("{name}, {kind}. {place}", name=row.member.name, kind=kind_name(row.member.kind.value),
                             place=row.member.postcode or row.member.town), row.member.id, "")
                          for row in members.search(session, typed, LIMIT)]
            if session.may(Right.REGISTER_SEE):
                found += [(_("{number} {name}, elector. {place}", number=row.elector.key, name=row.elector.name, place=row.elector.home),
                           "", row.elector.id) for row in electors.search(session, typed, LIMIT)]
            return found
        self._context.jobs.run("read", read, owner=self, done=lambda found: self._show(typed, found), failed=lambda error: None)

    def _show(self, typed: str, found: list[Any]) -> None:
        if typed != self.field.text().strip():
            return
        empty_out(self.fits)
        for words, person, elector in found:
            self.fits.addWidget(button(words, lambda person=person, elector=elector: self._choose(person, elector), role="link"))
        if not found:
            self.fits.addWidget(text(_("Nobody fits."), "quiet"))

    def _choose(self, person: str, elector: str) -> None:
        empty_out(self.fits)
        self.field.clear()
        self._chosen(person, elector)
