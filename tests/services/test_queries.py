"""Lists narrowed: every filter alone and together, in words, as typed, kept under a name."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.members import Kind
from dpdesk.services import archiving, members, queries, saved
from dpdesk.services.members import Query
from dpdesk.services.session import today

PEOPLE = (
    {"forename": "Ada", "surname": "Able", "number": "1", "ward": "North", "town": "Anytown", "postcode": "AN1 2BD", "status": "current",
     "joined_on": "2015-03-01", "renewal_on": "2026-12-31", "membership_type": "Standard", "branch": "Élan"},
    {"forename": "Ben", "surname": "Baker", "number": "2", "ward": "north", "town": "Otherham", "postcode": "AN10 2BD",
     "status": "current", "joined_on": "2020-05-01", "renewal_on": "2027-06-30", "membership_type": "Student"},
    {"forename": "Cleo", "surname": "Carr", "number": "3", "ward": "South", "town": "Anytown", "postcode": "BN1 2BD", "status": "lapsed",
     "joined_on": "2021-05-01"},
    {"forename": "Dan", "surname": "Dale", "number": "4", "status": "current", "date_of_birth": "2010-06-01"},
)


@pytest.fixture
def people(session):
    return {values["forename"]: members.add(session, Kind.MEMBER, values) for values in PEOPLE}


def found(session, **query) -> str:
    rows = members.rows(session, members.spine(session, Query(**query)))
    return " ".join(row.member.forename for row in rows)


@pytest.mark.parametrize(("query", "expected"), [
    ({"ward": "NORTH"}, "Ada Ben"), ({"ward": "-"}, "Dan"), ({"branch": "Élan"}, "Ada"), ({"branch": "élan"}, ""),
    ({"membership_type": "student"}, "Ben"), ({"town": "Anytown"}, "Ada Cleo"), ({"postcode": "an1"}, "Ada Ben"),
    ({"postcode": "AN1 "}, "Ada"), ({"joined_since": "2020-05-01"}, "Ben Cleo"), ({"joined_until": "2020-05-01"}, "Ada Ben"),
    ({"joined_since": "2016-01-01", "joined_until": "2020-12-31"}, "Ben"), ({"renewal_before": "2027-01-01"}, "Ada"),
    ({"town": "Anytown", "status": "current"}, "Ada"), ({"ward": "North", "sort": "number", "descending": True}, "Ben Ada"),
    ({"flag": "under_18", "ward": "-"}, "Dan"), ({"flag": "under_18", "ward": "North"}, ""),
    ({"text": "carr", "ward": "South"}, "Cleo"), ({"text": "baker", "ward": "South"}, ""), ({"kind": Kind.CONTACT, "ward": "North"}, "")])
def test_each_filter_narrows_and_all_given_must_fit(session, people, query, expected):
    assert found(session, **query) == expected


def test_consent_counts_while_it_stands_and_has_not_expired(session, people):
    _consent(session, people["Ada"].id, "email")
    _consent(session, people["Ben"].id, "email", expires_on=today().isoformat())
    _consent(session, people["Cleo"].id, "email", withdrawn_on="2026-02-01")
    _consent(session, people["Dan"].id, "sms", expires_on="2999-01-01")
    assert found(session, consent="email") == "Ada"
    assert found(session, no_consent="email") == found(session, flag="no_email_consent") == "Ben Cleo Dan"
    assert found(session, consent="sms") == "Dan"
    assert found(session, consent="email", no_consent="sms", ward="north") == "Ada"
    assert members.counts(session).email_consents == 1


def _consent(session, person: str, channel: str, **more) -> None:
    from dpdesk.store.tables import consent
    with session.change("consent.given") as unit:
        unit.connection.execute(insert(consent), [{"id": person[::-1], "person": person, "channel": channel, "given_on": "2026-01-02",
                                                   "method": "paper", "seq": unit.seq, **more}])
        unit.facts(channel=channel)


def test_sharing_and_capacities_that_stand(session, people):
    from dpdesk.store.tables import capacity, sharing
    with session.change("sharing.permitted") as unit:
        for at, (name, more) in enumerate((("Ada", {}), ("Ben", {"withdrawn_on": "2026-01-01"}), ("Cleo", {"expires_on": "2026-01-01"}))):
            unit.connection.execute(insert(sharing), [{"id": str(at), "person": people[name].id, "body": "national", "seq": 1, **more}])
        for at, (name, until) in enumerate((("Ada", "2026-01-01"), ("Dan", ""))):
            unit.connection.execute(insert(capacity), [{"id": str(at), "person": people[name].id, "capacity": "volunteer", "since":
                                                        "2025-01-01", "until": until, "seq": 1}])
        unit.facts(n=3)
    assert found(session, shares_with="national") == "Ada"
    assert found(session, capacity="volunteer") == "Dan"
    assert queries.offered(session, Kind.MEMBER) == {
        "ward": ["North", "north", "South"], "branch": ["Élan"], "membership_type": ["Standard", "Student"],
        "town": ["Anytown", "Otherham"], "capacity": ["volunteer"]}


def test_changed_since_a_day_counts_british_days(session, people):
    from dpdesk.store.tables import audit
    with session.desk._writing.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
        connection.execute(update(audit).values(at="2025-07-01T22:59:59.999Z"))
        connection.execute(update(audit).where(audit.c.seq >= people["Cleo"].added).values(at="2025-07-01T23:00:00.000Z"))
    assert found(session, changed_since="2025-07-02") == "Cleo Dan"
    assert found(session, changed_since="2025-07-01") == "Ada Ben Cleo Dan"
    assert found(session, changed_since="2025-07-03") == ""


def test_no_contact_since_a_day_counts_letters_that_went_out_and_enquiries(session, people):
    from dpdesk.store.tables import enquiry, mail_recipient
    with session.change("post.sent") as unit:
        for name, outcome, at in (("Ada", "sent", "2025-07-01T23:00:00.000+00:00"), ("Ben", "failed", "2025-08-01T10:00:00Z"),
                                  ("Dan", "sent", "2025-07-01T22:59:59.999+00:00")):
            letter = {"mailing": "m", "person": people[name].id, "outcome": outcome, "at": at, "token": name}
            unit.connection.execute(insert(mail_recipient), [letter])
        asked = {"id": "e", "person": people["Cleo"].id, "last_contact_on": "2025-07-02", "seq": unit.seq}
        unit.connection.execute(insert(enquiry), [asked])
        unit.facts(n=3)
    assert found(session, quiet_since="2025-07-02") == "Ben Dan"
    assert found(session, quiet_since="2025-07-03") == "Ada Ben Cleo Dan"
    assert found(session, quiet_since="2025-07-01") == "Ben"
    assert "without contact since" in queries.describe(Query(quiet_since="2025-07-02"))


def test_the_archive_stays_out_of_every_filter_but_its_own(session, people):
    archiving.archive(session, [people["Ada"].id], "moved away")
    assert found(session, ward="North") == "Ben"
    assert found(session, ward="North", flag="archived") == "Ada"


@pytest.mark.parametrize(("query", "said"), [
    ({}, "Members, by name"),
    ({"status": "current", "ward": "North", "no_consent": "email"}, "Current members in ward North without consent for e-mail, by name"),
    ({"status": "arrears", "sort": "joined", "descending": True}, "Members in arrears, by joined, the last first"),
    ({"kind": Kind.CONTACT, "text": "mill lane"}, "Contacts found by “mill lane”, the best fits first"),
    ({"flag": "under_18", "ward": "-", "joined_since": "2020-05-01"},
     "Members under age 18, without a ward on record, joined since 1 May 2020, by name"),
    ({"shares_with": "national_party", "capacity": "poll_agent"},
     "Members who are on record as poll agent who permit sharing with national_party, by name")])
def test_a_query_is_said_plainly(query, said):
    assert queries.describe(Query(**query)) == said


def test_the_policy_names_the_bodies(session):
    body = session.policy.recipient_bodies[0]
    assert body.name in queries.describe(Query(shares_with=body.code), session.policy)


def test_what_is_typed_is_read_and_refused_in_place():
    read = queries.read({"ward": "  North  ", "postcode": "an12bd", "joined_since": "1/5/2020", "consent": "sms"}, Query(status="current"))
    assert read == Query(status="current", ward="North", postcode="AN1 2BD", joined_since="2020-05-01", consent="sms")
    assert queries.read({"ward": "", "status": ""}, read).filters().keys() == {"postcode", "joined_since", "consent"}
    with pytest.raises(Invalid) as refused:
        queries.read({"joined_since": "2 May 2021", "joined_until": "1 May 2021", "changed_since": "soon"}, Query())
    assert refused.value.problems == {"joined_until": "before_since", "changed_since": "date_bad"}


def test_searches_are_kept_found_renamed_and_forgotten(session):
    saved.save(session, " North  ward ", Query(ward="North"), ("name", "ward"))
    saved.save(session, "Contacts", Query(kind=Kind.CONTACT))
    assert [one.name for one in saved.listing(session)] == ["Contacts", "North ward"]
    assert saved.listing(session, Kind.MEMBER) == [saved.Saved("North ward", Query(ward="North"), ("name", "ward"))]
    assert saved.get(session, "NORTH WARD").query.ward == "North"
    with pytest.raises(Invalid):
        saved.save(session, "north ward", Query())
    saved.save(session, "north ward", Query(ward="South"), replacing=True)
    saved.rename(session, "North Ward", "The south")
    with pytest.raises(Invalid):
        saved.rename(session, "The south", "contacts")
    assert saved.get(session, "the south").query.ward == "South"
    saved.delete(session, "the South")
    with pytest.raises(NotFound):
        saved.get(session, "the south")
    for name in ("", "  ", "x" * 61, "a\x07b"):
        with pytest.raises(Invalid):
            saved.save(session, name, Query())


def test_a_search_of_another_version_is_left_alone(session):
    from dpdesk.services import settings
    settings.jot(session, saved.SEARCHES, [{"name": "Old", "query": {"version": 99}}])
    assert saved.listing(session) == []
    saved.save(session, "New", Query())
    assert [each["name"] for each in settings.jotting(session, saved.SEARCHES)] == ["Old", "New"]


def test_columns_are_remembered_list_by_list(session):
    assert saved.columns(session, Kind.MEMBER) == ()
    saved.choose_columns(session, Kind.MEMBER, ("name", "ward"))
    assert saved.columns(session, Kind.MEMBER) == ("name", "ward")
    assert saved.columns(session, Kind.CONTACT) == ()
    saved.choose_columns(session, Kind.MEMBER, ())
    assert saved.columns(session, Kind.MEMBER) == ()


def test_erasing_somebody_takes_the_searches_that_name_them(session, people):
    from dpdesk.services import erasing, settings
    saved.save(session, "Where Ada lives", Query(text="able"))
    saved.save(session, "Able and able-bodied", Query(ward="North"))
    saved.save(session, "North", Query(ward="North", text="mill lane"))
    settings.jot(session, "place", {"page": "members", "place": {"query": {"version": 1, "text": "ada able"}}})
    erasing.erase(session, [people["Ada"].id], "asked for it")
    assert [one.name for one in saved.listing(session)] == ["North"]
    assert settings.jotting(session, "place") is None
