"""The list of contacts: narrowed by capacity, with the day of the last contact; enquiries are recorded from here."""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.domain.members import Kind
from dpdesk.services.members import Counts
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.members import chips
from dpdesk.ui.members.page import PeoplePage
from dpdesk.ui.words import _


class ContactsPage(PeoplePage):
    """The contacts."""

    code = "contacts"
    title = marked("Contacts")
    icon = "contact"
    kind = Kind.CONTACT
    chapter = "contacts"

    def _make_actions(self) -> None:
        super()._make_actions()
        self._actions.append(self.header.add_quiet(_("Enquiries…"), lambda: self.context.go("enquiries", {}), icon="clock"))

    def _make_chips(self) -> chips.Chips:
        return chips.of_contacts()

    def _show_numbers(self, counts: Counts) -> None:
        """Count the capacities too, then write on the chips."""
        from dpdesk.services import capacities
        session = self.context.session

        def counted(held: Mapping[str, int]) -> None:
            self.chips.show_numbers(chips.contact_numbers(counts, held))
        self.context.jobs.run("read", lambda: capacities.counts(session, self.kind), owner=self, done=counted,
                              failed=lambda error: failures.show(self.context, error))
