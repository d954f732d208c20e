"""What a register is: fields with the clause each answers, states, moves with who may make them, and clocks.

A declaration carries its own words (British English; shown through `tr`), so that a register is one file. Values are text:
days ISO, moments UTC ISO, ticks "yes" or "", several choices parted by spaces, rows and people JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dpdesk.domain.deadlines import Pause, Run
from dpdesk.domain.roles import Right, Role
from dpdesk.domain.working_days import WorkingDays

Values = Mapping[str, str]
Words = tuple[str, str]  # a code and its words
LINE_LONGEST, LONG_LONGEST = 300, 20_000


class Kind(StrEnum):
    """What a field holds."""

    LINE = "line"
    LONG = "long"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    CHOICE = "choice"
    SEVERAL = "several"
    TICK = "tick"
    ENTRY = "entry"
    ROWS = "rows"


@dataclass(frozen=True)
class Field:
    """One field. `to` is the register an ENTRY points to, `columns` what a row of ROWS holds; `ahead` lets a day lie ahead.

    `needed` is asked for from the start; `group` the heading it stands under; `clause` the clause it answers.
    """

    code: str
    label: str
    kind: Kind = Kind.LINE
    clause: str = ""
    help: str = ""
    choices: tuple[Words, ...] = ()
    needed: bool = False
    group: str = ""
    to: str = ""
    ahead: bool = False
    columns: tuple[Field, ...] = ()

    def words_of(self, choice: str) -> str:
        """The words of a choice, or the code itself."""
        return dict(self.choices).get(choice, choice)


@dataclass(frozen=True)
class State:
    """Where an entry stands; one that `ends` needs nothing any more."""

    code: str
    label: str
    ends: bool = False


@dataclass(frozen=True)
class Facts:
    """What clocks and rules are worked out from: an entry's values and moves, the calendar, and the policy's spans.

    `moves` are (ISO day, from, to), the first being how it was added; `periods` months or days by name.
    """

    values: Values
    moves: Sequence[tuple[str, str, str]] = ()
    days: WorkingDays = field(default_factory=WorkingDays)
    periods: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Where the entry stands."""
        return self.moves[-1][2] if self.moves else ""

    @property
    def added_on(self) -> str:
        """The day it was added."""
        return self.moves[0][0] if self.moves else ""

    def day(self, code: str) -> date | None:
        """The day in a field, None where it is empty."""
        return date.fromisoformat(self.values[code][:10]) if self.values.get(code) else None

    def spent(self, state: str) -> tuple[Pause, ...]:
        """The spans of days an entry stood in `state`."""
        found: list[Pause] = []
        for on, before, after in self.moves:
            if before == state and found and found[-1][1] is None:
                found[-1] = (found[-1][0], date.fromisoformat(on))
            if after == state:
                found.append((date.fromisoformat(on), None))
        return tuple(found)


@dataclass(frozen=True)
class Move:
    """A move from one of `of` to `to`; `asks` are fields filled with it, `needs` must be filled after it, `stamps` takes its day.

    `roles` may make it (all who keep the register where empty), or those of the policy's field `decided_by`. `forbids` gives
    the code of a rule that says no, from the values after the move and the day of it. One that `decides` is not for local roles where
    the party has such cases handed on; one that `hands_on` does that.
    """

    code: str
    label: str
    of: tuple[str, ...]
    to: str
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    stamps: str = ""
    roles: tuple[Role, ...] = ()
    decided_by: str = ""
    forbids: Callable[[Facts, date], str] | None = None
    help: str = ""
    decides: bool = False
    hands_on: bool = False


@dataclass(frozen=True)
class Clock:
    """A clock: `run` gives how it runs, None where it does not apply."""

    code: str
    label: str
    run: Callable[[Facts], Run | None]
    clause: str = ""


