"""The pages of scanning as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("scans")


def begin(context: Context) -> None:
    """From unlocking on, whichever page is open: the folder this officer chose is watched."""
    session = context.session
    if not session.may_change(Right.SCANS_TAKE) or not session.acknowledged:
        return
    from dpdesk.services import scans_watch
    folder = scans_watch.folder(session)
    if folder is not None:
        from dpdesk.ui.scans.intake import intake
        intake(context).watch(folder)


def specs() -> list[PageSpec]:
    """Scans in the navigation; checking and scanners are reached from there."""
    campaign = _("Campaign")
    return [
        PageSpec("scans", campaign, _("Scans"), "scan-line", Right.SCANS_TAKE, _lazy("page", "ScansPage")),
        PageSpec("scans_review", campaign, _("Check scans"), "eye", Right.SCANS_REVIEW, _lazy("review", "ReviewPage"), True, "scans"),
        PageSpec("scans_scanners", campaign, _("Scanners"), "printer", Right.SCANS_TAKE, _lazy("scanners", "ScannersPage"), True, "scans"),
    ]
