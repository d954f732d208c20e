"""Changing one's passphrase, and making a new recovery kit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.secret import SecretDisplay
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _


class PassphraseSection(Section):
    """The old passphrase, the new one twice; instant beyond the key derivation."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Your passphrase"), open=False)
        self._context = context
        session = context.session
        self.old = PassphraseField(_("Present passphrase"), judged=False)
        self.new = PassphraseField(_("New passphrase"), words=lambda: (session.officer.name, session.branch))
        self.again = PassphraseField(_("New passphrase again"), judged=False)
        self._problem = text("", "error")
        for label, field in ((_("Present passphrase"), self.old), (_("New passphrase"), self.new),
                             (_("New passphrase again"), self.again)):
            self.body.addWidget(text(label, "label"))
            self.body.addWidget(field)
        self.body.addWidget(self._problem)
        self._go = button(_("Change passphrase"), self.change)
        self.body.addLayout(row(self._go, None))
        self._problem.hide()

    def _refuse(self, why: str, field: PassphraseField) -> None:
        self._problem.setText(why)
        self._problem.show()
        field.focus()

    def change(self) -> None:
        """Check what was typed, then change it."""
        from dpdesk.services import officers
        self._problem.hide()
        if not self.new.accepted():
            self._refuse(_("The new passphrase is not strong enough yet."), self.new)
            return
        if self.new.text() != self.again.text():
            self._refuse(_("The two new passphrases differ."), self.again)
            return
        old, new, session = self.old.secret(), self.new.secret(), self._context.session
        self._go.setEnabled(False)
        self._context.jobs.run("write", lambda: officers.change_passphrase(session, old, new), owner=self, done=self._done,
                               failed=self._failed)

    def _done(self, _nothing: object) -> None:
        self._go.setEnabled(True)
        for field in (self.old, self.new, self.again):
            field.clear()
        self._context.say("done", _("Your passphrase is changed. The old one no longer opens the desk."), None)

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._refuse(failures.words_for(error), self.old)


class RecoverySection(Section):
    """A new recovery key, shown once; the old kit stops working."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Recovery kit"), open=False)
        self._context = context
        self.body.addWidget(text(_("The kit opens the desk when a passphrase is lost. Making a new one ends the old one."),
                                 "quiet"))
        self.body.addLayout(row(button(_("Make a new kit…"), self.ask), None))
        self._place = QWidget()
        self._shown = QVBoxLayout(self._place)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._place)

    def ask(self) -> None:
        """Ask first: the old kit ends."""
        ask.confirm(self, _("Make a new recovery kit?"), _("The kit on paper now stops working. Destroy it."),
                    _("Make a new kit"), self.make)

    def make(self) -> None:
        """Make the key and show it."""
        from dpdesk.services import officers
        session = self._context.session
        self._context.jobs.run("write", lambda: officers.new_recovery(session), owner=self, done=self._show,
                               failed=lambda error: failures.show(self._context, error))

    def _show(self, key: Secret) -> None:
        empty_out(self._shown)
        self._shown.addWidget(text(_("This is shown once. Save the kit, print it, and delete the file."), "label"))
        self._shown.addWidget(SecretDisplay(key.text()))
        self._shown.addLayout(row(button(_("Save as PDF…"), lambda: self._save(key), role="primary", icon="printer"),
                                  button(_("Hide"), lambda: empty_out(self._shown), role="quiet", name=_("Hide the key")), None))

    def _save(self, key: Secret) -> None:
        from dpdesk.services import officers
        session = self._context.session

        def write(path: Path) -> None:
            self._context.jobs.run("other", lambda: officers.recovery_kit(session, key, path), owner=self,
                                   done=lambda _nothing: self._context.say("done", _("The kit is saved. Print it, then delete "
                                                                                    "the file: it is not encrypted."), None),
                                   failed=lambda error: failures.show(self._context, error))
        ask.choose_save(self, _("Save the recovery kit"), "dpdesk-recovery-kit.pdf", _("PDF (*.pdf)"), write)
