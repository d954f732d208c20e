"""Choosing who takes part: typed, or found among members, contacts and officers by name alone; a part for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.sessions import Part
from dpdesk.services.session_words import part_name
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.finder import Finder, origin
from dpdesk.ui.widgets.parts import Choice, badge, button, empty_out, row, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.sessions import Named


@dataclass(frozen=True)
class Chosen:
    """Somebody chosen, and their part."""

    who: Named
    part: Part


class PeopleChooser(QWidget):
    """`chosen` are those who take part, in order; `changed` is sent when they change. The first most senior one counts."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.chosen: list[Chosen] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(text(_("Who takes part?"), "heading"))
        layout.addWidget(text(_("One most senior individual, to whom every sheet comes back; responsible individuals, who hold sheets; and "
                                "canvassers, who do not."), "quiet"))
        self.part = Choice(tuple((each.value, part_name(each.value)) for each in Part), name=_("Part in the session"))
        self.finder = Finder(context, self.add, (self.part,), _("Add"), "user-plus")
        self.field = self.finder.field
        layout.addWidget(self.finder)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        layout.addLayout(self._list)
        self._draw()

    def add(self, who: Named, part: Part | None = None) -> None:
        """Somebody more; a second most senior individual makes the first a responsible one."""
        wanted = part or Part(self.part.code())
        if wanted is Part.SENIOR:
            self.chosen = [Chosen(each.who, Part.RESPONSIBLE) if each.part is Part.SENIOR else each for each in self.chosen]
        if who not in [each.who for each in self.chosen]:
            self.chosen.append(Chosen(who, wanted))
        else:
            self.chosen = [Chosen(each.who, wanted) if each.who == who else each for each in self.chosen]
        self.finder.clear()
        self.part.choose(Part.RESPONSIBLE.value)
        self._draw()
        self.changed.emit()
        self.field.setFocus()

    def add_typed(self) -> None:
        """Add the name as it was typed."""
        self.finder.add_typed()

    def remove(self, who: Named) -> None:
        """Take somebody out again."""
        self.chosen = [each for each in self.chosen if each.who != who]
        self._draw()
        self.changed.emit()

    def senior(self) -> Named | None:
        """The most senior individual."""
        return next((each.who for each in self.chosen if each.part is Part.SENIOR), None)

    def _draw(self) -> None:
        empty_out(self._list)
        for each in self.chosen:
            name, known = text(each.who.name), origin(each.who.of)
            marks = [badge(part_name(each.part.value), "" if each.part is not Part.SENIOR else "warning")]
            line = row(name, *marks, *([text(known, "small")] if known else []), button(
                "", lambda who=each.who: self.remove(who), role="quiet", icon="x", name=_("Take {name} out", name=each.who.name)))
            line.setStretch(0, 1)
            self._list.addLayout(line)
