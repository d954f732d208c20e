"""What an elector said at the door, the newest first, and whether they are to be left alone; both are noted here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.leaving_alone import CHANNELS, UNTIL, LeaveAlone
from dpdesk.domain.results import Age, Source
from dpdesk.domain.roles import Right
from dpdesk.services.results import Contact, OfElector
from dpdesk.services.results_words import (
    age_name,
    channel_name,
    check_name,
    contact_words,
    left_alone_words,
    source_name,
    until_name,
)
from dpdesk.services.session import today
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, empty_out, line, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, trn


class Contacts(QWidget):
    """`show_elector` reads; nothing shows for who may not see results, but the wish to be left alone."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.context, self._elector = context, ""
        self._alone, self._slot, self._list = QVBoxLayout(), EntrySlot(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for each in (self._alone, self._slot, self._list):
            each.setSpacing(theme.SPACE)
            column.addLayout(each)

    def _may(self, right: Right) -> bool:
        return self.context.session.may_change(right)

    def show_elector(self, elector: str) -> None:
        """Read what is known of an elector."""
        from dpdesk.services import campaigns, results
        session, self._elector = self.context.session, elector
        self._slot.close_up()
        if not session.may(Right.RESULTS_SEE):
            return

        def read() -> tuple[OfElector, list[Campaign]]:
            there = campaigns.listing(session) if session.may(Right.SHEETS_SEE) else []
            return results.of_elector(session, elector), [each for each in there if not each.closed]
        self.context.jobs.run("read", read, owner=self, done=lambda found: self._show(*found),
                              failed=lambda error: failures.show(self.context, error))

    def _show(self, found: OfElector, campaigns: list[Campaign]) -> None:
        empty_out(self._alone)
        empty_out(self._list)
        now = today().isoformat()
        holding = [each for each in found.left_alone if any(each.holds(channel, now) for channel in CHANNELS)]
        for wish in holding:
            self._alone.addWidget(self._wish(wish))
        acts = []
        if self._may(Right.RESULTS_ENTER):
            acts.append(button(_("Do not contact…"), self.ask_alone, icon="ban"))
            if campaigns:
                acts.append(button(_("Note an answer…"), lambda: self.ask_answer(campaigns), icon="plus"))
        if acts:
            self._alone.addWidget(flow(*acts))
        self._list.addSpacing(theme.SPACE)
        self._list.addWidget(line())
        self._list.addWidget(text(_("From the door"), "heading"))
        if found.intention is not None:
            self._list.addWidget(self._intention(found.intention))
        for each in found.contacts:
            self._list.addWidget(self._contact(each))
        if not found.contacts:
            self._list.addWidget(text(_("Nobody has called here yet, as far as is known."), "quiet"))
        if found.expired:
            self._list.addWidget(text(trn("{n} contact is past its time of keeping and is not shown.",
                                          "{n} contacts are past their time of keeping and are not shown.", found.expired), "quiet"))

    def _wish(self, wish: LeaveAlone) -> QWidget:
        words = left_alone_words(wish)
        shown = flag(_("Do not contact: {what}", what=words), "ban", "warning")
        if not self._may(Right.RESULTS_SETTLE):
            return shown
        holder = QWidget()
        holder.setProperty("role", "plain")
        inside = row(shown, button(_("They may be contacted again…"), lambda: self.ask_lift(wish), role="quiet",
                                   name=_("End: {what}", what=words)))
        inside.setStretch(0, 1)
        holder.setLayout(inside)
        return holder

    def _intention(self, contact: Contact) -> QWidget:
        """The newest intention: large while it counts, quiet with a word once it is old."""
        holder = QWidget()
        holder.setProperty("role", "plain")
        old = contact.age is not Age.FRESH
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.SPACE // 2, 0, theme.SPACE)
        column.setSpacing(2)
        said = text(contact.words, "subtitle" if old else "heading")
        head = row(said, *((badge(age_name(contact.age.value), "warning"),) if old else ()))
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(text(_("{day}, {source}", day=day(contact.fact.taken_on), source=source_name(contact.fact.source.value)), "quiet"))
        return holder

    def _contact(self, contact: Contact) -> QWidget:
        fact = contact.fact
        holder = QWidget()
        holder.setProperty("role", "plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.SPACE // 2, 0, theme.SPACE // 2)
        column.setSpacing(2)
        old = contact.age is not Age.FRESH
        column.addWidget(text(_("{day}: {what}", day=day(fact.taken_on), what=contact_words(contact)), "quiet" if old else ""))
        source = source_name(fact.source.value)
        said = [_("{source} as “{raw}”", source=source, raw=fact.raw) if fact.raw else source, contact.campaign,
                _("called on by {name}", name=contact.taken_by) if contact.taken_by else "",
                _("entered by {name}", name=contact.entered_by) if contact.entered_by else "",
                _("{how} by {name}", how=check_name(fact.verified_how), name=contact.verified_by) if contact.verified_by else ""]
        column.addWidget(text(", ".join(filter(None, said)), "small"))
        if fact.note:
            column.addWidget(text(fact.note))
        return holder

    def ask_alone(self) -> None:
        """Ask for whom, by which way and until when."""
        specs = (FieldSpec("household", _("For whom"), "choice", choices=(("", _("this person")), ("yes", _("everybody at this address")))),
                 FieldSpec("channel", _("By which way"), "choice", choices=tuple((code, channel_name(code)) for code in CHANNELS)),
                 FieldSpec("until", _("Until when"), "choice", choices=tuple((code, until_name(code)) for code in UNTIL)),
                 FieldSpec("day", _("Day"), "date"), FieldSpec("why", _("What they said"), longest=200, span=True))
        why = _("Their line on sheets stays blank, without a name. No later file of the register undoes it.")
        self._slot.ask(Entry(_("Who does not want to be contacted?"), why, specs, _("Note it"), self._note_alone, columns=2))

    def _note_alone(self, values: dict[str, str]) -> None:
        from dpdesk.services import leaving_alone
        session, elector = self.context.session, self._elector
        self._write(lambda: leaving_alone.note(session, elector, household=bool(values["household"]), channel=values["channel"],
                                               until=values["until"], day=values["day"], why=values["why"]),
                    _("It is noted: they are left alone."))

    def ask_lift(self, wish: LeaveAlone) -> None:
        """Ask why they may be contacted again."""
        from dpdesk.services import leaving_alone
        session = self.context.session
        self._slot.ask(Entry(_("Why may they be contacted again?"), _("Only because they said so."),
                         (FieldSpec("why", _("What they said"), longest=200),), _("End it"),
                         lambda values: self._write(lambda: leaving_alone.lift(session, wish.id, values["why"]),
                                                    _("They may be contacted again."))))

    def ask_answer(self, campaigns: list[Campaign]) -> None:
        """Ask for an answer that stands on no sheet."""
        from dpdesk.services import entering
        session, elector = self.context.session, self._elector
        sources = tuple((each.value, source_name(each.value)) for each in Source if each not in (Source.SHEET, Source.SCAN))
        specs = (FieldSpec("campaign", _("Campaign"), "choice", choices=tuple((each.id, each.name) for each in campaigns)),
                 FieldSpec("boxes", _("Code"), longest=20), FieldSpec("taken_on", _("Day of the contact"), "date"),
                 FieldSpec("source", _("Where it is from"), "choice", choices=sources),
                 FieldSpec("note", _("Note"), longest=200, span=True))

        def note(values: dict[str, str]) -> None:
            self._write(lambda: entering.by_hand(session, elector, values["campaign"], tuple(values["boxes"].split()),
                                                 source=Source(values["source"]), taken_on=values["taken_on"], note=values["note"]),
                        _("The answer is noted."))
        self._slot.ask(Entry(_("Note an answer"), _("As on a sheet: the code, such as L or D9/T."), specs, _("Note it"), note, columns=2,
                         values={"taken_on": today().isoformat(), "source": Source.PHONE.value}))

    def _write(self, work: Callable[[], object], words: str) -> None:
        def done(_made: object) -> None:
            self._slot.close_up()
            self.context.say("done", words, None)
            self.context.changed("results")
            self.show_elector(self._elector)

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                failures.show(self.context, error)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)
