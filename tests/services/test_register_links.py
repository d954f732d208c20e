"""Electors and people of the desk: suggested, confirmed, refused and remembered; erased and merged with the person."""

from __future__ import annotations

import pytest

from dpdesk.domain.copies import Copy
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import Invalid, NotFound, UseRefused
from dpdesk.domain.members import Kind
from dpdesk.domain.register_files import Purpose
from dpdesk.services import copies, electors, erasing, members, merging, register_export, register_links
from dpdesk.services.session import today
from tests.services import registers
from tests.services.registers import everybody, take

HOME = {"address1": "1 Lock Lane", "town": "Anytown", "postcode": "AN1 2AB", "status": "current"}


def elector(number: int, surname: str, forename: str, home: str = "1 Lock Lane", postcode: str = "AN1 2AB", born: str = "") -> tuple:
    return ("AN1", str(number), "0", "", born, surname, forename, postcode, home, "Anytown")


REGISTER = (elector(1, "Smith", "Katherine Jane"), elector(2, "Smith", "Robert"), elector(3, "Okafor", "Ngozi", "9 Far Road", "AN9 9ZZ"),
            elector(4, "Jones", "Mary", "7 High St", "AN5 5EE"), elector(5, "Jones", "Mary", "8 High St", "AN5 5EE"), ("AN1", "6",
                                                                                                                       *[""] * 8))


@pytest.fixture
def linked(session, tmp_path):
    """A register, and people some of whom are on it."""
    take(session, tmp_path, registers.xpress(REGISTER))
    people = {name: members.add(session, Kind.MEMBER, {**HOME, **values}) for name, values in {
        "kate": {"forename": "Katherine", "surname": "Smith"}, "bob": {"forename": "Bob", "surname": "Smith"},
        "ngozi": {"forename": "Ngozi", "surname": "Okafor", "address1": "2 New Place", "postcode": "AN2 1AA"},
        "other": {"forename": "Wendy", "surname": "Wrong"}}.items()}
    return session, people


def test_suggestions_have_a_confidence_and_reasons(linked):
    session, people = linked
    found = {each.person: each for each in register_links.suggest(session, least=40)}
    kate, bob = found[people["kate"].id], found[people["bob"].id]
    assert (kate.number, kate.score, kate.reasons) == ("AN1-1", 100, ("name_same", "postcode_same", "address_same", "only_one"))
    assert (bob.number, bob.reasons[0]) == ("AN1-2", "name_short") and bob.score < kate.score
    assert found[people["ngozi"].id].reasons == ("name_same", "only_one")
    assert people["other"].id not in found
    assert {each.person for each in register_links.suggest(session)} == {people["kate"].id, people["bob"].id}
    with pytest.raises(Invalid):
        register_links.suggest(session, least=0)


def test_confirmed_refused_and_forgotten(linked):
    session, people = linked
    kate, bob = people["kate"].id, people["bob"].id
    register_links.link(session, "AN1-1", kate, 100)
    record = electors.get(session, "AN1-1")
    assert (record.person, record.person_name, record.person_kind) == (kate, "Katherine Smith", "member")
    assert str(register_links.elector_of(session, kate).key) == "AN1-1"
    register_links.refuse(session, "AN1-2", bob)
    assert register_links.suggest(session) == []
    register_links.unlink(session, "AN1-1", kate)
    assert [each.person for each in register_links.suggest(session)] == [kate]
    for pair in (("AN1-1", kate), ("AN1-99", kate), ("AN1-1", "0" * 32)):
        with pytest.raises(NotFound):
            register_links.unlink(session, *pair)


def test_a_link_follows_the_elector_to_a_new_number(linked, tmp_path):
    session, people = linked
    register_links.link(session, "AN1-1", people["kate"].id)
    newer = [("AN1", str(int(row[1]) + 100), *row[2:]) for row in REGISTER]
    take(session, tmp_path, registers.xpress(newer), name="new.csv", year=today().year + 1)
    assert electors.get(session, "AN1-101").person == people["kate"].id


def test_erasing_and_merging_a_person_takes_their_link_along(linked):
    session, people = linked
    twin = members.add(session, Kind.CONTACT, {"forename": "Kate", "surname": "Smith", "postcode": "AN1 2AB"})
    register_links.link(session, "AN1-1", twin.id)
    register_links.link(session, "AN1-2", people["bob"].id)
    seen = merging.compare(session, people["kate"].id, twin.id)
    merging.merge(session, seen.choice if seen.choice.kept.id == people["kate"].id else merging.turned(seen.choice))
    assert electors.get(session, "AN1-1").person == people["kate"].id
    plan = erasing.plan(session, [people["bob"].id])
    assert plan.goes["elector_link"] == 1
    erasing.erase(session, [people["bob"].id], "Asked for it", Erasing.ERASED)
    assert electors.get(session, "AN1-2").person == ""


def test_electors_are_written_for_a_purpose_and_nobody_too_young(session, tmp_path):
    birthday = f"01/06/{today().year - 14}"
    take(session, tmp_path, registers.xpress((*REGISTER, elector(7, "Child", "Chris", born=birthday))))
    out = tmp_path / "walk.csv"
    with pytest.raises(UseRefused):
        register_export.write(session, register_export.Wish(out, Purpose.FUNDRAISING))
    with pytest.raises(Invalid):
        register_export.write(session, register_export.Wish(out, Purpose.CANVASSING, columns=("born_on",)))
    copy, count = register_export.write(session, register_export.Wish(out, Purpose.CANVASSING, electors.Query(sort="name")))
    said = out.read_text("utf-8-sig")
    assert count == len(everybody(session)) == 6 and "Child" not in said and "Okafor" in said
    assert isinstance(copy, Copy) and copies.get(session, copy.id).copy.people == 6
    take(session, tmp_path, registers.xpress([("AN1", str(int(row[1]) + 100), *row[2:]) for row in REGISTER]), name="new.csv",
         year=today().year + 1)
    assert copies.get(session, copy.id).copy.is_due(today())
