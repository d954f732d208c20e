"""The recovery key, shown this once: saved or printed, and proved by typing its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.secret import Secret
from dpdesk.services.session import Session
from dpdesk.ui import theme
from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.secret import SecretDisplay
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _


class Kit(Leaf):
    """`then` is called once the officer has proved that they have the key on paper."""

    def __init__(self, gate, session: Session, key: Secret, then: Callable[[], None], steps: tuple[str, ...] = ()) -> None:
        super().__init__(_("Your recovery kit"), _("It opens the desk if a passphrase is ever lost. It is shown this once."))
        self.gate, self.session, self._key, self._then = gate, session, key, then
        if steps:
            shown = Steps(steps)
            shown.go(len(steps) - 1)
            self.body.insertWidget(0, shown)
        self.body.addWidget(SecretDisplay(key.text()))
        self.body.addLayout(row(button(_("Save as PDF to print…"), self.save, icon="printer"), None))
        self.body.addWidget(text(_("Keep the paper like a passport, away from this computer, and delete the file after printing. "
                                   "Whoever has the paper and the desk can read everything."), "quiet"))
        self.proof = QLineEdit()
        self.proof.setMinimumHeight(theme.TARGET)
        self.proof.setAccessibleName(_("The last two groups of the key"))
        self.proof.textChanged.connect(self._compare)
        self.proof.returnPressed.connect(self.finish)
        self.labelled(_("Type the last two groups of the key, from your paper"), self.proof)
        self.go = button(_("I have it. Open the desk"), self.finish, role="primary")
        self.go.setEnabled(False)
        self.body.addLayout(row(self.go, None))
        self.body.addStretch(1)

    def _right(self) -> bool:
        wanted = "".join(self._key.text().split("-")[-2:])
        return "".join(c for c in self.proof.text().upper() if c.isalnum()) == wanted

    def _compare(self) -> None:
        self.go.setEnabled(self._right())

    def save(self) -> None:
        """Write the printable kit."""
        from dpdesk.services import officers
        session, key = self.session, self._key

        def write(path: Path) -> None:
            self.gate.jobs.run("other", lambda: officers.recovery_kit(session, key, path), owner=self, failed=self.fail,
                               done=lambda _nothing: self.messages.say("done", _("Saved. Print it, then delete the file: it is "
                                                                                 "not encrypted."), None))
        ask.choose_save(self, _("Save the recovery kit"), "dpdesk-recovery-kit.pdf", _("PDF (*.pdf)"), write)

    def finish(self) -> None:
        """On, where the proof is right."""
        if self._right():
            self._key.wipe()
            self._then()
