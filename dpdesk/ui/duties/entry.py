"""One entry of any register: its clocks first, then what can be done now, its facts with their clauses, documents, timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid, NotAllowed
from dpdesk.domain.evidence import Evidence
from dpdesk.domain.registers.declaring import Kind, Move
from dpdesk.domain.roles import Right
from dpdesk.services.duties import Shown
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties import blocks, extras, fields
from dpdesk.ui.duties.listing import page_of
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _


@dataclass(frozen=True)
class Record:
    """What the page shows: the entry, its documents, the people it is about, names of officers and of other entries."""

    shown: Shown
    documents: list[Evidence] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)  # identity, name, page
    officers: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    live: str = ""  # what the desk holds of it now, in words

    @property
    def names(self) -> dict[str, str]:
        """What other entries are called, by identity."""
        return {identity: name for each in self.entries.values() for identity, name in each.items()}


def read(session: Any, identity: str) -> Record:
    """Everything about one entry."""
    from dpdesk.services import duties, duties_files, duties_people, holdings
    shown = duties.get(session, identity)
    live = holdings.told(session, shown) if session.may(Right.DUTIES_SEE) else ""
    targets = {each.to for each in shown.register.fields if each.kind is Kind.ENTRY}
    entries = {code: {each.duty.id: f"{each.ref} {each.heading}" for each in duties.listing(session, code)} for code in targets}
    return Record(shown, duties_files.listing(session, shown.duty.id), duties_people.names(session, shown.duty.id, 200),
                  duties.officers(session), entries, live)


class DutyPage(Page):
    """Place: {"id"}."""

    code = "duty"
    title = marked("Entry")
    icon = "file-text"
    right = Right.INCIDENTS_REPORT
    chapter = "registers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._identity = ""
        self.record: Record | None = None
        self.slot = EntrySlot()
        self.body.addLayout(self.slot)
        self._content = self.add_list(2 * theme.SPACE)
        self.add_back(_("Registers"), self._to_list)
        self._paper = self.header.add_quiet(_("Save as PDF…"), self._ask_paper, icon="printer")
        self._paper.hide()  # until there is an entry to save

    def place(self) -> dict[str, Any]:
        """Which entry."""
        return {"id": self._identity}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another entry."""
        if place.get("id") and place["id"] != self._identity:
            self._identity, self.record = place["id"], None
            self.slot.close_up()

    def refresh(self) -> None:
        """Read it."""
        if not self._identity:
            self.header.set_title(_("Entry"))
            self.header.set_state(_("Choose an entry in one of the registers."))
            return
        session, identity = self.context.session, self._identity
        self.context.jobs.run("read", lambda: read(session, identity), owner=self, done=self._show, failed=self._failed)

    def _show(self, record: Record) -> None:
        from dpdesk.services import duties, duty_words
        self.record = record
        shown, session = record.shown, self.context.session
        self._paper.show()
        self.header.name_back(_(shown.register.title))
        self.header.set_title(f"{shown.ref}  {shown.heading}")
        self.header.set_state(_("{register}. {state}.", register=_(shown.register.one),
                                state=duty_words.state_words(shown.register, shown.duty.state)))
        self.header.clear_main()
        if duties.may_keep(session, shown):
            self.header.set_main(_("Change…"), lambda: self.context.go("duty_form", {"id": shown.duty.id}), icon="pencil", role="")
        empty_out(self._content)
        for part in (blocks.clocks(record), blocks.guidance(record), blocks.forwarded(self), self._moves(), extras.block(self),
                     *blocks.facts(record),
                     blocks.people(self), blocks.documents(self), blocks.timeline(self)):
            if part is not None:
                self._content.addWidget(part)

    def may_keep(self) -> bool:
        """Whether this officer may change the entry in front."""
        from dpdesk.services import duties
        return self.record is not None and duties.may_keep(self.context.session, self.record.shown)

    def _moves(self) -> QWidget | None:
        from dpdesk.services import duties_forwarded
        assert self.record is not None
        shown, session = self.record.shown, self.context.session
        moves = duties_forwarded.ordered(session, shown)
        if not moves or session.read_only:
            return None
        holder, column = blocks.column()
        column.addWidget(flow(*(button(_(each.label) + "…", lambda each=each: self.ask_move(each),
                                       role="primary" if may and not at else "",
                                       name=_("{move}: {ref}", move=_(each.label), ref=shown.ref))
                                for at, (each, may) in enumerate(moves))))
        said = duties_forwarded.others_decide(session, shown, [each for each, may in moves if not may])
        if said:
            column.addWidget(text(said, "small"))
        return holder

    def ask_move(self, made: Move) -> None:
        """The questions of a move; who may not make it is told who may (S0 l.12)."""
        from dpdesk.services import duties, duties_forwarded
        assert self.record is not None
        session, shown = self.context.session, self.record.shown
        try:
            duties.require_move(session, shown.register, made)
        except NotAllowed as error:
            self._failed(error)
            return
        from dpdesk.services.session import today
        codes = [*made.asks, *(each for each in made.needs if each not in made.asks and not shown.duty.values.get(each))]
        asked = fields.specs_of(shown.register, codes, self.record.entries)
        specs = [FieldSpec("moved_on", _("On which day"), "date"), *(replace(each, group="") for each in asked),
                 FieldSpec("note", _("Note for the timeline"), "long", _("What was said or done; it stands with the day."))]
        values = {"moved_on": today().isoformat(), **fields.typed(shown.register, {each: shown.duty.values.get(each, "")
                                                                                  for each in codes}),
                  **duties_forwarded.filled(session, shown, made)}
        self.slot.ask(Entry(_(made.label), _(made.help) if made.help else "", specs, _(made.label),
                            lambda typed: self._move(made, typed), values=values))

    def _move(self, made: Move, typed: dict[str, str]) -> None:
        from dpdesk.services import duties_follow
        assert self.record is not None
        shown = self.record.shown
        values, problems = fields.stored(shown.register, typed)
        if problems:
            self.slot.show_problems(Invalid(problems))
            return
        self.write(lambda session: duties_follow.move(session, shown.duty.id, made.code, values, typed["moved_on"], typed["note"]),
                   _("Done."))

    def write(self, work: Callable[[Any], Any], said: str, then: Callable[[Any], None] | None = None) -> None:
        """Do `work(session)` in the write lane; `said` when it is done."""
        session = self.context.session

        def done(answer: Any) -> None:
            self.slot.close_up()
            self.context.changed("duties")
            self.context.say("done", said, None)
            if then is not None:
                then(answer)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=self._failed)

    def _to_list(self) -> None:
        if self.record is not None:
            self.context.go(*page_of(self.record.shown.register))
        else:
            self.context.go("registers", None)

    def _ask_paper(self) -> None:
        if self.record is not None:
            from dpdesk.services import duties_export
            identity, ref = self.record.shown.duty.id, self.record.shown.ref
            self.ask_why(_("Save {ref} as PDF", ref=ref), f"{ref}.pdf", _("PDF documents (*.pdf)"),
                         lambda session, path, why, accepted: duties_export.save_pdf(session, identity, path, why, accepted=accepted))

    def ask_why(self, heading: str, name: str, names: str, work: Callable[[Any, Path, str, str], Any]) -> None:
        """Ask why and where, then let `work(session, path, why, accepted)` write a file through the copies door."""
        def chosen(values: dict[str, str]) -> None:
            if not values["why"]:
                self.slot.show_problems(Invalid({"why": "missing"}))
                return
            leaving.choose(self, self.context.jobs, CopyKind.DUTIES, leaving.Chooser(heading, name, names),
                           lambda path, accepted: self.write(lambda session: work(session, path, values["why"], accepted), _(
                               "Saved as “{file}”. It is on the list of copies until it is gone.", file=path.name)), self._failed)
        self.slot.ask(Entry(heading, _("The file will not be encrypted. It goes on the list of copies, with the day by which it is to be "
                                  "deleted."), [FieldSpec("why", _("Why"), longest=300)], _("Choose where…"), chosen))

    def heard(self, noun: str) -> None:
        """It changed, here or elsewhere."""
        if noun in ("duties", "members") and self.isVisible() and self._identity:
            self.refresh()

    def _failed(self, error: Exception) -> None:
        if self.slot.show_problems(error):
            return
        if isinstance(error, Invalid) and self.record is not None:
            register = self.record.shown.register
            own = {each.code for each in register.fields}
            failures.show(self.context, Invalid({f"{register.code}.{code}" if code in own else code: what
                                                 for code, what in error.problems.items()}))
        else:
            failures.show(self.context, error)
