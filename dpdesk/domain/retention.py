"""Keeping no longer than needed: rules by category, holds, approved longer keeping, and the run that erases (S1 §9, §26; S2 l.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from dpdesk.domain.clocks import months_after, months_before


class Trigger(StrEnum):
    """The day a period runs from (DOMAIN.md §4.2)."""

    COLLECTION = "collection"
    LAST_CONTACT = "last_contact"
    MEMBERSHIP_END = "membership_end"
    ELECTION_DATE = "election_date"
    SHEET_VERIFIED = "sheet_verified"
    REQUEST_CLOSED = "request_closed"


class Action(StrEnum):
    """What happens when a period is over (DOMAIN.md §4.2)."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    PSEUDONYMISE = "pseudonymise"
    REVIEW = "review"
    LEGAL_HOLD = "legal_hold"
    TRANSFER_TO_HQ = "transfer_to_hq"


ERASING = frozenset({Action.DELETE, Action.ANONYMISE, Action.PSEUDONYMISE, Action.TRANSFER_TO_HQ})
"""Actions that take something away once they are approved; the others only list."""
CATEGORIES = ("members_left", "contacts_quiet", "enquiries", "consents_ended", "notes", "registers", "mailings", "copies", "history",
              "canvass", "sheets", "scans", "packages", "requests")
"""What rules are made for; a category some part of the program does not hold yet has nothing due."""
IN_DAYS = frozenset({"scans"})
"""Categories whose time a policy may count in days: what is needed only until it has been checked."""
SPAN = 240
"""The most months a rule may keep something: no paper names more, and fifteen years of political opinions is the longest published."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one category is kept. `months` is a number, or the name of the policy's number that says it; 0: its own day decides.

    Where `days` is not 0 they count instead of months (`IN_DAYS`).
    """

    category: str
    trigger: Trigger
    action: Action
    clause: str
    why: str
    months: int | str = 0
    days: int = 0

    def before(self, today: date, months: int) -> str:
        """The latest day (ISO) from which something is due now, kept so many months, or the rule's days."""
        return (today - timedelta(days=self.days) if self.days else months_before(today, months)).isoformat()


@dataclass(frozen=True)
class Due:
    """One thing whose time is up: its identity, the day the period ran from, and what it is called where officers may see that."""

    id: str
    since: str
    name: str = ""


@dataclass(frozen=True)
class Hold:
    """What must stay for now and why: `category` "" and `subject` a person, or a category whole with `subject` "" (S2 l.20-21)."""

    id: str
    category: str
    subject: str
    reason: str
    review_on: str
    placed_on: str
    placed_by: str = ""
    ended_on: str = ""


@dataclass(frozen=True)
class Longer:
    """The accountable person's written approval to keep something longer (S1 §9.c); `subject` "" is the whole category."""

    id: str
    category: str
    subject: str
    until: str
    reason: str
    approved_on: str
    approved_by: str = ""


class RunState(StrEnum):
    """Where a run stands: proposed by a dry run, approved, under way, done or withdrawn."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    UNDER_WAY = "under_way"
    DONE = "done"
    WITHDRAWN = "withdrawn"


NEXT = {RunState.PROPOSED: {RunState.APPROVED, RunState.WITHDRAWN}, RunState.APPROVED: {RunState.UNDER_WAY, RunState.WITHDRAWN},
        RunState.UNDER_WAY: {RunState.DONE}, RunState.DONE: frozenset(), RunState.WITHDRAWN: frozenset()}


@dataclass(frozen=True)
class Part:
    """One category of a run: the rule it follows, how many are to go, and how many are gone or stayed."""

    category: str
    action: Action
    clause: str
    months: int
    due: int
    done: int = 0
    stayed: int = 0
    note: str = ""


@dataclass(frozen=True)
class Run:
    """A run of the retention rules: `parts` by category; days are UTC instants, "" where not yet; `policy` is the text it follows."""

    id: str
    state: RunState
    policy: str
    planned_at: str
    planned_by: str
    parts: tuple[Part, ...]
    approved_at: str = ""
    approved_by: str = ""
    ended_at: str = ""
    certificate: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def due(self) -> int:
        """How many things are to go."""
        return sum(part.due for part in self.parts)


def hold_problems(reason: str, review_on: str, today: date, months: int) -> dict[str, str]:
    """What is wrong with a hold: it needs a reason, and a review to come within so many months (S2 l.7, l.20)."""
    problems = {} if reason.strip() else {"reason": "missing"}
    return problems | _day_problem("review_on", review_on, today, months)


def longer_problems(reason: str, until: str, today: date) -> dict[str, str]:
    """What is wrong with longer keeping: it needs a justified purpose, and an end within SPAN months (S1 §9.a, §9.c)."""
    problems = {} if reason.strip() else {"reason": "missing"}
    return problems | _day_problem("until", until, today, SPAN)


def _day_problem(code: str, day: str, today: date, months: int) -> dict[str, str]:
    if not day:
        return {code: "missing"}
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return {code: "date_bad"}
    if found <= today:
        return {code: "in_past"}
    return {code: "out_of_range"} if found > months_after(today, months) else {}