def _none(values: Values) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Register:
    """One register. `columns` are the fields of its list, the first the heading of an entry; `prefix` begins its references.

    `check` finds problems across fields (field code -> problem code); `starters` are entries a branch can begin with;
    `guidance` says in plain words, as of `guidance_on`, what the law asks; `adds` is the verb that makes an entry;
    `persons` whether an entry is about people of the desk, who can be linked to it.
    """

    code: str
    title: str
    one: str
    about: str
    prefix: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...] = ()
    clocks: tuple[Clock, ...] = ()
    columns: tuple[str, ...] = ()
    clause: str = ""
    order: int = 50
    icon: str = "file-text"
    see: Right = Right.DUTIES_SEE
    add: Right = Right.DUTIES_KEEP
    keep: Right = Right.DUTIES_KEEP
    check: Callable[[Values], dict[str, str]] = _none
    starters: tuple[Mapping[str, str], ...] = ()
    guidance: str = ""
    guidance_on: str = ""
    adds: str = "Add an entry"
    persons: bool = False

    @property
    def first(self) -> State:
        """The state an entry begins in."""
        return self.states[0]

    def field(self, code: str) -> Field:
        """One field; KeyError where there is none."""
        return {each.code: each for each in self.fields}[code]

    def state(self, code: str) -> State:
        """One state; the first where a code is unknown."""
        return next((each for each in self.states if each.code == code), self.first)

    def move(self, code: str) -> Move:
        """One move; KeyError where there is none."""
        return {each.code: each for each in self.moves}[code]

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that an entry in `state` can make."""
        return tuple(each for each in self.moves if state in each.of)

    def heading(self, values: Values) -> str:
        """What an entry is called: the words of its first column."""
        first = self.field(self.columns[0])
        return first.words_of(values.get(first.code, "")) if first.kind is Kind.CHOICE else values.get(first.code, "")


def rows_of(value: str) -> list[dict[str, str]]:
    """The rows of a ROWS field."""
    return json.loads(value) if value else []


def problems_of(register: Register, values: Values, today: str, now: str) -> dict[str, str]:
    """What is wrong with the values of an entry: field code -> problem code. `today` is an ISO day, `now` a UTC moment."""
    found = {code: "unknown" for code in values if code not in {each.code for each in register.fields}}
    for each in register.fields:
        problem = _problem(each, values.get(each.code, ""), today, now)
        if problem:
            found[each.code] = problem
    return found or register.check(values)


def _problem(asked: Field, value: str, today: str, now: str) -> str:
    if not value.strip():
        return "missing" if asked.needed else ""
    known = {code for code, _words in asked.choices}
    if asked.kind in (Kind.DAY, Kind.MOMENT):
        return _day_problem(asked, value, today, now)
    if asked.kind is Kind.NUMBER:
        return "" if value.isascii() and value.isdigit() and len(value) < 10 else "number_bad"
    if asked.kind is Kind.CHOICE:
        return "" if value in known else "unknown"
    if asked.kind is Kind.SEVERAL:
        return "" if set(value.split()) <= known else "unknown"
    if asked.kind is Kind.TICK:
        return "" if value == "yes" else "unknown"
    if asked.kind is Kind.ROWS:
        return _rows_problem(asked, value, today, now)
    return "too_long" if len(value) > (LONG_LONGEST if asked.kind is Kind.LONG else LINE_LONGEST) else ""


def _day_problem(asked: Field, value: str, today: str, now: str) -> str:
    moment = asked.kind is Kind.MOMENT
    try:
        read = date.fromisoformat(value[:10])
    except ValueError:
        return "moment_bad" if moment else "date_bad"
    if moment and (len(value) < 17 or not value.endswith("Z")):
        return "moment_bad"
    if not moment and len(value) != 10:
        return "date_bad"
    if not asked.ahead and value > (now if moment else today):
        return "in_future"
    return "too_long_ago" if read.year < 1990 else ""


def _rows_problem(asked: Field, value: str, today: str, now: str) -> str:
    codes = {each.code for each in asked.columns}
    try:
        rows = json.loads(value)
    except (ValueError, RecursionError):
        return "rows_bad"
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.keys() <= codes and all(
            isinstance(cell, str) for cell in row.values()) for row in rows):
        return "rows_bad"
    return next((problem for row in rows for each in asked.columns if (problem := _problem(each, row.get(each.code, ""), today, now))), "")
