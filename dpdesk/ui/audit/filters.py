"""Which entries of the log are shown: by officer, action, record and days. As many columns as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk.services.audit import Filter
from dpdesk.ui import theme
from dpdesk.ui.widgets.fields import FieldSpec, FormField
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, action_name

_LETTERS = 24  # a field's width


class Filters(QWidget):
    """Four fields and, where one record is asked for, a chip that takes this away; `changed` is called at each choice."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._subject = ""
        self.fields = {spec.code: FormField(spec, self._wait if spec.kind == "date" else self._edited) for spec in (
            FieldSpec("officer", _("Officer"), "choice", choices=(("", _("Everybody")),)),
            FieldSpec("action", _("What was done"), "choice", choices=(("", _("Anything")),)),
            FieldSpec("since", _("From"), "date"),
            FieldSpec("until", _("To"), "date"))}
        for code in ("since", "until"):
            self.fields[code].control.editingFinished.connect(self._days)
        self._days_shown = ("", "")
        self.about = button("", self._everything, role="chip", icon="x")
        self.about.hide()
        self.clear = button(_("Show everything"), self._everything, role="link")
        self.clear.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE)
        self._columns = 0
        self._arrange()

    def offer(self, officers: Iterable[tuple[str, str]], actions: Iterable[str]) -> None:
        """Offer the officers and actions that occur."""
        named = sorted(((code, action_name(code)) for code in actions), key=lambda pair: pair[1])
        self.fields["officer"].control.offer([("", _("Everybody")), *officers])
        self.fields["action"].control.offer([("", _("Anything")), *named])

    def filter(self) -> Filter:
        """What is asked for; a day that cannot be read is said beside it and left out."""
        days = {}
        for code in ("since", "until"):
            value = self.fields[code].value()
            fine = not value or (len(value) == 10 and value[4] == "-")
            self.fields[code].set_problem("" if fine else _("Type a day such as 24/11/2026"))
            days[code] = value if fine else ""
        return Filter(self.fields["officer"].value(), self.fields["action"].value(), self._subject, **days)

    def narrow_to(self, subject: str, words: str) -> None:
        """Only entries about one record."""
        self._subject = subject
        self.about.setText(_("Only {whom}").format(whom=words).replace("&", "&&"))
        self.about.setAccessibleName(_("Only {whom}. Press to show all records").format(whom=words))
        self.about.setVisible(bool(subject))
        self._edited()

    def place(self) -> dict[str, str]:
        """What is chosen, to come back to."""
        return {**{code: field.value() for code, field in self.fields.items()}, "subject": self._subject}

    def return_to(self, place: dict[str, str]) -> None:
        """Choose as before, without saying so."""
        for code, field in self.fields.items():
            field.set_value(place.get(code, ""))
        self._days_shown = (self.fields["since"].value(), self.fields["until"].value())
        self._subject = place.get("subject", "")
        self.about.setText(_("Only one record"))
        self.about.setVisible(bool(self._subject))
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(4, self.width() // max(1, self.fontMetrics().averageCharWidth() * _LETTERS)))
        if columns == self._columns:
            return
        self._columns = columns
        for number, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, number // columns, number % columns)
        self._grid.addWidget(self.about, 5, 0)
        self._grid.addWidget(self.clear, 6, 0)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _edited(self) -> None:
        self._mark()
        self._changed()

    def _wait(self) -> None:
        """A day is read once it is typed, not at each letter."""

    def _days(self) -> None:
        days = (self.fields["since"].value(), self.fields["until"].value())
        if days != self._days_shown:
            self._days_shown = days
            self._mark()
            self._changed()

    def _mark(self) -> None:
        self.clear.setVisible(any(self.place().values()))

    def _everything(self) -> None:
        self.return_to({})
        self._changed()
