"""The pages of entering and results as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page, PageSpec
from dpdesk.ui.words import _


def _lazy(module: str, name: str):
    def make(context: Context) -> Page:
        return getattr(import_module(f"dpdesk.ui.results.{module}"), name)(context)
    return make


def specs() -> list[PageSpec]:
    """Entering and results in the navigation; one page of a sheet is reached from the list."""
    campaign, enter = _("Campaign"), Right.RESULTS_ENTER
    return [
        PageSpec("results", campaign, _("Results"), "badge-check", Right.RESULTS_SEE, _lazy("page", "ResultsPage")),
        PageSpec("entering", campaign, _("Enter sheets"), "pencil", enter, _lazy("entering", "EnteringPage")),
        PageSpec("entry", campaign, _("Enter a sheet"), "pencil", enter, _lazy("entry", "EntryPage"), True, "entering"),
    ]
