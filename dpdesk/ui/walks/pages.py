"""The pages of walks as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("walks")


def specs() -> list[PageSpec]:
    """Walks in the navigation; one walk and proposing are reached from there."""
    campaign, see = _("Campaign"), Right.REGISTER_SEE
    return [
        PageSpec("walks", campaign, _("Walks"), "map-pin", see, _lazy("page", "WalksPage")),
        PageSpec("walk", campaign, _("Walk"), "map-pin", see, _lazy("walk", "WalkPage"), True, "walks"),
        PageSpec("walks_propose", campaign, _("Propose walks"), "map-pin", Right.WALKS_EDIT, _lazy("propose", "ProposePage"), True,
                 "walks"),
    ]
