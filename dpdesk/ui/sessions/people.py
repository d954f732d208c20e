"""Choosing who takes part: typed, or found among members, contacts and officers by name alone; a part for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.sessions import Of, Part
from dpdesk.services.session_words import part_name
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, badge, button, empty_out, row, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.sessions import Named

_PAUSE = 150  # milliseconds between the last letter and the question
_ORIGINS = {Of.MEMBER: lambda: _("member or contact"), Of.OFFICER: lambda: _("officer of the desk"), Of.NAME: lambda: ""}


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
        self._context = context
        self.chosen: list[Chosen] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(text(_("Who takes part?"), "heading"))
        layout.addWidget(text(_("One most senior individual, to whom every sheet comes back; responsible individuals, who hold sheets; and "
                                "canvassers, who do not."), "quiet"))
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Name of somebody who takes part"))
        self.field.setPlaceholderText(_("A name: members, contacts and officers are found as you type"))
        self.field.setMinimumHeight(theme.TARGET)
        self.field.setMaxLength(120)
        self.part = Choice(tuple((each.value, part_name(each.value)) for each in Part), name=_("Part in the session"))
        line = row(self.field, self.part, button(_("Add"), self.add_typed, icon="user-plus"))
        line.setStretch(0, 1)
        layout.addLayout(line)
        self._found = QVBoxLayout()
        layout.addLayout(self._found)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        layout.addLayout(self._list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search)
        self.field.textEdited.connect(lambda _typed: self._timer.start())
        self.field.returnPressed.connect(self.add_typed)
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
        self.field.clear()
        empty_out(self._found)
        self.part.choose(Part.RESPONSIBLE.value)
        self._draw()
        self.changed.emit()
        self.field.setFocus()

    def add_typed(self) -> None:
        """Add the name as it was typed."""
        from dpdesk.services.sessions import Named
        name = " ".join(self.field.text().split())
        if name:
            self.add(Named(Of.NAME, name=name))

    def remove(self, who: Named) -> None:
        """Take somebody out again."""
        self.chosen = [each for each in self.chosen if each.who != who]
        self._draw()
        self.changed.emit()

    def senior(self) -> Named | None:
        """The most senior individual."""
        return next((each.who for each in self.chosen if each.part is Part.SENIOR), None)

    def _search(self) -> None:
        from dpdesk.services import sessions
        typed, session = self.field.text(), self._context.session
        if len(typed.strip()) < 2:
            empty_out(self._found)
            return
        self._context.jobs.run("read", lambda: sessions.find_people(session, typed, 5), owner=self,
                               done=lambda found: self._offer(typed, found), failed=lambda _error: empty_out(self._found))

    def _offer(self, typed: str, found: list[Named]) -> None:
        empty_out(self._found)
        if typed == self.field.text() and found:
            self._found.addWidget(flow(*(button(_("{name} ({what})", name=each.name, what=_ORIGINS[each.of]()),
                                                lambda each=each: self.add(each), role="chip") for each in found)))

    def _draw(self) -> None:
        empty_out(self._list)
        for each in self.chosen:
            name, origin = text(each.who.name), _ORIGINS[each.who.of]()
            marks = [badge(part_name(each.part.value), "" if each.part is not Part.SENIOR else "warning")]
            line = row(name, *marks, *([text(origin, "small")] if origin else []), button(
                "", lambda who=each.who: self.remove(who), role="quiet", icon="x", name=_("Take {name} out", name=each.who.name)))
            line.setStretch(0, 1)
            self._list.addLayout(line)
