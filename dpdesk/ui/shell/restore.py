"""A desk from its backup: which file, whose passphrase or the paper key, and where the desk goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.errors import WeakPassphrase
from dpdesk.domain.secret import Secret
from dpdesk.services import backups
from dpdesk.ui import failures, theme
from dpdesk.ui.shell.kit import Kit
from dpdesk.ui.shell.passphrases import NewPassphrase
from dpdesk.ui.shell.sheet import Labelled, Sheet
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, line, row, shown_path, text
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.desks import Desks, Key
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


class Restore(Sheet):
    """`leave()` goes back; `held(session)` once the desk is open; `opened(session)` when the officer goes in."""

    def __init__(self, desks: Desks, jobs: Jobs, leave: Callable[[], None], held: Callable[[Session], None],
                 opened: Callable[[Session], None]) -> None:
        super().__init__(_("Restore from a backup"), _("A new desk is made from the file. The file itself and any desk that is "
                                                       "there already stay as they are."))
        self._desks, self._jobs = desks, jobs
        self._leave, self._held, self._opened = leave, held, opened
        self._file: Path | None = None
        self._folder = desks.suggested_folder(_("restored"))
        self._session: Session | None = None
        self._kit: Kit | None = None
        self._paper = False
        self._entry = QWidget()
        self._entry.setProperty("role", "plain")
        layout = QVBoxLayout(self._entry)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        for part in (self._file_part(), *self._key_parts(), self._folder_part(), line()):
            layout.addWidget(part)
        self._go = button(_("Restore"), self.submit, role="primary", icon="database")
        layout.addLayout(row(button(_("Back"), self._leave), None, self._go))
        self.body.addWidget(self._entry)
        self._turn(paper=False)

    def _file_part(self) -> QWidget:
        self._choose_file = button(_("Choose the backup…"), self._ask_file, icon="folder-open")
        self._chosen = text("", "quiet")
        self._chosen.hide()
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self._choose_file, None))
        layout.addWidget(self._chosen)
        self._asked_file = Labelled(_("Backup"), held)
        held.setFocusProxy(self._choose_file)
        return self._asked_file

    def _key_parts(self) -> tuple[QWidget, ...]:
        self.keys = Choice(name=_("Whose key"))
        self._whose = Labelled(_("Whose key"), self.keys)
        self.passphrase = PassphraseField(_("Passphrase"), judged=False)
        self._asked = Labelled(_("Passphrase"), self.passphrase, _("The one that opened the desk when the backup was made."))
        self.key = QLineEdit()
        self.key.setMinimumHeight(theme.TARGET)
        self.key.setAccessibleName(_("Recovery key"))
        self._asked_key = Labelled(_("Recovery key"), self.key, _("From the paper that was valid when the backup was made."))
        self.fields = NewPassphrase(_("New passphrase"))
        self._other = button("", lambda: self._turn(paper=not self._paper), role="link")
        return self._whose, self._asked, self._asked_key, self.fields, self._other

    def _folder_part(self) -> QWidget:
        self._change = button(_("Change…"), self._ask_folder, name=_("Change the folder"), icon="folder-open")
        self._where = text(shown_path(self._folder))
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._where)
        layout.addLayout(row(self._change, None))
        held.setFocusProxy(self._change)
        return Labelled(_("New folder"), held)

    def _turn(self, *, paper: bool) -> None:
        """Between a passphrase and the paper key."""
        self._paper = paper
        for part in (self._asked_key, self.fields):
            part.setVisible(paper)
        self._asked.setVisible(not paper)
        self._whose.setVisible(not paper and self.keys.count() > 1)
        self._other.setText(_("Use a passphrase…") if paper else _("Use the recovery key…"))

    def begin(self) -> None:
        """The file first."""
        self._choose_file.setFocus()

    def _ask_file(self) -> None:
        ask.choose_open(self, _("Which backup"), _("Backups (*.dpdesk)"), self.choose)

    def choose(self, path: Path) -> None:
        """The officer chose a file; what it says of itself follows in a moment."""
        self.messages.clear()
        self._jobs.run("read", lambda: backups.keys(path), owner=self, done=lambda keys: self._show(path, keys),
                       failed=lambda error: self.say("failed", failures.words_for(error)))

    def _show(self, path: Path, keys: list[Key]) -> None:
        self._file = path
        self._chosen.setText(shown_path(path))
        self._chosen.show()
        self._asked_file.set_problem("")
        self.keys.offer([(key.id, key.label) for key in keys])
        self._turn(paper=self._paper)
        (self.key if self._paper else self.passphrase.field).setFocus()

    def _ask_folder(self) -> None:
        ask.choose_folder(self, _("Choose an empty folder for the desk"), self.choose_folder)

    def choose_folder(self, folder: Path) -> None:
        """The officer chose another folder."""
        self._folder = folder
        self._where.setText(shown_path(folder))

    def submit(self) -> None:
        """Check what was typed, then restore."""
        if self._kit is not None:
            self._kit.submit()
        elif self._session is not None:
            self._opened(self._session)
        elif not self._wanting():
            self._start()

    def _wanting(self) -> bool:
        """Say what is still missing."""
        self._asked_file.set_problem("" if self._file else _("Choose the backup first."))
        self._asked.set_problem("" if self._paper or self.passphrase.text() else _("Type the passphrase."))
        self._asked_key.set_problem("" if not self._paper or self.key.text().strip() else _("Type the key from the paper."))
        problems = self.fields.problems() if self._paper else {}
        self.fields.show_problems(problems)
        return bool(problems or self._asked_file.problem or self._asked.problem or self._asked_key.problem)

    def _start(self) -> None:
        file, folder, desks = self._file, self._folder, self._desks
        self.busy(_("Restoring, and checking everything. This takes some seconds."))
        if self._paper:
            key, new = Secret(self.key.text()), Secret(self.fields.text())
            self._jobs.run("other", lambda: backups.restore_with_recovery(desks, file, folder, key, new), owner=self,
                           done=lambda made: self._restored(made[0], made[2], made[1]), failed=self._failed)
        else:
            secret, key_id = self.passphrase.secret(), self.keys.code() or None
            self._jobs.run("other", lambda: backups.restore(desks, file, folder, secret, key_id), owner=self,
                           done=lambda made: self._restored(*made), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.free()
        if isinstance(error, WeakPassphrase):
            self.fields.show_problems({"passphrase": error.reason})
        else:
            self.say("failed", failures.words_for(error))

    def _restored(self, session: Session, found: backups.Backup, fresh: Secret | None = None) -> None:
        self.free()
        self._session = session
        self._held(session)
        self.passphrase.clear()
        self.key.clear()
        self.fields.clear()
        self._entry.hide()
        self.set_state(_("The desk is back as it was on {moment}, and was checked: {people}. What was done after that day has "
                         "to be done again.", moment=moment(found.at), people=trn("{n} person", "{n} people", found.people)))
        if fresh is None:
            self.title.setText(_("Restored"))
            self.body.addLayout(row(button(_("Open the desk"), self.submit, role="primary", icon="unlock"), None))
            return
        self.title.setText(_("Restored, and a new recovery kit"))
        self._kit = Kit(self, self._jobs, session, fresh, lambda: self._opened(session))
        self.body.addWidget(self._kit)
        self._kit.show()
        self._kit.begin()

    def escape(self) -> None:
        """Back, unless the desk is open already."""
        if self._kit is not None:
            self._kit.escape()
        elif self._session is None:
            self._leave()
