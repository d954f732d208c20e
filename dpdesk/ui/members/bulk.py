"""Change a field of many people: choose it, see who changes and who does not, then change; and the undo of such a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.domain.bulk import FIELDS
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import FIELD, Kind, Status
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import bulk_words
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, field_name, problem, status_name, trn

_NAMED_HELP = 8  # so many values on record are named beside a field


class BulkPage(Page):
    """For the people in `rows` of the place, or for the undo of entry `undo`. Nothing is written before the last button."""

    code = "bulk"
    title = marked("Change a field")
    icon = "pencil"
    right = Right.MEMBERS_EDIT
    chapter = "editing"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows: Sequence[int] = ()
        self.seq = 0
        self.plan: Any = None
        self._list = "members"
        self._offered: dict[str, list[str]] = {}
        self._kept: dict[str, str] = {}
        self.form: Form | None = None
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(theme.SPACE * 2)
        asking.addWidget(text(_("What is to be changed?"), "heading"))
        asking.addWidget(text(_("Tick one field or more. What will change is shown before anything is written."), "quiet"))
        self.ticks: dict[str, Tick] = {}
        asking.addWidget(self._fields())
        self._form_slot = QVBoxLayout()
        asking.addLayout(self._form_slot)
        self.preview_button = button(_("Preview"), self.preview, role="primary")
        asking.addWidget(flow(self.preview_button, button(_("Cancel"), self.to_list)))
        self.body.addWidget(self._asking)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(theme.SPACE)
        self.body.addLayout(self._shown)
        self.go_button = button("", self.apply, role="primary")
        self.back_button = button(_("Back"), self.to_list)
        self.body.addWidget(flow(self.go_button, self.back_button))
        self.body.addStretch(1)

    def _fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        across = 3 if theme.scale() < 1.5 else 2
        for at, code in enumerate(FIELDS):
            tick = self.ticks[code] = Tick(field_name(code))
            tick.setMinimumHeight(theme.TARGET)
            tick.toggled.connect(lambda _on: self._ask_values())
            grid.addWidget(tick, at // across, at % across)
        return holder

    def return_to(self, place: dict[str, Any]) -> None:
        """Whom it is about: `rows` of the page `list`, or `undo`, the number of an entry of the log."""
        if "undo" in place:
            self.seq, self.rows = int(place["undo"]), ()
        elif "rows" in place:
            self.seq, self.rows = 0, place["rows"]
            self._list = str(place.get("list", "members"))
            self._offered = {}
            self._kept = {}
            for tick in self.ticks.values():
                tick.setChecked(False)
        self._forget()
        self.refresh()

    def refresh(self) -> None:
        """Read what is offered, or what an undo would do."""
        from dpdesk.services import bulk, queries
        session, seq = self.context.session, self.seq
        kind = Kind.CONTACT if self._list == "contacts" else Kind.MEMBER
        self._draw()
        if seq:
            self.context.jobs.run("read", lambda: bulk.plan_undo(session, seq), owner=self, done=self._planned, failed=self._failed)
        elif not self._offered:
            self.context.jobs.run("read", lambda: queries.offered(session, kind), owner=self, done=self._offer, failed=self._failed)

    def heard(self, noun: str) -> None:
        """People changed elsewhere: the preview no longer holds."""
        if noun == "members" and self.isVisible() and not self.seq:
            self._forget()
            self._draw()

    def to_list(self) -> None:
        """Back to where one came from."""
        self.context.go(self._list, None)

    def _offer(self, offered: dict[str, list[str]]) -> None:
        self._offered = offered
        self._ask_values()

    def _ask_values(self) -> None:
        """A form of the fields ticked, keeping what was typed."""
        self._forget()
        if self.form is not None:
            self._kept |= self.form.values()
        empty_out(self._form_slot)
        self.form = None
        if specs := [self._spec(code) for code, tick in self.ticks.items() if tick.isChecked()]:
            self.form = Form(specs, columns=2)
            self.form.show(self._kept)
            self.form.edited.connect(self._edited)
            self._form_slot.addWidget(self.form)
        self._draw()

    def _spec(self, code: str) -> FieldSpec:
        if code == "status":
            return FieldSpec(code, field_name(code), "choice", choices=tuple((s.value, status_name(s.value)) for s in Status))
        values = self._offered.get(code, [])
        known = _("On record: {values}.", values=", ".join(values)) + " " if 0 < len(values) <= _NAMED_HELP else ""
        kind = "date" if FIELD[code].kind == "date" else "text"
        return FieldSpec(code, field_name(code), kind, known + _("Leave it empty to take it away."), longest=FIELD[code].longest)

    def _edited(self) -> None:
        if self.plan is not None:
            self._forget()
            self._draw()

    def _forget(self) -> None:
        self.plan = None

    def preview(self) -> None:
        """Work out what would change."""
        from dpdesk.services import bulk
        session, rows, values = self.context.session, self.rows, self.form.values() if self.form else {}
        if self.form is not None:
            self.form.clear_problems()
        self._work(_("Looking who would change"), "read",
                   lambda token: bulk.plan(session, rows, values, token.progress, token.cancelled), self._planned)

    def apply(self) -> None:
        """Make the change, or undo it, as previewed."""
        from dpdesk.services import bulk
        session, plan, rows = self.context.session, self.plan, self.rows
        if self.seq:
            seq = self.seq
            self._work(_("Undoing"), "write", lambda token: bulk.undo(session, seq, token.progress, token.cancelled), self._undone)
        else:
            self._work(_("Changing"), "write",
                       lambda token: bulk.apply(session, rows, plan.values, plan, token.progress, token.cancelled), self._applied)

    def _work(self, title: str, lane: str, work: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        self.setEnabled(False)

        def done(answer: Any) -> None:
            self.setEnabled(True)
            then(answer)

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self._failed(error)
        self.context.work(lane, title, work, owner=self, done=done, failed=failed)

    def _planned(self, plan: Any) -> None:
        self.plan = plan
        self._draw()
        (self.go_button if self.go_button.isVisibleTo(self) else self.back_button).setFocus()

    def _applied(self, done: Any) -> None:
        self.rows = ()
        self._forget()
        self.to_list()
        self.context.say("done", trn("{n} person is changed.", "{n} people are changed.", done.changed),
                         (_("Undo…"), lambda: self.context.go("bulk", {"undo": done.seq})))
        self.context.changed("members")

    def _undone(self, done: Any) -> None:
        self.seq = 0
        self._forget()
        self.to_list()
        self.context.say("done", bulk_words.undone(done), None)
        self.context.changed("members")

    def _draw(self) -> None:
        empty_out(self._shown)
        n = len(self.rows)
        self._asking.setVisible(not self.seq and n > 0)
        self.preview_button.setVisible(self.form is not None)
        self.go_button.setVisible(False)
        self.back_button.setVisible(bool(self.seq) or not n)
        self.header.set_state("")
        self.header.set_title(_("Undo a change to several people") if self.seq else
                              trn("Change a field of {n} person", "Change a field of {n} people", n))
        if self.plan is None:
            if not self.seq and not n:
                self._say(_("Nobody is chosen. Choose several people in the list first."))
            return
        if self.seq:
            self._draw_undo()
        else:
            self._draw_plan()

    def _draw_plan(self) -> None:
        plan = self.plan
        for words, role in bulk_words.preview(plan):
            self._say(words, role)
        self.go_button.setText(trn("Change {n} person", "Change {n} people", plan.changed))
        self.go_button.setVisible(plan.changed > 0)

    def _draw_undo(self) -> None:
        plan = self.plan
        self.header.set_state(bulk_words.when(plan))
        for words, role in bulk_words.undo_preview(plan):
            self._say(words, role)
        self.go_button.setText(trn("Undo for {n} person", "Undo for {n} people", plan.back))
        self.go_button.setVisible(plan.back > 0)

    def _say(self, words: str, role: str = "") -> None:
        self._shown.addWidget(text(words, role))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid) and self.form is not None and set(error.problems) <= self.form.values().keys():
            self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
        else:
            failures.show(self.context, error)
