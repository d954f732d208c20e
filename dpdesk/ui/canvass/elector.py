"""One elector: what the register says, earlier numbers, and who they are on the desk."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.roles import Right
from dpdesk.services.electors import Record
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.canvass import sentences
from dpdesk.ui.canvass.changes import Changes
from dpdesk.ui.canvass.contacts import Contacts
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.words import _


class ElectorPage(Page):
    """`place` is the elector's identity."""

    code = "elector"
    title = marked("Elector")
    icon = "user"
    right = Right.REGISTER_SEE
    chapter = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Elector"))
        self.identity = ""
        self.add_back(_("Electoral register"), lambda: context.go("register", None))
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.SPACE * 2)
        self.body.addLayout(self._column)
        self.contacts = Contacts(context)
        self.body.addWidget(self.contacts)
        self.changes = Changes(context)
        self.body.addWidget(self.changes)
        self.body.addStretch(1)

    def place(self) -> dict[str, Any]:
        """The elector."""
        return {"id": self.identity}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another elector."""
        self.identity = str(place.get("id", self.identity))
        self.refresh()

    def refresh(self) -> None:
        """Read the elector again."""
        from dpdesk.services import electors
        session, identity = self.context.session, self.identity
        if identity:
            self.context.jobs.run("read", lambda: electors.get(session, identity), owner=self, done=self._show,
                                  failed=lambda error: failures.show(self.context, error))

    def _show(self, record: Record) -> None:
        empty_out(self._column)
        self.contacts.show_elector(record.row.elector.id)
        self.changes.show_elector(record.row.elector.id)
        self.header.set_title(sentences.title(record.row))
        self.header.set_state(_("On the electoral register, which is for electoral purposes alone."))
        if record.row.attainer:
            self._column.addWidget(flag(_("Attainer: too young to vote on that day"), "clock", "warning"))
        self._column.addWidget(fact_list(sentences.facts(record)))
        if record.person:
            self._column.addWidget(text(_("This elector is {name} on the desk.", name=record.person_name), "label"))
            shown = [button(_("Open"), lambda: self.context.go(record.person_kind, {"id": record.person}), icon="user",
                            name=_("Open {name} on the desk", name=record.person_name))]
            if self.context.session.may_change(Right.REGISTER_IMPORT):
                shown.append(button(_("Take the link away"), lambda: self._unlink(record)))
            self._column.addWidget(flow(*shown))

    def _unlink(self, record: Record) -> None:
        from dpdesk.services import register_links
        session = self.context.session
        self.context.jobs.run("write", lambda: register_links.unlink(session, record.row.elector.id, record.person), owner=self,
                              done=lambda _none: self.refresh(), failed=lambda error: failures.show(self.context, error))
