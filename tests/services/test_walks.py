"""Walks over a register: proposed, made by hand, and kept true by updates; who is on the sheets of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound, UseRefused
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.walks import Side, Walk, Way
from dpdesk.services import officers, walks, walks_make
from dpdesk.services.session import today
from dpdesk.services.walks_filters import Filters
from dpdesk.services.walks_words import summary
from dpdesk.store import keys
from tests.services import registers
from tests.services.registers import take

YOUNG = f"01/01/{today().year - 14}"
SOON = f"01/01/{today().year - 17}"


def elector(number: int, home: str, postcode: str = "AN1 2AB", street: str = "High Street", born: str = "", name: str = "") -> tuple:
    return ("AN1", str(number), "0", "", born, name or f"Name{number}", "Ann", postcode, f"{home} {street}".strip(), "Anytown")


def ward() -> list[tuple]:
    """Forty houses of one street with two electors each, twelve of another, an anonymous entry and an elector abroad."""
    people = [elector(2 * at + one, str(at + 1)) for at in range(40) for one in (1, 2)]
    people += [elector(100 + at, str(at), "AN1 3CD", "Lock Lane") for at in range(1, 13)]
    return [*people, ("AN1", "300", "0", "", "", "", "", "", "", ""), ("AN1", "301", "0", "F", "", "Overseas", "Olga", "", "", "")]


@pytest.fixture
def here(session, tmp_path):
    take(session, tmp_path, registers.xpress(ward()))
    return session


def propose(session, about=20, **how):
    return walks_make.make(session, walks_make.proposed(session, about, **how))


def labels(session, walk):
    return [line.label for line in walks.lines(session, walk.id)]


def test_walks_are_proposed_and_made(here):
    assert propose(here) == 3
    there = walks.walks(here, "AN1")
    assert [(each.doors, each.electors) for each in there] == [(20, 40), (20, 40), (12, 12)]
    assert [summary(each) for each in there] == ["High Street 1-20", "High Street 21-40", "Lock Lane 1-12"]
    assert [each.walk.title for each in there] == ["AN1/1 High Street", "AN1/2 High Street", "AN1/3 Lock Lane"]
    assert walks.unwalked(here, "AN1") == []
    assert walks.without_home(here, "AN1") == 2
    assert walks.get(here, there[0].id) == there[0]


def test_lines_stand_in_walking_order(here):
    propose(here)
    [first, *_rest] = walks.walks(here)
    said = labels(here, first)
    assert said == [str(n) for n in (*range(1, 20, 2), *range(20, 1, -2)) for _ in (1, 2)]
    line = walks.lines(here, first.id)[0]
    assert (line.number, line.name, line.street, line.postcode, line.blank) == ("AN1-1", "Ann Name1", "High Street", "AN1 2AB", False)


def test_nobody_too_young_is_on_a_sheet_and_attainers_are_marked(here, tmp_path):
    take(here, tmp_path, registers.status(("A", elector(500, "3", born=YOUNG)), ("A", elector(501, "3", born=SOON))))
    propose(here)
    lines = walks.lines(here, walks.walks(here)[0].id)
    assert "AN1-500" not in {line.number for line in lines}
    assert [line.markers for line in lines if line.number == "AN1-501"] == [("attainer",)]


def test_new_properties_fall_into_their_walk_at_the_next_update(here, tmp_path):
    propose(here)
    made = [each.walk for each in walks.walks(here)]
    take(here, tmp_path, registers.status(
        ("A", elector(500, "7A")), ("A", elector(501, "99")), ("A", elector(502, "Flat 2, 30")), ("A", elector(503, "Rose Cottage,")),
        ("A", elector(504, "1", "AN1 3CD", "Lock Cottages Road")), ("A", elector(505, "1", "AN9 9ZZ", "Far Road")), ("D", elector(3, "2"))))
    there = walks.walks(here)
    assert [each.walk for each in there] == made
    assert [(each.doors, each.electors) for each in there] == [(21, 40), (23, 43), (13, 13)]
    assert [door.street for door in there[2].joined] == ["Lock Cottages Road"]
    assert [each.street for each in walks.unwalked(here, "AN1")] == ["Far Road"]
    walks_make.save(here, replace(there[0].walk, name="Renamed"))
    there = walks.walks(here)
    assert [(each.walk.name, len(each.joined)) for each in there] == [("Renamed", 0), ("High Street", 0), ("Lock Lane", 1)]
    assert labels(here, there[0])[:10] == ["1", "1", "3", "3", "5", "5", "7", "7", "7A", "9"]


def test_a_walk_by_hand_takes_from_the_others(here):
    propose(here)
    street = walks.streets(here, "AN1")["high street"]
    evens = walks_make.parts(street, side=Side.EVEN, first=28, last=48, way=Way.DOWN, unnumbered=False)
    mine = walks_make.save(here, Walk("", "AN1", 0, "The shops", evens))
    there = {each.walk.name: each for each in walks.walks(here) if each.walk.name == "The shops"}
    assert summary(there["The shops"]) == "High Street 40-28 (evens)".replace("40-28", "28-40")
    assert labels(here, mine)[::2] == ["40", "38", "36", "34", "32", "30", "28"]
    assert sum(each.doors for each in walks.walks(here)) == 52
    assert walks.unwalked(here, "AN1") == []
    again = walks_make.save(here, replace(mine, parts=walks_make.parts(street)))
    assert (again.id, again.number) == (mine.id, 4)
    assert [each.walk.name for each in walks.walks(here)] == ["Lock Lane", "The shops"]


def test_a_walk_is_divided_at_a_flat(here, tmp_path):
    flats = [elector(500 + at, f"Flat {at}, 60") for at in range(1, 9)]
    take(here, tmp_path, registers.xpress([*ward(), *flats]))
    propose(here, 60)
    (walk,) = [each for each in walks.walks(here) if any(door.number == 60 for there in each.stretches for door in there)]
    doors = walk.stretches[0]
    (fifth,) = [door for door in doors if door.label.startswith("Flat 5")]
    new = walks_make.divide(here, walk.id, 0, fifth)
    said = [{label.partition(",")[0] for label in labels(here, each)} & {f"Flat {at}" for at in range(1, 9)}
            for each in (walks.get(here, walk.id), new)]
    assert said == [{f"Flat {at}" for at in range(1, 5)}, {f"Flat {at}" for at in range(5, 9)}]
    assert len(labels(here, new)) + len(labels(here, walk)) == sum(len(door.electors) for there in walk.stretches for door in there)
    take(here, tmp_path, registers.xpress([*ward(), *flats, elector(520, "Flat 5A, 60"), elector(521, "Flat 4A, 60")]))
    assert [any(label.startswith(f"Flat {flat}") for label in labels(here, each)) for each, flat in ((new, "5A"), (walk, "4A"))] == [
        True, True], "new flats fall to their neighbours"
    first = min((door for there in walks.get(here, walk.id).stretches[:1] for door in there), key=lambda door: door.key)
    with pytest.raises(Invalid) as refused:
        walks_make.divide(here, walk.id, 0, first)
    assert refused.value.problems == {"door": "nothing_left"}


def test_a_house_without_a_number_is_put_in_its_place_by_hand(here, tmp_path):
    take(here, tmp_path, registers.status(("A", elector(500, "Rose Cottage,"))))
    propose(here)
    street = {door.label: door for door in walks.streets(here, "AN1")["high street"]}
    walks_make.place(here, "AN1", street["Rose Cottage"], street["5"])
    first = walks.walks(here)[0]
    assert labels(here, first)[4:8] == ["5", "5", "Rose Cottage", "7"]
    placed = next(door for door in walks.streets(here, "AN1")["high street"] if door.label == "Rose Cottage")
    with pytest.raises(Declined):
        walks_make.place(here, "AN1", street["5"], street["9"])
    walks_make.place(here, "AN1", placed, None)
    assert labels(here, walks.walks(here)[1])[-1] != "5"
    assert "Rose Cottage" not in labels(here, walks.walks(here)[0])


def test_walks_are_ordered_and_taken_away(here):
    propose(here)
    ids = [each.id for each in walks.walks(here)]
    walks_make.reorder(here, "AN1", ids[::-1])
    assert [each.id for each in walks.walks(here)] == ids[::-1]
    with pytest.raises(Declined):
        walks_make.reorder(here, "AN1", ids[:1])
    walks_make.remove(here, ids[0])
    assert [each.street for each in walks.unwalked(here, "AN1")] == ["High Street"]
    assert walks.get(here, ids[0]).doors == 0
    with pytest.raises(NotFound):
        walks_make.remove(here, ids[0])


def test_what_cannot_be_made_is_refused(here):
    with pytest.raises(Invalid):
        walks_make.proposed(here, 3)
    with pytest.raises(Declined):
        walks_make.proposed(here, 30, ["XX"])
    with pytest.raises(Invalid):
        walks_make.save(here, Walk("", "AN1", 0, "Nothing", ()))
    street = walks.streets(here, "AN1")["high street"]
    with pytest.raises(Declined):
        walks_make.save(here, Walk("", "AN1", 0, "", tuple(replace(each, street_key="no such") for each in walks_make.parts(street))))
    with pytest.raises(Invalid):
        walks_make.parts(street, first=9, last=3)
    stale = walks_make.proposed(here, 30)
    propose(here)
    with pytest.raises(Declined):
        walks_make.make(here, stale)


def test_the_register_is_used_for_canvassing_and_nothing_else(here):
    propose(here)
    first = walks.walks(here)[0].id
    assert walks.lines(here, first, purpose=Purpose.LEAFLETS)
    with pytest.raises(UseRefused):
        walks.lines(here, first, purpose=Purpose.MEMBERSHIP)


def test_postal_voters_alone(here, tmp_path):
    propose(here)
    take(here, tmp_path, [["Full Elector No.", "Vote Type"], ["AN1-1", "Postal"], ["AN1-2", "Proxy"]])
    first = walks.walks(here)[0].id
    [line] = walks.lines(here, first, Filters(postal="only"))
    assert (line.number, line.markers) == ("AN1-1", ("postal",))
    assert len(walks.lines(here, first, Filters(postal="without"))) == 39


def test_who_may_not_make_walks(here, reopen, tmp_path):
    propose(here)
    officers.add(here, "Olu Sample", Role.DPO, Secret("bicycle harbour mustard owl"), kdf=keys.least())
    here.close()
    other = reopen("bicycle harbour mustard owl")
    officers.acknowledge(other)
    assert len(walks.walks(other)) == 3
    with pytest.raises(NotAllowed):
        walks_make.remove(other, walks.walks(other)[0].id)
