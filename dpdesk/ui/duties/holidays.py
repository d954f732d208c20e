"""Where the branch is, and its bank holidays: the bundled ones, those it added, and none that it took out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.domain.roles import Right
from dpdesk.domain.working_days import Nation, WorkingDays
from dpdesk.services.session import today
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, trn

NATIONS = {Nation.ENGLAND_WALES: marked("England and Wales"), Nation.SCOTLAND: marked("Scotland"),
           Nation.NORTHERN_IRELAND: marked("Northern Ireland")}

_NEAR = 30  # days shown; of those further off only the branch's own


class HolidaysPage(Page):
    """A choice, a list, and a day more."""

    code = "bank_holidays"
    title = marked("Bank holidays")
    icon = "calendar-check"
    right = Right.DUTIES_SEE
    chapter = "calendar"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Bank holidays"))
        self.add_back(_("Calendar"), lambda: context.go("duty_calendar", None))
        if self._may():
            self.header.set_main(_("Add a day…"), self.ask, icon="plus")
        self._own: set[date] = set()
        self.body.addWidget(text(_("A last day that is no working day moves to the next one. Each nation has its own; a day more, such "
        "as for "
                                   "a coronation, is added here."), "quiet"))
        self.nation = Choice([(code.value, _(words)) for code, words in NATIONS.items()], name=_("Where the branch is"))
        self.nation.setEnabled(self._may())
        self.nation.activated.connect(lambda _index: self._set_nation())
        self.body.addWidget(text(_("Where the branch is"), "label"))
        self.body.addWidget(flow(self.nation))
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self._list = self.add_list(theme.SPACE // 2)

    def _may(self) -> bool:
        return self.context.session.may_change(Right.DESK_SETTINGS)

    def refresh(self) -> None:
        """Read the days."""
        from dpdesk.services import working_days
        session = self.context.session
        self.context.jobs.run("read", lambda: (working_days.calendar(session), set(working_days.changes(session)[0])), owner=self,
                              done=self._show, failed=self._failed)

    def _show(self, read: tuple[WorkingDays, set[date]]) -> None:
        calendar, self._own = read
        self.nation.choose(calendar.nation.value)
        empty_out(self._list)
        ahead = {on: name for on, name in calendar.holidays.items() if on >= today()}
        self.header.set_state(_("{days}, known until {year}.", days=trn("{n} day ahead", "{n} days ahead", len(ahead)),
                                year=calendar.known_until))
        near = set(list(ahead)[:_NEAR])
        for on, name in ahead.items():
            if on in near or on in self._own:
                self._list.addWidget(self._row(on, name))

    def _row(self, on: date, name: str) -> QWidget:
        said = _("{day}: {name}", day=day(on), name=name)
        label = text(said)
        label.setMinimumHeight(theme.TARGET)
        if not self._may():
            return label
        holder = QWidget()
        line = row(label, button(_("Take out"), lambda: self._write(_taking(on.isoformat())), role="link",
                                 name=_("Take out {day}", day=said)))
        line.setStretch(0, 1)
        holder.setLayout(line)
        return holder

    def ask(self) -> None:
        """Ask for a day more."""
        specs = [FieldSpec("holiday", _("Day"), "date"), FieldSpec("holiday_name", _("Name"))]
        self._slot.ask(Entry(_("A bank holiday more"), "", specs, _("Add it"),
                             lambda values: self._write(_adding(values["holiday"], values["holiday_name"]))))

    def _set_nation(self) -> None:
        from dpdesk.services import working_days
        code = self.nation.code()
        self._write(lambda session: working_days.set_nation(session, code))

    def _write(self, work: Callable[[Any], None]) -> None:
        session = self.context.session

        def done(_answer: object) -> None:
            self._slot.close_up()
            self.context.changed("duties")
            self.context.say("done", _("Every deadline counts with it from now on."), None)
            self.refresh()
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self.context, error)


def _adding(on: str, name: str) -> Callable[[Any], None]:
    from dpdesk.services import working_days
    return lambda session: working_days.add(session, on, name)


def _taking(on: str) -> Callable[[Any], None]:
    from dpdesk.services import working_days
    return lambda session: working_days.take_out(session, on)
