"""The details of the selected person beside the list: headline facts, how we may reach them, what to do next."""

from __future__ import annotations

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import record as records
from dpdesk.ui.members import sentences
from dpdesk.ui.members.facts import CONTACT, MEMBERSHIP, flags, pairs, reach_table
from dpdesk.ui.members.record import Glance
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.side import SidePanel
from dpdesk.ui.words import _, field_name


class Panel(SidePanel):
    """Shows a person; `person` is the identity of who shows."""

    def __init__(self, context: Context, kind: Kind) -> None:
        self.person, self._kind = "", kind
        super().__init__(context, _("Details of the selected person"), _("Choose a person to see their details here."))
        if context.veil is not None:
            context.veil.turned.connect(lambda: self.again() if self.person else None)

    def clear(self) -> None:
        """Show nobody."""
        self.person = ""
        super().clear()

    def read(self, number: int) -> Glance:
        """What is known of the person in that row."""
        return records.glance_at(self.context.session, number)

    def draw(self, seen: Glance) -> None:
        """Headline facts, reach and what to do."""
        from dpdesk.services.session import today
        member = seen.member
        self.person = member.id
        self.column.addWidget(text(sentences.formal_name(member), "heading"))
        self.column.addWidget(text(sentences.standing(member, seen.row.capacities), "quiet"))
        for flag in flags(member, seen.row, self.context.session.policy, today()):
            self.column.addWidget(flag)
        self.column.addLayout(self._actions())
        self.column.addSpacing(theme.SPACE)
        self.column.addWidget(text(_("May we reach them for campaigning?"), "label"))
        self.column.addWidget(reach_table(seen.reaches, seen.stops))
        self.column.addSpacing(theme.SPACE)
        facts = pairs(member, CONTACT, self.context.veil)
        if member.address:
            facts.append((field_name("address"), member.address))
        self.column.addWidget(fact_list(facts + pairs(member, [c for c in MEMBERSHIP if c != "status"]), stacked=True))
        self.column.addStretch(1)

    def _actions(self):
        session, person = self.context.session, self.person
        kind = self._kind.value
        shown = [button(_("Open"), lambda: self.context.go(kind, {"id": person}), name=_("Open this person"))]
        if session.may_change(Right.MEMBERS_EDIT):
            shown.append(button(_("Edit"), lambda: self.context.go(f"{kind}_form", {"id": person}), icon="pencil",
                                name=_("Edit this person")))
        return row(*shown, None)
