"""Planning a session in steps: when and where, who, which walks; written at the last step, with the sheets made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.errors import Invalid, Refused
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Part, Protected, SheetKind, Storage, Variant, session_problems
from dpdesk.services.session import today
from dpdesk.services.session_words import storage_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.people import PeopleChooser
from dpdesk.ui.sessions.plan_walks import WalksStep
from dpdesk.ui.sessions.when import when_specs
from dpdesk.ui.stepping import StepPage
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.words import _, day, field_name, problem, trn

WHEN, WHO, WALKS, CHECK, END = range(5)


@dataclass(frozen=True)
class Plan:
    """Everything the officer entered."""

    campaign: str
    values: dict[str, str]
    senior: Any
    people: list[tuple[Any, Part]]
    holders: list[Any]
    walks: list[tuple[Any, int | None]]
    form: dict[str, str]


class PlanPage(StepPage):
    """Nothing is written before the step “Plan it”."""

    code = "session_plan"
    title = marked("Plan a session")
    icon = "calendar-check"
    right = Right.SHEETS_RUN
    chapter = "sessions"
    home = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Plan a session"))
        self.campaigns: list[Campaign] = []
        self._made = ""
        self.when = QWidget()
        self._slot = QVBoxLayout(self.when)
        self._slot.setContentsMargins(0, 0, 0, 0)
        self.form: Form | None = None
        self.people, self.walks = PeopleChooser(context), WalksStep()
        self.check, self.end = QWidget(), QWidget()
        for each in (self.check, self.end):
            column = QVBoxLayout(each)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.SPACE * 2)
        self.make_steps([_("When and where"), _("Who"), _("Walks"), _("Plan it"), _("Finished")],
                        [self.when, self.people, self.walks, self.check, self.end])
        self.go(WHEN)

    def place(self) -> dict[str, Any]:
        """What was entered of the first step."""
        return {"form": self.form.values() if self.form is not None and self.at != END else {}}

    def return_to(self, place: dict[str, Any]) -> None:
        """A new plan after one is finished."""
        if self.at == END:
            self.people.chosen.clear()
            self.people._draw()
            self.go(WHEN)
        if place.get("form") and self.form is not None:
            self.form.fill(place["form"])

    def refresh(self) -> None:
        """Read the campaigns, and the walks there are."""
        session = self.context.session
        self.context.jobs.run("read", lambda: _known(session), owner=self, done=self._offer, failed=self.refused)

    def _offer(self, known: tuple[list[Campaign], list, str]) -> None:
        self.campaigns, self._known_walks, place = known
        if self.form is None:
            self.form = Form(_specs(self.campaigns), columns=2)
            self.form.show({"campaign": self.campaigns[0].id if self.campaigns else "", "starts": "10:30", "back_time": "13:00",
                            "storage": place, "storage_kind": Storage.LOCKED_CABINET.value, "protected": Protected.UNKNOWN.value})
            self._slot.addWidget(self.form)
        self._offer_walks()

    def _offer_walks(self) -> None:
        self.walks.show_walks(self._known_walks, [each.who.name for each in self._holders()])

    def _holders(self) -> list[Any]:
        return [each for each in self.people.chosen if each.part in (Part.SENIOR, Part.RESPONSIBLE)]

    def go_on(self) -> None:
        """One step on, where nothing is wrong."""
        if self.at == WHEN:
            self._check_when()
        elif self.at == WHO:
            if self.people.senior() is None:
                self.context.say("warning", _("Name the most senior individual: every sheet comes back to them."), None)
                return
            self._offer_walks()
            self.go(WALKS)
        elif self.at == WALKS:
            self._show_check()
            self.go(CHECK)
        elif self.at == CHECK:
            self._write()
        else:
            self.context.go("session", {"id": self._made})

    def _check_when(self) -> None:
        if self.form is None:
            return
        if not self.campaigns:
            self.context.say("warning", _("Set up a campaign first."),
                             (_("Campaigns…"), lambda: self.context.go("campaigns", {"new": True})))
            return
        problems = session_problems(self.form.values(), today())
        if problems:
            self.form.show_problems({code: problem(what) for code, what in problems.items()})
            return
        self.form.clear_problems()
        self.go(WHO)

    def _plan(self) -> Plan:
        values = self.form.values() if self.form else {}
        return Plan(values["campaign"], {code: value for code, value in values.items() if code != "campaign"}, self.people.senior(),
                    [(each.who, each.part) for each in self.people.chosen if each.part is not Part.SENIOR],
                    [each.who for each in self._holders()], self.walks.chosen(), self.walks.form.values())

    def _show_check(self) -> None:
        plan, column = self._plan(), self.check.layout()
        empty_out(column)
        electors = sum(each.electors for each, _at in plan.walks)
        column.addWidget(text(_("Plan it, and make {sheets} for {electors}.", sheets=trn("{n} sheet", "{n} sheets", len(plan.walks)),
                                electors=trn("{n} elector", "{n} electors", electors)) if plan.walks else
                              _("Plan it, without sheets for now."), "heading"))
        name = next((each.name for each in self.campaigns if each.id == plan.campaign), "")
        column.addWidget(fact_list([
            (_("Campaign"), name), (_("When"), f"{day(plan.values['on_day'])}, {plan.values['starts']}–{plan.values['back_time']}"),
            (field_name("place"), plan.values["place"]), (field_name("senior"), plan.senior.name),
            (_("Others"), ", ".join(who.name for who, _part in plan.people) or _("nobody yet")),
            (field_name("storage"), f"{plan.values['storage']} ({storage_name(plan.values['storage_kind'])})")]))

    def _write(self) -> None:
        session, plan = self.context.session, self._plan()

        def done(answer: tuple[str, int, Exception | None]) -> None:
            self._made, count, problem_of_sheets = answer
            column = self.end.layout()
            empty_out(column)
            column.addWidget(text(trn("The session is planned, and {n} sheet is made.", "The session is planned, and {n} sheets are made.",
                                      count), "heading"))
            if problem_of_sheets is not None:
                column.addWidget(text(failures.words_for(problem_of_sheets), "warning"))
            column.addWidget(text(_("Next: let the accountable person authorise that paper leaves the premises, print the sheets, and hand "
                                    "them out. All of that is on the board.")))
            self.go(END)
            self.context.changed("sessions")
        self.run("write", _("Planning"), lambda _token: _carry_out(session, plan), done, CHECK)

    def home_of(self, error: Exception, home: int) -> int:
        """What is wrong with when and where is put right there."""
        return WHEN if isinstance(error, Invalid) else home

    def refused(self, error: Exception) -> None:
        """Beside the fields where it is theirs."""
        if isinstance(error, Invalid) and self.form is not None:
            self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
        else:
            super().refused(error)

    def go(self, at: int) -> None:
        """Show a step and what its buttons say."""
        super().go(at)
        self.next_button.setText([_("Next: who"), _("Next: walks"), _("Next: check"), _("Plan it"), _("Open the board")][at])
        self.back_button.setText(_("Back to sessions") if at == WHEN else _("Back"))
        self.back_button.setVisible(at != END)
        self.header.set_state(_("Done.") if at == END else _("Nothing is written before the step “Plan it”."))


def _specs(campaigns: list[Campaign]) -> tuple[FieldSpec, ...]:
    choices = tuple((each.id, each.name) for each in campaigns)
    return (FieldSpec("campaign", _("Campaign"), "choice", choices=choices, group=_("When and where")), *when_specs())


def _known(session) -> tuple[list[Campaign], list, str]:
    """(open campaigns, walks, where paper lay the last time)."""
    from dpdesk.services import campaigns, sessions, walks
    last = next(iter(sessions.listing(session)), None)
    found = walks.walks(session) if session.may(Right.REGISTER_SEE) else []
    return [each for each in campaigns.listing(session) if not each.closed], found, last.storage if last else ""


def _carry_out(session, plan: Plan) -> tuple[str, int, Exception | None]:
    """Plan the session, allot the walks, make the sheets: (identity of the session, number of sheets, why some were not made)."""
    from dpdesk.services import allotments, campaigns, sessions, sheets
    from dpdesk.services.sheet_lines import narrowed
    made = sessions.add(session, plan.campaign, plan.values, plan.senior, plan.people)
    taking = [plan.senior, *(who for who, _part in plan.people)]
    ids = {id(who): each.id for who, each in zip(taking, made.people, strict=True)}
    spelt = narrowed(plan.form, campaigns.codes(session, campaigns.get(session, plan.campaign).codes))
    allotted = allotments.allot(session, made.id, [allotments.Allotting(
        each.walk.title, each.walk.id, wanted=spelt, holder=ids[id(plan.holders[at])] if at is not None else "",
        kind=SheetKind(plan.form["kind"]), variant=Variant(plan.form["variant"])) for each, at in plan.walks])
    try:
        return made.id, len(sheets.make(session, allotted)), None
    except Refused as problem_of_sheets:
        return made.id, 0, problem_of_sheets
