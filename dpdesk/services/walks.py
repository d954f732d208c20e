"""Walks as an officer sees them: which there are, what doors they have, and who is on a sheet of one, in walking order.

A walk is laid over the register as it is now: what the last update brought is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import NotFound
from dpdesk.domain.folding import fold
from dpdesk.domain.properties import Places
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.roles import Right
from dpdesk.domain.walks import Door, Walk, Way, along, assign, in_order
from dpdesk.services.register import polling_day, require_use, shown_born_by
from dpdesk.services.session import Session
from dpdesk.services.walks_filters import Filters, Reach


@dataclass(frozen=True)
class Street:
    """Doors of a street that no walk has."""

    district: str
    street: str
    street_key: str
    doors: int
    electors: int


@dataclass(frozen=True)
class Overview:
    """A walk with what it has now: how many doors and electors, and its doors part by part (the last for doors of new streets)."""

    walk: Walk
    doors: int
    electors: int
    stretches: tuple[tuple[Door, ...], ...]

    @property
    def id(self) -> str:
        """The walk's identity."""
        return self.walk.id

    @property
    def joined(self) -> tuple[Door, ...]:
        """Doors of streets that came with an update and that no rule names yet."""
        return self.stretches[len(self.walk.parts)] if len(self.stretches) > len(self.walk.parts) else ()


@dataclass(frozen=True)
class Line:
    """A line of a sheet. `number` is as it is printed, `street` and `label` together are the door, `markers` are codes: "attainer",
    "postal", "proxy", "proxy_postal".

    A `blank` line is printed without a name: somebody there asked not to be contacted (`reason`). Its name and number are empty, and
    `elector` says only whom it stands for: no sheet, list or log may tell.
    """

    elector: str
    number: str
    name: str
    address: str
    street: str
    label: str
    postcode: str
    markers: tuple[str, ...] = ()
    blank: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Laid:
    """The walks of a district laid over its doors: `at` is each door's place in `walks`; `rows` are the electors' rows of the register."""

    walks: tuple[Walk, ...]
    doors: tuple[Door, ...]
    at: tuple[int | None, ...]
    rows: tuple[int, ...] = field(repr=False, default=())


def laid(session: Session, connection, district: str) -> Laid:
    """The walks of one district over its doors; worked out once for each state of the desk."""
    from dpdesk.store import walks as store
    from dpdesk.store.imports import last_seq

    def make() -> Laid:
        doors, rows = doors_of(store.homes(connection, shown_born_by(session), district), store.places(connection, district)).get(
            district, ((), ()))
        found = tuple(store.listing(connection, district))
        return Laid(found, doors, tuple(assign(found, doors)), rows)
    return session.remembered(("walks", district, shown_born_by(session)), last_seq(connection), make)


def doors_of(homes: Sequence[tuple], places: Mapping[tuple[str, str, str], str]) -> dict[str, tuple[tuple[Door, ...], tuple[int, ...]]]:
    """(doors, rows of electors) of each district; `homes` as the store has them. Houses in `places` stand where they were put."""
    read, found = Places(), {}
    for row, district, address, postcode, since in homes:
        there = read.of(address, postcode)
        if there is None:
            continue
        rows, doors = found.setdefault(district, ([], {}))
        known = doors.get((there.street_key, there.key))
        if known is None:
            known = doors[there.street_key, there.key] = (there, postcode, [], [since])
        known[2].append(len(rows))
        known[3].append(since)
        rows.append(row)
    return {district: (tuple(_door(district, places, *each) for each in doors.values()), tuple(rows))
            for district, (rows, doors) in found.items()}


def _door(district: str, places: Mapping[tuple[str, str, str], str], there, postcode: str, electors: list[int], since: list[int]) -> Door:
    key, number = there.key, there.number
    if after := places.get((district, there.street_key, key)):
        key, number = f"{after}~{key}", int(after[1:8]) if after[0] == "0" else 0
    return Door(there.street, there.street_key, there.label, key, number, postcode, min(since), tuple(electors))


def walks(session: Session, district: str = "") -> list[Overview]:
    """The walks of a district, or of all, in order."""
    from dpdesk.store import electors
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        wanted = [district] if district else [name for name, _n in electors.districts(connection, shown_born_by(session))]
        return [each for name in wanted for each in _overviews(laid(session, connection, name))]


def _overviews(there: Laid) -> list[Overview]:
    inside: dict[int, list[Door]] = {}
    for door, at in zip(there.doors, there.at, strict=True):
        if at is not None:
            inside.setdefault(at, []).append(door)
    return [_overview(walk, inside.get(at, [])) for at, walk in enumerate(there.walks)]


