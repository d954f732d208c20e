"""The small cards of entering: a note beside a row, and a code of several letters."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.domain.results import NOTE_LONGEST
from dpdesk.services.entering import Row
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _

Send = Callable[[dict[str, str]], None]


def note(row: Row, now: str, send: Send) -> Entry:
    """A note."""
    spec = FieldSpec("note", _("Note"), longest=NOTE_LONGEST)
    return Entry(_("A note on row {line}", line=row.line), _("Write only what canvassing needs, and nothing you would not show them."),
                 (spec,), _("Keep it"), send, values={spec.code: now})


def code(row: Row, now: str, send: Send) -> Entry:
    """A whole code."""
    spec = FieldSpec("boxes", _("Code"), longest=20)
    return Entry(_("The code of row {line}", line=row.line), "", (spec,), _("Enter it"), send, values={spec.code: now})
