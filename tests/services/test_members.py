"""Members: found however they are spelt, edited with attribution, undone, and never contacted against a stop."""

from __future__ import annotations

import pytest

from dpdesk.domain import errors
from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.services import audit, contacting, members, notes
from dpdesk.services.contacting import Given
from dpdesk.services.members import Query
from dpdesk.services.session import today

PEOPLE = [
    {"forename": "Katherine", "surname": "Smyth", "number": "100", "email": "kat@example.org", "postcode": "AB1 2CD",
     "address1": "4 Mill Lane", "mobile": "07700 900123", "joined_on": "2019-05-01"},
    {"forename": "Siân", "surname": "Ó Briain", "number": "101", "postcode": "AB1 3EF", "town": "Llanfair"},
    {"forename": "Josef", "known_as": "Joe", "surname": "Müller-Lyer", "number": "102", "landline": "01632 960456"},
    {"forename": "Smith", "surname": "Jones", "number": "103", "status": "lapsed"},
    {"forename": "Angus", "surname": "MacDonald", "number": "104"},
]


@pytest.fixture
def people(session):
    return [members.add(session, Kind.MEMBER, {"status": "current", **values}) for values in PEOPLE]


def found(session, text: str) -> list[str]:
    return [row.member.surname for row in members.search(session, text)]


@pytest.mark.parametrize(("typed", "surname"), [
    ("smyth", "Smyth"), ("smith kath", "Smyth"), ("catherine smith", "Smyth"), ("SMY", "Smyth"), ("kat", "Smyth"),
    ("sian", "Ó Briain"), ("o briain", "Ó Briain"), ("muller", "Müller-Lyer"), ("joe", "Müller-Lyer"),
    ("mcdonald", "MacDonald"), ("angus mac", "MacDonald"), ("102", "Müller-Lyer"), ("ab12cd", "Smyth"),
    ("ab1 2cd", "Smyth"), ("mill lane", "Smyth"), ("kat@example.org", "Smyth"), ("07700 900 123", "Smyth"),
    ("900123", "Smyth"), ("+44 1632 960456", "Müller-Lyer"), ("llanfair", "Ó Briain")])
def test_people_are_found_however_they_are_typed(session, people, typed, surname):
    assert surname in found(session, typed)


def test_the_best_fit_comes_first(session, people):
    assert found(session, "jones")[0] == "Jones"
    assert found(session, "smyth")[0] == "Smyth"


@pytest.mark.parametrize("typed", ["", "   ", '"', "* OR q", "zzzz", "(((", "name:", "a" * 500, "'; --", "\x00"])
def test_odd_searches_find_nothing_and_break_nothing(session, people, typed):
    assert found(session, typed) == []


def test_lists_are_sorted_filtered_and_paged(session, people):
    everybody = members.spine(session, Query())
    names = [row.member.surname for row in members.rows(session, everybody)]
    assert names == ["Jones", "MacDonald", "Müller-Lyer", "Ó Briain", "Smyth"]
    backwards = members.spine(session, Query(sort="number", descending=True))
    assert [row.member.number for row in members.rows(session, backwards)] == ["104", "103", "102", "101", "100"]
    assert len(members.spine(session, Query(status="lapsed"))) == 1
    assert members.place_of(session, Query(), people[0].row) == 4


def test_every_edit_is_attributed_and_undone_once(session, people):
    after = members.edit(session, people[0].id, {"email": "new@example.org", "town": "Anytown"}, people[0])
    change = members.history(session, people[0].id)[0]
    assert (change.officer, change.action, change.undoable) == ("Jane Example", "member.edited", True)
    assert ("email", "kat@example.org", "new@example.org") in change.fields
    members.undo(session, change.seq)
    assert members.get(session, people[0].id).email == "kat@example.org"
    with pytest.raises(errors.CannotUndo):
        members.undo(session, change.seq)
    assert after.email == "new@example.org" and audit.verify(session).whole


def test_an_edit_changed_again_is_not_undone(session, people):
    members.edit(session, people[0].id, {"town": "One"}, people[0])
    first = members.history(session, people[0].id)[0].seq
    members.edit(session, people[0].id, {"town": "Two"}, members.get(session, people[0].id))
    with pytest.raises(errors.CannotUndo) as refused:
        members.undo(session, first)
    assert refused.value.fields == ("town",)


