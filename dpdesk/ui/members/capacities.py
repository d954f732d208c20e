"""Capacities on a person's page: record, end, put right; and joining or leaving, which keep the one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpdesk.domain.capacities import DETAIL_LONGEST, Capacity, Held
from dpdesk.domain.members import Kind, Status
from dpdesk.domain.roles import Right
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, capacity_name, day, field_name, status_name

if TYPE_CHECKING:
    from dpdesk.services.capacities import Given


def capacity_specs() -> list[FieldSpec]:
    """What is asked of a capacity."""
    return [
        FieldSpec("capacity", field_name("capacity"), "choice", choices=(
            ("", _("Choose…")), *((each.value, capacity_name(each.value)) for each in Capacity))),
        FieldSpec("detail", field_name("detail"), help=_("Office and area of a representative; what a volunteer does."),
                  longest=DETAIL_LONGEST)]


def given_of(values: dict[str, str]) -> Given:
    """The capacity that a filled-in entry describes."""
    from dpdesk.services.capacities import Given
    return Given(values["capacity"], values.get("detail", ""), values.get("since", ""), values.get("until", ""))


def _today() -> str:
    from dpdesk.services.session import today
    return today().isoformat()


class Capacities(Block):
    """In what the branch knows a person: several at once, of members and contacts alike."""

    def draw(self, record: Record) -> None:
        """Those that stand, then those that ended, then joining or leaving."""
        now = _today()
        standing = [held for held in record.capacities if held.stands(now)]
        self.set_heading(_("Capacities ({n})").format(n=len(standing)))
        if not record.capacities:
            self.say(_("No capacity is on record, such as supporter or elected representative."))
        for held in record.capacities:
            self._line(held, stands=held in standing)
        if not self.page.may(Right.MEMBERS_EDIT):
            return
        self.act(_("Record a capacity…"), self.open_entry, icon="plus")
        if record.member.kind is Kind.CONTACT:
            self.act(_("Has joined…"), self._ask_join, icon="user-plus")
        else:
            self.act(_("Has left but stays known…"), lambda: self._ask_leave(bool(standing)))

    def open_entry(self) -> None:
        """Ask for a capacity."""
        self.ask(Entry(_("Record a capacity"), _("One person may hold several, and stays one record."), [
            *capacity_specs(), FieldSpec("since", field_name("since"), "date"),
            FieldSpec("until", field_name("until"), "date", _("Only where the end is known, such as that of a term of office."))],
            _("Record capacity"), self._add))

    def _line(self, held: Held, *, stands: bool) -> None:
        name = capacity_name(held.capacity.value)
        head = _("{capacity}: {detail}", capacity=name, detail=held.detail) if held.detail else name
        days = [_("since {day}", day=day(held.since)) if held.since else "", _("until {day}", day=day(held.until)) if held.until else ""]
        said = ", ".join(filter(None, days))
        actions = []
        if self.page.may(Right.MEMBERS_EDIT) and stands:
            actions.append(button(_("End"), lambda: self._end(held), role="quiet", name=_("End the capacity: {head}", head=head)))
            actions.append(button(_("Take back…"), lambda: self._take_back(held), role="quiet",
                                  name=_("Take back, recorded by mistake: {head}", head=head)))
        elif self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Stands again"), lambda: self._reopen(held), role="quiet",
                                  name=_("Stands again: {head}", head=head)))
        self.item(head, [said[:1].upper() + said[1:]], *actions, role="label" if stands else "quiet")

    def _add(self, values: dict[str, str]) -> None:
        from dpdesk.services import capacities
        self.page.write(lambda session, person: capacities.add(session, person, given_of(values)), _("The capacity is recorded."),
                        self, undo=lambda held: lambda session, _person: capacities.take_back(session, held.id))

    def _end(self, held: Held) -> None:
        from dpdesk.services import capacities
        self.page.write(lambda session, _person: capacities.end(session, held.id), _("The capacity is ended."),
                        undo=lambda _held: lambda session, _person: capacities.reopen(session, held.id))

    def _reopen(self, held: Held) -> None:
        from dpdesk.services import capacities
        self.page.write(lambda session, _person: capacities.reopen(session, held.id), _("The capacity stands again."))

    def _take_back(self, held: Held) -> None:
        from dpdesk.services import capacities
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("Take this capacity back?"), _("For one recorded by mistake. One that is over is ended instead, and stays "
                                                           "on the record."), _("Take back"),
                    lambda: self.page.write(lambda session, _person: capacities.take_back(session, held.id),
                                            _("The capacity is taken back.")))

    def _ask_join(self) -> None:
        statuses = tuple((each.value, status_name(each.value)) for each in Status if each not in (Status.LAPSED, Status.RESIGNED))
        self.ask(Entry(_("Has joined"), _("The same record becomes a member’s: history, stops and consents stay."), [
            FieldSpec("status", field_name("status"), "choice", choices=statuses), FieldSpec("number", field_name("number"), longest=40),
            FieldSpec("joined_on", field_name("joined_on"), "date"), FieldSpec("membership_type", field_name("membership_type"))],
            _("Make a member"), self._join, values={"status": Status.CURRENT.value, "joined_on": _today()}))

    def _join(self, values: dict[str, str]) -> None:
        from dpdesk.services import joining
        self.page.write(lambda session, person: joining.join(session, person, {c: v for c, v in values.items() if v}),
                        _("They are a member now, on the same record."), self, after=self._elsewhere)

    def _ask_leave(self, known: bool) -> None:
        why = _("The record becomes a contact’s: status and days of the membership go, history, stops and consents stay.")
        specs = [] if known else capacity_specs()
        if known:
            from dpdesk.ui.widgets import ask
            ask.confirm(self, _("Has this member left?"), why, _("Make a contact"), lambda: self._leave({}))
            return
        self.ask(Entry(_("Has left but stays known"), why, specs, _("Make a contact"), self._leave))

    def _leave(self, values: dict[str, str]) -> None:
        from dpdesk.services import joining
        self.page.write(lambda session, person: joining.leave(session, person, given_of(values) if values else None),
                        _("They are a contact now, on the same record."), self, after=self._elsewhere)

    def _elsewhere(self, member: Any) -> None:
        """To the page of the kind they are now, where Undo is offered."""
        context, seq = self.page.context, member.changed
        said = _("They are a member now, on the same record.") if member.kind is Kind.MEMBER else _(
            "They are a contact now, on the same record.")
        context.changed("members")
        context.go(member.kind.value, {"id": member.id})
        context.say("done", said, (_("Undo"), lambda: _undo(context, seq)))


def _undo(context: Any, seq: int) -> None:
    """Undo joining or leaving from the message bar, and show the page of what they were."""
    from dpdesk.services import members
    from dpdesk.ui import failures

    def done(member: Any) -> None:
        context.changed("members")
        context.go(member.kind.value, {"id": member.id})
        context.say("done", _("Undone: the record is as it was before."), None)
    context.jobs.run("write", lambda: members.undo(context.session, seq), owner=context.jobs, done=done,
                     failed=lambda error: failures.show(context, error))
