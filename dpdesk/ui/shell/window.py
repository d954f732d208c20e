"""The window: the gate before an officer is in, the desk after; locking takes everything of the desk away."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from dpdesk.ui import theme
from dpdesk.ui.jobs import Jobs
from dpdesk.ui.shell.gate import Gate

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtGui import QCloseEvent

    from dpdesk.services.desks import Desks
    from dpdesk.services.machine import Machine
    from dpdesk.services.session import Session
    from dpdesk.ui.shell.cover import Cover
    from dpdesk.ui.shell.idle import Idle

GATE_MINUTES = 5  # until a desk that is open behind the recovery kit or the policy locks again
WARM_AFTER = 50  # milliseconds after the first paint


class Window(QMainWindow):
    """Holds the gate or the desk. The title names the program alone: nothing of the branch or its people."""

    def __init__(self, desks: Desks, machine: Machine, demo_passphrase: str = "") -> None:
        super().__init__()
        self.desks, self.machine, self._demo = desks, machine, demo_passphrase
        self.setWindowTitle("dpdesk")
        self.resize(1180, 780)
        if machine.window:
            with suppress(ValueError):
                self.restoreGeometry(QByteArray.fromBase64(machine.window.encode()))
        self.desk = None
        self._gate_jobs = Jobs(self)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.gate = Gate(desks, self._gate_jobs, self.enter, demo_passphrase)
        self._stack.addWidget(self.gate)
        self._idle: Idle | None = None
        self._cover: Cover | None = None
        QTimer.singleShot(WARM_AFTER, self, self._warm)

    def start(self, folder: Path | None) -> None:
        """Show the desk in `folder`, locked, or the welcome where there is none."""
        self.gate.start(folder)

    def _warm(self) -> None:
        """Once the window stands: ask how the system looks, watch for an officer who went away, load what unlocking needs."""
        from PySide6.QtWidgets import QApplication

        from dpdesk.services import desks
        from dpdesk.ui.shell.idle import Idle
        self._idle = Idle(lambda: GATE_MINUTES, self.gate.lock, self)
        self._gate_jobs.run("other", desks.warm_up, owner=self)
        look = theme.settle(QApplication.instance())
        if look != self.machine.look:
            self.machine.look = look
            self.machine.save()

    def enter(self, session: Session) -> None:
        """An officer is in: first the policy where it has still to be read, then the desk."""
        if not session.acknowledged and not session.read_only:
            self.gate.show_acknowledge(session)
            return
        from dpdesk.ui.shell.desk import DeskView
        self.desk = DeskView(session, self.desks, self.machine, self, self.lock, self.retheme, self.cover)
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self.desk.begin()

    def cover(self) -> None:
        """Hide everything of the desk behind a calm sheet; it stays unlocked, and works on (S1 §23)."""
        if self.desk is None or self.covered:
            return
        from dpdesk.ui.shell.cover import Cover, put_away_questions
        put_away_questions(self)
        if self._cover is None:
            self._cover = Cover(self.uncover, self.lock)
            self._stack.addWidget(self._cover)
        self._cover.tell(self.desk.session.lock_minutes)
        self._stack.setCurrentWidget(self._cover)
        self._cover.begin()

    def uncover(self) -> None:
        """Show the desk as it was left."""
        if self.desk is not None:
            self._stack.setCurrentWidget(self.desk)
            self.desk.focus_page()

    @property
    def covered(self) -> bool:
        """Whether the cover stands in front."""
        return self._cover is not None and self._stack.currentWidget() is self._cover

    def lock(self, erased: str = "") -> None:
        """Cancel what is under way, keep drafts, drop the keys, destroy the pages: at once and in full.

        `erased` says what became of a desk that is no longer there.
        """
        _forget_copies()
        if self.desk is None:
            return
        desk, self.desk = self.desk, None
        folder = desk.end()
        self._stack.removeWidget(desk)
        desk.deleteLater()
        self._stack.setCurrentWidget(self.gate)
        self.gate.start(None if erased else folder, erased)

    def mishap(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody foresaw and Qt's loop would only print: told on the page in front, and in the log without what it says."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        from dpdesk.ui import failures
        words = failures.words_for(error)
        if self.desk is not None:
            self.desk.say("failed", words)

    def retheme(self, look: str, scale: int) -> None:
        """Change the look at once, and remember it on this machine."""
        from PySide6.QtWidgets import QApplication
        self.machine.theme, self.machine.text_scale = look, scale
        self.machine.save()
        theme.apply(QApplication.instance(), look, scale)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock, then go."""
        _forget_copies()
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.end()
        if self._idle is not None:
            self._idle.stop()
        self.gate.let_go()
        self._gate_jobs.close()
        self.machine.window = bytes(self.saveGeometry().toBase64()).decode()
        self.machine.save()
        super().closeEvent(event)


def _forget_copies() -> None:
    """Secrets leave the clipboard with the desk."""
    from dpdesk.ui.widgets.secret import forget_copies
    forget_copies()
