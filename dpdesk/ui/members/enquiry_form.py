"""Recording an enquiry of somebody who is not open before us: who asks and what, in one form; somebody known is not made twice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import DeskError, Invalid
from dpdesk.domain.members import FIELD
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import enquiry_parts as parts
from dpdesk.ui.members import sentences
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.in_view import bring_to_view
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.words import _, field_name, kind_name, problem, trn

WHO = ("forename", "surname", "email", "mobile", "landline")
KEY = "draft:enquiry:new"
JOT_AFTER = 600  # milliseconds of rest before the draft is kept


class EnquiryFormPage(Page):
    """Saves at once where nobody on the desk is like that; else asks whether it is one of them."""

    code = "enquiry_form"
    title = marked("Record an enquiry")
    icon = "pencil"
    right = Right.MEMBERS_EDIT
    chapter = "contacts"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Record an enquiry"))
        self.header.set_state(trn("Kept for {n} month from the last contact, then erased.",
                                  "Kept for {n} months from the last contact, then erased.",
                                  context.session.policy.enquiries_kept_months))
        who = [FieldSpec(code, field_name(code), FIELD[code].kind, longest=FIELD[code].longest, group=_("Who asks"))
               for code in WHO]
        self.form = Form([*who, *parts.asked_specs(_("What they ask"))], columns=2)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JOT_AFTER)
        self._timer.timeout.connect(lambda: self._jot(later=True))
        self.form.edited.connect(self._edited)
        self._loaded, self._kept = False, {}
        self.body.addWidget(self.form)
        self.likely = QVBoxLayout()
        self.likely.setSpacing(theme.SPACE)
        self.body.addLayout(self.likely)
        self.save_button = button(_("Save"), self.save, role="primary")
        self.save_button.setShortcut("Ctrl+S")
        self.body.addLayout(row(self.save_button, button(_("Cancel"), self.cancel), None))
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show what was typed before, where it was kept."""
        from dpdesk.services import settings
        if self._loaded:
            return
        session = self.context.session
        self.context.jobs.run("read", lambda: settings.jotting(session, KEY), owner=self, done=self._show, failed=self._failed)

    def _show(self, draft: Any) -> None:
        self._loaded, self._kept = True, draft or {}
        self.form.show({"asked_on": parts.today_iso()})
        empty_out(self.likely)
        if draft:
            self.form.fill(draft)
            self.context.say("info", _("What you typed before is back."), (_("Discard"), lambda: (self._drop(), self._show(None))))
        self.form.field("forename").control.setFocus()

    def _edited(self) -> None:
        empty_out(self.likely)
        self._timer.start()

    def leave(self) -> bool:
        """Keep what was typed."""
        self._timer.stop()
        self._jot(later=False)
        self._loaded = False
        return True

    def cancel(self) -> None:
        """Back to the contacts; what was typed is thrown away only when the officer says so."""
        if not self.form.changes():
            self._go_back()
            return
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("Throw away what you typed?"), _("Nothing of it was saved yet."), _("Throw away"), self._go_back, danger=True)

    def _go_back(self) -> None:
        self._drop()
        self.context.go("contacts", None)

    def save(self) -> None:
        """Look whether somebody on the desk is like that, then store."""
        from dpdesk.services import enquiries
        session, who = self.context.session, self._who()
        self.form.clear_problems()
        self.context.jobs.run("read", lambda: enquiries.likely(session, who), owner=self,
                              done=lambda found: self._offer(found) if found else self.save_new(), failed=self._failed)

    def _who(self) -> dict[str, str]:
        values = self.form.values()
        return {code: values[code] for code in WHO if values[code]}

    def _offer(self, found: list) -> None:
        """Ask whether it is one of those who are there already."""
        empty_out(self.likely)
        self.likely.addWidget(text(_("Is it one of these, who are on the desk already?"), "heading"))
        for each in found:
            self.likely.addWidget(self._known(each))
        self.likely.addWidget(flow(button(_("Somebody else: add as a new contact"), self.save_new)))
        bar = self.likely.itemAt(self.likely.count() - 1).widget()
        bring_to_view(bar)

    def _known(self, each: Any) -> QWidget:
        member = each.member
        inside = QVBoxLayout()
        inside.setSpacing(4)
        name = sentences.name_of(member)
        inside.addWidget(text(name, "label"))
        where = [kind_name(member.kind.value), self.context.words("postcode", member.postcode), member.town]
        inside.addWidget(text(", ".join(filter(None, where)), "quiet"))
        inside.addWidget(flow(button(_("It is {name}", name=name), lambda: self._save_for(member.id))))
        return card(inside)

    def save_new(self) -> None:
        """Store for somebody new, who becomes a contact."""
        from dpdesk.services import enquiries
        session, who, asked = self.context.session, self._who(), parts.asked_of(self.form.values())
        self._write(lambda: enquiries.log_new(session, who, asked)[0])

    def _save_for(self, person: str) -> None:
        from dpdesk.services import enquiries, members
        session, asked = self.context.session, parts.asked_of(self.form.values())

        def work() -> Any:
            enquiries.log(session, person, asked)
            return members.get(session, person)
        self._write(work)

    def _write(self, work: Any) -> None:
        def done(member: Any) -> None:
            self._drop()
            self.context.changed("members")
            self.context.go(member.kind.value, {"id": member.id})
            self.context.say("done", _("The enquiry is recorded."), None)

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid):
                empty_out(self.likely)
                self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
            else:
                self._failed(error)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)

    def _jot(self, *, later: bool) -> None:
        """Keep what was typed inside the desk: in the write lane while typing goes on, at once before the page is left."""
        from dpdesk.services import settings
        typed, session = self.form.changes(), self.context.session
        if not self._loaded or typed == self._kept:
            return
        self._kept = typed
        if later:
            self.context.jobs.run("write", lambda: settings.jot(session, KEY, typed or None), owner=self, failed=self._failed)
            return
        try:
            settings.jot(session, KEY, typed or None)
        except DeskError as error:
            self._failed(error)

    def _drop(self) -> None:
        """Forget what was typed."""
        from dpdesk.services import settings
        session = self.context.session
        self._timer.stop()
        self.form.show({"asked_on": parts.today_iso()})
        self._kept = {}
        self.context.jobs.run("write", lambda: settings.jot(session, KEY, None), owner=self, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
