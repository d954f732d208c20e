"""The first thing anybody sees: what this is, and the two ways on."""

from __future__ import annotations

from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _


class Welcome(Leaf):
    """Create a desk, or open one that is there."""

    def __init__(self, gate) -> None:
        super().__init__(_("Welcome to dpdesk"),
                         _("One encrypted desk for your branch’s members, and a record of who changed what."))
        self.body.addWidget(text(_("Everything stays on this computer, under a passphrase only you know. Nothing is sent "
                                   "anywhere.")))
        create = button(_("Create a desk for your branch"), gate.create, role="primary", icon="plus")
        other = button(_("Open a desk that is already there…"), gate.choose, icon="folder-open")
        self.body.addWidget(create)
        self.body.addWidget(other)
        self.body.addWidget(text(_("Ten minutes are enough: your name, your party, a passphrase, and a recovery kit to print."),
                                 "quiet"))
        self.body.addStretch(1)
        create.setFocus()
