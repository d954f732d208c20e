"""Walks: every door in exactly one, none too large, and what one claims the others give up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.properties import LAST, Places, numbered_key
from dpdesk.domain.walks import Door, Part, Side, Walk, Way, along, assign, claimed, in_order, without
from dpdesk.domain.walks_propose import BOUND, propose

PLACES = Places()


def door(label: str, street: str = "High Street", postcode: str = "AN1 2AB", since: int = 1) -> Door:
    found = PLACES.of(f"{label}\n{street}", postcode)
    return Door(found.street, found.street_key, found.label, found.key, found.number, postcode, since)


houses = st.one_of(st.integers(1, 400).map(str), st.sampled_from(("10A", "Rose Cottage", "The Old Mill", "4-6")),
                   st.integers(1, 90).map(lambda flat: f"Flat {flat}, 10"))
postcodes = st.builds("AN{} {}{}{}".format, st.integers(1, 3), st.integers(1, 3), st.sampled_from("ABD"), st.sampled_from("EFG"))
doors = st.lists(st.builds(door, houses, st.sampled_from(("High Street", "Lock Lane", "Larkrise Close", "Heol y Felin")), postcodes),
                 min_size=1, max_size=150, unique_by=lambda each: (each.street_key, each.key))


def made(parts, since: int = 1) -> list[Walk]:
    return [Walk(str(at), "AN1", at + 1, "", each, since) for at, each in enumerate(parts)]


def holding(walks, each: Door) -> list[str]:
    return [walk.id for walk in walks for part in walk.parts if part.street_key == each.street_key and part.holds(each.key, each.number)]


@given(doors, doors, st.integers(10, 60), st.sampled_from(Way), st.booleans())
def test_every_door_there_is_and_to_come_is_in_exactly_one_walk(there, coming, about, way, apart):
    walks = made(propose(there, about, way=way, apart=apart))
    assert all(len(holding(walks, each)) == 1 for each in there)
    streets = {each.street_key for each in there}
    assert all(len(holding(walks, each)) == 1 for each in coming if each.street_key in streets)
    sizes = [sum(at == place for at in assign(walks, there)) for place in range(len(walks))]
    assert sum(sizes) == len(there)
    assert min(sizes) > 0
    assert max(sizes) <= about * BOUND


@given(doors, st.integers(10, 60), st.sampled_from(Way))
def test_a_walk_is_walked_whole(there, about, way):
    walks = made(propose(there, about, way=way))
    for walk in walks:
        mine = [each for each in there if holding([walk], each)]
        walked = [each for _at, each in in_order(walk, mine)]
        assert sorted(walked) == sorted(mine)


rules = st.builds(lambda side, low, high, named: Part("High Street", "high street", side, numbered_key(low) if low else "",
                                                      f"{numbered_key(high)}{LAST}" if high else "", named or side is Side.NAMED),
                  st.sampled_from(Side), st.integers(0, 30), st.integers(0, 60), st.booleans())


@given(rules, st.lists(rules, max_size=3), st.lists(houses.map(door), min_size=1, max_size=60))
def test_what_is_claimed_is_lost_and_nothing_else(part, taken, there):
    left = without(part, taken)
    for each in there:
        kept = part.holds(each.key, each.number) and not any(one.holds(each.key, each.number) for one in taken)
        assert sum(piece.holds(each.key, each.number) for piece in left) == int(kept)


def test_the_walk_that_loses_doors_is_told():
    first, second = made([(Part("High Street", "high street"),), (Part("Lock Lane", "lock lane"),)])
    [changed] = claimed([first, second], "9", [Part("High Street", "high street", Side.EVEN, unnumbered=False)])
    assert changed == replace(first, parts=(Part("High Street", "high street", Side.ODD),))


def test_the_ways_along_a_street():
    there = [door(label) for label in ("1", "2", "3", "4", "Flat 1, 4", "Flat 2, 4", "Rose Cottage")]

    def order(way):
        return [each.label for each in along(there, way)]
    assert order(Way.UP) == ["1", "2", "3", "4", "Flat 1, 4", "Flat 2, 4", "Rose Cottage"]
    assert order(Way.DOWN) == ["4", "Flat 1, 4", "Flat 2, 4", "3", "2", "1", "Rose Cottage"]
    assert order(Way.BACK) == ["1", "3", "Rose Cottage", "4", "Flat 1, 4", "Flat 2, 4", "2"]


def test_a_new_street_falls_to_its_neighbours_and_an_old_one_left_out_does_not():
    walks = made([(Part("High Street", "high street"),), (Part("Lock Lane", "lock lane"),)], since=5)
    there = [door("1"), door("2"), door("1", "Lock Lane", "AN1 3AB"), door("1", "Left Out Road", since=2),
             door("1", "New Road", "AN1 3AB", since=9),
             door("2", "New Road", "AN1 2ZZ", since=8), door("3", "New Road", "ZZ9 9ZZ", since=9)]
    assert assign(walks, there) == [0, 0, 1, None, 1, 0, None]


def test_long_streets_are_parted_between_houses_and_blocks_between_flats():
    street = [door(f"Flat {flat}, {house}") for house in (2, 4, 6) for flat in range(1, 41)]
    assert [len([each for each in street if part.holds(each.key, each.number)]) for (part,) in propose(street, 40)] == [40, 40, 40]
    block = [door(f"Flat {flat}, 10") for flat in range(1, 101)]
    assert max(sum(part.holds(each.key, each.number) for each in block) for (part,) in propose(block, 40)) <= 60


def test_streets_of_one_postcode_are_walked_together():
    there = [door(str(n), street, postcode) for street, postcode in (
        ("Ash Road", "AN1 1AA"), ("Birch Road", "AN2 9ZZ"), ("Cedar Road", "AN1 1AA"), ("Dell Road", "AN2 9ZZ")) for n in range(1, 21)]
    walked = [{part.street for part in parts} for parts in propose(there, 40)]
    assert walked == [{"Ash Road", "Cedar Road"}, {"Birch Road", "Dell Road"}]
