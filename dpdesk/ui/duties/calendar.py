"""The calendar: everything with a day to come, month by month, with the bank holidays; and as an iCalendar file that names nobody."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.domain.clocks import british
from dpdesk.domain.roles import Right
from dpdesk.services import duties_today
from dpdesk.services.session import today
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties.saving import ask_file
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import button, empty_out, figures_font, line, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, away, day, moment, trn

_MONTHS = (marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"), marked("July"),
           marked("August"), marked("September"), marked("October"), marked("November"), marked("December"))


class CalendarPage(Page):
    """What is over stands first; then each month with its days."""

    code = "duty_calendar"
    title = marked("Calendar")
    icon = "calendar-check"
    right = Right.DUTIES_SEE
    chapter = "calendar"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Calendar"))
        self.header.add_quiet(_("Bank holidays"), lambda: context.go("bank_holidays", None), icon="settings")
        self.header.add_quiet(_("Save as iCalendar…"), self.ask_save, icon="download")
        self.slot, self._list = EntrySlot(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addLayout(self.slot)
        self.body.addLayout(self._list)
        self.tell = QCheckBox(_("Tell me on the desktop"))
        self.tell.setMinimumHeight(theme.TARGET)
        self.tell.setChecked(duties_today.notified(context.session))
        self.tell.clicked.connect(lambda on: duties_today.set_notified(context.session, on))
        self.body.addWidget(self.tell)
        self.body.addWidget(text(_("While the desk is open, how many things are due: a number, never a name."), "small"))
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what is due."""
        from dpdesk.services import duties_calendar
        session = self.context.session

        def read() -> tuple[list[Any], dict[str, str]]:
            found = duties_calendar.upcoming(session)
            until = max([each.due[:10] for each in found], default="")
            return found, duties_calendar.holidays(session, min(until, f"{today().year + 1}-12-31"))
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=lambda error: failures.show(self.context, error))

    def _show(self, read: tuple[list[Any], dict[str, str]]) -> None:
        empty_out(self._list)
        found, holidays = read
        now = today().isoformat()
        dated = [(_day(each.due), each) for each in found]
        over = [(on, each) for on, each in dated if on < now]
        self.header.set_state(_("{all}, {over}.", all=trn("{n} thing with a day", "{n} things with a day", len(found)),
                                over=trn("{n} overdue", "{n} overdue", len(over)) if over else _("nothing overdue")))
        if not found:
            self._list.addWidget(EmptyState("calendar-check", _("Nothing is due"), _("Each entry of a register brings its own days.")))
        if over:
            self._month(_("Overdue"), over)
        ahead = sorted([(on, each) for on, each in dated if on >= now] + [(on, name) for on, name in holidays.items()],
                       key=lambda each: (each[0], isinstance(each[1], str)))
        for month, some in groupby(ahead, key=lambda each: each[0][:7]):
            rows = list(some)
            if any(not isinstance(each, str) for _on, each in rows):
                self._month(f"{_(_MONTHS[int(month[5:]) - 1])} {month[:4]}", rows)

    def _month(self, heading: str, rows: list[tuple[str, Any]]) -> None:
        self._list.addWidget(line())
        self._list.addWidget(text(heading, "heading"))
        for on, each in rows:
            self._list.addWidget(self._holiday(on, each) if isinstance(each, str) else self._row(on, each))

    def _holiday(self, on: str, name: str) -> QWidget:
        return _beside(on, text(_("Bank holiday: {name}", name=name), "small"))

    def _row(self, on: str, each: Any) -> QWidget:
        words = text(each.words, "error" if on < today().isoformat() else "label")
        far = moment(each.due) if len(each.due) > 10 else away(on, today())
        return _beside(on, words, text(far, "small"), button(_("Open"), partial(self.context.go, each.page, dict(each.place)), role="quiet",
                                                             name=_("Open: {what}", what=each.words)))

    def ask_save(self) -> None:
        """Ask why and where."""
        from dpdesk.services import duties_calendar
        session = self.context.session
        ask_file(self, _("Save the calendar"), _("It holds references and days, and names nobody; it is not encrypted. Take it into the "
                                                 "calendar you use."), "duties.ics", _("iCalendar (*.ics)"),
                 lambda path, why, accepted, _token: duties_calendar.save(session, path, why, accepted=accepted))

    def heard(self, noun: str) -> None:
        """Something dated changed."""
        if noun in ("duties", "copies", "officers") and self.isVisible():
            self.refresh()


def _day(due: str) -> str:
    return british(due).date().isoformat() if len(due) > 10 else due


def _beside(on: str, words: QWidget, *more: QWidget) -> QWidget:
    """A day, and beside it what is due."""
    holder = QWidget()
    holder.setProperty("role", "plain")
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2 * theme.SPACE)
    when = text(day(on), "quiet")
    when.setFont(figures_font())
    when.setFixedWidth(round(140 * theme.scale()))
    layout.addWidget(when, 0, Qt.AlignmentFlag.AlignVCenter)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(words)
    for each in more[:1]:
        column.addWidget(each)
    layout.addLayout(column, 1)
    for each in more[1:]:
        layout.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
