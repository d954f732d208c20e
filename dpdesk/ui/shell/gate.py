"""The gate: the sheets before an officer is in. It holds an open desk only while its kit or its policy is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dpdesk.ui.shell.sheet import Sheet
from dpdesk.ui.shell.unlock import Unlock, Ways
from dpdesk.ui.shell.welcome import Welcome

if TYPE_CHECKING:
    from dpdesk.services.desks import Desks
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs


class Gate(QWidget):
    """`start(folder)` shows a desk, locked, or the welcome; `opened(session)` is called once an officer may go in."""

    def __init__(self, desks: Desks, jobs: Jobs, opened: Callable[[Session], None],
                 demo_passphrase: str = "") -> None:
        super().__init__()
        self._desks, self._jobs, self._opened = desks, jobs, opened
        self._held: Session | None = None
        self._folder: Path | None = None
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._welcome: Welcome | None = None
        self._unlock: Unlock | None = None
        self._demo = demo_passphrase

    @property
    def sheet(self) -> Sheet:
        """The sheet in front."""
        return self._stack.currentWidget()  # type: ignore[return-value]

    def start(self, folder: Path | None, said: str = "") -> None:
        """Show the desk in `folder`, locked; the welcome where there is none, with what is to be `said` first."""
        self.let_go()
        self._folder = folder
        if folder is None:
            self._show(self._welcome_sheet())
            if said:
                self.sheet.say("info", said)
        else:
            unlock = self._unlock_sheet()
            unlock.load(folder)
            self._show(unlock)

    def show_create(self) -> None:
        """Begin a new desk."""
        from dpdesk.ui.shell.create import Create
        self._show(Create(self._desks, self._jobs, self._return, self._hold, self._enter))

    def show_restore(self) -> None:
        """Make a desk from a backup."""
        from dpdesk.ui.shell.restore import Restore
        self._show(Restore(self._desks, self._jobs, self._return, self._hold, self._enter))

    def show_recover(self, folder: Path) -> None:
        """Ask for the recovery key of the desk in `folder`."""
        from dpdesk.ui.shell.recover import Recover
        self._folder = folder
        self._show(Recover(folder, self._desks, self._jobs, self._return, self._hold, self._enter))

    def show_acknowledge(self, session: Session) -> None:
        """The officer is in, but has the policy still to read."""
        from dpdesk.ui.shell.acknowledge import Acknowledge
        self._hold(session)
        self._folder = session.folder
        self._show(Acknowledge(session, self._jobs, self._return, self._enter))

    @property
    def holds(self) -> bool:
        """Whether a desk is open behind the sheet in front."""
        return self._held is not None

    def lock(self) -> None:
        """Close the desk that is held and show it locked."""
        if self.holds:
            self.start(self._folder or self._held.folder)

    def let_go(self) -> None:
        """Close the desk that is held, if there is one: its officer did not go on."""
        if self._held is not None:
            held, self._held = self._held, None
            held.close()

    def _hold(self, session: Session) -> None:
        self._held = session

    def _enter(self, session: Session) -> None:
        """In: nothing of the way here stays, least of all a key that was shown."""
        self._held = None
        self._folder = session.folder
        self._opened(session)
        if self._held is None and self.sheet not in (self._welcome, self._unlock):
            self._show(self._welcome_sheet(), begin=False)

    def _return(self) -> None:
        self.start(self._folder)

    def _welcome_sheet(self) -> Welcome:
        if self._welcome is None:
            self._welcome = Welcome(self.show_create, self.start, self.show_restore)
        return self._welcome

    def _unlock_sheet(self) -> Unlock:
        if self._unlock is None:
            ways = Ways(self._enter, self.show_recover, self.start, self.show_create, self.show_restore)
            self._unlock = Unlock(self._desks, self._jobs, ways, self._demo)
        return self._unlock

    def _show(self, sheet: Sheet, *, begin: bool = True) -> None:
        """Bring `sheet` to the front; a sheet that is used once is destroyed when it is left."""
        left = self._stack.currentWidget()
        if self._stack.indexOf(sheet) < 0:
            self._stack.addWidget(sheet)
        self._stack.setCurrentWidget(sheet)
        if left is not None and left not in (sheet, self._welcome, self._unlock):
            self._stack.removeWidget(left)
            left.deleteLater()
        if begin:
            sheet.begin()
