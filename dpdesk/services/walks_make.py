"""Making walks: proposed for whole districts, or by hand from streets, sides and ranges. What one walk claims, the others give up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id, new_ids
from dpdesk.domain.properties import LAST, numbered_key
from dpdesk.domain.roles import Right
from dpdesk.domain.walks import Door, Part, Side, Walk, Way, assign, claimed, divided
from dpdesk.domain.walks_propose import LEAST_DOORS, MOST_DOORS, propose
from dpdesk.services.register import shown_born_by
from dpdesk.services.session import Session
from dpdesk.services.walks import Overview as Overview
from dpdesk.services.walks import _overview, _overviews, doors_of, laid

NAME_MOST = 80


@dataclass(frozen=True)
class Proposal:
    """Walks to be made: those of `districts` that are there (`replaced`) give way. `head` is the log's number it was worked out at."""

    districts: tuple[str, ...]
    walks: tuple[Walk, ...]
    overviews: tuple[Overview, ...]
    replaced: int
    head: int


def proposed(session: Session, about: int, districts: Sequence[str] = (), *, way: Way = Way.BACK, apart: bool = False) -> Proposal:
    """Walks of about so many doors for districts (all where none is named); nothing is written. Raises `Invalid`.

    A walk has at most half as many doors again, and every door of the districts is in exactly one.
    """
    from dpdesk.store import walks as store
    from dpdesk.store.imports import last_seq
    session.require(Right.WALKS_EDIT)
    if not LEAST_DOORS <= about <= MOST_DOORS:
        raise Invalid({"doors": "out_of_range"})
    with session.desk.read() as connection:
        head, born = last_seq(connection), shown_born_by(session)
        homes = store.homes(connection, born, districts[0] if len(districts) == 1 else "")
        found = doors_of(homes, store.places(connection))
        wanted = tuple(name for name in sorted(found) if not districts or name in districts)
        replaced = sum(each.district in wanted for each in store.listing(connection))
    if not wanted:
        raise Declined("walks.nobody")
    made, seen = [], []
    for district in wanted:
        doors = found[district][0]
        parts = propose(doors, about, way=way, apart=apart)
        new = [Walk(identity, district, at + 1, _name(each), each) for at, (identity, each) in enumerate(
            zip(new_ids(len(parts)), parts, strict=True))]
        made += new
        seen += _seen(new, doors)
    return Proposal(wanted, tuple(made), tuple(seen), replaced, head)


def _seen(walks: Sequence[Walk], doors: Sequence[Door]) -> list[Overview]:
    inside: list[list[Door]] = [[] for _ in walks]
    for door, at in zip(doors, assign(walks, doors), strict=True):
        if at is not None:
            inside[at].append(door)
    return [_overview(walk, there) for walk, there in zip(walks, inside, strict=True)]


def _name(parts: Sequence[Part]) -> str:
    """A walk is called by its streets."""
    named = list(dict.fromkeys(part.street for part in parts if part.street))
    said = ", ".join(named[:3])
    return said if len(said) <= NAME_MOST else said[:NAME_MOST - 1].rstrip() + "…"


def make(session: Session, proposal: Proposal) -> int:
    """Make the proposed walks in place of those that are there; how many. Raises `Declined` where the desk changed since."""
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    with session.change("walks.proposed") as unit:
        if proposal.head != unit.seq - 1:
            raise Declined("walks.changed")
        old = [each for each in store.listing(unit.connection) if each.district in proposal.districts]
        store.end(unit.connection, [each.id for each in old], unit.seq)
        store.save(unit.connection, [replace(each, since=unit.seq) for each in proposal.walks])
        unit.facts(walks=len(proposal.walks), districts=len(proposal.districts), replaced=len(old))
    return len(proposal.walks)


def parts(street: Sequence[Door], *, side: Side = Side.ALL, first: int = 0, last: int = 0, unnumbered: bool = True, way: Way = Way.BACK
          ) -> tuple[Part, ...]:
    """Rules for a street given by its doors: house numbers from `first` to `last`, 0 for open, and those without a number.

    Raises `Invalid`.
    """
    if first and last and first > last:
        raise Invalid({"last": "out_of_range"})
    made = Part(street[0].street, street[0].street_key, side, numbered_key(first) if first else "",
                f"{numbered_key(last)}{LAST}" if last else "", (unnumbered or side is Side.NAMED) and not last, way)
    return (made, replace(made, side=Side.NAMED, low="", high="", unnumbered=True)) if last and unnumbered else (made,)


