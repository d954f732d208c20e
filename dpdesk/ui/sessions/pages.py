"""The pages of sessions as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("sessions")


def specs() -> list[PageSpec]:
    """Sessions in the navigation; everything else is reached from them."""
    group, see, run, home = _("Campaign"), Right.SHEETS_SEE, Right.SHEETS_RUN, "sessions"
    return [
        PageSpec("sessions", group, _("Sessions"), "users", see, _lazy("listing", "SessionsPage")),
        PageSpec("campaigns", group, _("Campaigns"), "list", see, _lazy("campaigns", "CampaignsPage"), True, home),
        PageSpec("session_plan", group, _("Plan a session"), "calendar-check", run, _lazy("plan", "PlanPage"), True, home),
        PageSpec("session", group, _("Session"), "users", see, _lazy("board", "BoardPage"), True, home),
        PageSpec("sheets_print", group, _("Print sheets"), "printer", run, _lazy("printing", "PrintPage"), True, home),
        PageSpec("sheets_issue", group, _("Hand sheets out"), "user", run, _lazy("issue", "IssuePage"), True, home),
        PageSpec("sheets_return", group, _("Hand sheets in"), "download", run, _lazy("returning", "ReturnPage"), True, home),
        PageSpec("sheet", group, _("Sheet"), "file-text", see, _lazy("sheet", "SheetPage"), True, home),
        PageSpec("sheet_losses", group, _("Lost pages"), "triangle-alert", see, _lazy("losses", "LossesPage"), True, home),
        PageSpec("destroy_sheets", group, _("Destroy paper"), "shield-check", Right.SHEETS_DESTROY, _lazy("destroy", "DestroyPage"), True,
                 home),
    ]
