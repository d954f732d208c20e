"""The recovery kit: the key shown this once, saved for printing, and proved to be on paper before one goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.services.founding import proves
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.shell.sheet import Labelled, Sheet
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.secret import SecretDisplay
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


class Kit(QWidget):
    """Stands on `sheet`, which says what happens; `finished()` once the last two groups were typed from paper."""

    def __init__(self, sheet: Sheet, jobs: Jobs, session: Session, key: Secret, finished: Callable[[], None]) -> None:
        super().__init__()
        self._sheet, self._jobs, self._session, self._key, self._finished = sheet, jobs, session, key, finished
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        self._shown, self._proof = self._make_shown(), self._make_proof()
        layout.addWidget(self._shown)
        layout.addWidget(self._proof)
        self._turn(proving=False)

    def _make_shown(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        layout.addWidget(text(_("This key opens the desk if your passphrase is lost. It is shown this once. Print it, or copy "
                                "it by hand, and keep the paper where you keep your passport: never with the machine.")))
        layout.addWidget(SecretDisplay(self._key.text()))
        self._save_button = button(_("Save as PDF…"), self._choose, icon="printer")
        self._next = button(_("I have it on paper"), lambda: self._turn(proving=True), role="primary")
        layout.addLayout(row(self._save_button, None, self._next))
        return part

    def _make_proof(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        self._typed = QLineEdit()
        self._typed.setMinimumHeight(theme.TARGET)
        self._typed.setAccessibleName(_("The last two groups"))
        self._asked = Labelled(_("The last two groups"), self._typed,
                               _("Read them from your paper: four letters and figures, then two."))
        layout.addWidget(self._asked)
        self._finish = button(_("Finish"), self.submit, role="primary")
        layout.addLayout(row(button(_("Show the key again"), lambda: self._turn(proving=False)), None, self._finish))
        return part

    @property
    def proving(self) -> bool:
        """Whether the key is hidden and its last groups are asked for."""
        return not self._proof.isHidden()

    def submit(self) -> None:
        """Enter, or the main button."""
        if not self.proving:
            self._turn(proving=True)
        elif proves(self._key, self._typed.text()):
            self._finished()
        else:
            self._asked.set_problem(_("These are not the last two groups of this key. Look at the paper again; it may have "
                                      "been copied wrongly."))
            self._typed.setFocus()
            self._typed.selectAll()

    def escape(self) -> None:
        """Back to the key."""
        self._turn(proving=False)

    def begin(self) -> None:
        """Begin with what makes the paper."""
        self._save_button.setFocus()

    def _turn(self, *, proving: bool) -> None:
        self._shown.setVisible(not proving)
        self._proof.setVisible(proving)
        self._asked.set_problem("")
        if proving:
            self._sheet.messages.clear()
            self._typed.clear()
            self._typed.setFocus()
        else:
            self._save_button.setFocus()

    def _choose(self) -> None:
        leaving.choose(self, self._jobs, CopyKind.KIT, leaving.Chooser(
            _("Save the recovery kit"), "dpdesk-recovery-kit.pdf", _("PDF documents (*.pdf)")), self._save,
            lambda error: self._sheet.say("failed", failures.words_for(error)))

    def _save(self, path: Path, accepted: str = "") -> None:
        from dpdesk.services import officers
        session, key = self._session, self._key
        self._sheet.busy(_("Writing the recovery kit"))

        def settle(kind: str, words: str) -> None:
            self._sheet.free()
            self._sheet.say(kind, words)
            self._next.setFocus()
        self._jobs.run("other", lambda: officers.recovery_kit(session, key, path, accepted=accepted), owner=self,
                       done=lambda _none: settle("info", _("Saved. Print it now, then delete the file: it is not encrypted.")),
                       failed=lambda error: settle("failed", failures.words_for(error)))