def save(session: Session, walk: Walk) -> Walk:
    """Keep a walk made or changed by hand ("" as identity for a new one); other walks of the district give up what it claims.

    Raises `Invalid` for a name too long or no street at all, `Declined` where a rule names a street the district does not have.
    """
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    name = " ".join(walk.name.split())
    if problems := ({"name": "too_long"} if len(name) > NAME_MOST else {}) | ({} if walk.parts else {"streets": "missing"}):
        raise Invalid(problems)
    with session.change("walk.changed" if walk.id else "walk.made") as unit:
        there = laid(session, unit.connection, walk.district)
        before = next((each for each in there.walks if each.id == walk.id), None)
        if walk.id and before is None:
            raise NotFound("walk", walk.id)
        known = {door.street_key for door in there.doors} | {part.street_key for part in (before.parts if before else ())}
        if any(part.street_key not in known for part in walk.parts):
            raise Declined("walks.no_street")
        number = before.number if before else store.next_number(unit.connection, walk.district)
        kept = replace(walk, id=walk.id or new_id(), number=number, name=name or _name(walk.parts), parts=_own(walk.parts),
                       since=before.since if before else unit.seq)
        losing = claimed(there.walks, kept.id, kept.parts)
        store.save(unit.connection, [kept, *(each for each in losing if each.parts)])
        store.end(unit.connection, [each.id for each in losing if not each.parts], unit.seq)
        unit.about("walk", kept.id)
        unit.facts(parts=len(kept.parts), others=len(losing))
    return kept


def divide(session: Session, identity: str, part: int, door: Door) -> Walk:
    """Make two walks of one: `door` of its part `part` (a flat of a block, too), those after it in the street, and the later streets.

    The new walk; raises `NotFound`, and `Invalid` where the door is not in it or nothing would be left.
    """
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    with session.change("walk.divided") as unit:
        found = store.get(unit.connection, identity)
        here = _overviews(laid(session, unit.connection, found.district)) if found else []
        before = next((each for each in here if each.id == identity), None)
        if before is None:
            raise NotFound("walk", identity)
        keys = sorted(each.key for each in before.stretches[part]) if 0 <= part < len(before.walk.parts) else []
        if door.key not in keys or (not part and door.key == keys[0]):
            raise Invalid({"door": "nothing_left"})
        left, right = divided(before.walk.parts, part, door.key, first=door.key == keys[0])
        name = before.walk.name if before.walk.name != _name(before.walk.parts) else _name(left)
        new = Walk(new_id(), found.district, store.next_number(unit.connection, found.district), _name(right), right, unit.seq)
        store.save(unit.connection, [replace(before.walk, parts=left, name=name), new])
        unit.about("walk", identity)
        unit.facts(parts=len(left), others=1)
    return new


def _own(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Rules of one walk without overlap: what an earlier one has, a later one does not."""
    from dpdesk.domain.walks import without
    kept: list[Part] = []
    for each in parts:
        kept += without(each, kept)
    return tuple(kept)


def remove(session: Session, identity: str) -> None:
    """Take a walk away; its doors are in no walk then. Raises `NotFound`."""
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    with session.change("walk.removed") as unit:
        found = store.get(unit.connection, identity)
        if found is None or found.id not in {each.id for each in store.listing(unit.connection, found.district)}:
            raise NotFound("walk", identity)
        store.end(unit.connection, [identity], unit.seq)
        unit.about("walk", identity)
        unit.facts(parts=len(found.parts))


def reorder(session: Session, district: str, identities: Sequence[str]) -> None:
    """Number the walks of a district anew, in the order given; raises `Declined` where it does not name each once."""
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    with session.change("walks.ordered") as unit:
        there = {each.id: each for each in store.listing(unit.connection, district)}
        if sorted(identities) != sorted(there):
            raise Declined("walks.changed")
        store.save(unit.connection, [replace(there[identity], number=at + 1) for at, identity in enumerate(identities)])
        unit.facts(walks=len(there))


def place(session: Session, district: str, door: Door, after: Door | None) -> None:
    """Walk a house without a number after another door of its street; None puts it back to the end. Raises `Declined`."""
    from dpdesk.store import walks as store
    session.require(Right.WALKS_EDIT)
    own = door.key.rpartition(LAST)[2]
    if own[0] == "0" or (after is not None and (after.street_key != door.street_key or LAST in after.key)):
        raise Declined("walks.not_placed")
    with session.change("walk.house_placed") as unit:
        store.place(unit.connection, district, door.street_key, own, after.key if after else "", unit.seq)
        unit.facts(placed=int(after is not None))
