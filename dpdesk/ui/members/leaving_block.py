"""The end of a person's page: put them into the archive or take them back, or erase them."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, day


class Leaving(Block):
    """What may be done with somebody who is not needed in the lists any more, or who asks for their data."""

    beside = True

    def draw(self, record: Record) -> None:
        """Where they stand, and the two ways out."""
        if record.aside is not None:
            since, why = record.aside
            self.say(_("In the archive since {day}: {why}", day=day(since), why=why), "")
            if self.page.may(Right.MEMBERS_EDIT):
                self.act(_("Take back from the archive"), self._back, icon="undo-2")
        elif self.page.may(Right.MEMBERS_EDIT):
            self.say(_("In the archive they are out of the everyday lists, and still known when a list names them."))
            self.act(_("Put into the archive…"), self._ask)
        if self.page.context.session.may(Right.SUBJECT_SEARCH):
            self.act(_("All that is held on them…"), lambda: self.page.context.go("subject", {"id": record.member.id}), icon="search")
        if self.page.may(Right.DUTIES_KEEP):
            place = {"people": [record.member.id], "values": {"who": record.member.name}}
            self.act(_("They ask for their data…"), lambda: self.page.context.go("duty_form", {"register": "requests", **place}),
                     icon="mail")
        if self.page.may(Right.MEMBERS_ERASE):
            self.act(_("Erase…"), lambda: self.page.context.go("erase", {"ids": [record.member.id]}), icon="x")

    def _ask(self) -> None:
        self.ask(Entry(_("Put into the archive"), "", [FieldSpec("why", _("Why"), help=_("Such as: moved abroad."), longest=300)],
                       _("Put into the archive"), self._archive))

    def _archive(self, values: dict[str, str]) -> None:
        from dpdesk.services import archiving
        self.page.write(lambda session, person: archiving.archive(session, [person], values["why"]), _("They are in the archive now."),
                        self)

    def _back(self) -> None:
        from dpdesk.services import archiving
        self.page.write(lambda session, person: archiving.take_back(session, [person]), _("They are back in the lists."))
