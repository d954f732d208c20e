"""A campaign: its codes with their meanings, its polling day, questions and lawful basis (DOMAIN.md §4.2, §4.4).

A raw code such as "VL/S" or "D9/T" is kept as it was written, and read by the code set of the day it was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

BOXES_MOST = 9
"""Boxes in a row of a sheet (PAPER.md §5); one of them is "no answer"."""
CODES_MOST = 60
_LETTER = re.compile(r"[A-Z0-9]{1,3}")
_WORDS_LONGEST = 60


class Outcome(StrEnum):
    """What came of knocking at a door."""

    SPOKE = "spoke"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    BUSY = "busy_call_back"
    MOVED = "moved"
    DECEASED = "deceased"
    INACCESSIBLE = "inaccessible"
    LANGUAGE = "language"
    NO_SUCH_ADDRESS = "no_such_address"
    DNC_REQUEST = "dnc_request"
    NOT_ATTEMPTED = "not_attempted"


class Strength(StrEnum):
    """How firm an intention is, or what stands in its place."""

    NONE = ""
    DEFINITE = "definite"
    PROBABLE = "probable"
    SOFT = "soft"
    UNDECIDED = "undecided"
    AGAINST = "against"
    WONT_SAY = "wont_say"
    NON_VOTER = "non_voter"


class Basis(StrEnum):
    """The lawful basis canvassing can rest on (UK GDPR Art 6; campaigning is no recognised legitimate interest)."""

    CONSENT = "consent"
    PUBLIC_TASK = "public_task"
    LEGITIMATE = "legitimate_interests"


class Condition(StrEnum):
    """The condition for political opinions (UK GDPR Art 9; DPA 2018 Sch 1)."""

    EXPLICIT_CONSENT = "explicit_consent"
    NOT_FOR_PROFIT = "not_for_profit_body"
    POLITICAL_PARTIES = "political_parties"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what is written (1-3 letters or digits), in words, and what it means; `box` gives it a tick box on the sheet."""

    letter: str
    words: str
    outcome: Outcome = Outcome.SPOKE
    party: str = ""
    strength: Strength = Strength.NONE
    voted: bool = False
    box: bool = False


@dataclass(frozen=True)
class CodeSet:
    """A version of a set of codes; it never changes. `scale` lets digits that are no code stand for how likely, 1-10.

    `against` lets "/" before a party's code say that somebody would not vote for it.
    """

    id: str
    name: str
    version: int
    codes: tuple[Code, ...]
    preset: str = ""
    scale: bool = False
    against: bool = False
    since: str = ""

    @property
    def boxes(self) -> tuple[Code, ...]:
        """The codes with a box of their own, in order."""
        return tuple(code for code in self.codes if code.box)

    def code(self, letter: str) -> Code | None:
        """The code of that letter."""
        return next((code for code in self.codes if code.letter == letter.upper()), None)


@dataclass(frozen=True)
class Reading:
    """What a raw code means: `codes` that stand in it, `wont` the parties somebody would not vote for, `scale` 0 where none is given."""

    raw: str
    codes: tuple[Code, ...] = ()
    wont: tuple[str, ...] = ()
    scale: int = 0
    problem: str = ""

    @property
    def outcome(self) -> Outcome:
        """What came of it; an intention says that somebody was spoken to."""
        return next((code.outcome for code in self.codes if code.outcome is not Outcome.SPOKE), Outcome.SPOKE)

    @property
    def party(self) -> str:
        """The party of the intention, "" for none."""
        return next((code.party for code in self.codes if code.party), "")

    @property
    def strength(self) -> Strength:
        """How firm it is."""
        return next((code.strength for code in self.codes if code.strength), Strength.NONE)

    @property
    def voted(self) -> bool:
        """Whether they have voted already."""
        return any(code.voted for code in self.codes)


def read(raw: str, codes: CodeSet) -> Reading:
    """What a raw code means by a code set; `problem` is `empty`, `unknown`, `two_intentions`, `two_outcomes` or `contradicts`."""
    plain = "".join(raw.upper().split())
    found: list[Code] = []
    wont: list[str] = []
    scale, at, against = 0, 0, False
    while at < len(plain):
        if plain[at] == "/" and codes.against:
            against, at = True, at + 1
            continue
        code = _longest(plain, at, codes)
        if code is None:
            digits = re.match(r"10|[1-9]", plain[at:]) if codes.scale and not scale else None
            if digits is None:
                return Reading(raw, tuple(found), tuple(wont), scale, "unknown")
            scale, at = int(digits[0]), at + len(digits[0])
            continue
        at += len(code.letter)
        if not against:
            found.append(code)
        elif code.party:
            wont.append(code.party)
        else:
            return Reading(raw, tuple(found), tuple(wont), scale, "unknown")
    return Reading(raw, tuple(found), tuple(wont), scale, _problem(found, wont, scale))


