"""The passphrase is lost: the recovery key from the paper opens once, a new passphrase and a new kit follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.errors import WeakPassphrase, WrongPassphrase
from dpdesk.domain.secret import Secret
from dpdesk.ui import failures, theme
from dpdesk.ui.shell.kit import Kit
from dpdesk.ui.shell.passphrases import NewPassphrase
from dpdesk.ui.shell.sheet import Labelled, Sheet
from dpdesk.ui.widgets.parts import button, line, row, shown_path
from dpdesk.ui.words import _, span

if TYPE_CHECKING:
    from dpdesk.services.desks import Desks
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


class Recover(Sheet):
    """For the desk in `folder`. `leave()` goes back; `held(session)` once it is open; `opened(session)` after the kit."""

    def __init__(self, folder: Path, desks: Desks, jobs: Jobs, leave: Callable[[], None], held: Callable[[Session], None],
                 opened: Callable[[Session], None]) -> None:
        super().__init__(_("Use the recovery key"), shown_path(folder))
        self._folder, self._desks, self._jobs = folder, desks, jobs
        self._leave, self._held, self._opened = leave, held, opened
        self._kit: Kit | None = None
        self._entry = QWidget()
        self._entry.setProperty("role", "plain")
        layout = QVBoxLayout(self._entry)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        self.key = QLineEdit()
        self.key.setMinimumHeight(theme.TARGET)
        self.key.setAccessibleName(_("Recovery key"))
        self._asked = Labelled(_("Recovery key"), self.key, _("From the paper: nine groups. Capitals, dashes and spaces do not "
                                                              "matter; O counts as 0, I and L as 1."))
        self.fields = NewPassphrase(_("New passphrase"))
        self._go = button(_("Open with the recovery key"), self.submit, role="primary", icon="key-round")
        for part in (self._asked, self.fields, line()):
            layout.addWidget(part)
        layout.addLayout(row(button(_("Back"), self._leave), None, self._go))
        self.body.addWidget(self._entry)

    def begin(self) -> None:
        """The key first."""
        self.key.setFocus()

    def submit(self) -> None:
        """Check what was typed, then open."""
        if self._kit is not None:
            self._kit.submit()
            return
        problems = self.fields.problems()
        self.fields.show_problems(problems)
        self._asked.set_problem("" if self.key.text().strip() else _("Type the key from the paper."))
        if self._asked.problem:
            self.key.setFocus()
            self.ensureWidgetVisible(self.key)
        if problems or self._asked.problem:
            return
        typed, new = Secret(self.key.text()), Secret(self.fields.text())
        self.busy(_("Opening the desk and making new keys. This takes some seconds."))
        self._jobs.run("other", lambda: self._desks.recover(self._folder, typed, new), owner=self,
                       done=lambda made: self._recovered(*made), failed=self._failed)

    def escape(self) -> None:
        """Back to the passphrase, unless the desk is open already."""
        if self._kit is not None:
            self._kit.escape()
        else:
            self._leave()

    def _failed(self, error: Exception) -> None:
        self.free()
        if isinstance(error, WrongPassphrase):
            self.say("failed", _wrong(error.wait))
            self.key.setFocus()
            return
        if isinstance(error, WeakPassphrase):
            self.fields.show_problems({"passphrase": error.reason})
            return
        self.say("failed", failures.words_for(error))
        self.key.setFocus()

    def _recovered(self, session: Session, key: Secret) -> None:
        self.free()
        self._held(session)
        self.key.clear()
        self.fields.clear()
        self._entry.hide()
        self.title.setText(_("A new recovery kit"))
        self.set_state(_("The desk is open, with your new passphrase. The old paper does not open it any more: destroy it."))
        self._kit = Kit(self, self._jobs, session, key, lambda: self._opened(session))
        self.body.addWidget(self._kit)
        self._kit.show()  # at once: a layout shows what it is given only in the next turn of the event loop
        self.verticalScrollBar().setValue(0)
        self._kit.begin()


def _wrong(wait: float) -> str:
    words = _("This recovery key does not open the desk. Compare each group with the paper; a kit that was replaced by a newer "
              "one does not work any more.")
    return f"{words} {_('Try again in {span}.', span=span(wait))}" if wait > 0 else words
