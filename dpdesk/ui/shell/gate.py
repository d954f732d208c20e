"""The gate: everything before an officer is in. One leaf at a time: welcome, create, unlock, recover, acknowledge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dpdesk.services.desks import Desks
from dpdesk.services.session import Session
from dpdesk.services.settings import Machine
from dpdesk.ui.jobs import Jobs
from dpdesk.ui.shell.leaf import Leaf


class Gate(QWidget):
    """`opened(session)` is called once an officer is in; leaves are made anew each time, so no secret lingers in one."""

    def __init__(self, desks: Desks, machine: Machine, jobs: Jobs, opened: Callable[[Session], None],
                 demo_passphrase: str = "") -> None:
        super().__init__()
        self.desks, self.machine, self.jobs = desks, machine, jobs
        self.opened, self.demo_passphrase = opened, demo_passphrase
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    @property
    def leaf(self) -> Leaf:
        """The leaf in front."""
        return self._stack.currentWidget()

    def start(self, folder: Path | None) -> None:
        """The desk in `folder`, locked; the welcome where there is none."""
        if folder is None:
            self.welcome()
        else:
            self.unlock(folder)

    def show_leaf(self, leaf: Leaf) -> None:
        """Put a leaf in front and let go of the one before."""
        before = self._stack.currentWidget()
        self._stack.addWidget(leaf)
        self._stack.setCurrentWidget(leaf)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def welcome(self) -> None:
        """No desk yet."""
        from dpdesk.ui.shell.welcome import Welcome
        self.show_leaf(Welcome(self))

    def create(self) -> None:
        """The wizard for a new desk."""
        from dpdesk.ui.shell.create import Create
        self.show_leaf(Create(self))

    def unlock(self, folder: Path) -> None:
        """One desk, locked."""
        from dpdesk.ui.shell.unlock import Unlock
        self.show_leaf(Unlock(self, folder))

    def recover(self, folder: Path) -> None:
        """Open with the paper key."""
        from dpdesk.ui.shell.recover import Recover
        self.show_leaf(Recover(self, folder))

    def show_acknowledge(self, session: Session) -> None:
        """An officer who has the data policy still to read."""
        from dpdesk.ui.shell.acknowledge import Acknowledge
        self.show_leaf(Acknowledge(self, session))

    def choose(self) -> None:
        """Open another desk."""
        from dpdesk.ui.widgets import ask
        from dpdesk.ui.words import _
        ask.choose_folder(self, _("Open a desk: choose its folder"), self.unlock)
