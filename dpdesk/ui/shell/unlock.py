"""One desk, locked: whose key, the passphrase, and what to do when something is in the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from dpdesk.domain.errors import DeskError, DeskInUse, HeaderAltered, NotWritable, RolledBack, WrongPassphrase
from dpdesk.services.session import Session
from dpdesk.ui import failures
from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, line, row, text
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, moment, place_warning, trn


class Unlock(Leaf):
    """Unlocking takes about a second on purpose; wrong passphrases make the next one wait."""

    def __init__(self, gate, folder: Path) -> None:
        super().__init__(_("Unlock the desk"), str(folder))
        self.gate, self.folder, self.key = gate, folder, None
        if gate.demo_passphrase:
            self.messages.say("info", _("This is the invented demo branch. Its passphrase is: {phrase}")
                              .replace("{phrase}", gate.demo_passphrase), (_("Fill it in"), self.fill_in))
        self.passphrase = PassphraseField(_("Passphrase"), judged=False)
        self._examine()
        self.labelled(_("Passphrase"), self.passphrase)
        self.go = button(_("Unlock"), self.unlock, role="primary", icon="unlock")
        self.body.addLayout(row(self.go, None))
        self._ways()
        self.body.addStretch(1)
        self.passphrase.entered.connect(self.unlock)
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._wait)
        self.passphrase.focus()

    def fill_in(self) -> None:
        """The demo's own passphrase."""
        self.passphrase.field.setText(self.gate.demo_passphrase)
        self.passphrase.focus()

    def _examine(self) -> None:
        try:
            card = self.gate.desks.examine(self.folder)
        except DeskError as error:
            self.fail(error)
            return
        if len(card.officer_keys) > 1:
            self.key = Choice([(key.id, key.label) for key in card.officer_keys], name=_("Whose key"))
            self.labelled(_("Whose key"), self.key)
        for code in card.place:
            self.body.addWidget(text(place_warning(code), "warning"))
        if card.in_use is not None:
            self._offer_reading(card.in_use)

    def _ways(self) -> None:
        self.body.addWidget(line())
        for words, act in ((_("Use the recovery key…"), lambda: self.gate.recover(self.folder)),
                           (_("Open another desk…"), self.gate.choose), (_("Create a new desk…"), self.gate.create)):
            self.body.addLayout(row(button(words, act, role="link"), None))

    def unlock(self, *, read_only: bool = False, accept_loss: bool = False) -> None:
        """Try the passphrase in the background."""
        secret, key = self.passphrase.secret(), self.key.code() if self.key is not None else None
        desks, folder = self.gate.desks, self.folder
        if not secret:
            self.passphrase.focus()
            return
        self.go.setEnabled(False)
        self.go.setText(_("Unlocking…"))
        self.gate.jobs.run("other", lambda: desks.open(folder, secret, key, read_only=read_only, accept_loss=accept_loss),
                           owner=self, done=self._opened, failed=self._failed)

    def _opened(self, session: Session) -> None:
        self.passphrase.clear()
        self.gate.opened(session)

    def _rest(self) -> None:
        self.go.setEnabled(True)
        self.go.setText(_("Unlock"))

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, DeskInUse):
            self._offer_reading(error)
        elif isinstance(error, NotWritable):
            self.messages.say("warning", failures.words_for(error), (_("Open for reading"), lambda: self.unlock(read_only=True)))
        elif isinstance(error, RolledBack) or (isinstance(error, HeaderAltered) and error.what == "epoch"):
            self.messages.say("failed", failures.words_for(error), (_("Open anyway…"), self._ask_loss))
        else:
            self.fail(error)
        if isinstance(error, WrongPassphrase):
            self.passphrase.focus()
            self._wait()

    def _offer_reading(self, use: DeskInUse) -> None:
        words = _("This desk is open already") + (
            _(", in process {pid} on {host} since {when}").replace("{pid}", str(use.pid)).replace("{host}", use.host)
            .replace("{when}", moment(use.since)) if use.pid else "")
        self.messages.say("warning", words + ". " + _("One at a time can change it; you can read it meanwhile."),
                          (_("Open for reading"), lambda: self.unlock(read_only=True)))

    def _ask_loss(self) -> None:
        ask.confirm(self, _("Open the desk although entries are missing?"),
                    _("What is missing stays missing, and the log records that it was opened so, by you. If a newer copy or "
                      "backup may exist, look for it first."), _("Open and record the loss"),
                    lambda: self.unlock(accept_loss=True), danger=True)

    def _wait(self) -> None:
        left = self.gate.desks.wait()
        self.go.setEnabled(left <= 0)
        if left > 0:
            seconds = max(1, round(left))
            self.go.setText(trn("Wait {n} second", "Wait {n} seconds", seconds))
            self._clock.start()
        else:
            self._clock.stop()
            self._rest()
