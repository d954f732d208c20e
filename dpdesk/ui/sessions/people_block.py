"""Who takes part in a session, on its board: what each took and brought back; added, taken out, made most senior; walks given away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Allotment, CanvassSession, Part, Participant, SessionState
from dpdesk.services.hand_in import Reconciled
from dpdesk.services.issuing import Signed
from dpdesk.services.session_words import how_name, part_name
from dpdesk.ui import theme
from dpdesk.ui.sessions import allotting
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.sessions.joining import JoinCard
from dpdesk.ui.sessions.signing import SignatureField
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import badge, button, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn

_WIDE = 720  # pixels at 100 %: from here on a person's name and what can be done stand in one line


class Seen(Protocol):
    """What the board knows."""

    told: Reconciled
    allotments: list[Allotment]
    signed: list[Signed]


class PeopleBlock(QWidget):
    """A line a person and a line a walk, with what can be done; cards open in the page’s own place for them."""

    def __init__(self, page: SessionPage, found: CanvassSession, seen: Seen) -> None:
        super().__init__()
        self._page, self._session = page, found
        told, allotted, signed = seen.told, seen.allotments, seen.signed
        self._allotted = allotted
        self._edits = page.may() and found.state is not SessionState.CLOSED
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        people = Section(_("Who takes part"), open=True)
        held = {each.who.id: each for each in told.holdings}
        for each in found.people:
            people.body.addLayout(self._person(each, held.get(each.id)))
        walks = Section(trn("{n} walk", "{n} walks", len(allotted)), open=False)
        for allotment in allotted:
            walks.body.addLayout(self._walk(allotment))
        if self._edits:
            people.body.addWidget(flow(button(_("Add somebody…"), self.ask_join, icon="user-plus")))
            offered = [button(_("Allot a walk…"), self.ask_walk, icon="plus")] if page.may(Right.REGISTER_SEE) else []
            walks.body.addWidget(flow(*offered, button(_("Allot a street…"), self.ask_street, icon="plus")))
        layout.addWidget(people)
        layout.addWidget(walks)
        if signed:
            layout.addWidget(self._signed(signed))

    def _signed(self, signed: Sequence[Signed]) -> Section:
        """Who acknowledged which version of the briefing, when and how; drawn signatures as they were drawn."""
        made = Section(_("Briefings acknowledged: {n}", n=len(signed)), open=False)
        for each in signed:
            who = self._session.somebody(each.participant)
            made.body.addWidget(text(_("{name}, version {version}, {moment}, {how}", name=(who.name if who else "") or
                                       _("somebody erased since"), version=each.version, moment=moment(each.at),
                                       how=how_name(each.how.value))))
            if each.strokes:
                made.body.addWidget(SignatureField(shown=each.strokes))
        return made

    def _person(self, each: Participant, held):
        said = [trn("took {n} page", "took {n} pages", len(held.issued)), _("all back") if held.square else
                trn("{n} not back", "{n} not back", len(held.missing))] if held is not None else []
        name = each.name or _("somebody erased since")
        words = text(", ".join([name, *said]))
        acts: list[QWidget] = [badge(part_name(each.part.value), "" if each.part is not Part.SENIOR else "warning")]
        if self._edits and each.id != self._session.senior:
            acts.append(button(_("Make most senior"), lambda: self._do(lambda s, session: s.set_senior(session, self._session.id, each.id)),
                               role="quiet", name=_("Make {name} the most senior individual", name=name)))
            acts.append(button("", lambda: self._do(lambda s, session: s.leave(session, self._session.id, each.id)), role="quiet", icon="x",
                               name=_("Take {name} out", name=name)))
        if self._page.width() >= _WIDE * theme.scale():
            line = row(words, *acts)
            line.setStretch(0, 1)
            return line
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        column.addWidget(flow(*acts))
        return column

    def _walk(self, each: Allotment):
        holder = self._session.somebody(each.holder)
        words = text(_("{walk}: {name}", walk=each.title, name=holder.name if holder else _("nobody yet")))
        acts = [button(_("Give it to…"), lambda: self.ask_holder(each), role="quiet", name=_("Give {walk} to somebody", walk=each.title)),
                button("", lambda: self._unallot(each), role="quiet", icon="x", name=_("Take {walk} out of the session", walk=each.title))]
        line = row(words, *(acts if self._edits else []))
        line.setStretch(0, 1)
        return line

    def _do(self, work: Callable) -> None:
        from dpdesk.services import sessions
        session = self._page.context.session
        self._page.write(lambda: work(sessions, session), lambda _answer: self._page.refresh())

    def _unallot(self, each: Allotment) -> None:
        from dpdesk.services import allotments
        session = self._page.context.session
        self._page.write(lambda: allotments.remove(session, each.id), lambda _none: self._page.refresh())

    def ask_join(self) -> None:
        """A card for somebody more."""
        self._page.slot.ask(JoinCard(self._page, self._page.refresh))

    def ask_holder(self, each: Allotment) -> None:
        """A card to give a walk to another responsible individual."""
        from dpdesk.services import allotments
        session = self._page.context.session
        self._page.slot.ask(Entry(
            _("Who holds the sheets of {walk}?", walk=each.title), _("Sheets that are out stay with who has them."),
            (FieldSpec("holder", _("Responsible individual"), "choice", choices=allotting.holders(self._session)),), _("Give it to them"),
            lambda values: self._page.send(lambda: allotments.give_to(session, each.id, values["holder"])), values={"holder": each.holder}))

    def ask_walk(self) -> None:
        """A card to allot a walk that is not in the session yet."""
        allotting.ask_walk(self._page, self._session, self._allotted)

    def ask_street(self) -> None:
        """A card to allot a polling district, or a street of it, without a walk."""
        allotting.ask_street(self._page, self._session)
