"""The card by which somebody more takes part in a session: a member, contact or officer found by name, or a name alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.errors import Invalid
from dpdesk.domain.sessions import Part
from dpdesk.services.session_words import part_name
from dpdesk.ui import theme
from dpdesk.ui.sessions.finder import Finder
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.words import _, problem

if TYPE_CHECKING:
    from dpdesk.services.sessions import Named
    from dpdesk.ui.sessions.asking import SessionPage


class JoinCard(Card):
    """Stays until somebody takes part; `joined()` is called then. Esc inside puts it away."""

    def __init__(self, page: SessionPage, joined: Callable[[], object]) -> None:
        super().__init__()
        self._page, self._joined = page, joined
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Add somebody"), "heading"))
        column.addWidget(text(_("Pick a member, contact or officer who is found, or add the name as it is typed."), "quiet"))
        self.part = Choice(tuple((each.value, part_name(each.value)) for each in (Part.RESPONSIBLE, Part.CANVASSER)),
                           name=_("Part in the session"))
        self.finder = Finder(page.context, self._join, (self.part,), _("Add"), "user-plus")
        column.addWidget(self.finder)
        self._wrong = text("", "danger")
        self._wrong.hide()
        column.addWidget(self._wrong)
        column.addLayout(row(button(_("Cancel"), self.close_up), None))
        self._frame(column)

    def start(self) -> None:
        """Put the caret into the field."""
        self.finder.field.setFocus()

    def _join(self, who: Named) -> None:
        from dpdesk.services import sessions
        session, identity, part = self._page.context.session, self._page.id, Part(self.part.code())

        def done(_one: object) -> None:
            self.close_up()
            self._page.context.changed("sessions")
            self._joined()

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid):
                self._wrong.setText("; ".join(problem(what) for what in error.problems.values()))
                self._wrong.show()
            else:
                self._page.failed(error)
        self._page.context.jobs.run("write", lambda: sessions.join(session, identity, who, part), owner=self, done=done, failed=failed)
