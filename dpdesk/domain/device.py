"""The personal-device policy (S1 §27.1-27.15): sixteen points, what probes found, officers' words, and the state that follows.

There is no boolean to default: what nobody could see is `cannot_tell`, and an officer's word is `attested`, never `pass`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What one check saw."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """Where a point stands: a check's outcome, or an officer's word where no check could tell."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"
    ATTESTED = "attested"


@dataclass(frozen=True)
class Result:
    """What the check `check` saw: `why` is a code of its own, `facts` the evidence (numbers and codes, nothing personal).

    `mild` makes a fail a warning: to be improved, and still no pass.
    """

    check: str
    outcome: Outcome
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)
    mild: bool = False


@dataclass(frozen=True)
class Point:
    """One point of the policy. `checks` are looked at; `word`: an officer's word is needed besides, whatever they say.

    `falls`: where no check applies (a machine without Wi-Fi), the point does not apply either.
    """

    code: str
    checks: tuple[str, ...]
    word: bool = False
    falls: bool = False

    @property
    def clause(self) -> str:
        """Where it stands: "S1 §27.3" for both halves of what the paper numbers twice."""
        return f"S1 §{self.code.rstrip('ab')}"


POINTS = (
    Point("27.1", ("supported", "firewall", "antivirus"), word=True),
    Point("27.2", ("password", "autologin"), word=True),
    Point("27.3a", ("autolock",)),
    Point("27.3b", ("lid",), word=True),
    Point("27.4", ("updates", "restart", "supported")),
    Point("27.5", ("backup", "restore_test")),
    Point("27.6", ("exception",)),
    Point("27.7", ("accounts", "desk_rights"), word=True),
    Point("27.8", ("copies",)),
    Point("27.9", ("leaving",), falls=True),
    Point("27.10", ("encryption", "encryption_backups", "encryption_swap")),
    Point("27.11", ("breach_contact",), word=True),
    Point("27.12", ("secure_boot", "remote_access", "protections", "firewall"), word=True),
    Point("27.13", ("wifi_saved", "wifi_now"), word=True, falls=True),
    Point("27.14", ("bluetooth",), word=True, falls=True),
    Point("27.15", ("removable",), word=True),
)
CODES = tuple(point.code for point in POINTS)
POINT = {point.code: point for point in POINTS}
CHECKS = tuple(dict.fromkeys(check for point in POINTS for check in point.checks))
EXCEPTED = "27.6"
"""The point that keeping a desk on a personal device breaks, unless the accountable person excepted it (27.5 against 27.6)."""
CONTROLS = ("27.10", "27.3a", "27.2", "27.4", "27.5", "27.7", "27.8", "27.15")
"""Points that can stand as compensating controls of an exception."""


@dataclass(frozen=True)
class Attestation:
    """An officer's word on a point of a device: `at` UTC, `until` the last ISO day it holds, `said` in their words."""

    id: str
    device: str
    point: str
    officer: str
    at: str
    until: str
    said: str
    ended_at: str = ""

    def holds(self, today: date) -> bool:
        """Whether it has neither been taken back nor run out."""
        return not self.ended_at and date.fromisoformat(self.until) >= today


@dataclass(frozen=True)
class Allowance:
    """The exception from 27.6 for one device: why, by which controls (codes of points), approved by whom, until when."""

    id: str
    device: str
    why: str
    controls: tuple[str, ...]
    more: str
    approved_by: str
    approved_at: str
    until: str
    ended_at: str = ""

    def holds(self, today: date) -> bool:
        """Whether it has neither been ended nor run out."""
        return not self.ended_at and date.fromisoformat(self.until) >= today


@dataclass(frozen=True)
class Standing:
    """A point as it stands: its state, whether a fail is only a warning, what was seen, and whose word it rests on."""

    point: Point
    state: State
    results: tuple[Result, ...]
    mild: bool = False
    attestation: Attestation | None = None
    allowance: Allowance | None = None

    @property
    def rank(self) -> int:
        """0 good, 1 nobody can tell, 2 a warning, 3 a fail."""
        if self.state is State.FAIL:
            return 2 if self.mild else 3
        return int(self.state is State.CANNOT_TELL)


