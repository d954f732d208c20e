"""A person's own page on one screen: headline facts first, what is known in one flow, how to reach them, notes and history beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import record as records
from dpdesk.ui.members import sentences
from dpdesk.ui.members.askings import Askings
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.capacities import Capacities
from dpdesk.ui.members.consents import Consents, Sharings
from dpdesk.ui.members.contacting import Stops
from dpdesk.ui.members.enquiries import Enquiries
from dpdesk.ui.members.facts import (
    ADDRESS,
    CONTACT,
    MEMBERSHIP,
    PERSONAL,
    flags,
    pairs,
    reach_table,
    touched,
)
from dpdesk.ui.members.flows import Flows
from dpdesk.ui.members.history import History
from dpdesk.ui.members.leaving_block import Leaving
from dpdesk.ui.members.notes import Notes
from dpdesk.ui.members.post_block import Posted
from dpdesk.ui.members.record import Record
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.words import _, field_name

_OPENERS = {"stop": "stops", "note": "notes", "consent": "consents", "enquiry": "enquiries", "capacity": "capacities"}
_WIDEST = 1320  # pixels at 100 %: two comfortable flows


class PersonPage(Page):
    """Shows the person whose id is in the place; `kind` says which list it belongs to."""

    kind = Kind.MEMBER
    wide = True
    title = marked("Member")
    icon = "user"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.person = ""
        self.record: Record | None = None
        self._asked = 0
        self._pending = ""
        self.add_back(_("Members") if self.kind is Kind.MEMBER else _("Contacts"), self.to_list)
        if self.may(Right.MEMBERS_EDIT):
            self.header.set_main(_("Edit"), self.edit, icon="pencil").setToolTip("F2")
        if context.veil is not None:
            context.veil.governs(self.header.add_quiet(_("Show contact details"), context.veil.toggle, icon="eye"))
            context.veil.turned.connect(self.redraw)
        if self.may(Right.STOPS_ADD):
            self.header.add_quiet(_("Stop contact…"), lambda: self._open("stops"), icon="ban").setToolTip("F3")
        for keys, act, right in (("F2", self.edit, Right.MEMBERS_EDIT), ("F3", lambda: self._open("stops"), Right.STOPS_ADD),
                                 ("F4", lambda: self._open("notes"), Right.MEMBERS_EDIT)):
            if self.may(right):
                QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._column.setMaximumWidth(round(_WIDEST * theme.scale()))
        reach = QWidget()
        reach.setProperty("role", "plain")
        self._flags, self._head = QVBoxLayout(), QVBoxLayout(reach)
        self._head.setContentsMargins(0, 0, 0, 2 * theme.SPACE)
        for part in (self._flags, self._head):
            part.setSpacing(theme.SPACE)
        self.body.addLayout(self._flags)
        self.blocks: dict[str, Block] = self._made()
        self.flows = Flows()
        self.flows.add(reach, beside=True)
        for block in self.blocks.values():
            self.flows.add(block, block.beside)
        self.body.addWidget(self.flows)
        self.body.addStretch(1)

    def _made(self) -> dict[str, Block]:
        """Every block by its code, in their order: what makes somebody a contact stands high on a contact's page."""
        member = self.kind is Kind.MEMBER
        facts = {"details": Details(self, _("Contact details")), "membership": Membership(self, _("Membership"))}
        known = {"capacities": Capacities(self, _("Capacities")),
                 "enquiries": Enquiries(self, _("Enquiries"), open=not member)}
        wishes = {"stops": Stops(self, _("Stops on contact")), "consents": Consents(self, _("Consents")),
                  "sharings": Sharings(self, _("Permission to share"), open=False), "askings": Askings(self, _("Asked"), open=False)}
        rest = {"notes": Notes(self, _("Notes")), "post": Posted(self, _("Post")), "history": History(self, _("History")),
                "leaving": Leaving(self, _("Archive and erase"), open=False)}
        return facts | wishes | known | rest if member else facts | known | wishes | rest

    def _open(self, block: str) -> None:
        if self.record is not None:
            self.blocks[block].open_entry()

    def place(self) -> dict[str, Any]:
        """The person, and which sections are folded."""
        return {"id": self.person, "folded": [code for code, block in self.blocks.items() if not block.is_open]}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show the person named in `place`; `open` names a card to open ("stop", "note", "consent")."""
        asked = str(place.get("id", ""))
        if asked != self.person:
            self.record = None
            for block in self.blocks.values():
                block.slot.close_up()
        self.person = asked
        if "folded" in place:
            for code, block in self.blocks.items():
                block.set_open(code not in place["folded"])
        self._pending = str(place.get("open", ""))
        self.refresh()

    def to_list(self) -> None:
        """To the list, where this person is marked."""
        self.context.go("members" if self.kind is Kind.MEMBER else "contacts", {"person": self.person})

    def refresh(self) -> None:
        """Read the record again."""
        if not self.person:
            return
        self._asked += 1
        asked, person, session = self._asked, self.person, self.context.session
        self.context.jobs.run("read", lambda: records.read(session, person), owner=self,
                              done=lambda record: self._arrived(asked, record), failed=self._failed)

    def redraw(self) -> None:
        """Draw what was read last."""
        if self.record is not None:
            self._draw(self.record)

    def edit(self) -> None:
        """Open the form."""
        if self.person:
            self.context.go("member_form" if self.kind is Kind.MEMBER else "contact_form", {"id": self.person})

    def undo(self, seq: int) -> None:
        """Put back what change `seq` changed."""
        from dpdesk.services import members
        self.write(lambda session, _person: members.undo(session, seq), _("The change is undone."))

    def write(self, work: Callable[[Any, str], Any], said: str, block: Block | None = None, *,
              undo: Callable[[Any], Callable[[Any, str], Any]] | None = None, after: Callable[[Any], None] | None = None) -> None:
        """Do `work(session, person)` in the write lane, say `said`, and read again; problems go to `block`'s card.

        `undo(answer)` is the work that takes it back, offered as Undo; with `after` that is called instead of all else.
        """
        session, person = self.context.session, self.person

        def done(answer: Any) -> None:
            if block is not None:
                block.slot.close_up()
            if after is not None:
                after(answer)
                return
            act = (_("Undo"), lambda: self.write(undo(answer), _("It is undone."))) if undo is not None else None
            self.context.say("done", said, act)
            self.context.changed("members")
            if not self.isVisible():
                self.refresh()

        def failed(error: Exception) -> None:
            if block is None or not block.slot.show_problems(error):
                failures.show(self.context, error)
        self.context.jobs.run("write", lambda: work(session, person), owner=self, done=done, failed=failed)

    def _arrived(self, asked: int, record: Record) -> None:
        if asked != self._asked:
            return
        if record.member.kind is not self.kind and self.isVisible():
            self.context.go(record.member.kind.value, {"id": record.member.id})  # they have joined or left meanwhile
            return
        self.record = record
        self._draw(record)
        opener = _OPENERS.get(self._pending)
        self._pending = ""
        if opener:
            self.blocks[opener].open_entry()

    def _failed(self, error: Exception) -> None:
        self.record = None
        self.header.set_title(_("This person cannot be shown"))
        self.header.set_state("")
        failures.show(self.context, error)

    def _draw(self, record: Record) -> None:
        from dpdesk.services.session import today
        member = record.member
        self.header.set_title(sentences.formal_name(member))
        self.header.set_state(sentences.standing(member, record.row.capacities))
        empty_out(self._flags)
        for flag in flags(member, record.row, self.context.session.policy, today()):
            self._flags.addWidget(flag)
        empty_out(self._head)
        self._head.addWidget(text(_("May we reach this person for campaigning?"), "label"))
        self._head.addWidget(reach_table(record.reaches, record.stops))
        for block in self.blocks.values():
            block.show_record(record)
        self.blocks["membership"].setVisible(member.kind is Kind.MEMBER or bool(pairs(member, MEMBERSHIP)))


class Details(Block):
    """Name, contact details and address."""

    def draw(self, record: Record) -> None:
        """What is known."""
        member = record.member
        whole = " ".join(filter(None, (member.title, member.forename, member.surname)))
        facts = [(field_name("name"), whole)] if whole else []
        facts += pairs(member, ("known_as", *CONTACT), self.page.context.veil)
        lines = [getattr(member, code) for code in ADDRESS]
        if any(lines):
            facts.append((field_name("address"), "\n".join(part for part in lines if part)))
        self.add(fact_list(facts + pairs(member, PERSONAL, self.page.context.veil)))
        for said in touched(record.history, ("title", "forename", "surname", "known_as", *CONTACT, *ADDRESS, *PERSONAL)):
            self.say(said, "small")
        if record.elector is not None:
            identity, number = record.elector
            self.act(_("On the register as {number}", number=number), lambda: self.page.context.go("elector", {"id": identity}),
                     icon="list")


class Membership(Block):
    """Number, status, type, branch, ward and days."""

    def draw(self, record: Record) -> None:
        """What is known."""
        facts = pairs(record.member, MEMBERSHIP)
        if facts:
            self.add(fact_list(facts))
            for said in touched(record.history, MEMBERSHIP):
                self.say(said, "small")
        else:
            self.say(_("Nothing about a membership is on record."))


class MemberPage(PersonPage):
    """A member's page."""

    code = "member"


class ContactPage(PersonPage):
    """A contact's page."""

    code = "contact"
    kind = Kind.CONTACT
    icon = "contact"
    title = marked("Contact")
