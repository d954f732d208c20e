"""A few questions asked in place: an inline card over a form, with a verb and Cancel. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.in_view import bring_to_view
from dpdesk.ui.widgets.parts import button, card, row, text
from dpdesk.ui.words import _, problem


class Card(QWidget):
    """Something asked in place, until it is put away: `closed` is sent then.

    Esc inside puts it away: the window asks the `close_up` around the cursor first. Enter in a line is the verb.
    """

    closed = Signal()
    codes: Set[str] = frozenset()
    """The fields that `show_problems` can speak of."""

    def start(self) -> None:
        """Put the caret where the officer begins."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, code -> problem code."""

    def close_up(self) -> None:
        """Put the card away; nothing is kept."""
        self.hide()
        self.deleteLater()
        self.closed.emit()

    def _frame(self, column: QBoxLayout, above: int = theme.SPACE) -> None:
        """Set `column` into a frame, with `above` pixels over and under it."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, above, 0, above)
        outer.addWidget(card(column, 3 * theme.SPACE))


class Entry(Card):
    """Shows `specs`; `send(values)` is called with the answers, days as ISO text."""

    def __init__(self, heading: str, why: str, specs: Sequence[FieldSpec], verb: str,
                 send: Callable[[dict[str, str]], None], *, values: Mapping[str, str] | None = None,
                 role: str = "primary", columns: int = 1) -> None:
        super().__init__()
        self._specs, self._send = tuple(specs), send
        self.codes = {spec.code for spec in specs}
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        self.heading = text(heading, "heading")
        column.addWidget(self.heading)
        if why:
            column.addWidget(text(why, "quiet"))
        column.addSpacing(theme.SPACE)
        self.form = Form(specs, columns=columns)
        self.form.show(values or {})
        column.addWidget(self.form)
        column.addSpacing(theme.SPACE)
        self.verb = button(verb, self._try, role=role)
        self.cancel = button(_("Cancel"), self.close_up)
        column.addLayout(row(self.verb, self.cancel, None))
        self._frame(column)

    def start(self) -> None:
        """Put the caret into the first field, and the whole card into view."""
        self.form.field(self._specs[0].code).control.setFocus()
        bring_to_view(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line sends the answers, but for what cannot be taken back."""
        front = self.focusWidget()
        lines = [self.form.field(code).control for code in self.codes]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(front, QLineEdit) and front in lines \
                and self.verb.property("role") != "danger":
            self._try()
        else:
            super().keyPressEvent(event)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, code -> problem code, beside the fields and above them."""
        self.form.show_problems({code: problem(what) for code, what in problems.items()})

    def _try(self) -> None:
        from dpdesk.services.details_dates import read_day
        from dpdesk.services.session import today
        values, problems = self.form.values(), {}
        for spec in self._specs:
            if spec.kind == "date" and values[spec.code]:
                values[spec.code], wrong = read_day(values[spec.code], today())
                problems |= {spec.code: wrong} if wrong else {}
        self.form.clear_problems()
        if problems:
            self.show_problems(problems)
        else:
            self._send(values)