def _longest(plain: str, at: int, codes: CodeSet) -> Code | None:
    fitting = [code for code in codes.codes if plain.startswith(code.letter, at)]
    return max(fitting, key=lambda code: len(code.letter), default=None)


def _problem(found: Sequence[Code], wont: Sequence[str], scale: int) -> str:
    if not found and not wont and not scale:
        return "empty"
    intentions = [code for code in found if code.party or code.strength]
    outcomes = {code.outcome for code in found if code.outcome is not Outcome.SPOKE}
    if len(intentions) > 1:
        return "two_intentions"
    if len(outcomes) > 1:
        return "two_outcomes"
    voted = any(code.voted for code in found)
    unsaid = any(code.strength in (Strength.UNDECIDED, Strength.WONT_SAY, Strength.NON_VOTER) for code in intentions)
    if (voted and unsaid) or (outcomes and (intentions or scale)) or any(code.party in wont for code in intentions if code.party):
        return "contradicts"
    return ""


def code_problems(codes: Sequence[Code]) -> dict[str, str]:
    """What is wrong with a set of codes: "letter" -> problem, or "codes" for the whole."""
    found: dict[str, str] = {}
    seen = set()
    for code in codes:
        if not _LETTER.fullmatch(code.letter):
            found[code.letter or "codes"] = "letter_bad"
        elif code.letter in seen:
            found[code.letter] = "letter_twice"
        elif not code.words.strip() or len(code.words) > _WORDS_LONGEST:
            found[code.letter] = "words_bad"
        seen.add(code.letter)
    if not any(code.outcome is Outcome.NOT_HOME and code.box for code in codes):
        found.setdefault("codes", "no_answer_missing")
    if sum(code.box for code in codes) > BOXES_MOST:
        found.setdefault("codes", "boxes_many")
    if len(codes) > CODES_MOST:
        found.setdefault("codes", "too_many")
    return found


@dataclass(frozen=True)
class Question:
    """A question asked at the door. With a `letter` it has a box of its own on the sheet, to be ticked for yes."""

    id: str
    text: str
    letter: str = ""
    ended_at: str = ""


@dataclass(frozen=True)
class Campaign:
    """A campaign. `codes` is the identity of its code set; `assessment` that of the assessment of its basis, "" until there is one.

    `columns` are the optional columns its sheets print (see `Column`). Days are ISO, instants UTC.
    """

    id: str
    name: str
    codes: str
    polling_day: str = ""
    basis: Basis = Basis.LEGITIMATE
    condition: Condition = Condition.POLITICAL_PARTIES
    basis_why: str = ""
    assessment: str = ""
    columns: tuple[str, ...] = ()
    made_at: str = ""
    closed_at: str = ""
    questions: tuple[Question, ...] = field(default=())

    @property
    def closed(self) -> bool:
        """Whether no more sessions are made for it."""
        return bool(self.closed_at)


def campaign_problems(values: Mapping[str, str], today: date, *, taken: Iterable[str] = ()) -> dict[str, str]:
    """What is wrong with a campaign's name, polling day, basis and condition: field code -> problem code."""
    found = {}
    name = values.get("name", "").strip()
    if not name:
        found["name"] = "missing"
    elif name.casefold() in {each.casefold() for each in taken}:
        found["name"] = "name_taken"
    elif len(name) > _WORDS_LONGEST:
        found["name"] = "too_long"
    day = values.get("polling_day", "")
    try:
        if day and date.fromisoformat(day) < today:
            found["polling_day"] = "in_past"
    except ValueError:
        found["polling_day"] = "date_bad"
    for code, known in (("basis", Basis), ("condition", Condition)):
        if values.get(code, "") not in {each.value for each in known}:
            found[code] = "unknown"
    if not values.get("basis_why", "").strip():
        found["basis_why"] = "missing"
    return found


class Column(StrEnum):
    """What a sheet may print of an elector beside name, number and address, from the least to the most telling."""

    ABSENT = "absent"
    ATTAINER = "attainer"
    INTENTION = "intention"
    PHONE = "phone"
    BORN = "born_on"
    MEMBER = "member"


COST: dict[Column, int] = {Column.ABSENT: 1, Column.ATTAINER: 1, Column.INTENTION: 4, Column.PHONE: 2, Column.BORN: 3, Column.MEMBER: 4}
"""What each column costs in privacy if the sheet is lost: 1 little, 4 most (political opinion of somebody by name)."""
PRESETS: dict[str, tuple[Column, ...]] = {
    "least": (), "doorstep": (Column.ABSENT,), "attainers": (Column.ABSENT, Column.ATTAINER),
    "returning": (Column.ABSENT, Column.INTENTION), "knocking_up": (Column.ABSENT,)}
"""Columns by what the sheet is for; none prints phone, date of birth or membership (S1 §3.2, §8.5.a)."""


def privacy_cost(columns: Iterable[str]) -> int:
    """What the columns cost together."""
    return sum(COST[Column(each)] for each in columns)
