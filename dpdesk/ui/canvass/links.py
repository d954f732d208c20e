"""Electors and people of the desk: suggestions with a confidence, confirmed or refused by a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.register_links import Suggestion
from dpdesk.services.register_words import link_reason
from dpdesk.services.translation import marked
from dpdesk.ui.canvass.pairs import PairsPage
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.words import _, trn


class LinksPage(PairsPage):
    """A card for each suggestion, the likeliest first."""

    code = "register_links"
    title = marked("Electors and members")
    icon = "users"
    right = Right.REGISTER_IMPORT
    chapter = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Electors and members"))
        self.same_words, self.other_words = _("The same person"), _("Two people")
        self._all = self.header.set_main(_("Confirm the sure ones…"), self.confirm_sure, icon="check")
        self._all.hide()

    def sure(self) -> list[Suggestion]:
        """Those that may be confirmed together."""
        from dpdesk.services.register_links import SURE
        return [pair for pair in self.found if pair.score >= SURE]

    def shown(self) -> None:
        """Offer to confirm together where there are several."""
        self._all.setVisible(len(self.sure()) > 1 and not self.context.session.read_only)

    def confirm_sure(self) -> None:
        """Ask, and confirm all that are sure."""
        from dpdesk.services import register_links
        session, pairs = self.context.session, self.sure()
        ask.confirm(self, trn("Confirm {n} pair?", "Confirm {n} pairs?", len(pairs)), _(
            "They have the same name and address. Each can be taken apart again on the elector’s page."), _("Confirm them"),
            lambda: self.settle(lambda: register_links.link_all(session, pairs), _("They are linked.")))

    def read(self) -> Sequence[Suggestion]:
        """What may be one, where this officer may see both sides."""
        from dpdesk.services import register_links
        return register_links.suggest(self.context.session) if self.context.session.may(Right.MEMBERS_SEE) else ()

    def state(self, count: int) -> str:
        """How many were found."""
        return trn("{n} elector may be a member or contact.", "{n} electors may be members or contacts.", count)

    def nothing(self) -> EmptyState:
        """Nothing is left, or the officer may not see members."""
        words = (_("Electors who may be members or contacts are suggested here, for you to confirm.")
                 if self.context.session.may(Right.MEMBERS_SEE) else _("Your role may not see members, so nobody is suggested here."))
        return EmptyState("check", _("Nothing to confirm"), words, (_("Back to the register"), lambda: self.context.go("register", None)))

    def draw(self, pair: Suggestion) -> QWidget:
        """The elector and the person."""
        from dpdesk.services import register_links
        session = self.context.session
        kind = _("Member") if pair.kind == "member" else _("Contact")
        return self.pair_card(
            pair.score, [link_reason(code) for code in pair.reasons],
            [(_("On the register"), _("{number}: {name}", number=pair.number, name=pair.elector_name), pair.elector_home),
             (kind, pair.person_name, pair.person_home or _("no address"))], pair.person_name,
            lambda: self.settle(lambda: register_links.link(session, pair.elector, pair.person, pair.score), _("They are linked.")),
            lambda: self.settle(lambda: register_links.refuse(session, pair.elector, pair.person, pair.score),
                                _("They are two; this pair is not suggested again.")))
