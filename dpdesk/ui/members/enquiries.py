"""Enquiries on a person's page: what they asked, how long it is kept, further contact, the answer, and holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton

from dpdesk.domain.roles import Right
from dpdesk.ui.members import enquiry_parts as parts
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, line, text
from dpdesk.ui.words import _, day


class Enquiries(Block):
    """One entry for each enquiry, the last contact first."""

    def draw(self, record: Record) -> None:
        """What was asked, and what may be done about it."""
        self.set_heading(_("Enquiries ({n})").format(n=len(record.enquiries)))
        if not record.enquiries:
            self.say(_("Nothing they asked is on record."))
        for shown in record.enquiries:
            self._line(shown)
        if self.page.may(Right.MEMBERS_EDIT):
            self.act(_("Record an enquiry…"), self.open_entry, icon="plus")

    def open_entry(self) -> None:
        """Ask for a new enquiry."""
        self.ask(Entry(_("Record an enquiry"), _("It is erased by itself once its time is up, counted from the last contact."),
                       parts.asked_specs(), _("Record enquiry"), self._log, values={"asked_on": parts.today_iso()}))

    def _line(self, shown: Any) -> None:
        self.add(text(parts.head_words(shown), "label", selectable=True))
        self.add(text(shown.enquiry.query, selectable=True))
        for detail in parts.details_of(shown):
            self.add(text(detail, "quiet", selectable=True))
        if self.page.may(Right.MEMBERS_EDIT):
            self.add(flow(*self._actions(shown)))
        self.add(line())

    def _actions(self, shown: Any) -> list[QPushButton]:
        from dpdesk.services import enquiries
        each, named = shown.enquiry, day(shown.enquiry.asked_on)

        def act(words: str, what: Callable[[], object]) -> QPushButton:
            return button(words, what, role="quiet", name=_("{words} The enquiry of {day}", words=words, day=named))
        made = [act(_("Further contact…"), lambda: self.ask(parts.contact_entry(lambda values: self._contacted(each, values))))]
        if each.closed_on:
            made.append(act(_("Open again"), lambda: self._do(enquiries.reopen, each, _("The enquiry is open again."))))
        else:
            made.append(act(_("Answered"), lambda: self._do(enquiries.close, each, _("The enquiry is answered."),
                                                            lambda _e: lambda session, _p: enquiries.reopen(session, each.id))))
        if each.hold_reason:
            made.append(act(_("End the hold"), lambda: self._do(enquiries.release, each, _("The hold is ended."))))
        made.append(act(_("Renew the hold…") if each.hold_reason else _("Hold…"),
                        lambda: self.ask(parts.hold_entry(shown, lambda values: self._hold(each, values)))))
        made.append(act(_("Put right…"), lambda: self._ask_amend(each)))
        if self.page.may(Right.MEMBERS_ERASE) and not each.hold_reason:
            made.append(act(_("Erase…"), lambda: self._ask_erase(each)))
        return made

    def _do(self, verb: Callable, each: Any, said: str, undo: Callable | None = None) -> None:
        self.page.write(lambda session, _person: verb(session, each.id), said, undo=undo)

    def _log(self, values: dict[str, str]) -> None:
        from dpdesk.services import enquiries
        self.page.write(lambda session, person: enquiries.log(session, person, parts.asked_of(values)), _("The enquiry is recorded."), self)

    def _contacted(self, each: Any, values: dict[str, str]) -> None:
        from dpdesk.services import enquiries
        self.page.write(lambda session, _person: enquiries.contacted(session, each.id, values["last_contact_on"]),
                        _("The contact is recorded."), self)

    def _hold(self, each: Any, values: dict[str, str]) -> None:
        from dpdesk.services import enquiries
        self.page.write(lambda session, _person: enquiries.hold(session, each.id, values["hold_reason"], values["hold_review_on"]),
                        _("The enquiry is on hold."), self)

    def _ask_erase(self, each: Any) -> None:
        from dpdesk.services import enquiries_due
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("Erase this enquiry?"), _("What was asked is gone for good. The person stays, and the log keeps that "
                                                      "there was an enquiry."), _("Erase"),
                    lambda: self.page.write(lambda session, _person: enquiries_due.erase_one(session, each.id),
                                            _("The enquiry is erased.")), danger=True)

    def _ask_amend(self, each: Any) -> None:
        values = {"way": each.channel.value, "asked_on": each.asked_on, "handle": each.handle, "place": each.place, "query": each.query}
        self.ask(Entry(_("Put the enquiry right"), "", parts.asked_specs(), _("Save"), lambda typed: self._amend(each, typed),
                       values=values))

    def _amend(self, each: Any, values: dict[str, str]) -> None:
        from dpdesk.services import enquiries
        self.page.write(lambda session, _person: enquiries.amend(session, each.id, parts.asked_of(values)), _("Saved."), self)
