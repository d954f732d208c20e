"""The details of the selected person beside the list: headline facts, how we may reach them, what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import record as records
from dpdesk.ui.members import sentences
from dpdesk.ui.members.facts import CONTACT, MEMBERSHIP, flags, pairs, reach_table
from dpdesk.ui.members.record import Glance
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _, field_name

_PAUSE = 80  # milliseconds the selection rests before its person is read


class Panel(QScrollArea):
    """`show_row` reads and draws one; the last asked for wins."""

    def __init__(self, context: Context, kind: Kind) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self.person, self._row, self._asked = "", 0, 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Details of the selected person"))
        inside = QWidget()
        inside.setProperty("role", "plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(theme.SPACE * 3, 0, theme.SPACE, theme.SPACE)
        self._column.setSpacing(theme.SPACE)
        self.setWidget(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._read)
        if context.veil is not None:
            context.veil.turned.connect(self._again)
        self.clear()

    def show_row(self, number: int) -> None:
        """Read and show the person in that row, once the selection rests."""
        self._row = number
        self._timer.start()

    def _again(self) -> None:
        if self.person:
            self._timer.start()

    def clear(self) -> None:
        """Show nobody."""
        self.person = ""
        self._asked += 1
        self._timer.stop()
        empty_out(self._column)
        self._column.addWidget(text(_("Choose a person to see their details here."), "quiet"))
        self._column.addStretch(1)

    def _read(self) -> None:
        self._asked += 1
        asked, number, session = self._asked, self._row, self._context.session
        self._context.jobs.run("read", lambda: records.glance_at(session, number), owner=self,
                               done=lambda seen: self._draw(seen) if asked == self._asked else None,
                               failed=lambda _error: self.clear())

    def _draw(self, seen: Glance) -> None:
        from dpdesk.services.session import today
        member = seen.member
        self.person = member.id
        empty_out(self._column)
        self._column.addWidget(text(sentences.formal_name(member), "heading"))
        self._column.addWidget(text(sentences.standing(member, seen.row.capacities), "quiet"))
        for flag in flags(member, seen.row, self._context.session.policy, today()):
            self._column.addWidget(flag)
        self._column.addLayout(self._actions())
        self._column.addSpacing(theme.SPACE)
        self._column.addWidget(text(_("May we reach them for campaigning?"), "label"))
        self._column.addWidget(reach_table(seen.reaches, seen.stops))
        self._column.addSpacing(theme.SPACE)
        facts = pairs(member, CONTACT, self._context.veil)
        if member.address:
            facts.append((field_name("address"), member.address))
        self._column.addWidget(fact_list(facts + pairs(member, [c for c in MEMBERSHIP if c != "status"]), stacked=True))
        self._column.addStretch(1)

    def _actions(self):
        session, person = self._context.session, self.person
        kind = self._kind.value
        shown = [button(_("Open"), lambda: self._context.go(kind, {"id": person}), name=_("Open this person"))]
        if session.may(Right.MEMBERS_EDIT) and not session.read_only:
            shown.append(button(_("Edit"), lambda: self._context.go(f"{kind}_form", {"id": person}), icon="pencil",
                                name=_("Edit this person")))
        return row(*shown, None)
