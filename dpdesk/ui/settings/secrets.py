"""Changing one's passphrase, and making a new recovery kit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import WrongPassphrase
from dpdesk.domain.secret import Secret
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.secret import SecretDisplay
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _


class PassphraseSection(Section):
    """The present passphrase, the new one twice; what is wrong stands under the field it concerns."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Your passphrase"), open=False)
        self._context = context
        session = context.session
        self.body.addWidget(text(_("Four or five plain words that do not belong together are easy to remember and hard to guess. "
                                   "Backups made earlier still open with the old passphrase."), "quiet"))
        self.old = PassphraseField(_("Present passphrase"), judged=False)
        self.new = PassphraseField(_("New passphrase"), words=lambda: (session.officer.name, session.branch),
                                   least=lambda: session.policy.passphrase_minimum_score)
        self.again = PassphraseField(_("New passphrase again"), judged=False)
        self.problems = {}
        for field in (self.old, self.new, self.again):
            problem = text("", "error")
            problem.hide()
            self.problems[field] = problem
            field.setMaximumWidth(round(460 * theme.scale()))
            for widget in (text(field.field.accessibleName(), "label"), field, problem):
                self.body.addWidget(widget)
        self._go = button(_("Change passphrase"), self.change, role="primary")
        self.body.addLayout(row(self._go, None))

    def change(self) -> None:
        """Check what was typed, then change it."""
        from dpdesk.services import officers
        for problem in self.problems.values():
            problem.hide()
        if not self.old.text():
            self._refuse(_("Type the passphrase you use now."), self.old)
        elif not self.new.accepted():
            self._refuse(_("The new passphrase is not strong enough yet."), self.new)
        elif self.new.text() != self.again.text():
            self._refuse(_("The two new passphrases differ."), self.again)
        else:
            old, new, session = self.old.secret(), self.new.secret(), self._context.session
            self._go.setEnabled(False)
            self._context.jobs.run("write", lambda: officers.change_passphrase(session, old, new), owner=self,
                                   done=self._done, failed=self._failed)

    def _refuse(self, why: str, field: PassphraseField) -> None:
        self.problems[field].setText(why)
        self.problems[field].show()
        field.focus()

    def _done(self, _nothing: object) -> None:
        self._go.setEnabled(True)
        for field in (self.old, self.new, self.again):
            field.clear()
        self.set_open(False)
        self._context.say("done", _("Your passphrase is changed. The old one no longer opens this desk."))

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, WrongPassphrase):
            self._refuse(_("This is not the passphrase you came in with. Nothing was changed."), self.old)
        else:
            failures.show(self._context, error)


class RecoverySection(Section):
    """A new recovery key, shown once; the old kit stops working."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Recovery kit"), open=False)
        self._context = context
        self._saved = False
        self.body.addWidget(text(_("The kit is a sheet of paper that opens the desk when passphrases are lost. Make a new one when "
                                   "the sheet is missing, when its envelope was opened, or when the person who kept it has left."),
                                 "quiet"))
        self._make_button = button(_("Make a new recovery kit"), self.ask)
        self.body.addLayout(row(self._make_button, None))
        self._place = QWidget()
        self._shown = QVBoxLayout(self._place)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._place)

    def ask(self) -> None:
        """Ask first: the old kit ends."""
        ask.confirm(self, _("Make a new recovery kit?"),
                    _("The kit you have on paper stops working on this desk at once: destroy it. The new key is shown once."),
                    _("Make a new kit"), self.make)

    def make(self) -> None:
        """Make the key and show it."""
        from dpdesk.services import officers
        session = self._context.session
        self._make_button.setEnabled(False)
        self._context.jobs.run("write", lambda: officers.new_recovery(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, key: Secret) -> None:
        empty_out(self._shown)
        self._saved = False
        self._shown.addWidget(text(_("This is shown once. Save the kit, print it, then delete the file."), "label"))
        self._shown.addWidget(SecretDisplay(key.text()))
        self._shown.addLayout(row(button(_("Save as PDF"), lambda: self._save(key), role="primary", icon="printer"),
                                  button(_("I have it on paper"), lambda: self._finish(key)), None))
        self._context.changed("officers")

    def _finish(self, key: Secret) -> None:
        """Take the key off the screen; asked again where nothing was saved, for it cannot be shown twice."""
        if self._saved:
            self._forget(key)
            return
        ask.confirm(self, _("Have you written the key down?"),
                    _("The kit was not saved as PDF. Once this closes, the key cannot be shown again."), _("I have written it down"),
                    lambda: self._forget(key), danger=True)

    def _forget(self, key: Secret) -> None:
        key.wipe()
        empty_out(self._shown)
        self._make_button.setEnabled(True)
        self._context.say("done", _("The new recovery kit is in force. Destroy the old sheet."))

    def _save(self, key: Secret) -> None:
        from dpdesk.services import officers
        session = self._context.session

        def done(_nothing: object) -> None:
            self._saved = True
            self._context.say("done", _("The kit is saved. Print it, then delete the file: it is not encrypted."))

        def failed(error: Exception) -> None:
            failures.show(self._context, error)

        def write(path: Path, accepted: str) -> None:
            self._context.jobs.run("other", lambda: officers.recovery_kit(session, key, path, accepted=accepted), owner=self,
                                   done=done, failed=failed)
        leaving.choose(self, self._context.jobs, CopyKind.KIT, leaving.Chooser(
            _("Save the recovery kit"), "dpdesk-recovery-kit.pdf", _("PDF (*.pdf)")), write, failed)

    def _failed(self, error: Exception) -> None:
        self._make_button.setEnabled(True)
        failures.show(self._context, error)
