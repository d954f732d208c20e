"""A person's page: what letters were meant for them, when, and what became of each; read when it is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.ui import failures
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, moment

if TYPE_CHECKING:
    from dpdesk.domain.post_states import Mailing, Outcome
    from dpdesk.ui.members.person import PersonPage

_FIRST = 10  # letters shown before "Show all"


class Posted(Block):
    """One line per mailing, newest first."""

    def __init__(self, page: PersonPage, heading: str) -> None:
        super().__init__(page, heading, open=False)
        self.all = False
        self._of: Record | None = None  # the record whose letters were read, and those letters
        self._found: list[tuple[Mailing, Outcome, str]] | None = None
        self.unfolded.connect(self._read)

    def draw(self, record: Record) -> None:
        """What was sent, once it is known."""
        if self._of is not record:
            self._of, self._found = record, None
            if self.is_open:
                self._read()
        found = self._found
        if found is None:
            return
        if not found:
            self.say(_("No letter was meant for this person yet."))
        for mailing, outcome, at in found if self.all else found[:_FIRST]:
            self._line(mailing, outcome, at)
        if len(found) > _FIRST and not self.all:
            self.act(_("Show all {n} letters", n=len(found)), self._show_all)

    def _read(self) -> None:
        from dpdesk.services import post_mailings
        session, record = self.page.context.session, self._of
        if record is None or self._found is not None:
            return

        def arrived(found: list[tuple[Mailing, Outcome, str]]) -> None:
            if self._of is record:
                self._found = found
                self.show_record(record)
        self.page.context.jobs.run("read", lambda: post_mailings.of_person(session, record.member.id), owner=self, done=arrived,
                                   failed=lambda error: failures.show(self.page.context, error))

    def _show_all(self) -> None:
        self.all = True
        if self._of is not None:
            self.show_record(self._of)

    def _line(self, mailing: Mailing, outcome: Outcome, at: str) -> None:
        from dpdesk.domain.roles import Right
        from dpdesk.services.post_names import basis_name, outcome_name, purpose_name
        subject = mailing.subject or _("An old mailing")
        acts = []
        if self.page.context.session.may(Right.POST_SEE):
            acts.append(button(_("Open"), lambda: self.page.context.go("post_mailing", {"id": mailing.id}), role="quiet",
                               name=_("Open: {subject}", subject=subject)))
        self.item(subject, [_("{when} · {outcome}", when=moment(at or mailing.made_at), outcome=outcome_name(outcome.value)),
                            _("{purpose}. {basis}", purpose=purpose_name(mailing.purpose), basis=basis_name(mailing.basis))], *acts)
