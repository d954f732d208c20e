"""The small cards of entering: a note beside a row, and a code of several letters."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.domain.results import NOTE_LONGEST
from dpdesk.services.entering import Row
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _

Send = Callable[[dict[str, str]], None]


class Quick(Entry):
    """A card of one line, sent by Enter."""

    def __init__(self, heading: str, why: str, spec: FieldSpec, verb: str, send: Send, value: str) -> None:
        super().__init__(heading, why, (spec,), verb, send, values={spec.code: value})
        self.form.field(spec.code).control.returnPressed.connect(self._try)


def note(row: Row, now: str, send: Send) -> Entry:
    """A note."""
    spec = FieldSpec("note", _("Note"), longest=NOTE_LONGEST)
    return Quick(_("A note on row {line}", line=row.line), _("Write only what canvassing needs, and nothing you would not show them."),
                 spec, _("Keep it"), send, now)


def code(row: Row, now: str, send: Send) -> Entry:
    """A whole code."""
    spec = FieldSpec("boxes", _("Code"), longest=20)
    return Quick(_("The code of row {line}", line=row.line), "", spec, _("Enter it"), send, now)
