"""Officers: who holds a key, in which role, until when; added, suspended, ended and removed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.errors import OfficerNotActive
from dpdesk.domain.officers import Officer, Standing
from dpdesk.domain.roles import RIGHTS, Right, Role
from dpdesk.services.session import today
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.settings import rekeying
from dpdesk.ui.settings.officer_card import OfficerCard
from dpdesk.ui.settings.officer_form import OfficerForm
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, right_name, role_name, trn


class OfficersPage(Page):
    """A card for each officer; a form for a new one; what each role may do."""

    code, icon, right, chapter = "officers", "key-round", Right.OFFICERS_SEE, "officers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Officers"))
        self._manages = context.session.may_change(Right.OFFICERS_MANAGE)
        self.form = OfficerForm(context, self._added)
        self.form.setVisible(False)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.SPACE)
        if self._manages:
            self.header.set_main(_("Add an officer"), self._open_form, icon="user-plus")
            self.body.addWidget(self.form)
        self.body.addLayout(self._cards)
        self.gone = Section("", open=False)
        self.gone.hide()
        self.body.addWidget(self.gone)
        self.body.addWidget(self._rights())
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the officers."""
        from dpdesk.services import officers
        session = self.context.session
        self.context.jobs.run("read", lambda: officers.listing(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Officer]) -> None:
        empty_out(self._cards)
        empty_out(self.gone.body)
        staying = [each for each in found if each.standing is not Standing.REMOVED]
        left = [each for each in found if each.standing is Standing.REMOVED]
        coming = [each for each in staying if _may_come_in(each)]
        self.header.set_state(trn("One officer can open this desk.", "{n} officers can open this desk.", len(coming)))
        for officer in sorted(staying, key=lambda each: (each not in coming, each.name.casefold())):
            self._cards.addWidget(self._card(officer))
        self.gone.set_heading(trn("{n} former officer", "{n} former officers", len(left)))
        self.gone.setVisible(bool(left))
        for officer in sorted(left, key=lambda each: each.name.casefold()):
            self.gone.body.addWidget(self._card(officer))

    def _card(self, officer: Officer) -> OfficerCard:
        return OfficerCard(officer, own=officer.id == self.context.session.officer.id, manages=self._manages,
                           ask=self._ask, ask_end=self._set_end)

    def _open_form(self) -> None:
        self.form.setVisible(True)
        self.form.open_form()

    def back(self) -> bool:
        """Fold the form."""
        if self.form.isVisible() and self.form.is_open:
            self.form.close_form()
            self.form.setVisible(False)
            return True
        return False

    def _added(self, officer: Officer) -> None:
        self.form.setVisible(False)
        self._told(_("{name} is added. At their first coming in they read the data policy and choose their own "
                     "passphrase.").format(name=officer.name))

    # What an accountable person can do -------------------------------------------------------------------------------

    def _ask(self, verb: str, officer: Officer) -> None:
        from dpdesk.services import officers
        session, name = self.context.session, officer.name
        if verb == "reinstate":
            self._do(lambda: officers.reinstate(session, officer.id), _("{name} can come in again.").format(name=name))
        elif verb == "suspend":
            ask.confirm(self, _("Suspend {name}?").format(name=name), _("They cannot come in until you reinstate them."),
                        _("Suspend"), lambda: self._do(lambda: officers.suspend(session, officer.id),
                                                       _("{name} is suspended.").format(name=name)))
        else:
            ask.confirm(self, _("Remove {name}?").format(name=name),
                        _("Their passphrase no longer opens this desk; what they did stays recorded under their name. If the "
                          "recovery kit was made by them, it stops working too. This cannot be undone: to let them in again, add "
                          "them anew."), _("Remove"), lambda: self._remove(officer), danger=True)

    def _remove(self, officer: Officer) -> None:
        from dpdesk.services import officers
        session = self.context.session

        def done() -> None:
            rekeying.offer(self.context, self, removed=officer.name)

        self._do(lambda: officers.remove(session, officer.id), _("{name} is removed.").format(name=officer.name), done)

    def _set_end(self, officer: Officer, ends_on: date | None) -> None:
        from dpdesk.services import officers
        session = self.context.session
        words = (_("The last day of {name} is {day}.").format(name=officer.name, day=day(ends_on)) if ends_on
                 else _("{name} has no last day any more.").format(name=officer.name))
        self._do(lambda: officers.set_end(session, officer.id, ends_on), words)

    def _do(self, work: Callable[[], object], words: str, then: Callable[[], None] | None = None) -> None:
        def done(_nothing: object) -> None:
            self._told(words)
            if then is not None:
                then()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def _told(self, words: str) -> None:
        self.context.say("done", words)
        self.context.changed("officers")

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)

    # Who may do what -------------------------------------------------------------------------------------------------

    def _rights(self) -> Section:
        section = Section(_("Who may do what"), open=False)
        for role in Role:
            rights = [right_name(right.value) for right in Right if right in RIGHTS[role]]
            words = _("May {rights}.").format(rights="; ".join(rights))
            if Right.MEMBERS_SEE not in RIGHTS[role]:
                words = _("Sees no members.") + " " + words
            if role is Role.ACCOUNTABLE:
                words = _("May do everything. Every desk has at least one.")
            section.body.addWidget(text(role_name(role.value), "label"))
            section.body.addWidget(text(words, "quiet"))
            section.body.addSpacing(theme.SPACE // 2)
        return section


def _may_come_in(officer: Officer) -> bool:
    try:
        officer.check_active(today())
    except OfficerNotActive:
        return False
    return True
