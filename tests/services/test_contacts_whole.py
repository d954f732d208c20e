"""Capacities and enquiries go where their person goes: merged and parted, archived, erased, replaced, taken back with a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dpdesk.domain.clocks import months_before
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import EraseRefused, RollBackRefused
from dpdesk.domain.members import Kind
from dpdesk.services import archiving, audit, capacities, enquiries, enquiries_due, erasing, imports_kept, members, merging
from dpdesk.services.capacities import Given
from dpdesk.services.enquiries import Asked
from dpdesk.services.session import today
from dpdesk.store.tables import capacity, enquiry
from tests.services.importing import bring, everybody

LIST = "Membership No | Forename | Surname | Email | Status\n1 | Ann | Lee | ann@example.org | current\n"


@pytest.fixture
def two(session):
    """A member who is a councillor, and a contact of the same name who volunteers and asked something."""
    member = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current"})
    capacities.add(session, member.id, Given("elected_representative", "Councillor, Priory ward"))
    contact, _asked = enquiries.log_new(session, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org"},
                                        Asked("phone", "Is there a ramp?"))
    capacities.add(session, contact.id, Given("volunteer"))
    return member, contact


def hanging(session, person: str) -> tuple[int, int]:
    """How many rows of each kind hang on a person, whatever the services show."""
    with session.desk.read() as connection:
        return tuple(connection.execute(select(func.count()).where(table.c.person == person)).scalar() for table in (capacity, enquiry))


def orphans(session) -> int:
    """Rows whose person is not on the desk."""
    from dpdesk.store.tables import member
    with session.desk.read() as connection:
        return sum(connection.execute(select(func.count()).where(table.c.person.not_in(select(member.c.id)))).scalar()
                   for table in (capacity, enquiry))


def test_a_merge_moves_them_and_its_undo_moves_them_back(session, two):
    member, contact = two
    seen = merging.compare(session, member.id, contact.id)
    assert seen.moves == {"capacity": 2, "enquiry": 1}
    merge = merging.merge(session, seen.choice)
    assert hanging(session, member.id) == (3, 1) and orphans(session) == 0
    assert members.row(session, member.id).capacities == ("volunteer", "elected_representative", "enquirer")
    assert [each.name for each in enquiries_due.due(session).open] == ["Ann Lee"]
    merging.undo(session, merge)
    assert hanging(session, member.id) == (1, 0) and hanging(session, contact.id) == (2, 1) and orphans(session) == 0
    assert members.row(session, contact.id).capacities == ("volunteer", "enquirer")
    assert audit.verify(session).whole


def test_who_was_merged_into_a_member_stays_when_the_enquiry_goes(session):
    member = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current"})
    contact, asked = enquiries.log_new(session, {"forename": "Ann", "surname": "Lee"},
                                       Asked("phone", "Hm?", months_before(today(), 12).isoformat()))
    assert enquiries_due.due(session).leaving == {contact.id}
    merging.merge(session, merging.compare(session, member.id, contact.id).choice)
    done = enquiries_due.erase(session, [asked.id], "A year is over")
    assert (done.enquiries, done.people) == (1, 0) and members.row(session, member.id).capacities == ()
    assert orphans(session) == 0


def test_the_archive_keeps_them_and_an_expired_enquiry_goes_all_the_same(session):
    person, asked = enquiries.log_new(session, {"surname": "Pike"}, Asked("letter", "Hm?", months_before(today(), 12).isoformat()))
    archiving.archive(session, [person.id], "Moved")
    assert hanging(session, person.id) == (1, 1) and capacities.counts(session, Kind.CONTACT) == {}
    done = enquiries_due.erase(session, [asked.id], "A year is over")
    assert (done.enquiries, done.people) == (1, 1) and orphans(session) == 0


@pytest.mark.parametrize("how", list(Erasing))
def test_erased_or_replaced_nothing_of_them_is_left(session, two, how):
    _member, contact = two
    assert {code: n for code, n in erasing.plan(session, [contact.id]).goes.items() if code in ("capacity", "enquiry")} == {
        "capacity": 2, "enquiry": 1}
    erasing.erase(session, [contact.id], "Asked to be forgotten", how)
    assert hanging(session, contact.id) == (0, 0) and orphans(session) == 0
    assert all(change.erased or not change.fields for change in members.history(session, contact.id)) if how is Erasing.PSEUDONYMISED \
        else members.counts(session).contacts == 0


def test_a_hold_keeps_the_person_until_it_ends(session, two):
    contact = two[1]
    (shown,) = enquiries.of(session, contact.id)
    enquiries.hold(session, shown.enquiry.id, "Inquiry", (today() + timedelta(days=30)).isoformat())
    assert not erasing.plan(session, [contact.id]).possible
    with pytest.raises(EraseRefused):
        erasing.erase(session, [contact.id], "Gone")
    enquiries.release(session, shown.enquiry.id)
    assert erasing.erase(session, [contact.id], "Gone").people == 1


@pytest.mark.parametrize("kind", ["capacity", "enquiry"])
def test_a_list_is_not_taken_back_from_under_them(session, tmp_path, kind):
    result = bring(session, tmp_path, LIST)
    person = everybody(session)["Ann Lee"].member
    if kind == "capacity":
        given = capacities.add(session, person.id, Given("volunteer"))
    else:
        enquiries.log(session, person.id, Asked("phone", "Hm?"))
    plan = imports_kept.plan(session, result.import_id)
    assert kind in plan.dependents[0].codes and not plan.possible
    with pytest.raises(RollBackRefused):
        imports_kept.roll_back(session, result.import_id)
    assert orphans(session) == 0
    if kind == "capacity":
        capacities.take_back(session, given.id)
        assert imports_kept.roll_back(session, result.import_id).possible and orphans(session) == 0
