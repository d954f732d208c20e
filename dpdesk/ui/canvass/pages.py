"""The pages of the campaign as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page, PageSpec
from dpdesk.ui.words import _


def _lazy(module: str, name: str):
    def make(context: Context) -> Page:
        return getattr(import_module(f"dpdesk.ui.canvass.{module}"), name)(context)
    return make


def specs() -> list[PageSpec]:
    """The register in the navigation; an elector, the files and taking one in are reached from it."""
    campaign, see, bring = _("Campaign"), Right.REGISTER_SEE, Right.REGISTER_IMPORT
    return [
        PageSpec("register", campaign, _("Register"), "list", see, _lazy("page", "RegisterPage")),
        PageSpec("elector", campaign, _("Elector"), "user", see, _lazy("elector", "ElectorPage"), True, "register"),
        PageSpec("register_files", campaign, _("Files of the register"), "file-text", see, _lazy("files", "FilesPage"), True, "register"),
        PageSpec("register_import", campaign, _("Take a file in"), "file-up", bring, _lazy("wizard", "TakeInPage"), True, "register"),
        PageSpec("register_follows", campaign, _("Pairs to confirm"), "users", bring, _lazy("follows", "FollowsPage"), True, "register"),
        PageSpec("register_links", campaign, _("Electors and members"), "users", bring, _lazy("links", "LinksPage"), True, "register"),
    ]
