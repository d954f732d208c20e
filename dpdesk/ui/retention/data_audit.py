"""The yearly audit as a wizard: a sample, who was not heard of, what is not needed, the forms, and the signature."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.data_audit import STEPS, Answer, DataAudit, FormAnswer
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services.data_audit_words import answer_name, fact_rows, form_answer_name, step_name
from dpdesk.services.policy_words import rule_sentence
from dpdesk.services.translation import marked
from dpdesk.ui import leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.retention import sentences
from dpdesk.ui.stepping import StepPage
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import Form
from dpdesk.ui.widgets.parts import Choice, button, card, empty_out, text
from dpdesk.ui.words import _, day, moment, problem

DONE = len(STEPS)


class DataAuditPage(StepPage):
    """Answers are kept at each step, so that it goes on where it stood, also on another day."""

    code, title, icon, chapter = "data_audit", marked("Yearly audit"), "badge-check", "retention"
    right = Right.DATA_AUDIT
    home = "retention"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Yearly audit of the data"))
        self.add_back(_("Retention"), lambda: context.go("retention", None))
        self.now: DataAudit | None = None
        self.choices: dict[str, dict[str, Choice]] = {"sample": {}, "forms": {}}
        self.notes = {step: Form([FieldSpec("note", _("What you found and decided"), "long", longest=1000)])
                      for step in ("quiet", "redundant")}
        self.statement = Form([FieldSpec("statement", _("Your statement"), "long", longest=1000, help=_(
            "What was checked, what is to be done, and by when. Name nobody."))])
        self._lists = {step: QVBoxLayout() for step in (*STEPS, "done")}
        self.make_steps([*map(step_name, STEPS), _("Done")], [self._part(step) for step in (*STEPS, "done")])
        self.go(0)

    def _part(self, step: str) -> QWidget:
        made = QWidget()
        made.setProperty("role", "plain")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.SPACE)
        self._lists[step].setSpacing(theme.SPACE)
        column.addLayout(self._lists[step])
        if step in self.notes:
            column.addWidget(self.notes[step])
        if step == "sign":
            column.addWidget(self.statement)
        return made

    def refresh(self) -> None:
        """Read where the audit stands."""
        session = self.context.session

        def read() -> dict[str, Any]:
            from dpdesk.services import data_audits
            now = data_audits.open_audit(session)
            return {"now": now, "past": [each for each in data_audits.listing(session) if each.signed], "due": data_audits.due(session),
                    "people": data_audits.sample(session) if now else [], "forms": data_audits.forms(session),
                    "quiet": data_audits.quiet(session), "redundant": data_audits.redundant(session),
                    "numbers": data_audits.numbers(session)}
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=self.refused)

    def _show(self, found: dict[str, Any]) -> None:
        self.now = found["now"]
        began = self.now is not None
        for widget in (self.steps, self.rule, self.back_button):
            widget.setVisible(began)
        self.header.set_state(_("Begun {moment}, by {name}.", moment=moment(self.now.started_at), name=self.now.started_by) if self.now else
                              _("Due on {day}.", day=day(found["due"])))
        if not began:
            self._show_past(found["past"])
            return
        self._show_sample(found["people"])
        for step in ("quiet", "redundant"):
            self._show_lines(step, found[step])
        self._show_forms(found["forms"])
        self._show_sign(found["numbers"])
        if self.at == DONE or not self.now.looked and self.at == 0:
            self.go(STEPS.index(self.now.at))
        self._dress()

    def _show_past(self, past: list[DataAudit]) -> None:
        self.go(DONE)
        layout = self._lists["done"]
        empty_out(layout)
        may = not self.context.session.read_only
        layout.addWidget(EmptyState("badge-check", _("Once a year, the data is looked at as a whole"), _(
            "A sample of records is checked, who was not heard of and what is not needed is looked at, forms are reviewed, and the "
            "accountable person signs (S2 l.7; S1 §8.5.c, §8.6.f). It takes about half an hour; you can stop and go on."),
            *([(_("Begin the audit"), self.begin)] if may else [])))
        for each in past:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(_("Signed {moment}, by {name}", moment=moment(each.signed_at), name=each.signed_by), "label"))
            inside.addWidget(text(each.statement))
            inside.addWidget(fact_list(fact_rows(each.facts)))
            inside.addWidget(flow(button(_("Save the record…"), lambda each=each: self._ask_record(each), icon="download",
                                         name=_("Save the record of {moment}", moment=moment(each.signed_at)))))
            layout.addWidget(card(inside))
        self.next_button.hide()

    def _show_sample(self, people: list[Any]) -> None:
        layout, assert_now = self._lists["sample"], self.now
        empty_out(layout)
        self.choices["sample"] = {}
        layout.addWidget(text(_("These records were drawn by chance. Compare each with what you know, the party’s system or the person "
                                "(S1 §8.6.a). Put right what is wrong.")))
        options = (("", _("Not looked at yet")), *((each.value, answer_name(each.value)) for each in Answer))
        for person in people:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(person.name or _("no name"), "label"))
            facts = [self.context.words(code, getattr(person, code)) for code in ("email", "mobile", "landline")]
            inside.addWidget(text(", ".join(part for part in (person.address, *facts) if part), "quiet"))
            choice = Choice(options, name=_("{name}: what you found", name=person.name))
            choice.choose((assert_now.sample if assert_now else {}).get(person.id, ""))
            self.choices["sample"][person.id] = choice
            inside.addWidget(flow(choice, button(_("Open"), lambda person=person: self.context.go(person.kind.value, {"id": person.id}),
                                                 role="quiet", name=_("Open {name}", name=person.name))))
            layout.addWidget(card(inside))

    def _show_lines(self, step: str, lines: list[Any]) -> None:
        layout = self._lists[step]
        empty_out(layout)
        words = {"quiet": _("Who was not heard of for long, and notes that grew old (S1 §8.6.a). Look through them on the page Retention."),
                 "redundant": _("What its time is up for (S1 §8.6.f; S2 l.7). Work out a run on the page Retention, and have it approved.")}
        layout.addWidget(text(words[step]))
        for line in lines:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(_("{rule} Due: {n}.", rule=rule_sentence(line.rule, line.months), n=f"{len(line.due):,}"), "label"))
            if line.due:
                inside.addWidget(text(sentences.some(line.due), "quiet"))
            layout.addWidget(card(inside))
        layout.addWidget(flow(button(_("Go to Retention"), lambda: self.context.go("retention", None), icon="clock")))
        if self.now is not None and not self.notes[step].changes():
            self.notes[step].show({"note": self.now.looked.get(step, "")})

    def _show_forms(self, forms: list[Any]) -> None:
        layout = self._lists["forms"]
        empty_out(layout)
        self.choices["forms"] = {}
        mine = [form for form in forms if self.now is not None and form.key in self.now.forms]
        layout.addWidget(text(_("By these words the branch collects data. Are they still appropriate, relevant and not excessive "
                                "(S1 §8.5.c)?") if mine else _("No form or question is on record yet.")))
        options = (("", _("Not looked at yet")), *((each.value, form_answer_name(each.value)) for each in FormAnswer))
        for form in mine:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(_("{purpose}, version {n}, since {day}", purpose=form.purpose, n=form.version, day=day(form.since)),
                                  "label"))
            inside.addWidget(text(form.text))
            choice = Choice(options, name=_("{purpose}: what becomes of it", purpose=form.purpose))
            choice.choose(self.now.forms.get(form.key, "") if self.now else "")
            self.choices["forms"][form.key] = choice
            inside.addWidget(flow(choice))
            layout.addWidget(card(inside))

    def _show_sign(self, numbers: dict[str, int]) -> None:
        layout = self._lists["sign"]
        empty_out(layout)
        missing = self.now.missing() if self.now else ()
        if missing:
            layout.addWidget(text(_("Still open: {steps}.", steps=", ".join(map(step_name, missing))), "warning"))
        layout.addWidget(fact_list(fact_rows(numbers)))
        if not self.context.session.may(Right.RETENTION_APPROVE):
            layout.addWidget(text(_("The accountable person signs it. What you answered is kept."), "quiet"))

    def begin(self) -> None:
        """Draw the sample and begin."""
        from dpdesk.services import data_audits
        session = self.context.session
        self.context.jobs.run("write", lambda: data_audits.begin(session), owner=self, done=lambda _made: self._began(),
                              failed=self.refused)

    def _began(self) -> None:
        self.go(0)
        self.refresh()

    def go(self, at: int) -> None:
        """Show a step."""
        super().go(at)
        self._dress()

    def _dress(self) -> None:
        signing = self.at == DONE - 1
        self.next_button.setVisible(self.now is not None and self.at < DONE and not self.context.session.read_only)
        self.next_button.setText(_("Sign") if signing else _("Keep and go on"))
        self.next_button.setEnabled(not signing or self.context.session.may(Right.RETENTION_APPROVE))

    def go_on(self) -> None:
        """Keep the answers of this step, and go on; the last is the signature."""
        from dpdesk.services import data_audits
        session, step = self.context.session, STEPS[self.at]
        if step in self.choices:
            answers = {key: choice.code() for key, choice in self.choices[step].items()}
            keep = data_audits.answer_sample if step == "sample" else data_audits.answer_forms
            self._keep(lambda: keep(session, answers))
        elif step in self.notes:
            note = self.notes[step].values()["note"]
            self._keep(lambda: data_audits.look(session, step, note))
        else:
            statement = self.statement.values()["statement"]
            self.context.jobs.run("write", lambda: data_audits.sign(session, statement), owner=self, done=self._signed, failed=self.refused)

    def _keep(self, work: Any) -> None:
        def done(now: DataAudit) -> None:
            self.now = now
            for form in self.notes.values():
                form.show({**form.values()})
            self.go(self.at + 1)
            self.refresh()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self.refused)

    def _signed(self, _done: DataAudit) -> None:
        self.statement.show({"statement": ""})
        self.context.say("done", _("Signed. The record can be saved; it names nobody."), None)
        self.refresh()

    def refused(self, error: Exception) -> None:
        """Beside the field where it is about one."""
        for code, form in (("note", self.notes.get(STEPS[min(self.at, DONE - 1)])), ("statement", self.statement)):
            if isinstance(error, Invalid) and code in error.problems and form is not None:
                form.show_problems({code: problem(error.problems[code])})
                return
        super().refused(error)

    def _ask_record(self, audit: DataAudit) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the record"), f"audit-{audit.signed_at[:10]}.pdf", _("PDF documents (*.pdf)")),
            lambda path, accepted: self.save_record(audit, path, accepted), self.refused)

    def save_record(self, audit: DataAudit, path: Path, accepted: str = "") -> None:
        """Write the record of a signed audit."""
        from dpdesk.services import data_audits
        session = self.context.session
        self.context.jobs.run("write", lambda: data_audits.record(session, path, audit.id, accepted=accepted), owner=self,
                              done=lambda _copy: self.context.say("done", _("The record is saved as “{file}”.", file=path.name), None),
                              failed=self.refused)
