"""The data policy, read and acknowledged by the officer before anything of the desk is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dpdesk.services import settings
from dpdesk.ui import failures
from dpdesk.ui.shell.create_steps import promise, unread
from dpdesk.ui.shell.sheet import Labelled, Sheet, reader_height
from dpdesk.ui.widgets.parts import button, line, row
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


class Acknowledge(Sheet):
    """For an officer who is in but has still to read. `leave()` locks again; `opened(session)` once it is recorded."""

    def __init__(self, session: Session, jobs: Jobs, leave: Callable[[], None], opened: Callable[[Session], None]) -> None:
        name, version, words = settings.policy_text(session.policy.code)
        super().__init__(_("Read the data policy"), _("{party}, version {version}", party=name, version=version))
        self._session, self._jobs, self._leave, self._opened = session, jobs, leave, opened
        self.set_state(_("{party}, version {version}. You read it before your first access, when it changes and when "
                         "it falls due again.", party=name, version=version))
        self.reader = Reader(_("Data policy"))
        self.reader.setMinimumHeight(reader_height())
        self.reader.show_text(words)
        self.tick = promise()
        self._asked = Labelled("", self.tick)
        for part in (self.reader, self._asked, line()):
            self.body.addWidget(part)
        self.body.addLayout(row(button(_("Lock again"), leave, icon="lock"), None,
                                button(_("I acknowledge"), self.submit, role="primary")))

    def begin(self) -> None:
        """Reading comes first."""
        self.reader.setFocus()

    def submit(self) -> None:
        """Record it."""
        from dpdesk.services import officers
        self._asked.set_problem("" if self.tick.isChecked() else unread())
        if self._asked.problem:
            self.tick.setFocus()
            self.ensureWidgetVisible(self.tick)
            return
        session = self._session
        self.busy(_("Recording it"))
        self._jobs.run("write", lambda: officers.acknowledge(session), owner=self, done=lambda _none: self._done(),
                       failed=self._failed)

    def escape(self) -> None:
        """Esc locks again."""
        self._leave()

    def _done(self) -> None:
        self.free()
        self._opened(self._session)

    def _failed(self, error: Exception) -> None:
        self.free()
        self.say("failed", failures.words_for(error))
