"""Destroying paper in steps: which sheets and what stands against it, how, a last look, and the certificate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.custody import State
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CLASSES, Method
from dpdesk.services.destruction import Ready
from dpdesk.services.session_words import hindrances_words, method_name, state_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.stepping import StepPage
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, field_name, problem, trn

CHOOSE, HOW, CHECK, END = range(4)


class DestroyPage(StepPage):
    """Sheets that may go are ticked; those that need a reason ask for one; the others say what stands against it."""

    code = "destroy_sheets"
    title = marked("Destroy paper")
    icon = "shield-check"
    right = Right.SHEETS_DESTROY
    chapter = "sessions"
    home = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Destroy paper"))
        self.ticks: dict[str, Tick] = {}
        self.reasons: dict[str, QLineEdit] = {}
        self._ready: dict[str, Ready] = {}
        self._number = ""
        least = context.session.policy.shred_class_least
        self.form = Form((
            FieldSpec("method", field_name("method_of_destruction"), "choice",
                      choices=tuple((each.value, method_name(each.value)) for each in Method)),
            FieldSpec("shred_class", field_name("shred_class"), "choice", choices=tuple((each, each) for each in CLASSES),
                      help=_("The policy asks for {least} or finer.", least=f"P-{least}")),
            FieldSpec("place", _("Place"), longest=120), FieldSpec("day", _("Day"), "date"),
            FieldSpec("time", _("Time"), longest=5, placeholder="18:30"), FieldSpec("by", field_name("by"), longest=120),
            FieldSpec("witness", field_name("witness"), longest=120),
            FieldSpec("contractor", field_name("contractor"), longest=60)), columns=2)
        self.form.edited.connect(self._fit)
        self.choose, how, self.check, self.end = QWidget(), QWidget(), QWidget(), QWidget()
        for each in (self.choose, how, self.check, self.end):
            column = QVBoxLayout(each)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.SPACE)
        how.layout().addWidget(text(_("How was it destroyed?"), "heading"))
        how.layout().addWidget(text(_("Record it once it is done. Two people: one destroys, another sees it."), "quiet"))
        how.layout().addWidget(self.form)
        self.make_steps([_("Choose the sheets"), _("How"), _("Record it"), _("Finished")], [self.choose, how, self.check, self.end])
        self._begin()
        self.go(CHOOSE)

    def place(self) -> dict[str, Any]:
        """What stands in the form."""
        return {"form": self.form.values()} if self.at != END else {}

    def return_to(self, place: dict[str, Any]) -> None:
        """After one batch another; or what was entered."""
        if self.at == END:
            self._begin()
            self.go(CHOOSE)
        if place.get("form"):
            self.form.fill(place["form"])
            self._fit()

    def _begin(self) -> None:
        from datetime import UTC, datetime

        from dpdesk.services.session import today
        from dpdesk.services.words import british
        now = british(datetime.now(UTC).isoformat())
        self.form.show({"method": Method.SHREDDED.value, "shred_class": f"P-{self.context.session.policy.shred_class_least}",
                        "day": today().isoformat(), "time": f"{now:%H:%M}", "by": self.context.session.officer.name})
        self._fit()

    def refresh(self) -> None:
        """Read what paper there is."""
        from dpdesk.services import destruction
        session = self.context.session
        if self.at == CHOOSE:
            self.context.jobs.run("read", lambda: destruction.plan(session), owner=self, done=self._offer, failed=self.refused)

    def _offer(self, ready: list[Ready]) -> None:
        column = self.choose.layout()
        empty_out(column)
        self.ticks, self.reasons, self._ready = {}, {}, {each.sheet.id: each for each in ready}
        if not ready:
            column.addWidget(EmptyState("shield-check", _("There is no paper to destroy"), _(
                "Sheets come here once they are printed. They go to the shredder when every page is accounted for, entered and checked.")))
        done = (State.VERIFIED, State.UPLOADED, State.VOID)
        groups = ((_("May go: every page accounted for, entered and checked"),
                   [each for each in ready if each.possible and each.sheet.state in done]),
                  (_("May go: never handed out"), [each for each in ready if each.possible and each.sheet.state not in done]),
                  (_("May go with a reason"), [each for each in ready if each.with_reason]),
                  (_("May not go yet"), [each for each in ready if not each.possible and not each.with_reason]))
        for heading, some in groups:
            if some:
                column.addWidget(text(heading, "heading"))
            for each in some:
                self._sheet(column, each)
        self.next_button.setEnabled(any(each.possible or each.with_reason for each in ready))

    def _sheet(self, column, each: Ready) -> None:
        words = _("{title}: {pages}. {state}", title=each.sheet.title, pages=trn("{n} page", "{n} pages", len(each.left)),
                  state=state_name(each.sheet.state.value))
        against = hindrances_words(each.hindrances)
        if not each.possible and not each.with_reason:
            column.addWidget(text(words, "label"))
            column.addWidget(text(against, "warning"))
            return
        tick = Tick(words)
        tick.setMinimumHeight(theme.TARGET)
        tick.setChecked(each.possible and each.sheet.state in (State.VERIFIED, State.UPLOADED, State.VOID))
        self.ticks[each.sheet.id] = tick
        column.addWidget(tick)
        if each.with_reason:
            column.addWidget(text(against, "quiet"))
            why = QLineEdit()
            why.setMinimumHeight(theme.TARGET)
            why.setMaxLength(200)
            why.setPlaceholderText(_("Why it goes all the same"))
            why.setAccessibleName(_("Why {title} goes all the same", title=each.sheet.title))
            why.textEdited.connect(lambda typed, tick=tick: tick.setChecked(bool(typed.strip())))
            self.reasons[each.sheet.id] = why
            column.addWidget(why)

    def chosen(self) -> list[Ready]:
        """The sheets that are ticked."""
        return [self._ready[sheet] for sheet, tick in self.ticks.items() if tick.isChecked()]

    def go_on(self) -> None:
        """One step on."""
        if self.at == CHOOSE:
            lacking = next((each for each in self.chosen() if each.with_reason and not self.reasons[each.sheet.id].text().strip()), None)
            if not self.chosen() or lacking is not None:
                self.context.say("warning", _("Give a reason for {title}.", title=lacking.sheet.title) if lacking else
                                 _("Tick the sheets that were destroyed."), None)
                return
            self.messages.clear()
            self.go(HOW)
        elif self.at == HOW:
            self._show_check()
            self.go(CHECK)
        elif self.at == CHECK:
            self._write()
        else:
            self.context.go("sessions", None)

    def _fit(self) -> None:
        method = self.form.values()["method"]
        self.form.field("shred_class").setVisible(method != Method.INCINERATED.value)
        self.form.field("contractor").setVisible(method == Method.CONTRACTOR.value)

    def _values(self) -> dict[str, str]:
        from dpdesk.services.dates import utc_at
        values = self.form.values()
        try:
            at = utc_at(values.pop("day"), values.pop("time"))
        except ValueError:
            at = "?"
        return {**values, "at": at, "shred_class": "" if values["method"] == Method.INCINERATED.value else values["shred_class"]}

    def _show_check(self) -> None:
        column, values = self.check.layout(), self.form.values()
        empty_out(column)
        pages = sum(len(each.left) for each in self.chosen())
        column.addWidget(text(_("Record that {pages} of {sheets} are destroyed. It cannot be taken back.", pages=trn(
            "{n} page", "{n} pages", pages), sheets=trn("{n} sheet", "{n} sheets", len(self.chosen()))), "heading"))
        shred = values["shred_class"] if values["method"] != Method.INCINERATED.value else ""
        column.addWidget(fact_list([(_("How"), f"{method_name(values['method'])} {shred}".strip()), (_("Place"), values["place"]),
                                    (field_name("by"), values["by"]), (field_name("witness"), values["witness"])]))
        for each in self.chosen():
            why = self.reasons.get(each.sheet.id)
            column.addWidget(text(f"{each.sheet.spoken}  {each.sheet.title}" + (f" · {why.text()}" if why else ""), "quiet"))

    def _write(self) -> None:
        from dpdesk.services import destruction
        session, values = self.context.session, self._values()
        sheets = [each.sheet.id for each in self.chosen()]
        reasons = {sheet: why.text() for sheet, why in self.reasons.items()}

        def done(batch: Any) -> None:
            self._number = batch.number
            column = self.end.layout()
            empty_out(column)
            column.addWidget(text(trn("{n} page is recorded as destroyed", "{n} pages are recorded as destroyed", batch.pages), "heading"))
            column.addWidget(text(_("Certificate {number} holds the head code of the log. Print it and let both sign.",
                                    number=batch.number)))
            column.addLayout(row(button(_("Save the certificate…"), self._certificate, role="primary", icon="download"), None))
            self.go(END)
            self.context.changed("sessions")
        self.run("write", _("Recording it"), lambda _token: destruction.destroy(session, sheets, values, reasons), done, HOW)

    def _certificate(self) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the certificate"), f"destruction-{self._number}.pdf", _("PDF (*.pdf)")), self.save_certificate,
            lambda error: failures.show(self.context, error))

    def save_certificate(self, path: Path, accepted: str) -> None:
        """Write the certificate of the batch."""
        from dpdesk.services import destruction
        session, number = self.context.session, self._number
        self.context.jobs.run("other", lambda: destruction.certificate(session, number, path, accepted=accepted), owner=self,
                              done=lambda _copy: self.context.say("done", _("Saved as “{file}”.", file=path.name), None),
                              failed=lambda error: failures.show(self.context, error))

    def refused(self, error: Exception) -> None:
        """Beside the fields where it is theirs."""
        if isinstance(error, Invalid):
            problems = {"day" if code == "at" else code: problem(what) for code, what in error.problems.items()}
            self.form.show_problems(problems)
        else:
            super().refused(error)

    def go(self, at: int) -> None:
        """Show a step and what its buttons say."""
        super().go(at)
        self.next_button.setText([_("Next: how"), _("Next: check"), _("Record it"), _("See the sessions")][at])
        self.back_button.setText(_("Back to sessions") if at == CHOOSE else _("Back"))
        self.back_button.setVisible(at != END)
        self.next_button.setEnabled(True)
        self.header.set_state(_("Done.") if at == END else _("Nothing is written before the step “Record it”."))
        if at == CHOOSE:
            self.refresh()
