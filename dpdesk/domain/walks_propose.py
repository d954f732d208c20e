"""Proposing walks of about so many doors: whole streets where they fit, long ones in stretches, neighbours by postcode together.

The rules cover every street from end to end, so each door, and each door to come, is in exactly one walk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dpdesk.domain.properties import natural
from dpdesk.domain.walks import Door, Part, Side, Way, areas

LEAST_DOORS, MOST_DOORS = 10, 400
BOUND = 1.5
"""A proposed walk has at most so many times the doors that were asked for."""
_FULL, _ENOUGH, _SMALL, _LEEWAY = 1.25, 0.6, 0.4, 0.15


@dataclass(frozen=True)
class Stretch:
    """Doors of a street that stay together."""

    part: Part
    doors: tuple[Door, ...]


def propose(doors: Iterable[Door], about: int, *, way: Way = Way.BACK, apart: bool = False) -> list[tuple[Part, ...]]:
    """The parts of each walk of a district, walks in the order of their postcodes. `apart` parts the sides of long streets."""
    whole, small = [], []
    for stretches in (_stretches(street, about, way, apart=apart) for street in _streets(doors)):
        for stretch in stretches:
            (whole if len(stretch.doors) >= about * _ENOUGH else small).append(stretch)
    walks = [[stretch] for stretch in whole] + _packed(small, about)
    walks = _without_crumbs(walks, about)
    return [tuple(stretch.part for stretch in walk) for walk in sorted(walks, key=lambda walk: _where(walk[0]))]


def _streets(doors: Iterable[Door]) -> list[list[Door]]:
    found: dict[str, list[Door]] = {}
    for door in doors:
        found.setdefault(door.street_key, []).append(door)
    return [sorted(street, key=lambda door: door.key) for street in found.values()]


def _stretches(street: Sequence[Door], about: int, way: Way, *, apart: bool) -> list[Stretch]:
    """A street whole, or in stretches of about so many doors."""
    part = Part(street[0].street, street[0].street_key, way=way)
    if len(street) <= about * _FULL:
        return [Stretch(part, tuple(street))]
    odd = [door for door in street if door.number % 2]
    even = [door for door in street if not door.number % 2]
    if apart and min(len(odd), len(even)) >= about * _ENOUGH:
        return [*_cut(odd, replace(part, side=Side.ODD, unnumbered=False, way=Way.UP), about),
                *_cut(even, replace(part, side=Side.EVEN, way=Way.UP), about)]
    return _cut(street, part, about)


def _cut(doors: Sequence[Door], part: Part, about: int) -> list[Stretch]:
    pieces = max(1 if len(doors) <= about * _FULL else 2, round(len(doors) / about))
    cuts = [0, *(_between_houses(doors, round(len(doors) * at / pieces), round(about * _LEEWAY)) for at in range(1, pieces)), len(doors)]
    found, low = [], part.low
    for start, end in zip(cuts, cuts[1:], strict=False):
        high = doors[end].key if end < len(doors) else part.high
        found.append(Stretch(replace(part, low=low, high=high), tuple(doors[start:end])))
        low = high
    return found


def _between_houses(doors: Sequence[Door], wanted: int, leeway: int) -> int:
    """The place nearest to `wanted` where another house begins, within the leeway; a block too large is parted between flats."""
    def begins(at: int) -> bool:
        return 0 < at < len(doors) and (doors[at].number != doors[at - 1].number or not doors[at].number)
    return next((at for step in range(leeway + 1) for at in (wanted - step, wanted + step) if begins(at)), wanted)


def _where(stretch: Stretch) -> tuple:
    """By what streets are ordered: the postcode most of its doors have, then street and stretch."""
    codes = [door.postcode for door in stretch.doors if door.postcode]
    common = max(sorted(set(codes)), key=codes.count) if codes else "~"
    return natural(common), stretch.part.street_key, stretch.part.low, stretch.part.side


def _packed(stretches: Sequence[Stretch], about: int) -> list[list[Stretch]]:
    """Short streets put together, those of a postcode first."""
    waiting = _Waiting(stretches)
    walks: list[list[Stretch]] = []
    walk: list[Stretch] = []
    while (stretch := waiting.next_to(walk)) is not None:
        size = sum(len(each.doors) for each in walk)
        if size >= about * _ENOUGH and size + len(stretch.doors) > about * _FULL:
            walks.append(walk)
            walk = []
        walk.append(stretch)
    return [*walks, walk] if walk else walks


class _Waiting:
    """Stretches not in a walk yet, found by postcode and sector, else in their order."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._order = deque(sorted(stretches, key=_where))
        self._left = set(map(id, self._order))
        self._near: dict[str, deque[Stretch]] = {}
        for stretch in self._order:
            for area in dict.fromkeys(area for door in stretch.doors for area in areas(door.postcode)):
                self._near.setdefault(area, deque()).append(stretch)

    def next_to(self, walk: Sequence[Stretch]) -> Stretch | None:
        """The next for a walk, taken out of those waiting; None where none is left."""
        near = [areas(door.postcode) for stretch in walk for door in (stretch.doors[0], stretch.doors[-1])]
        for level in range(2):
            for area in dict.fromkeys(each[level] for each in near if each):
                if (found := self._first(self._near.get(area))) is not None:
                    return found
        return self._first(self._order)

    def _first(self, queue: deque[Stretch] | None) -> Stretch | None:
        while queue:
            found = queue.popleft()
            if id(found) in self._left:
                self._left.discard(id(found))
                return found
        return None


def _without_crumbs(walks: list[list[Stretch]], about: int) -> list[list[Stretch]]:
    """Put what is too small for a walk to the smallest walk of the same sector that has room."""
    sizes = [sum(len(each.doors) for each in walk) for walk in walks]
    by_sector: dict[str, list[int]] = {}
    for at, walk in enumerate(walks):
        for sector in _sectors(walk):
            by_sector.setdefault(sector, []).append(at)
    for at, walk in enumerate(walks):
        if 0 < sizes[at] < about * _SMALL:
            there = {other for sector in _sectors(walk) for other in by_sector[sector]} - {at}
            room = [other for other in there if sizes[other] and sizes[other] + sizes[at] <= about * _FULL]
            if room:
                best = min(room, key=lambda other: (sizes[other], other))
                walks[best] += walk
                sizes[best], sizes[at] = sizes[best] + sizes[at], 0
                walks[at] = []
    return [walk for walk in walks if walk]


def _sectors(walk: Sequence[Stretch]) -> set[str]:
    return {areas(door.postcode)[1:][0] for stretch in walk for door in (stretch.doors[0], stretch.doors[-1]) if areas(door.postcode)}
