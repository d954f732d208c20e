"""The first evening: create a desk, or open one that is already there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dpdesk.ui import theme
from dpdesk.ui.shell.sheet import Sheet
from dpdesk.ui.widgets.parts import button, line, text
from dpdesk.ui.words import _


class Welcome(Sheet):
    """`create()` begins a new desk; `unlock(folder)` shows a chosen one; `restore()` makes one from a backup."""

    def __init__(self, create: Callable[[], None], unlock: Callable[[Path], None], restore: Callable[[], None]) -> None:
        super().__init__(_("Welcome"), _("dpdesk keeps a branch’s members and contacts, encrypted on this machine. "
                                         "Nothing leaves it by itself."))
        self._create, self._unlock = create, unlock
        self.create_button = button(_("Create a desk"), create, role="primary", icon="plus")
        self.open_button = button(_("Open a desk…"), self._choose, icon="folder-open")
        self._offer(self.create_button, _("For a branch that has none yet. Takes five minutes; have pen and paper, or a "
                                          "printer, at hand for the recovery kit."))
        self.body.addWidget(line())
        self._offer(self.open_button, _("For a desk that lies in a folder on this machine or on a stick. You need your "
                                        "passphrase for it, or its recovery key."))
        self.body.addWidget(line())
        self._offer(button(_("Restore from a backup…"), restore, icon="database"),
                    _("For a desk that was lost, or a new machine."))

    def _offer(self, press, words: str) -> None:
        self.body.addWidget(press)
        self.body.addSpacing(-theme.SPACE)
        self.body.addWidget(text(words, "quiet"))

    def begin(self) -> None:
        """The likeliest choice first."""
        self.messages.clear()
        self.create_button.setFocus()

    def submit(self) -> None:
        """Enter creates."""
        self._create()

    def _choose(self) -> None:
        from dpdesk.ui.widgets import ask
        ask.choose_folder(self, _("Open the folder of a desk"), self._unlock)
