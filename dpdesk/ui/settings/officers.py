"""Officers: who holds a key, in which role, until when; added, suspended, ended and removed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import Invalid
from dpdesk.domain.officers import Officer, Standing
from dpdesk.domain.roles import RIGHTS, Right, Role
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, day, moment, problem, right_name, role_name, standing_name, trn


class OfficersPage(Page):
    """A card for each officer; a form for a new one below."""

    code, icon, chapter = "officers", "key-round", "officers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Officers"))
        self._manages = context.session.may(Right.OFFICERS_MANAGE) and not context.session.read_only
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.SPACE)
        self.body.addLayout(self._cards)
        if self._manages:
            self.header.set_main(_("Add an officer"), self.open_form, icon="user-plus")
            self.body.addWidget(self._new())
            self.header.add_quiet(_("Re-key…"), self.ask_rekey, icon="key-round")
        self.body.addWidget(self._rights())
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the officers."""
        from dpdesk.services import officers
        session = self.context.session
        self.context.jobs.run("read", lambda: officers.listing(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Officer]) -> None:
        empty_out(self._cards)
        active = [o for o in found if o.standing is Standing.ACTIVE]
        self.header.set_state(trn("One officer can open this desk.", "{n} officers can open this desk.", len(active)))
        for officer in sorted(found, key=lambda o: (o.standing is Standing.REMOVED, o.name)):
            self._cards.addWidget(self._card(officer))

    def _card(self, officer: Officer) -> QWidget:
        layout = QVBoxLayout()
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(text(officer.name, "label"))
        facts = [role_name(officer.role.value), standing_name(officer.standing.value)]
        if officer.ends_on:
            facts.append(_("until {day}").replace("{day}", day(officer.ends_on)))
        facts.append(_("policy read {when}").replace("{when}", moment(officer.acknowledged_at))
                     if officer.acknowledged_at else _("policy not read yet"))
        layout.addWidget(text(" · ".join(facts), "quiet"))
        if self._manages and officer.standing is not Standing.REMOVED and officer.id != self.context.session.officer.id:
            layout.addLayout(self._verbs(officer))
        return card(layout)

    def _verbs(self, officer: Officer):
        from dpdesk.services import officers
        session = self.context.session
        if officer.standing is Standing.SUSPENDED:
            first = button(_("Reinstate"), partial(self._do, lambda: officers.reinstate(session, officer.id),
                                                   _("{name} can open the desk again."), officer), name=f"Reinstate {officer.name}")
        else:
            first = button(_("Suspend"), partial(self._do, lambda: officers.suspend(session, officer.id),
                                                 _("{name} can no longer open the desk."), officer), name=f"Suspend {officer.name}")
        remove = button(_("Remove…"), partial(self.ask_remove, officer), role="quiet", name=f"Remove {officer.name}")
        return row(first, remove, None)

    def ask_remove(self, officer: Officer) -> None:
        """Removing takes the key away; re-keying makes a copied file useless with it."""
        from dpdesk.services import officers
        session = self.context.session

        def work() -> None:
            officers.remove(session, officer.id)
            officers.rekey(session)
        ask.confirm(self, _("Remove {name}?").replace("{name}", officer.name),
                    _("Their passphrase opens the desk no more, and the desk is encrypted anew so that a copied key is useless. "
                      "Backups made before still open with the old key: destroy those you do not need."),
                    _("Remove and re-key"), lambda: self._do(work, _("{name} is removed, and the desk is re-keyed."), officer),
                    danger=True)

    def ask_rekey(self) -> None:
        """Re-key without removing anybody."""
        from dpdesk.services import officers
        session = self.context.session
        ask.confirm(self, _("Encrypt the desk anew?"),
                    _("Everybody keeps their passphrase. Copies and backups made before still open with the old key."),
                    _("Re-key"), lambda: self._do(lambda: officers.rekey(session), _("The desk is re-keyed.")))

    def _new(self) -> Section:
        self.section = Section(_("A new officer"), open=False)
        self.form = Form([
            FieldSpec("name", _("Name")),
            FieldSpec("role", _("Role"), "choice", choices=tuple((r.value, role_name(r.value)) for r in Role)),
            FieldSpec("ends_on", _("Last day of access"), "date", _("Leave empty where there is none.")),
            FieldSpec("key_label", _("Name of their key"), "text", _("Shown before unlocking: name the office, not the person. "
                                                                     "Left empty, it is the role."))])
        self.form.field("role").set_value(Role.SECRETARY.value)
        self.first = PassphraseField(_("First passphrase"), words=lambda: (self.form.values()["name"],))
        self.section.body.addWidget(self.form)
        self.section.body.addWidget(text(_("First passphrase"), "label"))
        self.section.body.addWidget(text(_("Tell it in person. They change it in Settings."), "small"))
        self.section.body.addWidget(self.first)
        self.section.body.addLayout(row(button(_("Add officer"), self.add, role="primary"), None))
        return self.section

    def open_form(self) -> None:
        """Unfold the form and put the cursor there."""
        self.section.set_open(True)
        self.form.field("name").control.setFocus()

    def add(self) -> None:
        """Add the officer typed."""
        from dpdesk.services import officers
        values, secret, session = self.form.values(), self.first.secret(), self.context.session
        try:
            ends_on = date.fromisoformat(values["ends_on"]) if values["ends_on"] else None
        except ValueError:
            self.form.show_problems({"ends_on": problem("date_bad")})
            return
        self.form.clear_problems()

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid):
                self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
            else:
                self._failed(error)

        def done(officer: Officer) -> None:
            self.form.show({"role": Role.SECRETARY.value})
            self.first.clear()
            self.section.set_open(False)
            self.context.say("done", _("{name} is added. They read the data policy when they first open the desk.")
                             .replace("{name}", officer.name), None)
            self.refresh()
        self.context.jobs.run("write", lambda: officers.add(session, values["name"], Role(values["role"]), secret, ends_on,
                                                            values["key_label"]), owner=self, done=done, failed=failed)

    def _rights(self) -> Section:
        section = Section(_("Who may do what"), open=False)
        for role in Role:
            rights = ", ".join(right_name(right.value) for right in Right if right in RIGHTS[role]) or _("nothing yet")
            section.body.addWidget(text(role_name(role.value), "label"))
            section.body.addWidget(text(rights, "quiet"))
        return section

    def _do(self, work: Callable[[], object], said: str, officer: Officer | None = None) -> None:
        words = said.replace("{name}", officer.name if officer else "")
        self.context.jobs.run("write", work, owner=self, failed=self._failed,
                              done=lambda _nothing: (self.context.say("done", words, None), self.refresh()))

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
