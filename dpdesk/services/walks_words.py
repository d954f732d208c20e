"""The words of walks: sides, ways, markers of a line, and what of a street a walk has: "Lock Lane 28-48 (evens)"."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.properties import Property
from dpdesk.domain.walks import Door, Part, Side
from dpdesk.services.names import _named
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn
from dpdesk.services.walks import Overview

SIDES = {"all": _m("both sides"), "odd": _m("odd numbers"), "even": _m("even numbers"), "named": _m("houses without a number")}
WAYS = {"up": _m("numbers up"), "down": _m("numbers down"), "there_and_back": _m("odd numbers up, even numbers back")}
MARKERS = {"attainer": _m("attainer"), "postal": _m("post"), "proxy": _m("proxy"), "proxy_postal": _m("proxy by post")}
CONTACTED = {"": _m("Everybody"), "never": _m("Nobody spoke to yet"), "before": _m("Not spoken to lately")}
MONTHS = (6, 12, 24)
POSTAL = {"": _m("However they vote"), "only": _m("Postal voters alone"), "without": _m("Without postal voters")}
REASONS = {"no_contact": _m("does not want to be contacted"), "household": _m("the household does not want to be contacted"),
           "member": _m("has a stop on every channel")}


def side_name(code: str) -> str:
    """Which doors of a street."""
    return _named(SIDES, code)


def way_name(code: str) -> str:
    """In which order doors are walked."""
    return _named(WAYS, code)


def marker_name(code: str) -> str:
    """A marker of a line."""
    return _named(MARKERS, code)


def contacted_name(code: str) -> str:
    """A filter by contact."""
    return _named(CONTACTED, code)


def contacted_choices() -> tuple[tuple[str, str], ...]:
    """(code, name) of the filters by contact: "before:6" for those not spoken to in the last six months."""
    return (("", contacted_name("")), ("never", contacted_name("never")),
            *((f"before:{n}", tr("Not spoken to in the last {n} months", n=n)) for n in MONTHS))


def postal_name(code: str) -> str:
    """A filter by way of voting."""
    return _named(POSTAL, code)


def blank_reason(code: str) -> str:
    """Why a line is blank."""
    return _named(REASONS, code)


def stretch(part: Part | None, doors: Sequence[Door]) -> str:
    """What a walk has of a street, as its doors are now: "28-48 (evens)"; the street alone where it has no doors."""
    if not doors:
        return part.street if part else ""
    return f"{doors[0].street} {extent(doors)}".strip()


def sides(doors: Sequence[Property], *, named: bool) -> str:
    """Both sides of a street: "1-11 (odds), 2-12 (evens), 2 without a number"; with its name where it is `named`."""
    odd, even = ([door for door in doors if door.number and door.number % 2 == left] for left in (1, 0))
    said = [extent(some) for some in (odd, even) if some]
    nameless = sum(not door.number for door in doors)
    said += [trn("{n} without a number", "{n} without a number", nameless)] if nameless else []
    return " ".join(filter(None, (doors[0].street if named else "", ", ".join(said))))


def extent(doors: Sequence[Door | Property]) -> str:
    """From which door to which: "28-48 (evens)", "Rose Cottage"."""
    rising = sorted(doors, key=lambda door: door.key)
    first, last = rising[0], rising[-1]
    numbers = {door.number for door in doors if door.number}
    if numbers and last.number == 0:
        last = max((door for door in rising if door.number), key=lambda door: door.key)
    begin, end = (str(each.number) if each.number and len(numbers) > 1 else each.label for each in (first, last))
    said = begin if begin == end else tr("{first} to {last}", first=begin, last=end) if " " in begin + end else f"{begin}-{end}"
    if len(numbers) > 1 and len({number % 2 for number in numbers}) == 1:
        said = tr("{range} (odds)", range=said) if min(numbers) % 2 else tr("{range} (evens)", range=said)
    named = sum(not door.number for door in doors)
    return tr("{range} and {n} without a number", range=said, n=named) if numbers and named else said


def summary(overview: Overview) -> str:
    """A walk in one line: "Lock Lane 1-39, Wharf Road 28-48 (evens)"."""
    said, last = [], ""
    for part, doors in zip([*overview.walk.parts, None], overview.stretches, strict=False):
        street = doors[0].street if doors else part.street if part else ""
        said.append(extent(doors) if doors and street == last else stretch(part, doors))
        last = street
    return ", ".join(said)


def side_of(part: Part) -> str:
    """The side of a rule, with what is left out."""
    said = side_name(part.side.value)
    return said if part.unnumbered or part.side is Side.NAMED else tr("{side}, numbered houses only", side=said)
