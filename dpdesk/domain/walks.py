"""Walks: which doors of a polling district are walked together, in which order (DOMAIN.md C8).

A walk is kept as rules (street, side, from-to), so that a door that is new at the next update of the register falls into the walk of its
neighbours by itself. Keys and ranges are those of `domain/properties.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Which doors of a street: NAMED are those without a number."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"
    NAMED = "named"


class Way(StrEnum):
    """In which order: numbers up, down, or odd numbers up and even numbers back."""

    UP = "up"
    DOWN = "down"
    BACK = "there_and_back"


class Door(NamedTuple):
    """A door of a district. `since` is the log's number since when somebody there is on the register; `electors` are places in a list."""

    street: str
    street_key: str
    label: str
    key: str
    number: int
    postcode: str
    since: int
    electors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """Doors of a street: `low` <= key < `high` ("" is open), of a side, with those without a number where `unnumbered`."""

    street: str
    street_key: str
    side: Side = Side.ALL
    low: str = ""
    high: str = ""
    unnumbered: bool = True
    way: Way = Way.UP

    def holds(self, key: str, number: int) -> bool:
        """Whether a door of the street belongs to it."""
        if not (self.low <= key and (not self.high or key < self.high)):
            return False
        if not number:
            return self.unnumbered
        return self.side is Side.ALL or self.side is (Side.ODD if number % 2 else Side.EVEN)


@dataclass(frozen=True)
class Walk:
    """A walk of a district: `number` within it, `parts` in walking order, `since` the log's number it was first made at."""

    id: str
    district: str
    number: int
    name: str
    parts: tuple[Part, ...]
    since: int = 0

    @property
    def title(self) -> str:
        """As it is printed: `AN1/3 Lock Lane`."""
        return f"{self.district}/{self.number} {self.name}".strip()


def assign(walks: Sequence[Walk], doors: Sequence[Door]) -> list[int | None]:
    """The place in `walks` of each door's walk, None for none.

    Rules come first. A street no rule names, and that is new since the first of the walks was made, goes with the doors of its postcode,
    else of its sector.
    """
    rules: dict[str, list[tuple[int, Part]]] = {}
    for at, walk in enumerate(walks):
        for part in walk.parts:
            rules.setdefault(part.street_key, []).append((at, part))
    found = [next((at for at, part in rules.get(door.street_key, ()) if part.holds(door.key, door.number)), None) for door in doors]
    made = min((walk.since for walk in walks), default=0)
    oldest: dict[str, int] = {}
    for door in doors:
        oldest[door.street_key] = min(door.since, oldest.get(door.street_key, door.since))
    strays = [place for place, at in enumerate(found) if at is None and doors[place].street_key not in rules
              and oldest[doors[place].street_key] > made]
    return _beside(strays, found, doors) if strays and walks else found


def _beside(strays: Sequence[int], found: list[int | None], doors: Sequence[Door]) -> list[int | None]:
    """Put doors of new streets with their neighbours: the walk with most doors of the postcode, else of the sector."""
    near: dict[str, dict[int, int]] = {}
    for place, at in enumerate(found):
        if at is not None:
            for area in areas(doors[place].postcode):
                counted = near.setdefault(area, {})
                counted[at] = counted.get(at, 0) + 1
    for place in strays:
        counted = next((near[area] for area in areas(doors[place].postcode) if area in near), None)
        if counted:
            found[place] = max(counted, key=lambda at: (counted[at], -at))
    return found


def areas(postcode: str) -> tuple[str, ...]:
    """A postcode and its sector: `AN1 2AB`, `AN1 2`; nothing for none."""
    tight = "".join(postcode.split()).upper()
    return (tight, tight[:-2]) if len(tight) > 4 else ()


def in_order(walk: Walk, doors: Iterable[Door]) -> list[tuple[int, Door]]:
    """(place of the part, door) in walking order. Doors of streets no part names come last, each street in its own order."""
    by_part: dict[int, list[Door]] = {}
    for door in doors:
        at = next((at for at, part in enumerate(walk.parts) if part.street_key == door.street_key and part.holds(door.key, door.number)),
                  len(walk.parts))
        by_part.setdefault(at, []).append(door)
    ordered = []
    for at in sorted(by_part):
        way = walk.parts[at].way if at < len(walk.parts) else Way.UP
        ordered += [(at, door) for door in along(by_part[at], way)]
    return ordered


def along(doors: Iterable[Door], way: Way) -> list[Door]:
    """Doors of a street in the order they are walked; those without a number come where the street ends."""
    rising = sorted(doors, key=lambda door: (door.street_key, door.key))
    if way is Way.UP:
        return rising
    named = [door for door in rising if not door.number]
    numbered = [door for door in rising if door.number]
    if way is Way.DOWN:
        return [*reversed_houses(numbered), *named]
    return [*(door for door in numbered if door.number % 2), *named, *reversed_houses([door for door in numbered if door.number % 2 == 0])]


def reversed_houses(doors: Sequence[Door]) -> list[Door]:
    """House numbers downwards; flats of one house stay in their order."""
    return sorted(doors, key=lambda door: -door.number)


def claimed(walks: Sequence[Walk], keep: str, parts: Sequence[Part]) -> list[Walk]:
    """The walks that lose doors because walk `keep` claims `parts`, as they are left."""
    changed = []
    for walk in walks:
        if walk.id != keep:
            left = tuple(piece for part in walk.parts for piece in without(part, parts))
            if left != walk.parts:
                changed.append(replace(walk, parts=left))
    return changed


def divided(parts: Sequence[Part], at: int, key: str, *, first: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """A walk’s rules in two: the second begins with door `key` of part `at`; where that is the part’s `first`, with the whole part."""
    if first:
        return tuple(parts[:at]), tuple(parts[at:])
    return (*parts[:at], replace(parts[at], high=key)), (replace(parts[at], low=key), *parts[at + 1:])


def without(part: Part, taken: Sequence[Part]) -> list[Part]:
    """What is left of a part once others have taken theirs."""
    left = [part]
    for each in taken:
        if each.street_key == part.street_key:
            left = [piece for one in left for piece in _minus(one, each)]
    return left


_NAMED = "named"


def _minus(part: Part, taken: Part) -> list[Part]:
    low, high = max(part.low, taken.low), min(part.high or "\x7f", taken.high or "\x7f")
    if low >= high or not (shared := _sides(part) & _sides(taken)):
        return [part]
    pieces = []
    if part.low < low:
        pieces.append(replace(part, high=low))
    if rest := _sides(part) - shared:
        side, unnumbered = _SIDES[rest]
        pieces.append(replace(part, low=low, high="" if high == "\x7f" else high, side=side, unnumbered=unnumbered))
    if high < (part.high or "\x7f"):
        pieces.append(replace(part, low=high))
    return pieces


_NAMED = "named"
_SIDES: Mapping[frozenset[str], tuple[Side, bool]] = {
    frozenset({"odd", "even", _NAMED}): (Side.ALL, True), frozenset({"odd", "even"}): (Side.ALL, False),
    frozenset({"odd", _NAMED}): (Side.ODD, True), frozenset({"odd"}): (Side.ODD, False),
    frozenset({"even", _NAMED}): (Side.EVEN, True), frozenset({"even"}): (Side.EVEN, False), frozenset({_NAMED}): (Side.NAMED, True)}


def _sides(part: Part) -> frozenset[str]:
    found = {"odd", "even"} if part.side is Side.ALL else {part.side.value} - {_NAMED}
    return frozenset(found | ({_NAMED} if part.unnumbered else set()))
