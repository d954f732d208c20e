"""Campaigns: lawful basis, polling day, codes with their versions, questions, columns and what they cost; the briefing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.campaigns import PRESETS, Basis, Campaign, CodeSet, Column, Condition, Question
from dpdesk.domain.roles import Right
from dpdesk.services.session_words import (
    basis_name,
    column_name,
    condition_name,
    cost_sentence,
    cost_words,
    outcome_name,
    preset_name,
)
from dpdesk.services.translation import marked
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.sessions.codes import CodesEntry
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, field_name, trn


@dataclass(frozen=True)
class Seen:
    """Campaigns with their codes, the presets, the party's own preset, the briefing, and whom a found sheet goes to."""

    campaigns: list[Campaign]
    codes: dict[str, CodeSet]
    presets: list[CodeSet]
    own: str
    version: int
    briefing: str
    return_to: str


class CampaignsPage(SessionPage):
    """A card a campaign; what all share stands below."""

    code = "campaigns"
    title = marked("Campaigns")
    icon = "list"
    right = Right.SHEETS_SEE
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Campaigns"))
        if self.edits():
            self.header.set_main(_("New campaign…"), self.ask_new, icon="plus")
        self.add_back(_("Sessions"), lambda: context.go("sessions", None))
        self.seen: Seen | None = None
        self._new = False
        self._list, self._shared = QVBoxLayout(), QVBoxLayout()
        for each in (self.slot, self._list, self._shared):
            each.setSpacing(theme.SPACE)
            self.body.addLayout(each)
        self.body.addStretch(1)

    def edits(self) -> bool:
        """Whether the officer may set campaigns up."""
        return self.may(Right.CAMPAIGNS_EDIT)

    def place(self) -> dict[str, Any]:
        """Nothing to come back to."""
        return {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Asked for a new one."""
        self._new = bool(place.get("new"))

    def refresh(self) -> None:
        """Read the campaigns."""
        session = self.context.session
        self.read(lambda: _seen(session), self._show)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        empty_out(self._list)
        empty_out(self._shared)
        self.header.set_state(trn("{n} campaign.", "{n} campaigns.", len(seen.campaigns)) if seen.campaigns else "")
        if not seen.campaigns:
            self._list.addWidget(EmptyState("list", _("No campaign yet"), _(
                "A campaign says by which codes canvassers write, what may be asked, what sheets print, and on which lawful basis that "
                "rests.")))
        for each in seen.campaigns:
            self._list.addWidget(self._card(each, seen))
        told = Section(_("The briefing (version {version})", version=seen.version), open=False)
        told.body.addWidget(text(seen.briefing))
        found = Section(_("If found, return to: {where}", where=seen.return_to), open=False)
        found.body.addWidget(text(_("It stands at the foot of every page: an address or number of the branch, nobody’s own."), "quiet"))
        if self.edits():
            told.body.addLayout(row(button(_("Write a new version…"), self.ask_briefing), None))
            found.body.addLayout(row(button(_("Change it…"), self.ask_return_to), None))
        self._shared.addWidget(told)
        self._shared.addWidget(found)
        if self._new and self.edits():
            self._new = False
            self.ask_new()

    def _card(self, each: Campaign, seen: Seen) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE // 2)
        codes = seen.codes[each.codes]
        inside.addLayout(row(text(each.name, "label"), *([badge(_("Closed"))] if each.closed else [])))
        inside.addWidget(fact_list([
            (field_name("polling_day"), day(each.polling_day) or _("not set")), (field_name("basis"), basis_name(each.basis.value)),
            (_("Condition"), condition_name(each.condition.value)), (field_name("basis_why"), each.basis_why),
            (_("Assessment"), each.assessment or _("not linked yet")),
            (_("Sheets print"), ", ".join([_("name, number, door"), *(column_name(code).lower() for code in each.columns)])),
            (_("Privacy"), cost_sentence(each.columns))]))
        asked = [question for question in each.questions if not question.ended_at]
        shown = Section(_("Codes: {name}, version {version}", name=codes.name, version=codes.version), open=False)
        shown.body.addWidget(fact_list([(f"{code.letter}{'  ☐' if code.box else ''}", f"{code.words} · {outcome_name(code.outcome.value)}")
                                        for code in codes.codes]))
        inside.addWidget(shown)
        if asked:
            inside.addWidget(text(_("Questions"), "label"))
            for question in asked:
                end = button("", lambda question=question: self._end(each, question), role="quiet", icon="x",
                             name=_("Ask no more: {text}", text=question.text))
                line = row(text(f"{question.letter}  {question.text}".strip()), *([end] if self.edits() else []))
                line.setStretch(0, 1)
                inside.addLayout(line)
        if self.edits() and not each.closed:
            inside.addWidget(flow(
                button(_("Change…"), lambda: self.ask_change(each), name=_("Change {name}", name=each.name)),
                button(_("Columns…"), lambda: self.ask_columns(each), name=_("Columns of {name}", name=each.name)),
                button(_("Codes…"), lambda: self.ask_codes(each), name=_("Codes of {name}", name=each.name)),
                button(_("Add a question…"), lambda: self.ask_question(each), name=_("Add a question to {name}", name=each.name)),
                button(_("Close it…"), lambda: self._close(each), role="quiet", name=_("Close {name}", name=each.name))))
        return card(inside)

    def _ready(self, name: str) -> None:
        self.refresh()
        self.context.say("done", _("“{name}” is set up.", name=name),
                         (_("Plan a session…"), lambda: self.context.go("session_plan", {"new": True})) if self.may() else None)

    def ask_new(self) -> None:
        """A card for a new campaign."""
        from dpdesk.services import campaigns
        if self.seen is None:
            return
        session = self.context.session
        presets = tuple((each.preset, each.name) for each in self.seen.presets)
        self.slot.ask(Entry(_("New campaign"), "", (
            *_basis_specs(), FieldSpec("preset", field_name("codes"), "choice", choices=presets),
            FieldSpec("columns", _("Sheets print"), "choice", choices=tuple((code, preset_name(code)) for code in PRESETS))),
            _("Add it"), lambda values: self.send(lambda: campaigns.add(
                session, values, values["preset"], columns=[each.value for each in PRESETS[values["columns"]]]),
                lambda _new: self._ready(values["name"])),
            values={"basis": Basis.LEGITIMATE.value, "condition": Condition.POLITICAL_PARTIES.value, "preset": self.seen.own,
                    "columns": "doorstep"}, columns=2))

    def ask_change(self, each: Campaign) -> None:
        """A card to change what a campaign rests on."""
        from dpdesk.services import campaigns
        session = self.context.session
        self.slot.ask(Entry(_("Change {name}", name=each.name), "", _basis_specs(), _("Save"),
                            lambda values: self.send(lambda: campaigns.change(session, each.id, values)),
                            values={code: str(getattr(each, code)) for code in campaigns.FIELDS}, columns=2))

    def ask_columns(self, each: Campaign) -> None:
        """A card with every column and what it costs."""
        from dpdesk.services import campaigns
        session = self.context.session
        specs = tuple(FieldSpec(column.value, _("{column} ({cost})", column=column_name(column.value), cost=cost_words(column.value)),
                                "tick") for column in Column)
        self.slot.ask(Entry(_("What sheets print beside name, number and door"), _(
            "Print what is needed at the door and nothing else (S1 §3.2, §8.5.a): a lost sheet gives away what stands on it. Sheets that "
            "were made stay as they are."), specs, _("Save"), lambda values: self.send(lambda: campaigns.change(
                session, each.id, {}, columns=[code for code, ticked in values.items() if ticked])),
            values=dict.fromkeys(each.columns, "yes")))

    def ask_codes(self, each: Campaign) -> None:
        """A card to edit the codes, as a new version."""
        from dpdesk.services import campaigns
        session = self.context.session
        self.slot.ask(CodesEntry(self.seen.codes[each.codes], self.seen.presets,
                                 lambda codes: self.send(lambda: campaigns.set_codes(session, each.id, codes))))

    def ask_question(self, each: Campaign) -> None:
        """A card for one more question."""
        from dpdesk.services import campaigns
        session = self.context.session
        self.slot.ask(Entry(_("Add a question"), "", (
            FieldSpec("question", field_name("question"), longest=200),
            FieldSpec("letter", field_name("letter"), longest=3,
                      help=_("With a letter it has a box on the sheet, ticked for yes; without one it is written into the notes."))),
            _("Add it"), lambda values: self.send(lambda: campaigns.ask(
                session, each.id, Question("", values["question"], values["letter"])))))

    def _end(self, each: Campaign, question: Question) -> None:
        from dpdesk.services import campaigns
        session = self.context.session
        self.write(lambda: campaigns.ask_no_more(session, each.id, question.id), lambda _none: self.refresh())

    def _close(self, each: Campaign) -> None:
        from dpdesk.services import campaigns
        session = self.context.session
        ask.confirm(self, _("Close “{name}”?", name=each.name), _("No more sessions are planned for it. What was recorded stays."),
                    _("Close it"), lambda: self.write(lambda: campaigns.close(session, each.id), lambda _none: self.refresh()))

    def ask_briefing(self) -> None:
        """A card for a new version of the briefing."""
        from dpdesk.services import issuing
        session = self.context.session
        self.slot.ask(Entry(_("What holders of sheets are told"), _("Who takes sheets from now on acknowledges this version."),
                            (FieldSpec("text", _("Briefing"), "long", span=True),), _("Make it the newest version"),
                            lambda values: self.send(lambda: issuing.write_briefing(session, values["text"])),
                            values={"text": self.seen.briefing}))

    def ask_return_to(self) -> None:
        """A card for whom a found sheet is returned to."""
        from dpdesk.services import sheet_pages
        session = self.context.session
        self.slot.ask(Entry(
            _("If found, return to"), "", (FieldSpec("return_to", _("Address or telephone number of the branch"), longest=120),), _("Save"),
            lambda values: self.send(lambda: sheet_pages.set_return_to(session, values["return_to"])),
            values={"return_to": self.seen.return_to}))


def _basis_specs() -> tuple[FieldSpec, ...]:
    return (FieldSpec("name", _("Name"), longest=60), FieldSpec("polling_day", field_name("polling_day"), "date"),
            FieldSpec("basis", field_name("basis"), "choice", choices=tuple((each.value, basis_name(each.value)) for each in Basis)),
            FieldSpec("condition", field_name("condition"), "choice",
                      choices=tuple((each.value, condition_name(each.value)) for each in Condition)),
            FieldSpec("basis_why", field_name("basis_why"), "long", span=True,
                      help=_("In a sentence or two. The assessment itself is linked once it is on the desk.")))


def _seen(session) -> Seen:
    from dpdesk.services import campaigns, issuing, sheet_pages
    found = campaigns.listing(session)
    newest = issuing.briefings(session)[0]
    return Seen(found, {each.codes: campaigns.codes(session, each.codes) for each in found}, campaigns.presets(),
                campaigns.party_preset(session), newest.version, newest.text, sheet_pages.return_to(session))
