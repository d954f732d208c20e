"""The pages of the campaign as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("canvass")


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
