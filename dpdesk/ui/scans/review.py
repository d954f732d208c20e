"""Checking what was read: unsure rows first, then strips of empty ones, then each page once as a whole; and what needs a hand."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Page as Scanned
from dpdesk.services.scans import Seen
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.scans import queue
from dpdesk.ui.scans.crops import image_of
from dpdesk.ui.scans.differ import DifferView
from dpdesk.ui.scans.line_up import LineUpView
from dpdesk.ui.scans.queue import Task, Todo
from dpdesk.ui.scans.rows import RowView
from dpdesk.ui.scans.strip import StripView
from dpdesk.ui.scans.whole import WholeView
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.one_of import OneOf
from dpdesk.ui.widgets.parts import button, empty_out
from dpdesk.ui.words import _, trn

_KEPT = 6  # pictures in memory


class ReviewPage(Page):
    """One task after another; its place is the kind of task in front."""

    code = "scans_review"
    title = marked("Check scans")
    icon = "eye"
    right = Right.SCANS_REVIEW
    wide = True
    chapter = "scans"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Check scans"))
        self.add_back(_("Scans"), lambda: context.go("scans", None))
        self.todo: list[Todo] = []
        self.here: Todo | None = None
        self.kind: Task | None = None
        self.seen: Seen | None = None
        self.image = QImage()
        self._back: Todo | None = None
        self._done: list[str] = []
        self._others = 0
        self._pictures: OrderedDict[str, tuple[Seen, QImage]] = OrderedDict()
        self._chips = QVBoxLayout()
        self.body.addLayout(self._chips)
        self.stack = OneOf()
        self._make_views()
        self.body.addWidget(self.stack, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+Z"), self, self.undo)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_views(self) -> None:
        self.nothing = EmptyState("check", _("Nothing to check"), _("Rows the machine is not sure of wait here after a scan."),
                                  (_("Back to scans"), lambda: self.context.go("scans", None)))
        self.rows, self.strip, self.whole, self.lining, self.differ = RowView(), StripView(), WholeView(), LineUpView(), DifferView()
        for view in (self.nothing, self.rows, self.strip, self.whole, self.lining, self.differ):
            self.stack.add(view)
        self.rows.answered.connect(self._answered)
        self.rows.asked_page.connect(self._zoom)
        self.rows.asked_undo.connect(self.undo)
        self.rows.asked_again.connect(self._retry)
        self.rows.moved.connect(self._step)
        self.strip.confirmed.connect(self._confirmed)
        self.strip.asked_page.connect(self._zoom)
        self.whole.right.connect(self._checked)
        self.whole.wrong.connect(self._open_row)
        self.whole.left.connect(self._unzoom)
        self.lining.asked.connect(self._line_up)
        self.lining.no_sheet.connect(self._set_aside)
        self.differ.merged.connect(self._merge)

    def place(self) -> dict[str, Any]:
        """The kind of task in front."""
        return {"kind": self.kind.value} if self.kind else {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to that kind of task."""
        self.kind = Task(place["kind"]) if place.get("kind") else None
        self.refresh()

    def refresh(self) -> None:
        """What is to be done now."""
        session = self.context.session
        self.context.jobs.run("read", lambda: (queue.everything(session), queue.for_another(session)), owner=self,
                              done=lambda found: self._listed(*found), failed=lambda error: failures.show(self.context, error))

    def back(self) -> bool:
        """Esc leaves the whole page first."""
        if self._back is not None:
            self._unzoom()
            return True
        return False

    def _listed(self, todo: list[Todo], others: int) -> None:
        self.todo, self._others = todo, others
        if self.here not in todo and self._back is None:
            self._next()
        empty_out(self._chips)
        counts = queue.counts(todo)
        if counts:
            self._chips.addWidget(flow(*(self._chip(kind, count) for kind, count in counts.items())))
        rows = counts.get(Task.ROW, 0)
        waits = trn("{n} page waits for another officer to look it through.", "{n} pages wait for another officer to look them through.",
                    others) if others else ""
        self.header.set_state(trn("{n} row to decide.", "{n} rows to decide.", rows) if rows else
                              _("No row to decide.") if todo else waits or _("Everything is checked."))
        self.nothing.words.setText(waits or _("Rows the machine is not sure of wait here after a scan."))

    def _chip(self, kind: Task, count: int):
        chip = button(_("{name} · {n}", name=queue.name(kind), n=f"{count:,}"), lambda: self._choose(kind), role="chip")
        chip.setCheckable(True)
        chip.setChecked(self.here is not None and self.here.kind is kind)
        return chip

    def _choose(self, kind: Task) -> None:
        self.kind, self.here, self._back = kind, None, None
        self.stack.begin_anew()
        self._next()
        self._listed(self.todo, self._others)

    def _next(self) -> None:
        """The next task of the kind in hand, else the first of all."""
        mine = [each for each in self.todo if each.kind is self.kind] or self.todo
        if not mine:
            self.here, self.kind = None, None
            self._front(self.nothing, lambda: None)
            return
        self._open(mine[0])

    def _step(self, by: int) -> None:
        mine = [each for each in self.todo if self.here is not None and each.kind is self.here.kind]
        if self.here in mine:
            self._open(mine[(mine.index(self.here) + by) % len(mine)])

    def _open(self, todo: Todo) -> None:
        """Read page and picture, unless they are at hand; then show the task."""
        from dpdesk.services import scans
        self.here, self.kind = todo, todo.kind
        session = self.context.session

        def read() -> list[tuple[str, Seen, QImage]]:
            wanted = [todo.page, *([todo.other] if todo.other else [])]
            return [(page, scans.get(session, page), self._pictures[page][1] if page in self._pictures
                     else image_of(scans.picture(session, page))) for page in wanted]
        self.context.jobs.run("read", read, owner=self, done=lambda found: self._show(todo, found),
                              failed=lambda error: failures.show(self.context, error))

    def _show(self, todo: Todo, found: list[tuple[str, Seen, QImage]]) -> None:
        if todo is not self.here:
            return
        for page, seen, image in found:
            self._pictures[page] = (seen, image)
            self._pictures.move_to_end(page)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        _page, self.seen, self.image = found[0]
        row = next((each for each in self.seen.page.rows if each.line == todo.line), None)
        if todo.kind in (Task.ROW, Task.BLIND) and row is not None:
            self.rows.undo_button.setEnabled(bool(self._done))
            self._front(self.rows, lambda: self.rows.show_row(self.seen, row, self.image, blind=todo.kind is Task.BLIND))
        elif todo.kind is Task.STRIP:
            self._front(self.strip, lambda: self.strip.show_page(self.seen, self.image))
        elif todo.kind is Task.PAGE:
            self._front(self.whole, lambda: self.whole.show_page(self.seen, self.image, checking=True))
        elif todo.kind is Task.LINE_UP:
            self._front(self.lining, lambda: self.lining.show_page(self.seen.page, self.image))
        elif todo.kind is Task.DIFFER and len(found) == 2:
            first, later = found[1], found[0]
            self._front(self.differ, lambda: self.differ.show_pages(first[1], later[1], first[2], later[2]))

    def _front(self, view, fill) -> None:
        self.stack.bring(view)
        fill()

    def _zoom(self) -> None:
        if self.here is not None and self.here.kind is Task.BLIND:
            return  # what the machine read is drawn there
        if self.seen is not None and self.seen.layout is not None:
            self._back = self.here
            self._front(self.whole, lambda: self.whole.show_page(self.seen, self.image, checking=False))

    def _unzoom(self) -> None:
        back, self._back = self._back, None
        if back is not None:
            self._open(back)

    def _open_row(self, line: int) -> None:
        self._back = None
        if self.here is not None:
            self._open(Todo(Task.ROW, self.here.page, line))

    def _write(self, work, done=None) -> None:
        """Carry something out, then go on with what is left."""
        def after(found: Any) -> None:
            if self.here is not None and self.here in self.todo:
                self.todo.remove(self.here)
            self.here = None
            if done is not None:
                done(found)
            self._next()
            self.context.changed("scans")
            self.refresh()

        def failed(error: Exception) -> None:
            failures.show(self.context, error)
        self.context.jobs.run("write", work, owner=self, done=after, failed=failed)

    def _answered(self, letters: str, note: str) -> None:
        from dpdesk.services import scans_review
        session, todo = self.context.session, self.here
        if todo is None:
            return
        if todo.kind is Task.BLIND:
            self._write(lambda: scans_review.blind(session, todo.page, todo.line, letters), lambda said: self.context.say(
                "done", _("The machine read the same.") if said.value == "agreed" else
                _("The machine read something else: the row waits to be decided."), None))
            return
        self._write(lambda: scans_review.answer(session, todo.page, {todo.line: letters}, {todo.line: note}),
                    lambda page: self._remember(page))

    def _remember(self, page: Scanned) -> None:
        self._done.append(page.id)
        self.messages.clear()

    def _confirmed(self, empty: list[int], picked: list[int]) -> None:
        from dpdesk.services import scans_review
        session, todo = self.context.session, self.here
        if todo is None:
            return
        if not empty:
            self.todo = [*(Todo(Task.ROW, todo.page, line) for line in picked), *(each for each in self.todo if each is not todo)]
            self.kind = Task.ROW
            self._next()
            return

        def done(page: Scanned) -> None:
            self._remember(page)
            self.todo = [*(Todo(Task.ROW, todo.page, line) for line in picked), *self.todo]
        self._write(lambda: scans_review.confirm_strip(session, todo.page, empty), done)

    def undo(self) -> None:
        """Take back what was decided last."""
        from dpdesk.services import scans_review
        if not self._done:
            return
        session, page = self.context.session, self._done.pop()

        def done(_page: Scanned) -> None:
            self.context.say("done", _("Taken back: it waits to be decided again."), None)
            self.here, self.kind = None, Task.ROW
            self.refresh()
        self.context.jobs.run("write", lambda: scans_review.undo(session, page), owner=self, done=done,
                              failed=lambda error: failures.show(self.context, error))

    def _retry(self) -> None:
        """Sheets have been handed out meanwhile: what was read of all of them is taken."""
        from dpdesk.services import scans_review
        session, todo = self.context.session, self.here
        if todo is not None:
            self._write(lambda: scans_review.retry_all(session), lambda found: self.context.say(
                "done", trn("{n} row is taken as it was read.", "{n} rows are taken as they were read.", found[0]), None))

    def _checked(self) -> None:
        from dpdesk.services import scans_review
        session, todo = self.context.session, self.here
        if todo is not None:
            self._write(lambda: scans_review.check(session, todo.page), lambda page: page.done_at or self.context.say(
                "info", _("Page {page} waits for another officer now: you decided rows of it.", page=page.page), None))

    def _line_up(self, corners: tuple, number: str) -> None:
        from dpdesk.services import scans_line_up
        session, todo = self.context.session, self.here
        if todo is not None:
            self._write(lambda: scans_line_up.line_up(session, todo.page, corners, number),
                        lambda page: self.context.say("done", _("Page {page} is read.", page=page.page), None))

    def _set_aside(self) -> None:
        from dpdesk.services import scans_line_up
        session, todo = self.context.session, self.here
        if todo is not None:
            ask.confirm(self, _("Is this no sheet of ours?"), _("Its picture is erased for good. Scan it again if that was a mistake."),
                        _("Erase the picture"), lambda: self._write(lambda: scans_line_up.set_aside(session, todo.page)), danger=True)

    def _merge(self, answers: dict[int, str]) -> None:
        from dpdesk.services import scans_review
        session, todo = self.context.session, self.here
        if todo is not None:
            self._write(lambda: scans_review.merge(session, todo.page, answers),
                        lambda page: self.context.say("done", _("Page {page} is one again.", page=page.page), None))
