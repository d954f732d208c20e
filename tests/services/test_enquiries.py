"""Enquiries: recorded with or for a person, kept a year from the last contact, held, reviewed, and erased without a trace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dpdesk.domain.clocks import months_before
from dpdesk.domain.contacting import Channel, Method
from dpdesk.domain.enquiries import Stage
from dpdesk.domain.errors import EraseRefused, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, capacities, contacting, enquiries, enquiries_due, erasing, members, officers
from dpdesk.services import today as todays
from dpdesk.services.capacities import Given
from dpdesk.services.enquiries import Asked
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.services.test_erasing import CANARIES, traces

PERSON = {"forename": "Zebulonia", "surname": "Quagmireson", "email": "xylocanary@example.org", "mobile": "07700 900987"}
ASKED = Asked("letter", "Why is the polling station at Vellumquill closed?", "", "@quagmirefield", "Vellumquill")


def ago(months: int, days: int = 0) -> str:
    return (months_before(today(), months) + timedelta(days=days)).isoformat()


@pytest.fixture
def old(session):
    """Somebody known through one enquiry alone, whose time is up today."""
    person, enquiry = enquiries.log_new(session, PERSON, Asked(**{**ASKED.__dict__, "asked_on": ago(12)}))
    return person, enquiry


def due_ids(session) -> set[str]:
    return {each.enquiry.id for each in enquiries_due.due(session).expired}


def test_somebody_new_and_the_enquiry_in_one_step(session):
    person, enquiry = enquiries.log_new(session, PERSON, ASKED)
    (shown,) = enquiries.of(session, person.id)
    assert (shown.enquiry.handle, shown.enquiry.place, shown.enquiry.query) == ("quagmirefield", "Vellumquill", ASKED.query)
    assert shown.enquiry.id == enquiry.id and (enquiry.asked_on, enquiry.last_contact_on) == (today().isoformat(), today().isoformat())
    assert shown.kept_until == months_before(today(), -12).isoformat() and shown.stage is Stage.OPEN
    row = members.row(session, person.id)
    assert row.member.kind is Kind.CONTACT and row.capacities == ("enquirer",) and row.last_contact == today().isoformat()
    assert [change.action for change in members.history(session, person.id)] == ["enquiry.logged"] * 3
    said = str(members.history(session, person.id)) + str(audit.listing(session))
    assert "polling" not in said and "quagmirefield" not in said and "Vellumquill" not in said
    assert audit.verify(session).whole


def test_a_member_may_ask_and_is_one_record(session):
    member = members.add(session, Kind.MEMBER, {**PERSON, "status": "current"})
    enquiries.log(session, member.id, ASKED)
    enquiries.log(session, member.id, Asked("phone", "And another thing"))
    assert len(enquiries.of(session, member.id)) == 2 and members.row(session, member.id).capacities == ("enquirer",)
    assert members.counts(session).contacts == 0


@pytest.mark.parametrize(("asked", "problems"), [
    (Asked("letter", " "), {"query": "missing"}), (Asked("", "x"), {"way": "missing"}), (Asked("pigeon", "x"), {"way": "unknown"}),
    (Asked("letter", "x" * 4001), {"query": "too_long"}), (Asked("letter", "x", "1/1/2199"), {"asked_on": "in_future"}),
    (Asked("letter", "x", "soon"), {"asked_on": "date_bad"}), (Asked("letter", "x", "", "=cmd"), {"handle": "formula"}),
    (Asked("letter", "x", "", "", "y" * 201), {"place": "too_long"})])
def test_what_is_wrong_is_told_and_nothing_stored(session, asked, problems):
    with pytest.raises(Invalid) as problem:
        enquiries.log_new(session, {"email": "ann@example.org"}, asked)
    assert problem.value.problems == {**problems, "surname": "name_missing"}
    assert members.counts(session).contacts == 0


def test_who_it_may_be(session):
    known = members.add(session, Kind.MEMBER, {**PERSON, "status": "current"})
    members.add(session, Kind.CONTACT, {"forename": "Bob", "surname": "Moss"})
    for values in ({"email": "XYLOcanary@example.org"}, {"mobile": "+44 7700 900987"}, {"forename": "Zebulonia", "surname": "Quagmireson"}):
        assert [row.member.id for row in enquiries.likely(session, values)] == [known.id]
    assert enquiries.likely(session, {"forename": "Bob"}) == [] == enquiries.likely(session, {"email": "nonsense"})


def test_further_contact_moves_the_day_and_never_back(session, old):
    person, enquiry = old
    assert due_ids(session) == {enquiry.id}
    assert enquiries.contacted(session, enquiry.id, ago(1)).last_contact_on == ago(1)
    assert due_ids(session) == set() and enquiries.of(session, person.id)[0].kept_until == months_before(
        date.fromisoformat(ago(1)), -12).isoformat()
    assert enquiries.contacted(session, enquiry.id, ago(2)).last_contact_on == ago(1)
    assert enquiries.contacted(session, enquiry.id).last_contact_on == today().isoformat()
    for day, what in ((ago(13), "before_start"), (ago(-1), "in_future")):
        with pytest.raises(Invalid) as problem:
            enquiries.contacted(session, enquiry.id, day)
        assert problem.value.problems == {"last_contact_on": what}
    with pytest.raises(NotFound):
        enquiries.contacted(session, "0" * 32)


def test_closed_open_again_and_put_right(session):
    _person, enquiry = enquiries.log_new(session, PERSON, ASKED)
    assert enquiries.close(session, enquiry.id).closed_on == today().isoformat()
    assert enquiries_due.due(session).open == ()
    assert enquiries.reopen(session, enquiry.id).closed_on == ""
    after = enquiries.amend(session, enquiry.id, Asked("email", "Where is it now?", ago(3), "other", "Anytown"))
    assert (after.query, after.asked_on, after.last_contact_on) == ("Where is it now?", ago(3), today().isoformat())
    assert "Where" not in str(members.history(session, after.person)) and audit.verify(session).whole


def test_a_hold_needs_a_reason_and_a_review_and_comes_up(session, old, monkeypatch):
    person, enquiry = old
    for reason, day, problems in (("", ago(-3), {"hold_reason": "missing"}), ("Inquiry", "", {"hold_review_on": "missing"}),
                                  ("Inquiry", today().isoformat(), {"hold_review_on": "in_past"}),
                                  ("Inquiry", ago(-13), {"hold_review_on": "review_too_far"})):
        with pytest.raises(Invalid) as problem:
            enquiries.hold(session, enquiry.id, reason, day)
        assert problem.value.problems == problems
    enquiries.hold(session, enquiry.id, "The Commission asked for it", ago(-3))
    due = enquiries_due.due(session)
    assert (due.expired, due.reviews) == ((), ()) and [each.enquiry.id for each in due.held] == [enquiry.id]
    with pytest.raises(EraseRefused):
        erasing.erase(session, [person.id], "Gone")
    assert enquiries_due.erase(session, [enquiry.id], "Time is up").enquiries == 0
    later = date.fromisoformat(ago(-3))
    for module in (enquiries, enquiries_due):
        monkeypatch.setattr(module, "today", lambda: later)
    assert [each.enquiry.id for each in enquiries_due.due(session).reviews] == [enquiry.id]
    assert enquiries_due.counts(session) == (0, 1)
    assert "holds_due" in [item.code for item in todays.items(session)]
    enquiries.release(session, enquiry.id)
    assert enquiries_due.counts(session) == (1, 0)
    assert "Commission" not in str(audit.listing(session)) and audit.verify(session).whole


def test_today_tells_what_is_expired(session, old):
    (item,) = [item for item in todays.items(session) if item.code == "enquiries_expired"]
    assert (item.page, item.facts) == ("enquiries", {"count": 1})


def test_the_year_of_a_leap_day(session, monkeypatch):
    monkeypatch.setattr(enquiries, "today", lambda: date(2028, 3, 1))
    person, enquiry = enquiries.log_new(session, PERSON, Asked("letter", "Leap?", "2028-02-29"))
    for day, expired in ((date(2029, 2, 27), False), (date(2029, 2, 28), True)):
        for module in (enquiries, enquiries_due):
            monkeypatch.setattr(module, "today", lambda day=day: day)
        assert (due_ids(session) == {enquiry.id}) is expired
    assert members.get(session, person.id)


def test_erased_with_the_person_nothing_of_it_is_left(session, old):
    person, enquiry = old
    enquiries.amend(session, enquiry.id, Asked(**{**ASKED.__dict__, "asked_on": ago(12), "query": "Quagmirefield again"}))
    key, salt, folder = session.desk.data_key, session.desk.header.salt, session.folder
    assert enquiries_due.due(session).leaving == {person.id}
    with pytest.raises(Invalid):
        enquiries_due.erase(session, [enquiry.id], " ")
    done = enquiries_due.erase(session, [enquiry.id], "A year is over")
    assert (done.enquiries, done.people, done.cleared) == (1, 1, True)
    assert erasing.of(session, person.id).certificate == done.certificate
    with pytest.raises(NotFound):
        members.get(session, person.id)
    assert audit.verify(session).whole
    session.close()
    assert traces(folder, key, salt) == []


def test_the_canaries_would_be_found_before(session, old):
    key, salt, folder = session.desk.data_key, session.desk.header.salt, session.folder
    session.close()
    assert {"zebulonia", "quagmirefield", "vellumquill", "xylocanary"} <= set(traces(folder, key, salt)) <= set(CANARIES)


def test_of_who_stays_only_the_enquiry_goes(session):
    member = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current"})
    gone = enquiries.log(session, member.id, Asked(**{**ASKED.__dict__, "asked_on": ago(12)}))
    left = enquiries.log(session, member.id, Asked("phone", "Opening times", ago(11)))
    key, salt, folder = session.desk.data_key, session.desk.header.salt, session.folder
    done = enquiries_due.erase(session, [gone.id, left.id], "A year is over")
    assert (done.enquiries, done.people, done.certificate, done.cleared) == (1, 0, "", True)
    assert [each.enquiry.id for each in enquiries.of(session, member.id)] == [left.id]
    assert members.row(session, member.id).capacities == ("enquirer",)
    assert members.history(session, member.id)[0].action == "enquiries.erased"
    assert audit.verify(session).whole
    session.close()
    assert traces(folder, key, salt) == []


def test_one_is_erased_before_its_time_and_the_person_stays(session):
    member = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current"})
    asked = enquiries.log(session, member.id, ASKED)
    enquiries.hold(session, asked.id, "Inquiry", ago(-3))
    with pytest.raises(EraseRefused):
        enquiries_due.erase_one(session, asked.id)
    enquiries.release(session, asked.id)
    key, salt, folder = session.desk.data_key, session.desk.header.salt, session.folder
    assert enquiries_due.erase_one(session, asked.id) and enquiries.of(session, member.id) == []
    assert members.row(session, member.id).capacities == ()
    with pytest.raises(NotFound):
        enquiries_due.erase_one(session, asked.id)
    session.close()
    assert traces(folder, key, salt) == []


@pytest.mark.parametrize("why", ["capacity", "consent", "before", "other", "joined"])
def test_who_is_known_otherwise_stays(session, old, why):
    person, enquiry = old
    if why == "capacity":
        ended = capacities.add(session, person.id, Given("volunteer"))
        capacities.end(session, ended.id)
    elif why == "consent":
        contacting.give_consent(session, person.id, contacting.Given(Channel.EMAIL, "2026-01-05", Method.PAPER, "You may", "Form"))
    elif why == "before":
        person = members.add(session, Kind.CONTACT, {"surname": "Pike"})
        enquiry = enquiries.log(session, person.id, Asked("phone", "Hm", ago(12)))
    elif why == "other":
        enquiries.log(session, person.id, Asked("phone", "Hm"))
    else:
        from dpdesk.services import joining
        joining.join(session, person.id, {"status": "current"})
    done = enquiries_due.erase(session, [enquiry.id], "A year is over")
    assert (done.enquiries, done.people) == (1, 0) and members.get(session, person.id)
    assert len(enquiries.of(session, person.id)) == (why == "other")
    assert ("enquirer" in members.row(session, person.id).capacities) is (why == "other")


def test_only_who_may(session, old, reopen):
    officers.add(session, "Sam Sample", Role.DATA_ENTRY, Secret("pepper lantern walks uphill"), kdf=keys.least())
    session.close()
    entry = reopen("pepper lantern walks uphill")
    officers.acknowledge(entry)
    assert "enquiries_expired" not in [item.code for item in todays.items(entry)]
    with pytest.raises(NotAllowed):
        enquiries_due.erase(entry, [old[1].id], "A year is over")
    assert enquiries.close(entry, old[1].id).closed_on
