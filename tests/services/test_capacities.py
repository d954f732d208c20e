"""Capacities: several at once, ended, taken back, counted; joining and leaving keep the one record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.capacities import Capacity
from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.errors import CannotUndo, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import archiving, audit, capacities, contacting, joining, members, notes, officers
from dpdesk.services.capacities import Given
from dpdesk.services.members import Query
from dpdesk.services.session import today
from dpdesk.store import keys

ANN = {"forename": "Ann", "surname": "Lee", "email": "ann@example.org", "postcode": "AN1 2AB"}


@pytest.fixture
def ann(session):
    return members.add(session, Kind.CONTACT, ANN)


def held(session, person) -> list[tuple[str, str]]:
    return sorted((each.capacity.value, each.detail) for each in capacities.of(session, person.id)
                  if each.stands(today().isoformat()))


def test_one_person_holds_several_and_is_one_record(session):
    member = members.add(session, Kind.MEMBER, {**ANN, "status": "current"})
    capacities.add(session, member.id, Given("volunteer", "Delivers in Millbrook"))
    capacities.add(session, member.id, Given("elected_representative", "Councillor, Priory ward", "04/05/2023", "06/05/2027"))
    assert held(session, member) == [("elected_representative", "Councillor, Priory ward"), ("volunteer", "Delivers in Millbrook")]
    row = members.row(session, member.id)
    assert row.capacities == ("volunteer", "elected_representative") and members.counts(session).contacts == 0
    assert capacities.of(session, member.id)[1].until == "2027-05-06"
    change = members.history(session, member.id)[0]
    assert change.action == "capacity.added" and ("capacity", None, "elected_representative") in change.fields
    assert audit.verify(session).whole


@pytest.mark.parametrize(("given", "problems"), [
    (Given(""), {"capacity": "missing"}), (Given("friend"), {"capacity": "unknown"}),
    (Given("elected_representative"), {"detail": "office_missing"}), (Given("supporter", "=1+1"), {"detail": "formula"}),
    (Given("supporter", "x" * 201), {"detail": "too_long"}), (Given("supporter", "", "1/1/2199"), {"since": "in_future"}),
    (Given("supporter", "", "the other day"), {"since": "date_bad"}),
    (Given("supporter", "", "2/5/2024", "1/5/2024"), {"until": "before_start"})])
def test_what_is_wrong_is_told_and_nothing_stored(session, ann, given, problems):
    with pytest.raises(Invalid) as problem:
        capacities.add(session, ann.id, given)
    assert problem.value.problems == problems and capacities.of(session, ann.id) == []
    with pytest.raises(Invalid) as problem:
        capacities.add_contact(session, {"forename": "Bob", "email": "nonsense"}, given)
    assert problem.value.problems == {**problems, "email": "email_bad"} and members.counts(session).contacts == 1


def test_the_same_twice_is_refused_and_with_another_detail_is_not(session, ann):
    capacities.add(session, ann.id, Given("elected_representative", "Councillor, Priory ward"))
    with pytest.raises(Invalid) as problem:
        capacities.add(session, ann.id, Given("elected_representative", "Councillor, Priory ward"))
    assert problem.value.problems == {"capacity": "held_already"}
    capacities.add(session, ann.id, Given("elected_representative", "County councillor, Anytown East"))
    assert len(held(session, ann)) == 2 and members.row(session, ann.id).capacities == ("elected_representative",)


def test_ended_and_standing_again_and_taken_back(session, ann):
    given = capacities.add(session, ann.id, Given("volunteer"))
    assert capacities.end(session, given.id).until == today().isoformat()
    assert members.row(session, ann.id).capacities == () and capacities.of(session, ann.id)[0].until
    with pytest.raises(NotFound):
        capacities.end(session, given.id)
    capacities.reopen(session, given.id)
    assert members.row(session, ann.id).capacities == ("volunteer",)
    with pytest.raises(Invalid):
        capacities.end(session, given.id, "never")
    capacities.take_back(session, given.id)
    assert capacities.of(session, ann.id) == []
    with pytest.raises(NotFound):
        capacities.take_back(session, given.id)
    assert [change.action for change in members.history(session, ann.id)][:4] == [
        "capacity.removed", "capacity.reopened", "capacity.ended", "capacity.added"]


def test_a_contact_and_the_capacity_in_one_step_and_lists_by_capacity(session):
    ann = capacities.add_contact(session, ANN, Given("supporter"))
    bob = capacities.add_contact(session, {"forename": "Bob", "surname": "Moss"}, Given("volunteer", "Telling"))
    capacities.add(session, bob.id, Given("supporter"))
    later = (today() + timedelta(days=1)).isoformat()
    capacities.end(session, capacities.add(session, ann.id, Given("registered_campaigner")).id, later)
    assert capacities.counts(session, Kind.CONTACT) == {"supporter": 2, "volunteer": 1, "registered_campaigner": 1}
    assert capacities.counts(session, Kind.MEMBER) == {}

    def names(capacity: str, text: str = "") -> list[str]:
        found = members.spine(session, Query(kind=Kind.CONTACT, capacity=capacity, text=text))
        return [row.member.forename for row in members.rows(session, found)]
    assert names("supporter") == ["Ann", "Bob"] and names("volunteer") == ["Bob"] and names("enquirer") == []
    assert names("supporter", "moss") == ["Bob"] and names("volunteer", "ann") == []
    archiving.archive(session, [bob.id], "Moved")
    assert names("supporter") == ["Ann"] and capacities.counts(session, Kind.CONTACT)["supporter"] == 1


def test_a_contact_who_joins_is_the_same_record_with_all_of_it(session, ann):
    capacities.add(session, ann.id, Given("supporter"))
    contacting.give_consent(session, ann.id, contacting.Given(Channel.POST, "2026-01-05", Method.PAPER, "You may", "Form"))
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "Letter")
    notes.add(session, ann.id, "Rang", Confidentiality.ORDINARY)
    with pytest.raises(Invalid) as problem:
        joining.join(session, ann.id, {"number": "7"})
    assert problem.value.problems == {"status": "missing"}
    joined = joining.join(session, ann.id, {"number": "7", "status": "current", "joined_on": "1/2/2026"})
    assert (joined.id, joined.kind, joined.joined_on) == (ann.id, Kind.MEMBER, "2026-02-01")
    row = members.row(session, ann.id)
    assert (row.member.kind, row.stopped, row.capacities) == (Kind.MEMBER, {"email"}, ("supporter",))
    assert len(contacting.consents(session, ann.id)) == len(notes.listing(session, ann.id)) == 1
    assert members.counts(session).contacts == 0 and members.counts(session).members == 1
    assert [found.member.id for found in members.search(session, "Lee", kinds=[Kind.MEMBER])] == [ann.id]
    assert members.history(session, ann.id)[0].action == "member.joined"
    with pytest.raises(Invalid):
        joining.join(session, ann.id, {"status": "current"})
    with pytest.raises(Invalid) as problem:
        joining.join(session, members.add(session, Kind.CONTACT, {"surname": "Pike"}).id, {"number": "7", "status": "current"})
    assert problem.value.problems == {"number": "number_taken"}
    assert audit.verify(session).whole


def test_joining_is_undone(session, ann):
    joined = joining.join(session, ann.id, {"number": "7", "status": "current"})
    assert members.history(session, ann.id)[0].undoable
    back = members.undo(session, joined.changed)
    assert back.kind is Kind.CONTACT and back.values() == ann.values()
    assert members.get(session, ann.id).kind is Kind.CONTACT and members.counts(session).contacts == 1
    with pytest.raises(CannotUndo):
        members.undo(session, joined.changed)


def test_a_member_who_leaves_stays_as_a_contact_with_number_and_stops(session):
    member = members.add(session, Kind.MEMBER, {"number": "7", "forename": "Ann", "surname": "Lee", "status": "current",
                                                "joined_on": "2019-01-01", "membership_type": "Standard"})
    contacting.stop(session, member.id, "all", StopReason.OBJECTION, "Letter")
    with pytest.raises(Invalid) as problem:
        joining.leave(session, member.id)
    assert problem.value.problems == {"capacity": "capacity_missing"}
    left = joining.leave(session, member.id, Given("supporter", "Helps at elections"))
    assert (left.kind, left.status, left.joined_on, left.membership_type, left.number) == (Kind.CONTACT, "", "", "", "7")
    row = members.row(session, member.id)
    assert row.stopped == {"email", "phone", "sms", "post"} and row.capacities == ("supporter",)
    now = members.get(session, member.id)
    members.edit(session, member.id, {"email": "ann@example.org"}, now)
    assert "email" in members.row(session, member.id).stopped
    with pytest.raises(Invalid):
        joining.leave(session, member.id)
    again = members.undo(session, left.changed)
    assert (again.kind, again.status, again.joined_on) == (Kind.MEMBER, "current", "2019-01-01")
    assert joining.leave(session, member.id).kind is Kind.CONTACT


def test_only_who_may(session, ann, reopen):
    officers.add(session, "Sam Sample", Role.DPO, Secret("pepper lantern walks uphill"), kdf=keys.least())
    session.close()
    reader = reopen("pepper lantern walks uphill")
    officers.acknowledge(reader)
    assert capacities.of(reader, ann.id) == []
    for attempt in (lambda: capacities.add(reader, ann.id, Given("supporter")), lambda: joining.join(reader, ann.id, {}),
                    lambda: capacities.add_contact(reader, ANN, Given("supporter"))):
        with pytest.raises(NotAllowed):
            attempt()


def test_the_order_is_of_the_domain():
    assert [capacity.value for capacity in Capacity][:4] == ["supporter", "volunteer", "elected_representative", "enquirer"]
