"""The list of contacts: narrowed by capacity, with the day of the last contact; enquiries are recorded from here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dpdesk.domain.members import Kind
from dpdesk.services.members import Counts
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.members.capacity_chips import CapacityChips
from dpdesk.ui.members.page import PeoplePage
from dpdesk.ui.words import _


class ContactsPage(PeoplePage):
    """The contacts; the capacity that is chosen is part of the place."""

    code = "contacts"
    title = marked("Contacts")
    icon = "contact"
    kind = Kind.CONTACT
    chapter = "contacts"

    def _make_actions(self) -> None:
        super()._make_actions()
        self._actions.append(self.header.add_quiet(_("Enquiries…"), lambda: self.context.go("enquiries", {}), icon="clock"))

    def _lay_out(self) -> None:
        self.capacity_chips = CapacityChips()
        self.capacity_chips.chosen.connect(lambda capacity, flag: self._ask(capacity=capacity, flag=flag))
        super()._lay_out()
        column = self.listing.layout()
        column.replaceWidget(self.chips, self.capacity_chips)  # type: ignore[union-attr]
        self.chips.setParent(None)

    def place(self) -> dict[str, Any]:
        """As of every list, and the capacity."""
        return super().place() | {"capacity": self.query.capacity}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to a place."""
        super().return_to(place)
        if "capacity" in place:
            self._ask(capacity=str(place["capacity"]))

    def refresh(self) -> None:
        """Count the capacities too."""
        from dpdesk.services import capacities
        session = self.context.session
        self.held: dict[str, int] = {}

        def counted(held: dict[str, int]) -> None:
            self.held = held
            self._show_chips()
        self.context.jobs.run("read", lambda: capacities.counts(session, self.kind), owner=self, done=counted,
                              failed=lambda error: failures.show(self.context, error))
        super().refresh()

    def back(self) -> bool:
        """Esc takes away the capacity too."""
        if self.query.capacity:
            self.reset()
            return True
        return super().back()

    def export(self) -> None:
        """Those on the list now, as a file."""
        query = replace(self.query)
        self.context.go("export", {"kind": self.kind.value, "status": query.status, "flag": query.flag, "text": query.text,
                                   "sort": query.sort, "capacity": query.capacity, "count": self.model.rowCount()})

    def _show_query(self) -> None:
        super()._show_query()
        self.capacity_chips.mark(self.query.capacity, self.query.flag)

    def _counted(self, counts: Counts) -> None:
        super()._counted(counts)
        self._show_chips()

    def _show_chips(self) -> None:
        if self.counts is not None:
            self.capacity_chips.show_counts(self.counts.contacts, self.counts.archived_contacts, self.held)
