"""Do-not-contact: by person or household, by channel, until when; nothing that comes in later undoes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.leaving_alone import DOOR
from dpdesk.domain.members import Kind
from dpdesk.services import (
    contacting,
    electors,
    entering,
    leaving_alone,
    members,
    register_files,
    register_follows,
    register_links,
    results,
    walks,
    walks_make,
)
from dpdesk.services.session import today
from dpdesk.services.walks_filters import Filters
from tests.services import canvassing, entered, registers
from tests.services.registers import take
from tests.services.test_walks import elector, ward

YEAR = today().year


@pytest.fixture
def here(session, tmp_path):
    take(session, tmp_path, registers.xpress(ward()))
    walks_make.make(session, walks_make.proposed(session, 60))
    return session


def blank(session) -> dict[str, str]:
    """Door and reason of every blank line."""
    return {f"{line.label} {line.street}": line.reason for each in walks.walks(session) for line in walks.lines(session, each.id)
            if line.blank}


def someone(session, number: str):
    return electors.get(session, number).row.elector


def test_a_person_is_left_alone_and_their_household_is_not(here):
    leaving_alone.note(here, "AN1-9", why="Said so on the doorstep")
    assert blank(here) == {"5 High Street": "no_contact"}
    lines = [line for line in walks.lines(here, walks.walks(here)[0].id) if line.label == "5"]
    assert [(line.blank, line.name) for line in lines] == [(True, ""), (False, "Ann Name10")]
    assert lines[0].number == ""
    leaving_alone.note(here, "AN1-10", household=True, channel=DOOR)
    assert [line.blank for line in walks.lines(here, walks.walks(here)[0].id) if line.label == "5"] == [True, True]


def test_a_channel_and_an_end(here):
    leaving_alone.note(here, "AN1-9", channel="phone")
    assert blank(here) == {}
    leaving_alone.note(here, "AN1-9", channel=DOOR, until="day", day=today().isoformat())
    assert set(blank(here)) == {"5 High Street"}
    found = leaving_alone.of(here, someone(here, "AN1-9"))
    assert [(each.channel, bool(each.until)) for each in found] == [(DOOR, True), ("phone", False)]
    assert not found[0].holds(DOOR, (today() + timedelta(days=1)).isoformat())
    with pytest.raises(Declined):
        leaving_alone.note(here, "AN1-9", until="election")
    electors.set_polling_day(here, (today() + timedelta(days=30)).isoformat())
    assert leaving_alone.note(here, "AN1-9", until="election").until == (today() + timedelta(days=30)).isoformat()
    for more, field in (({"channel": "fax"}, "channel"), ({"until": "day", "day": "2001-01-01"}, "day"), ({"why": "x" * 201}, "why")):
        with pytest.raises(Invalid) as refused:
            leaving_alone.note(here, "AN1-9", **more)
        assert field in refused.value.problems


def test_it_is_lifted_with_a_reason_and_by_who_may(here, reopen):
    made = leaving_alone.note(here, "AN1-9")
    with pytest.raises(Invalid):
        leaving_alone.lift(here, made.id, " ")
    other = entered.second_officer(here, reopen)
    with pytest.raises(NotAllowed):
        leaving_alone.lift(other, made.id, "Changed their mind")
    other.close()
    lead = reopen()
    leaving_alone.lift(lead, made.id, "Changed their mind")
    assert blank(lead) == {}
    with pytest.raises(NotFound):
        leaving_alone.lift(lead, made.id, "Again")


@pytest.mark.parametrize("kept", ["updated", "renumbered", "came anew"])
def test_no_file_undoes_it(here, tmp_path, kept):
    leaving_alone.note(here, "AN1-9", household=kept == "renumbered")
    if kept == "updated":
        take(here, tmp_path, registers.status(("M", elector(9, "5", name="Name9"))))
    elif kept == "renumbered":
        newer = [(person[0], str(int(person[1]) + 7), *person[2:]) for person in ward()]
        take(here, tmp_path, registers.xpress(newer), name="new.csv", year=YEAR + 1)
        for file in register_files.due(here):
            register_files.destroy(here, file.id)
    else:
        take(here, tmp_path, registers.status(("D", elector(9, "5"))))
        take(here, tmp_path, registers.status(("A", elector(900, "5", name="Name9"))), name="back.csv")
    assert "5 High Street" in blank(here)


def test_who_comes_back_after_their_register_was_destroyed_is_still_left_alone(here, tmp_path):
    leaving_alone.note(here, "AN1-9", why="Said so")
    others = [(person[0], str(int(person[1]) + 7), *person[2:]) for person in ward() if person[5] != "Name9"]
    take(here, tmp_path, registers.xpress(others), name="new.csv", year=YEAR + 1, whole=True)
    for file in register_files.due(here):
        register_files.destroy(here, file.id)
    assert blank(here) == {}
    take(here, tmp_path, registers.status(("A", elector(901, "5", name="Name9"))), name="back.csv")
    assert blank(here) == {"5 High Street": "no_contact"}
    assert [each.why for each in leaving_alone.of(here, someone(here, "AN1-901"))] == [""]


def test_a_member_with_a_stop_on_every_channel_is_left_alone(here):
    person = members.add(here, Kind.MEMBER, {"forename": "Ann", "surname": "Name9", "status": "current", "postcode": "AN1 2AB"})
    register_links.link(here, someone(here, "AN1-9").id, person.id)
    contacting.stop(here, person.id, "email", StopReason.OPT_OUT, "By mail")
    assert blank(here) == {}
    contacting.stop(here, person.id, "all", StopReason.OBJECTION, "By mail")
    assert blank(here) == {"5 High Street": "member"}


def test_asked_at_the_door_it_is_noted_and_undone_with_the_row(session, tmp_path):
    sheet = entered.back(session, tmp_path)
    entered.enter(session, sheet, 1, 3, "DNC")
    elector = entered.row(session, sheet, 1, 3).elector
    assert [each.holds(DOOR, today().isoformat()) for each in leaving_alone.of(session, elector)] == [True]
    entering.undo(session, sheet.id, 1)
    assert [each.lifted > 0 for each in leaving_alone.of(session, elector)] == [True]


def test_a_slip_over_it_does_not_take_it_away_once_undone(session, tmp_path):
    sheet = entered.back(session, tmp_path)
    entered.enter(session, sheet, 1, 3, "DNC")
    elector = entered.row(session, sheet, 1, 3).elector
    entered.enter(session, sheet, 1, 3, "L")
    assert not any(each.holds(DOOR, today().isoformat()) for each in leaving_alone.of(session, elector))
    entering.undo(session, sheet.id, 1)
    assert [each.holds(DOOR, today().isoformat()) for each in leaving_alone.of(session, elector)] == [True, False]


def test_sheets_are_narrowed_by_what_was_learnt(session, tmp_path):
    sheet = entered.back(session, tmp_path)
    entered.enter(session, sheet, 1, 1, "L")
    entered.enter(session, sheet, 1, 2, "O")
    entered.enter(session, sheet, 1, 3, "D")
    walks_make.make(session, walks_make.proposed(session, 60))
    walk = walks.walks(session)[0].id

    def numbers(**filters):
        return {line.number for line in walks.lines(session, walk, Filters(**filters))}
    every = numbers()
    assert every - numbers(contacted="never") == {"CV-1", "CV-5"}
    assert numbers(contacted="before", months=6) == every - {"CV-1", "CV-5"}
    assert numbers(intentions=("labour",)) == numbers(intentions=("labour:definite",)) == {"CV-1"}
    assert numbers(intentions=(":undecided",)) == {"CV-5"}
    assert numbers(intentions=("any",)) == {"CV-1", "CV-5"}
    assert numbers(intentions=("none",)) == every - {"CV-1", "CV-5"}


def test_what_was_learnt_follows_the_person_to_a_new_number(session, tmp_path):
    from tests.services.canvassing import STREET
    sheet = entered.back(session, tmp_path)
    entered.enter(session, sheet, 1, 1, "L", note="Wants a poster")
    newer = [(person[0], str(int(person[1]) + 500), *person[2:]) for person in STREET]
    take(session, tmp_path, registers.xpress(newer), name="new.csv", year=YEAR + 1)
    [contact] = results.of_elector(session, "CV-501").contacts
    assert (contact.fact.raw, contact.fact.note) == ("L", "Wants a poster")


def test_what_hangs_on_two_numbers_that_are_one_follows_once_somebody_says_so(session, tmp_path):
    from tests.services.test_register_updates import EVANS, KHAN, person
    take(session, tmp_path, registers.xpress((EVANS, KHAN)))
    made = canvassing.campaign(session)
    entering.by_hand(session, "AN-1-2", made.id, ("L",))
    leaving_alone.note(session, "AN-1-2", channel="phone")
    married = person(9, "Jones", "Siân", "2 High St")
    take(session, tmp_path, registers.xpress((married, KHAN)), name="new.csv", year=YEAR + 1)
    assert results.of_elector(session, "AN-1-9").contacts == ()
    [pair] = register_follows.listing(session)
    register_follows.answer(session, pair.follow.id, same=True)
    found = results.of_elector(session, "AN-1-9")
    assert [each.fact.raw for each in found.contacts] == ["L"]
    assert [each.channel for each in found.left_alone] == ["phone"]
