"""All enquiries that stand: those to be erased, in one confirmed step, holds to review, holds that go on, and open ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import enquiry_parts as parts
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, trn


class EnquiriesPage(Page):
    """What is to be done comes first; what was erased leaves the certificate to save."""

    code = "enquiries"
    title = marked("Enquiries")
    icon = "clock"
    right = Right.MEMBERS_SEE
    chapter = "contacts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Enquiries"))
        if self.may(Right.MEMBERS_EDIT):
            self.header.set_main(_("Record an enquiry…"), lambda: context.go("enquiry_form", {}), icon="plus")
        self.add_back(_("Contacts"), lambda: context.go("contacts", None))
        self.certificate = ""
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self._list = self.add_list(2 * theme.SPACE)

    def refresh(self) -> None:
        """Read what stands."""
        from dpdesk.services import enquiries_due
        session = self.context.session
        self.context.jobs.run("read", lambda: enquiries_due.due(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, due: Any) -> None:
        empty_out(self._list)
        self._saved_by()
        n = len(due.expired) + len(due.reviews)
        self.header.set_state(trn("{n} enquiry needs you.", "{n} enquiries need you.", n) if n else _("No enquiry needs you today."))
        if not (due.expired or due.reviews or due.held or due.open):
            self._list.addWidget(EmptyState("badge-check", _("No enquiry is open"), _(
                "What people asked is kept here until its time is up, and then erased.")))
        if due.expired:
            self._section(_("To be erased ({n})"), due.expired, True, self._expired_acts, due.leaving)
            if self.may(Right.MEMBERS_ERASE):
                self._list.addWidget(flow(button(trn("Erase {n} enquiry…", "Erase {n} enquiries…", len(due.expired)),
                                                 lambda: self._ask_erase(due), role="danger")))
        if due.reviews:
            self._section(_("Holds to review ({n})"), due.reviews, True, self._hold_acts)
        if due.held:
            self._section(_("On hold ({n})"), due.held, not n, self._hold_acts)
        if due.open:
            self._section(_("Open ({n})"), due.open, not n, lambda shown: [])

    def _section(self, words: str, found: tuple, opened: bool, acts: Callable[[Any], list[QPushButton]],
                 leaving_too: frozenset[str] = frozenset()) -> None:
        section = Section(words.format(n=len(found)), open=opened)
        for shown in found:
            section.body.addWidget(self._card(shown, acts(shown), shown.enquiry.person in leaving_too))
        self._list.addWidget(section)

    def _card(self, shown: Any, acts: list[QPushButton], goes: bool) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        name = shown.name or _("No name on record")
        inside.addWidget(text(_("{name}: {head}", name=name, head=parts.head_words(shown)), "label"))
        inside.addWidget(text(shown.enquiry.query))
        for detail in parts.details_of(shown):
            inside.addWidget(text(detail, "quiet"))
        if goes:
            inside.addWidget(text(_("The branch knows them through this alone, so the person is erased too."), "warning"))
        each = shown.enquiry
        inside.addWidget(flow(button(_("Open the person"), lambda: self.context.go(shown.kind.value, {"id": each.person}),
                                     name=_("Open {name}", name=name)), *acts))
        return card(inside)

    def _expired_acts(self, shown: Any) -> list[QPushButton]:
        return [self._act(_("Hold…"), shown, lambda: self._ask_hold(shown))] if self.may(Right.MEMBERS_EDIT) else []

    def _hold_acts(self, shown: Any) -> list[QPushButton]:
        from dpdesk.services import enquiries
        if not self.may(Right.MEMBERS_EDIT):
            return []
        return [self._act(_("Renew the hold…"), shown, lambda: self._ask_hold(shown)),
                self._act(_("End the hold"), shown, lambda: self._write(
                    lambda session: enquiries.release(session, shown.enquiry.id), _("The hold is ended.")))]

    def _act(self, words: str, shown: Any, what: Callable[[], object]) -> QPushButton:
        return button(words, what, role="quiet", name=_("{words} The enquiry of {day}", words=words, day=day(shown.enquiry.asked_on)))

    def _ask_hold(self, shown: Any) -> None:
        from dpdesk.services import enquiries
        self._slot.ask(parts.hold_entry(shown, lambda values: self._write(
            lambda session: enquiries.hold(session, shown.enquiry.id, values["hold_reason"], values["hold_review_on"]),
            _("The enquiry is on hold."))))

    def _write(self, work: Callable[[Any], Any], said: str) -> None:
        session = self.context.session

        def done(_answer: Any) -> None:
            self._slot.close_up()
            self.context.say("done", said, None)
            self.context.changed("members")
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=self._failed)

    def _ask_erase(self, due: Any) -> None:
        n, people = len(due.expired), len(due.leaving)
        why = trn("{n} person the branch knows through these alone is erased too.",
                  "{n} people the branch knows through these alone are erased too.", people) if people else ""
        self._slot.ask(Entry(trn("Erase {n} enquiry", "Erase {n} enquiries", n), why, [FieldSpec(
            "why", _("Why"), longest=300, help=_("It stands in the log and on the certificate: name nobody."))], _("Erase…"),
            lambda values: self._confirm(due, values["why"]), values={"why": _("Their time is up")}, role="danger"))

    def _confirm(self, due: Any, why: str) -> None:
        n = len(due.expired)
        ask.confirm(self, trn("Erase {n} enquiry?", "Erase {n} enquiries?", n), _("This cannot be undone."), _("Erase"),
                    lambda: self._erase([each.enquiry.id for each in due.expired], why), danger=True)

    def _erase(self, ids: list[str], why: str) -> None:
        from dpdesk.services import enquiries_due
        session = self.context.session

        def done(answer: Any) -> None:
            self._slot.close_up()
            self.certificate = answer.certificate
            said = [trn("{n} enquiry is erased.", "{n} enquiries are erased.", answer.enquiries)]
            if answer.people:
                said.append(trn("{n} person is erased.", "{n} people are erased.", answer.people))
            if not answer.cleared:
                said.append(_("The last traces are cleared from the desk's files when it is opened next."))
            self.context.say("done", " ".join(said), None)
            self.context.changed("members")
        self.context.jobs.run("write", lambda: enquiries_due.erase(session, ids, why), owner=self, done=done, failed=self._failed)

    def _saved_by(self) -> None:
        if self.certificate:
            self._list.addWidget(text(_("Certificate {number} is ready for those who went. It names nobody.", number=self.certificate)))
            self._list.addWidget(flow(button(_("Save the certificate…"), self._save, role="primary", icon="download")))

    def _save(self) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the certificate"), f"erasure-{self.certificate}.pdf", _("PDF documents (*.pdf)")), self.write, self._failed)

    def write(self, path: Path, accepted: str = "") -> None:
        """Write the certificate."""
        from dpdesk.services import erasing
        session, number = self.context.session, self.certificate
        self.context.jobs.run("write", lambda: erasing.certificate(session, number, path, accepted=accepted), owner=self,
                              done=lambda copy: self.context.say("done", _("The certificate is saved as “{file}”.",
                                                                           file=Path(copy.path).name), None), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self.context, error)
