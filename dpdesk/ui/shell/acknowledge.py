"""An officer's first access: the party's data policy, read and acknowledged (S1 §23)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from dpdesk.services.session import Session
from dpdesk.ui import theme
from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.words import _


class Acknowledge(Leaf):
    """Nothing of the desk shows before it is acknowledged."""

    def __init__(self, gate, session: Session) -> None:
        super().__init__(_("Before you begin"), _("Please read how {party} looks after people’s data.")
                         .replace("{party}", session.policy.name))
        self.gate, self.session = gate, session
        self.reader = Reader(_("The data policy"))
        self.reader.show_text(session.policy.policy_text)
        self.reader.setMinimumHeight(round(320 * theme.scale()))
        self.tick = QCheckBox(_("I have read it and will keep to it"))
        self.tick.setMinimumHeight(theme.TARGET)
        self.go = button(_("Go on"), self.acknowledge, role="primary")
        self.go.setEnabled(False)
        self.tick.toggled.connect(self.go.setEnabled)
        self.body.addWidget(self.reader, 1)
        self.body.addWidget(self.tick)
        self.body.addLayout(row(self.go, button(_("Lock again"), self.leave, role="quiet"), None))

    def acknowledge(self) -> None:
        """Record it, then go in."""
        from dpdesk.services import officers
        session = self.session
        self.go.setEnabled(False)
        self.gate.jobs.run("write", lambda: officers.acknowledge(session), owner=self,
                           done=lambda _nothing: self.gate.opened(session), failed=self.fail)

    def leave(self) -> None:
        """Not now."""
        folder = self.session.folder
        self.session.close()
        self.gate.unlock(folder)
