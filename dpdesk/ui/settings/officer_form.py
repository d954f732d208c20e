"""The form for a new officer: name, role, how long, the name of their key, and a first passphrase to hand over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dpdesk.domain.errors import Invalid, WeakPassphrase
from dpdesk.domain.officers import Officer
from dpdesk.domain.roles import Role
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, problem, role_name

_USUAL = Role.DATA_ENTRY  # the least access that lets somebody help


class OfficerForm(Section):
    """Folded until asked for; `added(officer)` is called once the officer is on the desk."""

    def __init__(self, context: Context, added: Callable[[Officer], None]) -> None:
        super().__init__(_("A new officer"), open=False)
        self._context, self._added = context, added
        session = context.session
        self.form = Form([
            FieldSpec("name", _("Name")),
            FieldSpec("role", _("Role"), "choice", _("Choose the smallest that lets them do their job."),
                      choices=tuple((role.value, role_name(role.value)) for role in Role)),
            FieldSpec("ends_on", _("Last day of access"), "date", _("Leave it empty where there is none.")),
            FieldSpec("key_label", _("Name of their key"), "text",
                      _("Shown before unlocking, so name the office, not the person. Left empty, it is the role."))])
        self.form.show({"role": _USUAL.value})
        self.first = PassphraseField(_("First passphrase"), words=lambda: (self.form.values()["name"], session.branch),
                                     least=lambda: session.policy.passphrase_minimum_score)
        self._problem = text("", "error")
        self._problem.hide()
        self._add = button(_("Add officer"), self.add, role="primary")
        self.body.addWidget(self.form)
        self.body.addWidget(text(_("First passphrase"), "label"))
        self.body.addWidget(text(_("Make it up together, or hand it over on paper. Not by e-mail. They change it under Settings when "
                                   "they first come in."), "small"))
        self.body.addWidget(self.first)
        self.body.addWidget(self._problem)
        self.body.addLayout(row(self._add, button(_("Cancel"), self.close_form), None))

    def open_form(self) -> None:
        """Unfold, with the cursor in the name."""
        self.set_open(True)
        self.form.field("name").control.setFocus()

    def close_form(self) -> None:
        """Empty and fold."""
        self.form.show({"role": _USUAL.value})
        self.first.clear()
        self._problem.hide()
        self.set_open(False)

    def add(self) -> None:
        """Add the officer typed, or say beside each field what is wrong."""
        from dpdesk.services import officers
        self.form.clear_problems()
        self._problem.hide()
        values, session = self.form.values(), self._context.session
        found = {} if values["name"] else {"name": problem("missing")}
        try:
            ends_on = date.fromisoformat(values["ends_on"]) if values["ends_on"] else None
        except ValueError:
            found["ends_on"] = problem("date_bad")
        if found:
            self.form.show_problems(found)
            return
        if not self.first.accepted():
            self._refuse(_("The first passphrase is not strong enough yet. Four or five words that do not belong together are."))
            return
        self._add.setEnabled(False)
        secret = self.first.secret()
        self._context.jobs.run(
            "write", lambda: officers.add(session, values["name"], Role(values["role"]), secret, ends_on, values["key_label"]),
            owner=self, done=self._done, failed=self._failed)

    def _done(self, officer: Officer) -> None:
        self._add.setEnabled(True)
        self.close_form()
        self._added(officer)

    def _failed(self, error: Exception) -> None:
        self._add.setEnabled(True)
        if isinstance(error, Invalid):
            self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
        elif isinstance(error, WeakPassphrase):
            self._refuse(failures.words_for(error))
        else:
            failures.show(self._context, error)

    def _refuse(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()
        self.first.focus()