def standing(point: Point, results: Sequence[Result], words: Iterable[Attestation], today: date) -> Standing:
    """How `point` stands by what its checks saw and the words given on it. A fail is never attested away."""
    seen = tuple(each for each in results if each.check in point.checks)
    word = next((each for each in sorted(words, key=lambda each: each.at, reverse=True)
                 if each.point == point.code and each.holds(today)), None)
    fails = [each for each in seen if each.outcome is Outcome.FAIL]
    if fails:
        return Standing(point, State.FAIL, seen, all(each.mild for each in fails), word)
    missing = len({each.check for each in seen}) < len(point.checks)
    applies = missing or any(each.outcome is not Outcome.NOT_APPLICABLE for each in seen)
    if not applies and (point.falls or not point.word):
        return Standing(point, State.NOT_APPLICABLE, seen)
    told = not missing and all(each.outcome is not Outcome.CANNOT_TELL for each in seen)
    if told and not point.word:
        return Standing(point, State.PASS, seen)
    return Standing(point, State.ATTESTED if word else State.CANNOT_TELL, seen, attestation=word)


def excepted(found: Standing, allowance: Allowance | None, others: Mapping[str, Standing], today: date, personal: bool) -> Standing:
    """How 27.6 stands: data on a personal device fails, unless excepted and every control that was named still holds."""
    if not personal:
        return Standing(found.point, State.NOT_APPLICABLE, (Result("exception", Outcome.NOT_APPLICABLE, "not_personal"),))
    if allowance is None or not allowance.holds(today):
        why = "ended" if allowance is not None else "none"
        return Standing(found.point, State.FAIL, (Result("exception", Outcome.FAIL, why),), allowance=allowance)
    broken = [code for code in allowance.controls if code in others and others[code].rank >= 2]
    if broken:
        return Standing(found.point, State.FAIL, (Result("exception", Outcome.FAIL, "control_broken", {"points": broken}),),
                        all(others[code].mild for code in broken), allowance=allowance)
    open_ = [code for code in allowance.controls if code in others and others[code].rank == 1]
    if open_:
        return Standing(found.point, State.CANNOT_TELL, (Result("exception", Outcome.CANNOT_TELL, "control_open", {"points": open_}),),
                        allowance=allowance)
    return Standing(found.point, State.ATTESTED, (Result("exception", Outcome.CANNOT_TELL, "approved"),), allowance=allowance)


def standings(results: Sequence[Result], words: Sequence[Attestation], allowance: Allowance | None, today: date,
              counted: Iterable[str] = CODES, *, personal: bool = True) -> tuple[Standing, ...]:
    """Every point that counts, in the paper's order; `personal`: the device is neither the branch's nor the party's."""
    wanted = set(counted)
    found = {point.code: standing(point, results, words, today) for point in POINTS}
    found[EXCEPTED] = excepted(found[EXCEPTED], allowance, found, today, personal)
    return tuple(found[code] for code in CODES if code in wanted)


def worse(before: Sequence[Standing], after: Sequence[Standing]) -> tuple[Standing, ...]:
    """The points that stand worse after than before; one that was not looked at before is not worse."""
    ranks = {each.point.code: each.rank for each in before}
    return tuple(each for each in after if each.rank > ranks.get(each.point.code, 3))


class Ownership(StrEnum):
    """Whose the device is (S1 §27.1)."""

    OWN = "own"
    BRANCH = "branch"
    PARTY = "party"
    EMPLOYER = "employer"


class DeviceKind(StrEnum):
    """What it is."""

    LAPTOP = "laptop"
    DESKTOP = "desktop"
    TABLET = "tablet"
    PHONE = "phone"


@dataclass(frozen=True)
class Device:
    """A device of the inventory. `mark` tells this machine from others (keyed, nothing can be read from it); "" if none does."""

    id: str
    name: str
    officer: str
    kind: DeviceKind
    ownership: Ownership
    household: bool
    """Whether others of the household use it (S1 §27.7)."""
    system: str
    mark: str
    added_at: str
    retired_at: str = ""

    @property
    def personal(self) -> bool:
        """Whether 27.6 speaks of it: an employer's device is no more the branch's than one's own."""
        return self.ownership in (Ownership.OWN, Ownership.EMPLOYER)


@dataclass(frozen=True)
class Check:
    """One look at a device: `how` is first, asked, weekly, update or report; `build` the system's, which an update changes."""

    id: str
    device: str
    at: str
    officer: str
    how: str
    system: str
    build: str
    results: tuple[Result, ...]


HOW = ("first", "asked", "weekly", "update", "one", "report")


def problems_of(name: str, kind: str, ownership: str) -> dict[str, str]:
    """What is wrong with an entry of the inventory: field code -> problem code."""
    found = {}
    if not name.strip():
        found["device_name"] = "missing"
    elif len(name) > 80:
        found["device_name"] = "too_long"
    if kind not in set(DeviceKind):
        found["device_kind"] = "unknown"
    if ownership not in set(Ownership):
        found["ownership"] = "unknown"
    return found
