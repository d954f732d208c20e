"""A section of a person's page: it shows its part of the record and sends changes through the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, empty_out, line, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot

if TYPE_CHECKING:
    from dpdesk.ui.members.person import PersonPage
    from dpdesk.ui.members.record import Record
    from dpdesk.ui.widgets.entry import Entry


class Block(Section):
    """Subclasses draw `record` in `draw`; an open card (`ask`) stays while the rest is drawn anew.

    Those `beside` stand in the second flow where the page is wide enough for two.
    """

    beside: ClassVar[bool] = False

    def __init__(self, page: PersonPage, heading: str, *, open: bool = True) -> None:
        super().__init__(heading, open=open)
        self.page = page
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.SPACE)
        self.slot = EntrySlot()
        self.slot.closed.connect(self.toggle.setFocus)
        self.body.addLayout(self.slot)
        self.body.addLayout(self._lines)

    def show_record(self, record: Record) -> None:
        """Draw `record`."""
        empty_out(self._lines)
        self.draw(record)

    def draw(self, record: Record) -> None:
        """Add the lines of `record`."""

    def add(self, widget: QWidget) -> None:
        """Add one line."""
        self._lines.addWidget(widget)

    def say(self, words: str, role: str = "quiet") -> None:
        """Add a sentence."""
        self._lines.addWidget(text(words, role))

    def act(self, words: str, on_press, *, icon: str = "") -> QPushButton:
        """Add a button under the lines."""
        made = button(words, on_press, icon=icon)
        holder = QHBoxLayout()
        holder.addWidget(made)
        holder.addStretch(1)
        self._lines.addLayout(holder)
        return made

    def item(self, head: str, details: list[str], *actions: QPushButton, role: str = "label", warning: str = "",
             below: QWidget | None = None) -> None:
        """One entry: what it is, its details in small lines, what to mind, `below` them, buttons at the right, a hairline."""
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.SPACE * 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(head, role, selectable=True))
        for detail in details:
            if detail:
                words.addWidget(text(detail, "quiet", selectable=True))
        if warning:
            words.addWidget(text(warning, "warning"))
        if below is not None:
            words.addWidget(below)
        across.addLayout(words, 1)
        for action in actions:
            side = QVBoxLayout()
            side.addWidget(action)
            side.addStretch(1)
            across.addLayout(side)
        self.add(holder)
        self.add(line())

    def ask(self, entry: Entry) -> None:
        """Open a card at the top of the section and go to it."""
        self.set_open(True)
        self.slot.ask(entry)
