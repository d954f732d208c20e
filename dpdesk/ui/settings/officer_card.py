"""One officer: who they are, how they stand, and what an accountable person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dpdesk.domain.officers import Officer, Standing
from dpdesk.services.session import today
from dpdesk.ui import theme
from dpdesk.ui.widgets.fields import FieldSpec, FormField
from dpdesk.ui.widgets.parts import badge, button, row, text
from dpdesk.ui.words import _, day, due, moment, problem, role_name, standing_name


class OfficerCard(QFrame):
    """`ask(verb, officer)` is called for suspend, reinstate and remove; `ask_end(officer, day | None)` for the last day."""

    def __init__(self, officer: Officer, *, own: bool, manages: bool, ask: Callable[[str, Officer], None],
                 ask_end: Callable[[Officer, date | None], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._officer, self._ask, self._ask_end = officer, ask, ask_end
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(theme.SPACE // 2)
        name = text(_("{name} (you)").format(name=officer.name) if own else officer.name, "label")
        head = row(name, *self._badges())
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(text(self._facts(), "quiet"))
        self._end: QWidget | None = None
        if manages and officer.standing is not Standing.REMOVED:
            self._add_verbs(layout, own)

    def _badges(self) -> list[QWidget]:
        standing, ends = self._officer.standing, self._officer.ends_on
        if standing is not Standing.ACTIVE:
            return [badge(standing_name(standing.value), "warning" if standing is Standing.SUSPENDED else "")]
        if ends is not None and ends < today():
            return [badge(standing_name("ended"), "warning")]
        return []

    def _facts(self) -> str:
        officer = self._officer
        parts = [role_name(officer.role.value)]
        if officer.ends_on is not None and officer.standing is not Standing.REMOVED:
            parts.append(_("last day {day}").format(day=due(officer.ends_on, today())))
        if officer.standing is not Standing.REMOVED:
            parts.append(_("key “{label}”").format(label=officer.key_label))
            parts.append(_("policy read on {moment}").format(moment=moment(officer.acknowledged_at))
                         if officer.acknowledged_at else _("policy not read yet"))
        return " · ".join(parts)

    def _add_verbs(self, layout: QVBoxLayout, own: bool) -> None:
        officer = self._officer
        suspended = officer.standing is Standing.SUSPENDED
        verbs = []
        if not own:
            verb, words = ("reinstate", _("Reinstate")) if suspended else ("suspend", _("Suspend"))
            verbs.append(button(words, lambda: self._ask(verb, officer), name=f"{words}: {officer.name}"))
        last = _("Change the last day") if officer.ends_on else _("Set a last day")
        verbs.append(button(_("Last day…"), self._turn_end, role="" if own else "quiet", name=f"{last}: {officer.name}"))
        if not own:
            verbs.append(button(_("Remove…"), lambda: self._ask("remove", officer), role="quiet",
                                name=_("Remove: {name}").format(name=officer.name)))
        layout.addLayout(row(*verbs, None))
        self._end = self._make_end()
        self._end.hide()
        layout.addWidget(self._end)

    def _make_end(self) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, theme.SPACE, 0, 0)
        self.day = FormField(FieldSpec("ends_on", _("Last day of access"), "date",
                                       _("After that day dpdesk does not let them in.")), lambda: None)
        self.day.setMaximumWidth(round(280 * theme.scale()))
        self.day.set_value(self._officer.ends_on.isoformat() if self._officer.ends_on else "")
        layout.addWidget(self.day)
        none = button(_("No last day"), lambda: self._ask_end(self._officer, None), role="quiet",
                      name=_("No last day: {name}").format(name=self._officer.name))
        none.setVisible(self._officer.ends_on is not None)
        layout.addLayout(row(button(_("Save"), self._save_end, name=_("Save the last day of {name}").format(
            name=self._officer.name)), none, None))
        return held

    def _turn_end(self) -> None:
        self._end.setVisible(self._end.isHidden())
        if not self._end.isHidden():
            self.day.control.setFocus()

    def _save_end(self) -> None:
        try:
            wanted = date.fromisoformat(self.day.value())
        except ValueError:
            self.day.set_problem(problem("date_bad") if self.day.value() else problem("missing"))
            return
        if wanted < today():
            self.day.set_problem(_("{day} is past. To keep somebody out from today, suspend them.").format(day=day(wanted)))
            return
        self.day.set_problem("")
        self._ask_end(self._officer, wanted)
