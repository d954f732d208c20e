"""The fields of when and where a session is, and where its paper lies; the plan and the board ask them alike."""

from __future__ import annotations

from dpdesk.domain.sessions import Protected, Storage
from dpdesk.services.session_words import protected_name, storage_name
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, field_name


def when_specs() -> tuple[FieldSpec, ...]:
    """Specs of the fields of `services.sessions.FIELDS`."""
    when, paper = _("When and where"), _("Where the paper lies (S1 §23)")
    return (
        FieldSpec("on_day", field_name("on_day"), "date", group=when),
        FieldSpec("starts", field_name("starts"), longest=5, placeholder="10:30", group=when),
        FieldSpec("back_time", field_name("back_time"), longest=5, placeholder="13:00", group=when,
                  help=_("What is not back by then shows on Today.")),
        FieldSpec("place", _("Meeting place"), longest=120, group=when, span=True),
        FieldSpec("storage", field_name("storage"), longest=120, group=paper, placeholder=_("Steel cabinet in the office")),
        FieldSpec("storage_kind", field_name("storage_kind"), "choice", group=paper,
                  choices=tuple((each.value, storage_name(each.value)) for each in Storage)),
        FieldSpec("protected", field_name("protected"), "choice", group=paper,
                  choices=tuple((each.value, protected_name(each.value)) for each in Protected)))
