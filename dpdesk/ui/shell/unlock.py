"""The locked desk: a passphrase opens it; what stands in the way is said, and the ways around it are offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from dpdesk.ui import theme
from dpdesk.ui.shell.sheet import Labelled, Sheet
from dpdesk.ui.widgets.parts import Choice, button, empty_out, line, row, shown_path, text
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.domain.errors import DeskError
    from dpdesk.services.desks import Card, Desks
    from dpdesk.services.session import Session
    from dpdesk.ui.jobs import Jobs

_TICK = 500  # milliseconds
AFTER_PAINT = 20  # milliseconds: typing can begin before the desk's card is read


class Ways(NamedTuple):
    """Where one can go from the locked desk."""

    opened: Callable[[Session], None]
    recover: Callable[[Path], None]
    other: Callable[[Path], None]
    create: Callable[[], None]
    restore: Callable[[], None]


class Unlock(Sheet):
    """`load(folder)` shows a desk, locked."""

    def __init__(self, desks: Desks, jobs: Jobs, ways: Ways, demo_passphrase: str = "") -> None:
        super().__init__(_("Unlock the desk"))
        self._desks, self._jobs, self._ways, self._demo = desks, jobs, ways, demo_passphrase
        self.folder = Path()
        self._read_only = False
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(theme.SPACE)
        self.body.addLayout(self._warnings)
        if demo_passphrase:
            self.body.addWidget(self._demo_line())
        self.body.addWidget(self._make_fields())
        self._make_buttons()
        self.body.addWidget(line())
        self._make_links()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._count_down)

    def _demo_line(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "message_info")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        layout.addWidget(text(_("This is the invented demo desk. Its passphrase is: {passphrase}", passphrase=self._demo),
                              selectable=True))
        layout.addLayout(row(button(_("Fill it in"), self._fill_in, name=_("Fill in the demo passphrase")), None))
        return frame

    def _make_fields(self) -> QFrame:
        self._fields = QFrame()
        layout = QVBoxLayout(self._fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        self.keys = Choice(name=_("Whose key"))
        self._whose = Labelled(_("Whose key"), self.keys)
        self.passphrase = PassphraseField(_("Passphrase"), judged=False)
        self._asked = Labelled(_("Passphrase"), self.passphrase)
        self.passphrase.changed.connect(lambda: self._asked.set_problem(""))
        layout.addWidget(self._whose)
        layout.addWidget(self._asked)
        return self._fields

    def _make_buttons(self) -> None:
        self._unlock = button(_("Unlock"), self.submit, role="primary", icon="unlock")
        self._reading = button(_("Open for reading only"), self.read, icon="eye")
        self._anyway = button(_("Open anyway and record the loss…"), self._ask_anyway, role="danger")
        self._waiting = text("", "quiet")
        self.body.addLayout(row(self._unlock, self._reading, None))
        self.body.addLayout(row(self._anyway, None))
        self.body.addWidget(self._waiting)

    def _make_links(self) -> None:
        links = QVBoxLayout()
        links.setSpacing(0)
        self._recover = button(_("Use the recovery key…"), lambda: self._ways.recover(self.folder), role="link")
        for link in (self._recover, button(_("Open another desk…"), self._choose, role="link"),
                     button(_("Create a new desk…"), self._ways.create, role="link"),
                     button(_("Restore from a backup…"), self._ways.restore, role="link")):
            links.addLayout(row(link, None))
        self.body.addLayout(links)

    def load(self, folder: Path) -> None:
        """Show the desk in `folder`; what its card says follows in a moment."""
        self.folder = folder
        self.messages.clear()
        self.free()
        self.passphrase.clear()
        self._asked.set_problem("")
        self.set_state(shown_path(folder))
        empty_out(self._warnings)
        for part in (self._whose, self._reading, self._anyway, self._waiting):
            part.hide()
        self._allow(True)
        self._count_down()
        QTimer.singleShot(AFTER_PAINT, self, lambda: self._examine(folder))

    def _examine(self, folder: Path) -> None:
        self._jobs.run("read", lambda: self._desks.examine(folder), owner=self,
                       done=lambda card: card.folder == self.folder and self._show(card),
                       failed=lambda error: folder == self.folder and self._refuse(error))

    def begin(self) -> None:
        """Ready to type."""
        self.passphrase.focus()

    def submit(self) -> None:
        """Unlock."""
        self._try(read_only=False)

    def read(self) -> None:
        """Open for reading only."""
        self._try(read_only=True)

    def _show(self, card: Card) -> None:
        from dpdesk.domain.errors import NotWritable
        keys = card.officer_keys
        self.keys.offer([(key.id, key.label) for key in keys])
        self._whose.setVisible(len(keys) > 1)
        for code in card.place:
            from dpdesk.ui.words import place_warning
            self._warnings.addWidget(text(place_warning(code), "warning"))
        if card.in_use is not None:
            self._say_in_use(card.in_use)
        elif not card.writable:
            self._say_in_use(NotWritable(str(card.folder)))

    def _say_in_use(self, error: DeskError) -> None:
        """The desk can be read meanwhile."""
        self.say("warning", self._in_words(error))
        self._reading.show()

    def _in_words(self, error: Exception) -> str:
        from dpdesk.domain.errors import NotWritable, WrongPassphrase
        from dpdesk.ui import failures
        if isinstance(error, NotWritable):
            return _("This folder cannot be written to, so nothing can be changed here. The desk can be opened for reading only.")
        if isinstance(error, WrongPassphrase):
            return failures.words_for(WrongPassphrase())  # the seconds to wait are counted down beside the button
        return failures.words_for(error)

    def _refuse(self, error: Exception) -> None:
        """The desk cannot be opened at all."""
        self.say("failed", self._in_words(error))
        self._allow(False)

    def _allow(self, on: bool) -> None:
        for part in (self._fields, self._unlock, self._recover):
            part.setVisible(on)
        self._whose.setVisible(on and self.keys.count() > 1)

    def _try(self, *, read_only: bool, accept_loss: bool = False) -> None:
        if self.is_busy or self._desks.wait() or self._unlock.isHidden():
            return
        if not self.passphrase.text():
            self._asked.set_problem(_("Type your passphrase first."))
            self.passphrase.focus()
            return
        self._read_only = read_only
        self._anyway.hide()
        folder, secret, key = self.folder, self.passphrase.secret(), self.keys.code() or None
        self.busy(_("Unlocking. This takes about a second on purpose."))

        def opened(session: Session) -> None:
            self.free()
            self.passphrase.clear()
            self._ways.opened(session)
        self._jobs.run("other", lambda: self._desks.open(folder, secret, key, read_only=read_only, accept_loss=accept_loss),
                       owner=self, done=opened, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        from dpdesk.domain.errors import DeskInUse, HeaderAltered, NotWritable, RolledBack
        self.free()
        if isinstance(error, (DeskInUse, NotWritable)):
            self._say_in_use(error)
            self._reading.setFocus()
            return
        self.say("failed", self._in_words(error))
        self._count_down()
        if isinstance(error, RolledBack) or (isinstance(error, HeaderAltered) and error.what == "epoch"):
            self._anyway.show()
        self.passphrase.focus()

    def _ask_anyway(self) -> None:
        from dpdesk.domain.errors import HeaderAltered
        from dpdesk.ui.widgets import ask
        from dpdesk.ui.words import sentence
        ask.confirm(self, _("Open the desk with what is there?"),
                    _("What is missing stays missing, and going on from here cannot be taken back. The audit log records the "
                      "loss, under your name. {advice}", advice=sentence(HeaderAltered("")).do),
                    _("Open and record the loss"),
                    lambda: self._try(read_only=self._read_only, accept_loss=True), danger=True)

    def _count_down(self) -> None:
        """After several wrong passphrases there is a pause; it is shown running out."""
        left = self._desks.wait()
        for part in (self._unlock, self._reading):
            part.setEnabled(not left)
        self._waiting.setVisible(bool(left))
        if left:
            from dpdesk.ui.words import span
            self._waiting.setText(_("After several wrong passphrases there is a pause. Again in {span}.", span=span(left)))
            self._timer.start()
        else:
            self._timer.stop()

    def _fill_in(self) -> None:
        self.passphrase.field.setText(self._demo)
        self._unlock.setFocus()

    def _choose(self) -> None:
        from dpdesk.ui.widgets import ask
        ask.choose_folder(self, _("Open the folder of a desk"), self._ways.other)
