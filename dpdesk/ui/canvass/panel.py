"""The details of the selected elector beside the list."""

from __future__ import annotations

from dpdesk.services.electors import Record
from dpdesk.ui import theme
from dpdesk.ui.canvass import sentences
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.side import SidePanel
from dpdesk.ui.words import _


class Panel(SidePanel):
    """Shows an elector."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Details of the selected elector"), _("Choose an elector to see their details here."))

    def read(self, number: int) -> Record | None:
        """What is known of the elector in that row."""
        from dpdesk.services import electors
        session = self.context.session
        found = electors.rows(session, [number])
        return electors.get(session, found[0].elector.id) if found else None

    def draw(self, record: Record | None) -> None:
        """Headline facts and what to do."""
        if record is None:
            self.clear()
            return
        self.column.addWidget(text(sentences.title(record.row), "heading"))
        if record.row.attainer:
            self.column.addWidget(flag(_("Attainer: too young to vote on that day"), "clock", "warning"))
        identity = record.row.elector.id
        shown = [button(_("Open"), lambda: self.context.go("elector", {"id": identity}), name=_("Open this elector"))]
        if record.person:
            shown.append(button(_("On the desk"), lambda: self.context.go(record.person_kind, {"id": record.person}), icon="user",
                                name=_("Open {name} on the desk", name=record.person_name)))
        self.column.addLayout(row(*shown, None))
        self.column.addSpacing(theme.SPACE)
        self.column.addWidget(fact_list(sentences.facts(record), stacked=True))
        self.column.addStretch(1)
