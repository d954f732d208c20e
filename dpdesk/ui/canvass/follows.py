"""Pairs to confirm after a new register: electors who left and electors who came that may be one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dpdesk.domain.electors import Elector
from dpdesk.domain.roles import Right
from dpdesk.services.register_follows import Pair
from dpdesk.services.register_words import follow_name
from dpdesk.services.translation import marked
from dpdesk.ui.canvass.pairs import PairsPage
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.words import _, trn


class FollowsPage(PairsPage):
    """A card for each pair, the likeliest first."""

    code = "register_follows"
    title = marked("Pairs to confirm")
    icon = "users"
    right = Right.REGISTER_IMPORT
    chapter = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Pairs to confirm"))
        self.same_words, self.other_words = _("The same elector"), _("Two electors")

    def read(self) -> Sequence[Pair]:
        """Pairs nobody has answered."""
        from dpdesk.services import register_follows
        return register_follows.listing(self.context.session)

    def state(self, count: int) -> str:
        """How many wait."""
        return trn("{n} pair may be one elector under an old and a new number. History follows if you say so.",
                   "{n} pairs may be one elector each under an old and a new number. History follows if you say so.", count)

    def nothing(self) -> EmptyState:
        """Nothing is left."""
        return EmptyState("check", _("Nothing to confirm"), _("After a new register, pairs that may be one elector wait here."),
                          (_("Back to the register"), lambda: self.context.go("register", None)))

    def draw(self, pair: Pair) -> QWidget:
        """The old elector and the new."""
        from dpdesk.services import register_follows
        session, identity = self.context.session, pair.follow.id
        return self.pair_card(
            pair.follow.score, [follow_name(code) for code in pair.follow.reasons],
            [_side(_("Left the register"), pair.old), _side(_("Came with the new one"), pair.new)], pair.new.name,
            lambda: self.settle(lambda: register_follows.answer(session, identity, same=True), _("They are one elector; history follows.")),
            lambda: self.settle(lambda: register_follows.answer(session, identity, same=False), _("They are two electors.")))


def _side(label: str, elector: Elector) -> tuple[str, str, str]:
    return label, _("{number}: {name}", number=elector.key, name=elector.name), elector.home or _("no address")
