"""Entering one page by keyboard alone: a key a code, the next row by itself, saved as it is typed, undone at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from dpdesk.domain.entry_keys import Keys
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.results import Check
from dpdesk.domain.roles import Right
from dpdesk.services.entering import Row
from dpdesk.services.entering_pages import Page as SheetPage
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.results import cards
from dpdesk.ui.results.differences import Differences
from dpdesk.ui.results.sheet import SheetTable
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, problem, trn

Entered = tuple[tuple[str, ...], str]  # letters, note


class EntryPage(Page):
    """`place` is the sheet and the page."""

    code = "entry"
    title = marked("Enter a sheet")
    icon = "pencil"
    right = Right.RESULTS_ENTER
    wide = True
    chapter = "entering"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Enter a sheet"))
        self.sheet, self.number = "", 1
        self.seen: SheetPage | None = None
        self.entered: dict[int, Entered] = {}
        self.keys = Keys(())
        self._adding = False
        self.add_back(_("Enter sheets"), lambda: context.go("entering", None))
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self.table = SheetTable()
        self.table.typed.connect(self._typed)
        self.table.command.connect(self._command)
        self._slot.closed.connect(self.table.setFocus)
        self.body.addWidget(self.table)
        self.legend = flow()
        self.legend.layout().setSpacing(2 * theme.SPACE)
        self.done = button(_("Page done"), self.finish, role="primary", icon="check", tip=_("Ctrl+Enter"))
        self.looked = button(_("All as on the paper"), self.look, role="primary", icon="check", tip=_("Ctrl+Enter"))
        self.rest = button(_("Nobody home on the rest"), self.rest_not_home, tip=_("F4"))
        self.back_step = button(_("Undo"), self.undo, icon="undo-2", tip=_("Backspace or Ctrl+Z"))
        self.body.addWidget(flow(self.done, self.looked, self.rest, self.back_step))
        self.body.addWidget(self.legend)
        self.body.addWidget(text(_("One key enters a row and goes to the next. Shift with a key adds to the row. A full stop writes a "
                                   "whole code such as D9/T, a comma a note. Space leaves a row for later."), "quiet"))
        self.differences = Differences(context, self.refresh)
        self.body.addWidget(self.differences)
        self.body.addStretch(1)
        for keys, act in (("F4", self.rest_not_home), ("Ctrl+Z", self.undo), ("Ctrl+Return", self._finish_or_look)):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def place(self) -> dict[str, Any]:
        """The sheet and the page."""
        return {"sheet": self.sheet, "page": self.number}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another page."""
        self.sheet, self.number = str(place.get("sheet", self.sheet)), int(place.get("page", self.number))
        self.refresh()

    def refresh(self) -> None:
        """Read the page."""
        from dpdesk.services import entering_pages
        session, sheet, number = self.context.session, self.sheet, self.number
        if sheet:
            self.context.jobs.run("read", lambda: entering_pages.page(session, sheet, number), owner=self, done=self._show,
                                  failed=self._failed)
        else:
            self.header.set_state(_("No page is chosen. Go back to the list and open one."))
            for each in (self.done, self.looked, self.rest, self.back_step):
                each.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """The page has the keyboard on arrival."""
        super().showEvent(event)
        QTimer.singleShot(0, self.table, self.table.setFocus)

    def _show(self, seen: SheetPage) -> None:
        self.seen, self.keys = seen, Keys(seen.letters)
        again = {each.line: (each.boxes, each.note) for each in seen.again}
        self.entered = {at: again[row.line] if row.line in again else ((*row.fact.raw.split(), *row.fact.answers), row.fact.note)
                        for at, row in enumerate(seen.rows) if row.line in again or row.fact is not None}
        self.header.set_title(_("{title}: page {page} of {pages}", title=seen.sheet.title, page=seen.page, pages=seen.sheet.pages))
        self.table.show_page(seen)
        for at in range(len(seen.rows)):
            self._draw(at)
        self._explain(seen)
        self._show_state()
        self.table.go_to(self._next_open(0))
        self.table.setFocus()
        self.differences.show_page(seen if seen.step == "differ" else None)

    def _explain(self, seen: SheetPage) -> None:
        """Each letter with its words, in as many lines as there is need of."""
        line = self.legend.layout()
        while (item := line.takeAt(0)) is not None:
            item.widget().deleteLater()
        for code in seen.codes.codes:
            said = text(code.words, "quiet")
            said.setWordWrap(False)
            pair = QWidget()
            pair.setProperty("role", "plain")
            pair.setLayout(row(badge(code.letter), said))
            line.addWidget(pair)

    def _show_state(self) -> None:
        seen = self.seen
        rows = [at for at, row in enumerate(seen.rows) if not row.blank]
        said = trn("{done} of {n} row entered, saved as you type.", "{done} of {n} rows entered, saved as you type.", len(rows),
                   done=len(self.entered))
        more = {"enter": "", "done": _("The page is checked."), "differ": _("Two people read rows of it differently."),
                "check": _("You enter it a second time, without seeing the first entry.") if self._again() else
                _("A second person compares it with the paper.")}[seen.step]
        self.header.set_state(_("Sheet {number}. {state} {more}", number=seen.sheet.spoken, state=said, more=more).strip())
        entering = seen.step == "enter" or self._again()
        self.done.setVisible(entering)
        self.rest.setVisible(seen.step == "enter")
        self.back_step.setVisible(seen.step == "enter")
        self.looked.setVisible(seen.step == "check" and not self._again() and not seen.mine and seen.check is Check.LOOK)

    def _again(self) -> bool:
        """Whether the page is entered a second time, unseen."""
        return self.seen is not None and self.seen.step == "check" and self.seen.check is Check.BLIND and not self.seen.mine

    def _draw(self, at: int) -> None:
        letters, note = self.entered.get(at, ((), ""))
        self.table.show_row(at, letters, note, self.keys.held if at == self.table.currentRow() else "")

    def _next_open(self, first: int) -> int:
        """The next row to enter from a place on; the last one where all are."""
        rows = range(len(self.seen.rows))
        open_rows = [at for at in rows if at >= first and at not in self.entered and not self.seen.rows[at].blank]
        return open_rows[0] if open_rows else min(first, len(self.seen.rows) - 1)

    def _typed(self, typed: str) -> None:
        if self.seen is None:
            return
        if self.seen.step != "enter" and not self._again():
            self.context.say("info", _("This page is entered. To put a row right, go there, press the full stop and write its code."), None)
            return
        self._adding = typed.startswith("+")
        codes = self.keys.feed(typed[-1])
        for code in codes:
            self._take(code)
        if self.keys.wrong:
            self.context.say("warning", _("“{typed}” is no code of this campaign.", typed=self.keys.wrong), None)
        self._draw(self.table.currentRow())

    def _take(self, code: str) -> None:
        """A whole code for the row being entered; then on to the next, unless more is added to it."""
        at = self.table.currentRow()
        if at < 0 or self.seen.rows[at].blank:
            return
        before, note = self.entered.get(at, ((), ""))
        letters = (*before, code) if self._adding and code not in before else (code,)
        self.save(at, letters, note)
        if not self._adding:
            self._go_on(at)

    def _go_on(self, at: int) -> None:
        following = next((place for place in range(at + 1, len(self.seen.rows)) if not self.seen.rows[place].blank), at)
        self.table.go_to(following)

    def _command(self, command: str) -> None:
        if self.seen is None:
            return
        at = self.table.currentRow()
        self._adding = False
        if command == "back" and self.keys.held:
            self.keys.held = ""
            self._draw(at)
            return
        for code in self.keys.flush():
            self._take(code)
            at = self.table.currentRow()
            command = "" if command == "next" else command
        acts: dict[str, Callable[[], object]] = {
            "back": self.undo, "note": partial(self.ask_note, at), "code": partial(self.ask_code, at), "next": partial(self._go_on, at),
            "down": partial(self.table.go_to, at + 1), "up": partial(self.table.go_to, at - 1)}
        if command:
            acts[command]()

    def ask_note(self, at: int) -> None:
        """Write a note beside a row."""
        self._slot.ask(cards.note(self.seen.rows[at], self.entered.get(at, ((), ""))[1], lambda values: self._card_done(
            at, self.entered.get(at, ((), ""))[0], values["note"], on=False)))

    def ask_code(self, at: int) -> None:
        """Write a code of several letters and figures."""
        letters, note = self.entered.get(at, ((), ""))
        self._slot.ask(cards.code(self.seen.rows[at], " ".join(letters), lambda values: self._card_done(
            at, tuple(values["boxes"].split()), note, on=True)))

    def _card_done(self, at: int, letters: tuple[str, ...], note: str, *, on: bool) -> None:
        self.save(at, letters, note, self._slot.entry)
        if on:
            self._go_on(at)

    def save(self, at: int, letters: Sequence[str], note: str, card: Card | None = None) -> None:
        """Keep a row as it stands now; where it cannot be, what was there before shows again."""
        from dpdesk.services import checking, entering
        session, row, before = self.context.session, self.seen.rows[at], self.entered.get(at)
        self.entered[at] = (tuple(letters), note)
        self._draw(at)
        self._show_state()
        again = self._again()

        def work() -> object:
            return checking.enter_again(session, row, letters, note) if again else entering.enter(session, row, letters, note)

        def done(_fact: object) -> None:
            if card is not None:
                card.close_up()

        def failed(error: Exception) -> None:
            if self.entered.get(at) == (tuple(letters), note):
                self.entered.pop(at)
                if before is not None:
                    self.entered[at] = before
            self._draw(at)
            self._show_state()
            self._refused(row, error, card)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)

    def _refused(self, row: Row, error: Exception, card: Card | None) -> None:
        if isinstance(error, Invalid) and card is not None:
            card.show_problems(error.problems)
        elif isinstance(error, Invalid):
            what = problem(next(iter(error.problems.values())))
            self.context.say("warning", _("Row {line}: {what}.", line=row.line, what=what), None)
            self.table.go_to(next(at for at, each in enumerate(self.seen.rows) if each.line == row.line))
        else:
            self._failed(error)

    def rest_not_home(self) -> None:
        """Nobody was home on the rest of the page."""
        from dpdesk.services import entering
        if self.seen is None or not self.rest.isVisible():
            return
        session, sheet, number = self.context.session, self.seen.sheet.id, self.seen.page
        first = self.seen.rows[max(0, self.table.currentRow())].line
        self.context.jobs.run("write", lambda: entering.rest_not_home(session, sheet, number, first), owner=self,
                              done=lambda _facts: self.refresh(), failed=self._failed)

    def undo(self) -> None:
        """Take back what was entered last."""
        from dpdesk.services import entering
        if self.seen is None or not self.back_step.isVisible():
            return
        session, sheet, number = self.context.session, self.seen.sheet.id, self.seen.page

        def done(gone: list) -> None:
            line = min(each.line for each in gone)
            self._after(lambda: self.table.go_to(next(at for at, row in enumerate(self.seen.rows) if row.line == line)))
        self.context.jobs.run("write", lambda: entering.undo(session, sheet, number), owner=self, done=done, failed=self._failed)

    def _after(self, then: Callable[[], object]) -> None:
        """Read the page again, then do something."""
        from dpdesk.services import entering_pages
        session, sheet, number = self.context.session, self.sheet, self.number

        def arrived(seen: SheetPage) -> None:
            self._show(seen)
            then()
        self.context.jobs.run("read", lambda: entering_pages.page(session, sheet, number), owner=self, done=arrived, failed=self._failed)

    def _finish_or_look(self) -> None:
        (self.look if self.looked.isVisible() else self.finish)()

    def finish(self) -> None:
        """Every row is entered: the page moves on, and the next one comes. Rows without an answer are asked about."""
        if self.seen is None or not self.done.isVisible():
            return
        self._command("")
        for code in self.keys.flush():
            self._take(code)
        self._finish(rest=False)

    def _finish(self, *, rest: bool) -> None:
        from dpdesk.services import checking, entering
        session, sheet, number, again = self.context.session, self.seen.sheet.id, self.seen.page, self._again()

        def work() -> int:
            if again:
                return checking.finish_again(session, sheet, number)
            entering.finish(session, sheet, number, rest_not_visited=rest)
            return 0

        def failed(error: Exception) -> None:
            if isinstance(error, Declined) and error.reason == "results.rows_open" and not again:
                count = int(str(error.facts["count"]))
                ask.confirm(self, trn("{n} row has no answer.", "{n} rows have no answer.", count),
                            _("If nobody called there, say so: they come up again on the next sheet."), _("Nobody called there"),
                            lambda: self._finish(rest=True))
            else:
                self._failed(error)
        self.context.jobs.run("write", work, owner=self, done=self._moved_on, failed=failed)

    def look(self) -> None:
        """A second person has compared the page with the paper."""
        from dpdesk.services import checking
        session, sheet, number = self.context.session, self.seen.sheet.id, self.seen.page
        self.context.jobs.run("write", lambda: checking.look(session, sheet, number), owner=self, done=lambda _none: self._moved_on(0),
                              failed=self._failed)

    def _moved_on(self, differing: int) -> None:
        self.context.changed("results")
        if differing:
            self.context.say("warning", trn("{n} row was read differently.", "{n} rows were read differently.", differing), None)
            self.refresh()
        elif self.seen.following:
            self.number = self.seen.following[0]
            self.context.say("done", _("Page {page} is done. Here is the next.", page=self.seen.page), None)
            self.refresh()
        else:
            words = _("Page {page} is done.", page=self.seen.page)
            self.context.go("entering", None)
            self.context.say("done", words, None)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
