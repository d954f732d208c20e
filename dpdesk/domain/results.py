"""What was learnt at the door: a fact with its code as written and what it means, its source, and when it has grown old (DOMAIN.md §4.4).

Problems of what was ticked (`Invalid`, field `boxes`): code_unknown, code_two_intentions, code_two_outcomes, code_contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.campaigns import Code, CodeSet, Outcome, Reading, Strength, _problem, read
from dpdesk.domain.clocks import months_after


class Source(StrEnum):
    """Where a fact comes from."""

    SHEET = "sheet"
    SCAN = "scan"
    HAND = "by_hand"
    PHONE = "phone"
    TELLING = "telling"
    SURVEY = "survey"
    WEB = "web"
    HQ = "hq"


class Check(StrEnum):
    """How a second person checks what was entered."""

    LOOK = "look"
    BLIND = "blind"


REACHED = frozenset({Outcome.SPOKE, Outcome.REFUSED, Outcome.BUSY, Outcome.LANGUAGE, Outcome.DNC_REQUEST})
"""Outcomes for which somebody opened."""
NOTE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer. `page` and `line` are 0 for one that was on no sheet; `codes` the code set its raw code is read by.

    `wont` are parties somebody would not vote for, `answers` letters of questions ticked. Days ISO, instants UTC.
    """

    id: str
    elector: str
    campaign: str
    sheet: str = ""
    page: int = 0
    line: int = 0
    district: str = ""
    walk: str = ""
    codes: str = ""
    raw: str = ""
    outcome: Outcome = Outcome.NOT_ATTEMPTED
    party: str = ""
    strength: Strength = Strength.NONE
    scale: int = 0
    wont: tuple[str, ...] = ()
    voted: bool = False
    answers: tuple[str, ...] = ()
    note: str = ""
    source: Source = Source.SHEET
    taken_on: str = ""
    taken_by: str = ""
    entered_by: str = ""
    entered_at: str = ""
    verified_by: str = ""
    verified_at: str = ""
    verified_how: str = ""
    before: str = ""
    ended: int = 0
    seq: int = 0

    @property
    def says_intention(self) -> bool:
        """Whether it says how somebody will vote."""
        return bool(self.party or self.strength)

    @property
    def intention(self) -> str:
        """The intention as one code, "" for none: "us:definite", ":undecided"."""
        return f"{self.party}:{self.strength.value}" if self.says_intention else ""

    @property
    def ticked(self) -> tuple[str, tuple[str, ...]]:
        """What two people must agree on: the raw code and the answers."""
        return "".join(sorted(self.raw.split())), tuple(sorted(self.answers))


@dataclass(frozen=True)
class Read:
    """What boxes mean together: `raw` as it is kept, `answers` letters of questions."""

    raw: str
    reading: Reading
    answers: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """A code of this module's docstring, "" where all is well."""
        return f"code_{self.reading.problem}" if self.reading.problem not in ("", "empty") else ""

    @property
    def outcome(self) -> Outcome:
        """What came of the door; nothing ticked means that nobody called."""
        return self.reading.outcome if self.raw or self.answers else Outcome.NOT_ATTEMPTED


def read_boxes(boxes: Iterable[str], codes: CodeSet, questions: Iterable[str] = ()) -> Read:
    """What ticked boxes, or codes written by hand ("D9/T"), mean together; `questions` are letters of questions."""
    asked, answers, pieces = {letter.upper() for letter in questions}, [], []
    for box in boxes:
        plain = "".join(box.upper().split())
        if plain in asked:
            answers.append(plain)
        elif plain and plain not in pieces:
            pieces.append(plain)
    readings = [read(piece, codes) for piece in pieces]
    wrong = next((each.problem for each in readings if each.problem), "")
    found: list[Code] = [code for each in readings for code in each.codes]
    wont = [party for each in readings for party in each.wont]
    scales = [each.scale for each in readings if each.scale]
    if not wrong:
        wrong = "two_intentions" if len(scales) > 1 else _problem(found, wont, max(scales, default=0))
    raw = " ".join(pieces)
    return Read(raw, Reading(raw, tuple(found), tuple(dict.fromkeys(wont)), max(scales, default=0), wrong), tuple(dict.fromkeys(answers)))


class Age(StrEnum):
    """How old an intention is: it counts, is faded (older than the policy says), or its time is up."""

    FRESH = "fresh"
    FADED = "faded"
    EXPIRED = "expired"


def age(taken_on: str, today: date, fades_months: int, kept_months: int) -> Age:
    """How old what was taken on a day is now."""
    if not taken_on:
        return Age.FADED
    day = date.fromisoformat(taken_on)
    if kept_months and months_after(day, kept_months) < today:
        return Age.EXPIRED
    return Age.FADED if months_after(day, fades_months) < today else Age.FRESH


@dataclass(frozen=True, slots=True)
class Second:
    """What a second person read on a row; `kept` is "" while two entries differ, else same, first, second or other."""

    id: str
    sheet: str
    page: int
    line: int
    raw: str
    answers: tuple[str, ...]
    note: str
    entered_by: str
    entered_at: str
    kept: str = ""

    def agrees(self, fact: Fact) -> bool:
        """Whether it says what the first entry says; notes may be worded otherwise."""
        return ("".join(sorted(self.raw.split())), tuple(sorted(self.answers))) == fact.ticked


def latest(facts: Sequence[Fact]) -> Fact | None:
    """The newest fact that says how somebody will vote, of those in force."""
    said = [each for each in facts if each.says_intention and not each.ended]
    return max(said, key=lambda each: (each.taken_on, each.seq), default=None)
