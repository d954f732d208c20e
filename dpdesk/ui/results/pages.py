"""The pages of entering and results as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("results")


def specs() -> list[PageSpec]:
    """Entering and results in the navigation; one page of a sheet is reached from the list."""
    campaign, enter = _("Campaign"), Right.RESULTS_ENTER
    return [
        PageSpec("results", campaign, _("Results"), "badge-check", Right.RESULTS_SEE, _lazy("page", "ResultsPage")),
        PageSpec("entering", campaign, _("Enter sheets"), "pencil", enter, _lazy("entering", "EnteringPage")),
        PageSpec("entry", campaign, _("Enter a sheet"), "pencil", enter, _lazy("entry", "EntryPage"), True, "entering"),
    ]