def test_a_record_changed_meanwhile_is_not_overwritten(session, people):
    members.edit(session, people[0].id, {"town": "One"}, people[0])
    with pytest.raises(errors.Invalid) as refused:
        members.edit(session, people[0].id, {"town": "Two"}, people[0])
    assert refused.value.problems == {"town": "changed_meanwhile"}


@pytest.mark.parametrize(("values", "field"), [
    ({"email": "not an address"}, "email"), ({"mobile": "12"}, "mobile"), ({"postcode": "ZZ"}, "postcode"),
    ({"date_of_birth": "31/02/1990"}, "date_of_birth"), ({"surname": "", "forename": ""}, "surname"),
    ({"number": "101"}, "number"), ({"date_of_birth": f"{today().year - 9}-01-01"}, "parent_consent_on")])
def test_problems_are_named_by_field_and_nothing_is_stored(session, people, values, field):
    with pytest.raises(errors.Invalid) as refused:
        members.edit(session, people[0].id, values, people[0])
    assert field in refused.value.problems
    assert members.get(session, people[0].id) == people[0]


def test_a_change_that_records_nothing_is_a_bug_and_rolled_back(session):
    head = session.desk.head()
    with pytest.raises(errors.NothingRecorded), session.change("member.edited"):
        pass
    assert session.desk.head() == head


def test_a_failing_change_leaves_nothing(session, people):
    from dpdesk.store import members as store
    with pytest.raises(ZeroDivisionError), session.change("member.edited") as unit:
        store.change(unit.connection, people[0], {"town": "Half"}, unit.seq)
        unit.record("member", people[0].id, {}, {"town": "Half"})
        raise ZeroDivisionError
    assert members.get(session, people[0].id).town == "" and found(session, "half") == []


# Stops

CONSENT = {"method": Method.PAPER, "wording": "I agree to e-mail from the branch", "evidence": "form 12, folder 3"}


def closed(session, person) -> frozenset:
    return members.row(session, person.id).stopped


def test_a_stop_is_lifted_by_fresh_evidenced_consent_alone(session, people):
    who = people[0]
    contacting.stop(session, who.id, "email", StopReason.OPT_OUT, "replied to the newsletter")
    held = contacting.stops(session, who.id)[0]
    old = contacting.give_consent(session, who.id, Given(Channel.EMAIL, "2020-01-01", **CONSENT))
    other = contacting.give_consent(session, who.id, Given(Channel.POST, today().isoformat(), **CONSENT))
    for consent, reason in ((old, "older"), (other, "other_channel")):
        with pytest.raises(errors.StopHolds) as refused:
            contacting.lift(session, who.id, held.id, consent.id)
        assert refused.value.reason == reason
    assert closed(session, who) == {"email"}
    fresh = contacting.give_consent(session, who.id, Given(Channel.EMAIL, today().isoformat(), **CONSENT))
    contacting.lift(session, who.id, held.id, fresh.id)
    assert closed(session, who) == frozenset()


def test_consent_and_lift_are_one_entry_or_none(session, people):
    who = people[0]
    contacting.stop(session, who.id, "email", StopReason.OPT_OUT, "replied to the newsletter")
    held, before = contacting.stops(session, who.id)[0], session.desk.head().seq
    with pytest.raises(errors.StopHolds):
        contacting.lift_with(session, who.id, held.id, Given(Channel.EMAIL, "2020-01-01", **CONSENT))
    assert (contacting.consents(session, who.id), session.desk.head().seq) == ([], before)
    contacting.lift_with(session, who.id, held.id, Given(Channel.EMAIL, today().isoformat(), **CONSENT))
    assert closed(session, who) == frozenset() and session.desk.head().seq == before + 1
    (past,) = [p for p in audit.listing(session) if p.seq == before + 1]
    assert past.action == "stop.lifted" and set(past.fields) >= {"stop", "consent", "wording", "evidence"}


def test_a_stop_on_everything_goes_on_for_the_other_channels(session, people):
    who = people[0]
    contacting.stop(session, who.id, "all", StopReason.DO_NOT_CONTACT, "letter")
    fresh = contacting.give_consent(session, who.id, Given(Channel.EMAIL, today().isoformat(), **CONSENT))
    contacting.lift(session, who.id, contacting.stops(session, who.id)[0].id, fresh.id)
    assert closed(session, who) == {"phone", "sms", "post"}


def test_a_stop_follows_the_person_to_a_new_address_and_back(session, people):
    who = people[0]
    contacting.stop(session, who.id, "email", StopReason.OBJECTION, "letter")
    after = members.edit(session, who.id, {"email": "other@example.org", "surname": "Newname", "number": "900"}, who)
    assert closed(session, after) == {"email"}
    twin = members.add(session, Kind.MEMBER, {"surname": "Else", "status": "current", "email": "Other+news@example.org"})
    assert closed(session, twin) == {"email"}


