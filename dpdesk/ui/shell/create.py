"""Founding a desk: numbered steps, back at every one before creation, nothing written before “Create the desk”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import FolderTaken
from dpdesk.services import founding
from dpdesk.services.founding import FoundingSteps
from dpdesk.ui import failures, theme
from dpdesk.ui.shell.create_steps import PartyStep, PassphraseStep, PlaceStep, PolicyStep, Step, YouStep
from dpdesk.ui.shell.kit import Kit
from dpdesk.ui.shell.sheet import Sheet
from dpdesk.ui.widgets.parts import button, line, row
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.services.desks import Desks
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


def _titles() -> dict[str, tuple[str, str]]:
    """Step -> its title and the sentence under it."""
    return {
        founding.YOU: (_("Create a desk"), _("First, who you are. Nothing is written before the fifth step.")),
        founding.PARTY: (_("Party and branch"), _("They decide which rules the desk keeps.")),
        founding.POLICY: (_("Read the data policy"), _("Everybody who works with people’s data reads it first.")),
        founding.PASSPHRASE: (_("Choose a passphrase"), _("It is what opens the desk, and only you know it.")),
        founding.PLACE: (_("Where it is kept"), _("The last step before the desk is written.")),
        founding.KIT: (_("Recovery kit"), _("The desk is there. One thing is left, and it matters.")),
    }


class Create(Sheet):
    """`leave()` gives it up; `held(session)` the moment the desk is open; `opened(session)` once the kit is on paper."""

    def __init__(self, desks: Desks, jobs: Jobs, leave: Callable[[], None], held: Callable[[Session], None],
                 opened: Callable[[Session], None]) -> None:
        super().__init__("")
        self._desks, self._jobs, self._leave, self._held, self._opened = desks, jobs, leave, held, opened
        self.steps = FoundingSteps()
        self._bar = Steps([_("You"), _("Party"), _("Policy"), _("Passphrase"), _("Place"), _("Recovery kit")])
        self.body.addWidget(self._bar)
        self._parts: dict[str, Step] = {
            founding.YOU: YouStep(), founding.PARTY: PartyStep(), founding.POLICY: PolicyStep(),
            founding.PASSPHRASE: PassphraseStep(self.steps.answers), founding.PLACE: PlaceStep(desks)}
        for part in self._parts.values():
            self.body.addWidget(part)
        self._kit: Kit | None = None
        self._back, self._next = button("", self.back), button("", self.submit, role="primary")
        self._buttons = QWidget()
        self._buttons.setProperty("role", "plain")
        foot = QVBoxLayout(self._buttons)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(2 * theme.SPACE)
        foot.addWidget(line())
        foot.addLayout(row(self._back, None, self._next))
        self.body.addWidget(self._buttons)

    def begin(self) -> None:
        """Show the step one is at."""
        self._show()

    def submit(self) -> None:
        """One step on; at the fifth, create the desk."""
        if self._kit is not None:
            self._kit.submit()
            return
        step, part = self.steps.step, self._parts[self.steps.step]
        part.take(self.steps.answers)
        problems = self.steps.next()
        part.show_problems(problems)
        if problems:
            self._show_problem()
        elif step == founding.PLACE:
            self._create()
        else:
            self._show()

    def escape(self) -> None:
        """Esc goes one step back, but never loses the whole."""
        if self._kit is not None:
            self._kit.escape()
        elif self.steps.can_go_back:
            self.back()

    def back(self) -> None:
        """One step back; from the first, out."""
        self._parts[self.steps.step].take(self.steps.answers)
        if self.steps.back():
            self._show()
        else:
            self._leave()

    def _show_problem(self) -> None:
        front = self.focusWidget()
        if front is not None:
            self.ensureWidgetVisible(front)

    def _show(self) -> None:
        step = self.steps.step
        self.messages.clear()
        title, state = _titles()[step]
        self.title.setText(title)
        self.set_state(state)
        self._bar.go(self.steps.number)
        for code, part in self._parts.items():
            part.setVisible(code == step)
        self._buttons.setVisible(step != founding.KIT)
        self._back.setText(_("Back") if self.steps.can_go_back else _("Cancel"))
        self._next.setText(_("Create the desk") if step == founding.PLACE else _("Next"))
        self.verticalScrollBar().setValue(0)
        if step in self._parts:
            self._parts[step].show_problems({})
            self._parts[step].show_answers(self.steps.answers)
            self._parts[step].focus()

    def _create(self) -> None:
        asked, folder = self.steps.founding(), self.steps.answers.folder
        assert folder is not None
        self.busy(_("Creating the desk. Its keys are made slow to guess on purpose: this takes some seconds."))
        self._jobs.run("other", lambda: self._desks.create(folder, asked), owner=self,
                       done=lambda made: self._created(*made), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.free()
        self.say("failed", failures.words_for(error))
        place = self._parts[founding.PLACE]
        if isinstance(error, FolderTaken):
            place.focus()
        else:
            self._next.setFocus()

    def _created(self, session: Session, key: Secret) -> None:
        self.free()
        self._held(session)
        self.steps.created()
        passphrases = self._parts[founding.PASSPHRASE]
        assert isinstance(passphrases, PassphraseStep)
        passphrases.fields.clear()
        self._kit = Kit(self, self._jobs, session, key, lambda: self._opened(session))
        self.body.insertWidget(self.body.indexOf(self._parts[founding.PLACE]) + 1, self._kit)
        self._kit.show()  # at once: a layout shows what it is given only in the next turn of the event loop
        self._show()
        self._kit.begin()
