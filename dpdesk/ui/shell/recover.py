"""Opening with the paper key: a new passphrase is set, and a new kit replaces the old one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.secret import Secret
from dpdesk.services.session import Session
from dpdesk.ui import theme
from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _


class Recover(Leaf):
    """The key from paper, the new passphrase twice."""

    def __init__(self, gate, folder: Path) -> None:
        super().__init__(_("Open with the recovery key"),
                         _("The key opens the desk once. You set a new passphrase, and get a new kit."))
        self.gate, self.folder = gate, folder
        self.key = QLineEdit()
        self.key.setMinimumHeight(theme.TARGET)
        self.key.setAccessibleName(_("Recovery key"))
        self.new, self.again = PassphraseField(_("New passphrase")), PassphraseField(_("New passphrase again"), judged=False)
        self.labelled(_("Recovery key"), self.key, _("As printed; small letters and spaces are fine."))
        self.labelled(_("New passphrase"), self.new)
        self.labelled(_("New passphrase again"), self.again)
        self.go = button(_("Open the desk"), self.open, role="primary")
        self.body.addLayout(row(self.go, button(_("Back"), lambda: gate.unlock(folder), role="quiet"), None))
        self.body.addStretch(1)
        self.key.setFocus()

    def open(self) -> None:
        """Check what was typed, then recover."""
        if not self.new.accepted():
            self.messages.say("failed", _("The new passphrase is not strong enough yet."), None)
            self.new.focus()
            return
        if self.new.text() != self.again.text():
            self.messages.say("failed", _("The two passphrases differ."), None)
            self.again.focus()
            return
        desks, folder, key, new = self.gate.desks, self.folder, Secret(self.key.text()), self.new.secret()
        self.go.setEnabled(False)
        self.gate.jobs.run("other", lambda: desks.recover(folder, key, new), owner=self, done=self._opened,
                           failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.fail(error)

    def _opened(self, found: tuple[Session, Secret]) -> None:
        from dpdesk.ui.shell.kit import Kit
        session, key = found
        self.gate.show_leaf(Kit(self.gate, session, key, lambda: self.gate.opened(session)))
