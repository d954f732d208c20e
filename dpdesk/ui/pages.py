"""Every page of the desk, in the order of the navigation; a page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _


def begin(context: Context) -> None:
    """What goes on from unlocking on, before any of its pages is opened."""
    from dpdesk.ui.scans import pages as scans
    from dpdesk.ui.transfers import pages as transfers
    scans.begin(context)
    transfers.begin(context)


def specs() -> list[PageSpec]:
    """The map of the window."""
    from dpdesk.ui.canvass import pages as canvass
    from dpdesk.ui.device import pages as device
    from dpdesk.ui.duties import pages as duties
    from dpdesk.ui.members import pages as members
    from dpdesk.ui.post import pages as post
    from dpdesk.ui.results import pages as results
    from dpdesk.ui.retention import pages as retention
    from dpdesk.ui.scans import pages as scans
    from dpdesk.ui.sessions import pages as sessions
    from dpdesk.ui.transfers import pages as transfers
    from dpdesk.ui.walks import pages as walks
    record, desk = _("Record"), ""
    return [
        PageSpec("today", "", _("Today"), "calendar-check", None, lazily("shell")("today", "TodayPage")),
        *members.specs(),
        *post.specs(),
        *canvass.specs(),
        *walks.specs(),
        *sessions.specs(),
        *scans.specs(),
        *results.specs(),
        *transfers.specs(),
        *duties.specs(),
        *retention.specs(),
        PageSpec("audit", record, _("Activity and audit"), "history", Right.AUDIT_SEE, lazily("audit")("page", "AuditPage")),
        PageSpec("copies", record, _("Copies"), "copy", None, lazily("copies")("page", "CopiesPage")),
        *device.specs(record),
        PageSpec("backups", record, _("Backups"), "database", Right.DESK_BACKUP, lazily("backups")("page", "BackupsPage")),
        PageSpec("officers", record, _("Officers"), "key-round", Right.OFFICERS_SEE, lazily("settings")("officers", "OfficersPage")),
        PageSpec("settings", desk, _("Settings"), "settings", None, lazily("settings")("page", "SettingsPage")),
        PageSpec("help", desk, _("Help"), "circle-help", None, lazily("help")("page", "HelpPage")),
    ]
