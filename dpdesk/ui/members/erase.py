"""Erasing people: what goes, what stays and why, and what still lies outside the desk; then the reason, then the certificate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import Form
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.words import _, copy_kind_name, day, goes_name, problem, trn


class ErasePage(Page):
    """For the people whose ids are in the place; nothing is erased before the last button and its question."""

    code = "erase"
    title = marked("Erase")
    icon = "x"
    right = Right.MEMBERS_ERASE
    chapter = "erasing"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.people: list[str] = []
        self.plan: Any = None
        self._done: Any = None
        self._shown = QVBoxLayout()
        self._shown.setSpacing(theme.SPACE)
        self.body.addLayout(self._shown)
        self.form = Form([
            FieldSpec("how", _("What is to be left"), "choice", choices=(
                (Erasing.ERASED.value, _("Nothing: erase for good")),
                (Erasing.PSEUDONYMISED.value, _("A record for the counts, under an artificial identifier")))),
            FieldSpec("why", _("Why"), longest=300, help=_("Such as: asked to be forgotten, letter of 3 May. It stands on the certificate: "
                                                        "name nobody."))])
        self.body.addWidget(self.form)
        self.go_button = button("", self.confirm, role="danger")
        self.save_button = button(_("Save the certificate…"), self._save, role="primary", icon="download")
        self.body.addWidget(flow(self.go_button, self.save_button, button(_("Back"), self.back_to_list)))
        self.body.addStretch(1)

    def return_to(self, place: dict[str, Any]) -> None:
        """Whom it is about: `ids`."""
        if place.get("ids"):
            self.people, self.plan, self._done = [str(each) for each in place["ids"]], None, None
            self.form.show({"how": Erasing.ERASED.value})
        self.refresh()

    def refresh(self) -> None:
        """Work out what would go and stay."""
        from dpdesk.services import erasing
        if self._done is not None or not self.people:
            self._draw()
            return
        session, people = self.context.session, self.people
        self.context.jobs.run("read", lambda: erasing.plan(session, people), owner=self, done=self._planned, failed=self._failed)

    def _planned(self, plan: Any) -> None:
        self.plan = plan
        self._draw()

    def back_to_list(self) -> None:
        """To the members."""
        self.context.go("members", None)

    def _draw(self) -> None:
        empty_out(self._shown)
        ready = self.plan is not None and self._done is None
        self.form.setVisible(ready)
        self.go_button.setVisible(ready and self.plan.possible)
        self.save_button.setVisible(self._done is not None)
        if self._done is not None:
            self._draw_done()
        elif self.plan is not None:
            self._draw_plan()
        else:
            self.header.set_title(_("Erase"))
            self._say(_("Nobody is chosen."))

    def _draw_plan(self) -> None:
        plan = self.plan
        n = len(plan.people)
        self.header.set_title(trn("Erase {n} person", "Erase {n} people", n))
        names = ", ".join(plan.names)
        self.header.set_state(_("{names} and others", names=names) if n > len(plan.names) else names)
        self.go_button.setText(trn("Erase {n} person…", "Erase {n} people…", n))
        if plan.held:
            self._say(trn("A hold is on record for {n} of them: nobody can be erased before it ends.",
                          "A hold is on record for {n} of them: nobody can be erased before it ends.", len(plan.held)), "warning")
        self._say(_("What goes"), "heading")
        for code, count in plan.goes.items():
            self._say(f"{goes_name(code)[:1].upper()}{goes_name(code)[1:]}" + (f" ({count:,})" if count > 1 or code != "record" else ""))
        self._say(_("What stays, and why"), "heading")
        self._say(_("The log keeps who erased them and when, without any value."))
        self._say(_("A hash of number, address and name that nobody can read: should a later list bring them again, you are asked first."))
        if plan.stops:
            self._say(trn("The opt-out of {n} of them stays, as a hash nobody can read: without it the next list would bring "
                          "them mail again.",
                          "The opt-outs of {n} of them stay, as hashes nobody can read: without them the next list would bring them "
                          "mail again.", plan.stops))
        if plan.copies or plan.backups:
            self._say(_("Still outside the desk"), "heading")
            for copy in plan.copies:
                self._say(_("{kind}, {file}, to be deleted by {day}", kind=copy_kind_name(copy.kind.value), file=Path(copy.path).name,
                            day=day(copy.delete_by)))
            if plan.backups:
                self._say(trn("{n} encrypted backup made before holds them until it is replaced.",
                              "{n} encrypted backups made before hold them until they are replaced.", plan.backups))

    def _draw_done(self) -> None:
        self.header.set_title(_("Erased"))
        self.header.set_state("")
        self._say(trn("{n} person is erased. Certificate {number}.", "{n} people are erased. Certificate {number}.", self._done.people,
                      number=self._done.certificate), "heading")
        self._say(_("Every trace is cleared from the desk's files.") if self._done.cleared else
                  _("The last traces are cleared from the desk's files when it is opened next."))
        self._say(_("The certificate names nobody. Save it where the branch keeps its records."), "quiet")

    def _say(self, words: str, role: str = "") -> None:
        if role == "heading" and self._shown.count():
            self._shown.addSpacing(theme.SPACE)
        self._shown.addWidget(text(words, role))

    def confirm(self) -> None:
        """The last question; for many the number is typed."""
        values, n = self.form.values(), len(self.plan.people)
        if not values["why"].strip():
            self.form.show_problems({"why": problem("missing")})
            return
        self.form.clear_problems()
        ask.confirm(self, trn("Erase {n} person?", "Erase {n} people?", n), _("This cannot be undone."), _("Erase"),
                    lambda: self._erase(values["why"], Erasing(values["how"])), danger=True, type_word=str(n) if n > 1 else "")

    def _erase(self, why: str, how: Erasing) -> None:
        from dpdesk.services import erasing
        session, people = self.context.session, self.people

        def done(answer: Any) -> None:
            self._done = answer
            self._draw()
            self.context.changed("members")

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid):
                self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
            else:
                self._failed(error)
        self.context.work("write", _("Erasing"), lambda token: erasing.erase(session, people, why, how, token.progress, token.cancelled),
                          owner=self, done=done, failed=failed)

    def _save(self) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the certificate"), f"erasure-{self._done.certificate}.pdf", _("PDF documents (*.pdf)")), self.write, self._failed)

    def write(self, path: Path, accepted: str = "") -> None:
        """Write the certificate."""
        from dpdesk.services import erasing
        session, number = self.context.session, self._done.certificate
        self.context.jobs.run("write", lambda: erasing.certificate(session, number, path, accepted=accepted), owner=self,
                              done=lambda copy: self.context.say("done", _("The certificate is saved as “{file}”.",
                                                                           file=Path(copy.path).name), None), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
