"""What became of a mailing for each person: those unknown are asked about one by one, those refused can be tried again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.post_states import Mailing, Outcome, Route, State
from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.post.rows import Rows
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.post_mailings import Got
    from dpdesk.ui.post.mailing import MailingPage

_ASKED = 20  # unknown people shown at a time


class Outcomes(Section):
    """Fills itself from `show_people`."""

    def __init__(self, page: MailingPage) -> None:
        super().__init__(_("Each person"))
        self._page = page
        self._people: list[Got] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.SPACE)
        self.body.addLayout(self._cards)
        self.only = Choice(name=_("Show only"))
        self.only.activated.connect(lambda _index: self._list())
        self.body.addLayout(row(self.only, None))
        self.table = Rows(_("Each person"), [_("Who"), _("What became of it"), _("Answer"), _("When")])
        self.body.addWidget(self.table)

    def show_people(self, people: list[Got], mailing: Mailing) -> None:
        """Draw what became of it."""
        from dpdesk.services.post_names import outcome_name
        self._people = people
        self.setVisible(bool(people))
        self.set_heading(_("Each person ({n})", n=f"{len(people):,}"))
        counts = Counter(each.outcome.value for each in people)
        self.only.offer([("", _("Everybody")), *((code, _("{name} ({n})", name=outcome_name(code), n=f"{n:,}"))
                                                 for code, n in counts.items())])
        self._list()
        empty_out(self._cards)
        if mailing.route != Route.SMTP.value or mailing.state is State.CANCELLED or not self._page.may(Right.POST_SEND):
            return
        unknown = [each for each in people if each.outcome is Outcome.UNKNOWN and each.person]
        for each in unknown[:_ASKED]:
            self._cards.addWidget(self._question(each))
        failed = [each for each in people if each.outcome is Outcome.FAILED and each.person]
        if failed:
            self._cards.addWidget(flow(button(trn("Try {n} person refused again", "Try {n} people refused again", len(failed)),
                                              lambda: self._retry([each.person for each in failed]), icon="undo-2")))

    def _list(self) -> None:
        from dpdesk.services.post_names import outcome_name
        only = self.only.code()
        self.table.show_rows([(each.name or _("(erased)"), outcome_name(each.outcome.value), each.code, moment(each.at))
                              for each in self._people if not only or each.outcome.value == only])

    def _question(self, got: Got) -> QWidget:
        """The card of one person of whom it is not known."""
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Did {name} get it?", name=got.name or _("somebody erased since")), "label"))
        column.addWidget(text(_("The line or the program ended after the message was handed over and before the server’s answer. It is "
                                "not sent again without your word: ask them, or look into the account’s sent mail. Or leave it as "
                                "unknown."), "quiet"))
        name = got.name
        column.addWidget(flow(
            button(_("They got it"), lambda: self._decide(got.person, again=False),
                   name=_("They got it: {name}", name=name)),
            button(_("Send again"), lambda: self._decide(got.person, again=True), name=_("Send again: {name}", name=name))))
        return card(column)

    def _decide(self, person: str, *, again: bool) -> None:
        from dpdesk.services import post_settle
        self._page.write(lambda session, mailing: post_settle.decide(session, mailing, person, again=again),
                         _("They are sent it again when the mailing goes on.") if again else _("Noted: they got it."))

    def _retry(self, people: list[str]) -> None:
        from dpdesk.services import post_settle

        def work(session, mailing: str) -> None:
            for person in people:
                post_settle.try_again(session, mailing, person)
        self._page.write(work, _("They are tried again when the mailing goes on."))
