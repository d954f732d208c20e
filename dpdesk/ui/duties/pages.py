"""The pages of the duties as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("duties")


def specs() -> list[PageSpec]:
    """Requests, complaints and incidents by name, all others behind one word; entries and forms are reached from them."""
    duties, see, report = _("Duties"), Right.DUTIES_SEE, Right.INCIDENTS_REPORT
    return [
        PageSpec("requests", duties, _("Requests"), "user", see, _lazy("listing", "EntriesPage", "requests")),
        PageSpec("complaints", duties, _("Complaints"), "mail", see, _lazy("listing", "EntriesPage", "complaints")),
        PageSpec("incidents", duties, _("Incidents"), "shield-alert", report, _lazy("listing", "EntriesPage", "incidents")),
        PageSpec("registers", duties, _("Registers"), "list", see, _lazy("page", "RegistersPage")),
        PageSpec("duties", duties, _("Register"), "list", see, _lazy("listing", "EntriesPage", ""), True, "registers"),
        PageSpec("duty", duties, _("Entry"), "file-text", report, _lazy("entry", "DutyPage"), True, "registers"),
        PageSpec("duty_calendar", duties, _("Calendar"), "calendar-check", see, _lazy("calendar", "CalendarPage")),
        PageSpec("bank_holidays", duties, _("Bank holidays"), "calendar-check", see, _lazy("holidays", "HolidaysPage"), True,
                 "duty_calendar"),
        PageSpec("activity", duties, _("Activity of the duties"), "history", see, _lazy("activity", "ActivityPage"), True, "registers"),
        PageSpec("duty_form", duties, _("Entry"), "pencil", report, _lazy("form", "DutyFormPage"), True, "registers"),
    ]