def test_a_household_address_stops_that_address_alone(session, people):
    contacting.stop(session, people[0].id, "all", StopReason.DO_NOT_CONTACT, "letter")
    wife = members.add(session, Kind.MEMBER, {"surname": "Other", "status": "current", "email": "kat@example.org"})
    assert closed(session, wife) == {"email"}


def test_stops_cannot_be_cleared_even_inside_the_database(session, people):
    from sqlalchemy import delete
    from sqlalchemy.exc import IntegrityError

    from dpdesk.store import tables
    contacting.stop(session, people[0].id, "email", StopReason.OPT_OUT, "phoned")
    for table in (tables.stop, tables.stop_key, tables.audit):
        with pytest.raises(IntegrityError), session.change("member.edited") as unit:
            unit.facts(try_=1)
            unit.connection.execute(delete(table))
    assert closed(session, people[0]) == {"email"}


def test_a_stop_withdraws_the_consent_it_contradicts(session, people):
    contacting.give_consent(session, people[0].id, Given(Channel.EMAIL, "2026-01-05", **CONSENT))
    reach = {r.channel: r for r in contacting.reaches(session, people[0].id)}
    assert reach[Channel.EMAIL].allowed and not reach[Channel.POST].allowed
    contacting.stop(session, people[0].id, "email", StopReason.OPT_OUT, "phoned")
    assert contacting.consents(session, people[0].id)[0].withdrawn_on
    assert {r.channel: r.why for r in contacting.reaches(session, people[0].id)}[Channel.EMAIL] == "stopped"


def test_sharing_is_denied_unless_permitted(session, people):
    body = session.policy.recipient_bodies[0].code
    assert contacting.sharings(session, people[0].id) == []
    given = contacting.permit(session, people[0].id, body, "2026-01-05", "May the body know?")
    assert contacting.sharings(session, people[0].id)[0].recorded_by == "Jane Example"
    contacting.withdraw_sharing(session, given.id)
    assert contacting.sharings(session, people[0].id)[0].withdrawn_on
    with pytest.raises(errors.Invalid):
        contacting.permit(session, people[0].id, "nobody", "2026-01-05", "x")


def test_notes_carry_a_class(session, people):
    note = notes.add(session, people[0].id, "Prefers letters", Confidentiality.CONFIDENTIAL)
    assert notes.listing(session, people[0].id)[0].text == "Prefers letters"
    notes.remove(session, people[0].id, note.id)
    assert notes.listing(session, people[0].id) == []


def test_the_log_holds_no_personal_data(session, people):
    members.edit(session, people[0].id, {"town": "Canarytown"}, people[0])
    with session.desk.read() as connection:
        from sqlalchemy import select

        from dpdesk.store.tables import audit as table
        content = repr(connection.execute(select(table)).fetchall())
    for word in ("Canarytown", "Smyth", "Jane", "kat@example.org"):
        assert word not in content


def test_values_changed_behind_the_log_are_found(session, people):
    from sqlalchemy import update

    from dpdesk.store.tables import history
    members.edit(session, people[0].id, {"town": "One"}, people[0])
    seq = members.history(session, people[0].id)[0].seq
    with session.change("member.edited") as unit:
        unit.facts(tamper=1)
        unit.connection.execute(update(history).where(history.c.seq == seq).values(change='{"town":["","Two"]}'))
    assert [(f.seq, f.kind) for f in audit.verify(session).report.findings] == [(seq, "values")]


def test_exports_are_signed_and_a_changed_file_is_noticed(session, people, tmp_path):
    for name in ("log.csv", "log.pdf"):
        audit.export(session, tmp_path / name)
        assert audit.check_export(session, tmp_path / name).seq == session.desk.head().seq
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
        with pytest.raises(errors.Unreadable) as refused:
            audit.check_export(session, tmp_path / name)
        assert refused.value.reason == "altered"


def test_a_stop_known_by_an_address_alone_follows_to_the_new_address(session):
    who = members.add(session, Kind.CONTACT, {"surname": "Lone", "email": "lone@example.org"})
    contacting.stop(session, who.id, "email", StopReason.OPT_OUT, "replied")
    after = members.edit(session, who.id, {"email": "elsewhere@example.org"}, who)
    assert closed(session, after) == {"email"}