def _overview(walk: Walk, doors: Sequence[Door]) -> Overview:
    stretches: list[list[Door]] = [[] for _ in walk.parts]
    for at, door in in_order(walk, doors):
        if at == len(stretches):
            stretches.append([])
        stretches[at].append(door)
    return Overview(walk, len(doors), sum(len(door.electors) for door in doors), tuple(map(tuple, stretches)))


def get(session: Session, identity: str) -> Overview:
    """One walk by its identity or as `AN1/3`; raises `NotFound`. One that was taken away is found too: sheets name it."""
    from dpdesk.store import walks as store
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        found = store.get(connection, identity) or store.numbered(connection, *identity.strip().rpartition("/")[::2])
        if found is None:
            raise NotFound("walk", identity)
        there = _overviews(laid(session, connection, found.district))
    return next((each for each in there if each.id == found.id), Overview(found, 0, 0, ((),) * len(found.parts)))


def unwalked(session: Session, district: str) -> list[Street]:
    """Streets of a district with doors in no walk, in their order."""
    session.require(Right.REGISTER_SEE)
    found: dict[str, Street] = {}
    with session.desk.read() as connection:
        there = laid(session, connection, district)
    for door, at in zip(there.doors, there.at, strict=True):
        if at is None:
            known = found.get(door.street_key, Street(district, door.street, door.street_key, 0, 0))
            found[door.street_key] = Street(district, known.street, known.street_key, known.doors + 1, known.electors + len(door.electors))
    return [found[key] for key in sorted(found)]


def streets(session: Session, district: str) -> dict[str, tuple[Door, ...]]:
    """Every street of a district by its key, with its doors in their order."""
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        doors = laid(session, connection, district).doors
    found: dict[str, list[Door]] = {}
    for door in sorted(doors, key=lambda door: (door.street_key, door.key)):
        found.setdefault(door.street_key, []).append(door)
    return {key: tuple(doors) for key, doors in found.items()}


def without_home(session: Session, district: str) -> int:
    """How many electors of a district have no address, and so are on no walk."""
    from dpdesk.store import walks as store
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        return store.homeless(connection, shown_born_by(session), district)


def lines(session: Session, walk: str, filters: Filters | None = None, *, purpose: Purpose = Purpose.CANVASSING) -> list[Line]:
    """Who goes on the sheets of a walk, in walking order; electors of a door stand together in the order of the register.

    Raises `UseRefused` where the register may not be used so (S1 §19), `NotFound` for no such walk. Nobody too young is among them.
    Narrowing by what people said needs the right to see that.
    """
    _may_print(session, filters, purpose)
    found = get(session, walk)
    return _lines(session, found.walk.district, [door for stretch in found.stretches for door in stretch], filters or Filters())


def lines_of(session: Session, district: str, street: str = "", filters: Filters | None = None, *,
             purpose: Purpose = Purpose.CANVASSING) -> list[Line]:
    """Who goes on the sheets of a street, or of all of a district, without a walk: street by street, odd numbers up and even ones back.

    Raises as `lines`.
    """
    _may_print(session, filters, purpose)
    there = streets(session, district)
    wanted = [doors for doors in there.values() if not street or any(fold(door.street) == fold(street) for door in doors)]
    return _lines(session, district, [door for doors in wanted for door in along(doors, Way.BACK)], filters or Filters())


def _may_print(session: Session, filters: Filters | None, purpose: Purpose) -> None:
    require_use(session, purpose)
    if filters is not None and filters.intentions:
        session.require(Right.RESULTS_SEE)


def _lines(session: Session, district: str, doors: Sequence[Door], filters: Filters) -> list[Line]:
    """Lines of some doors of a district, in the order of the doors."""
    from dpdesk.store import electors
    with session.desk.read() as connection:
        there = laid(session, connection, district)
        rows = [there.rows[at] for door in doors for at in door.electors]
        people = {each.row: each for each in electors.page(connection, rows, shown_born_by(session))}
        reach = Reach(session, connection, list(people.values()), filters)
    made, day = [], polling_day(session)
    for door in doors:
        for at in door.electors:
            elector = people.get(there.rows[at])
            if elector is not None and ((reason := reach.kept_away(elector)) or reach.wanted(elector)):
                made.append(_line(elector, door, reach, reason, day))
    return made


def _line(elector: Elector, door: Door, reach: Reach, reason: str, day: date) -> Line:
    if reason:
        return Line(elector.id, "", "", elector.address, door.street, door.label, elector.postcode, blank=True, reason=reason)
    markers = (*(("attainer",) if elector.attains_after(day) else ()), *reach.absent(elector))
    return Line(elector.id, str(elector.key), elector.name, elector.address, door.street, door.label, elector.postcode, markers)
