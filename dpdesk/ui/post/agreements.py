"""Agreements with bulk mailers: without one in force nobody outside is given a list (UK GDPR Art 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.services.session import today
from dpdesk.ui import theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, day, field_name

if TYPE_CHECKING:
    from dpdesk.services.post_lists import Processor
    from dpdesk.ui.post.accounts import AccountsPage


class Agreements(QWidget):
    """Cards of the agreements, and a form to record one."""

    def __init__(self, page: AccountsPage) -> None:
        super().__init__()
        self._page = page
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.SPACE, 0, 0)
        self._column.setSpacing(theme.SPACE)

    def show_agreements(self, found: list[Processor]) -> None:
        """Draw the agreements."""
        empty_out(self._column)
        self._column.addWidget(text(_("Agreements with bulk mailers"), "heading"))
        self._column.addWidget(text(_("Whoever sends for the branch works with your members’ data, so the law wants a contract first. "
                                      "Lists for them are written only while one is in force."), "quiet"))
        for each in found:
            self._column.addWidget(self._card(each))
        self._slot = QVBoxLayout()
        if self._page.may():
            self._column.addWidget(flow(button(_("Record an agreement…"), self._ask)))
        self._column.addLayout(self._slot)

    def _card(self, agreement: Processor) -> QWidget:
        stands = agreement.stands(today().isoformat())
        column = QVBoxLayout()
        column.setSpacing(4)
        head = row(text(agreement.name, "label"), badge(_("In force") if stands else _("Ended"), "" if stands else "warning"))
        head.setStretch(0, 1)
        column.addLayout(head)
        until = _("until {day}", day=day(agreement.ends_on)) if agreement.ends_on else _("without an end")
        column.addWidget(text(_("{service} · since {day}, {until}", service=agreement.service, day=day(agreement.agreed_on), until=until),
                              "quiet"))
        column.addWidget(text(_("Kept: {where}", where=agreement.evidence), "small"))
        if stands and self._page.may():
            column.addWidget(flow(button(_("It has ended…"), lambda: self._ask_end(agreement), role="quiet",
                                         name=_("It has ended: {name}", name=agreement.name))))
        return card(column)

    def _ask(self) -> None:
        from dpdesk.services import post_lists
        session = self._page.context.session

        def send(values: dict[str, str]) -> None:
            self._page.write(lambda: post_lists.add_processor(session, values["name"], values["service"], values["agreed_on"],
                                                              values["evidence"], values["ends_on"]),
                             _("The agreement is on record."))
        self._page.ask(self._slot, Entry(_("An agreement with a bulk mailer"), "", [
            FieldSpec("name", _("Who sends for the branch"), help=_("Such as: MailChimp.")),
            FieldSpec("service", field_name("service"), help=_("Such as: sends our newsletter.")),
            FieldSpec("agreed_on", field_name("agreed_on"), "date"), FieldSpec("ends_on", _("Ends on"), "date", _("Empty: no end.")),
            FieldSpec("evidence", _("Where the contract is kept"), help=_("Such as: green folder, contracts."))],
            _("Record it"), send))

    def _ask_end(self, agreement: Processor) -> None:
        from dpdesk.services import post_lists
        session = self._page.context.session
        ask.confirm(self, _("Has this agreement ended?"), _("From now on no list is written for them. See to it that they delete what "
                                                            "they have."),
                    _("It has ended"), lambda: self._page.write(lambda: post_lists.end_processor(session, agreement.id),
                                                                _("Noted. Ask them to confirm that they deleted the lists.")))
