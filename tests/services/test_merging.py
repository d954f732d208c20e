"""Merging: field by field, everything moves, suppression always wins, and it can be undone until the yearly audit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.duplicates import GONE, KEEP
from dpdesk.domain.errors import CannotUndo, Invalid, NotFound
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.services import audit, contacting, erasing, members, merging, notes
from dpdesk.services.session import today
from tests.services.importing import bring

ANN = {"number": "1001", "forename": "Elizabeth", "surname": "Lee", "email": "liz@example.org", "postcode": "AN1 2AB",
       "status": "lapsed", "town": "Anytown"}
LIZ = {"forename": "Liz", "surname": "Lee", "email": "new@example.org", "mobile": "07700 900101", "postcode": "AN1 2AC",
       "status": "current"}


@pytest.fixture
def two(session):
    return members.add(session, Kind.MEMBER, ANN), members.add(session, Kind.MEMBER, LIZ)


def consent(session, person, channel=Channel.EMAIL, day="2026-01-05"):
    return contacting.give_consent(session, person.id, contacting.Given(channel, day, Method.PAPER, "You may write", "Form"))


def only(session):
    (row,) = members.rows(session, members.spine(session, members.Query()))
    return row


def test_the_proposal_is_sensible(session, two):
    seen = merging.compare(session, two[1].id, two[0].id)
    choice = seen.choice
    assert (choice.kept.id, choice.gone.id) == (two[0].id, two[1].id)
    assert choice.take == {"number": KEEP, "forename": GONE, "email": GONE, "mobile": GONE, "town": KEEP, "postcode": GONE,
                           "status": GONE}
    assert set(seen.differing) == set(choice.take)
    with pytest.raises(Invalid):
        merging.compare(session, two[0].id, two[0].id)


def test_everything_moves_and_the_other_is_gone(session, two):
    ann, liz = two
    consent(session, liz)
    contacting.permit(session, liz.id, session.policy.recipient_bodies[0].code, "2026-01-05", "You may")
    notes.add(session, liz.id, "Rang", Confidentiality.ORDINARY)
    seen = merging.compare(session, ann.id, liz.id)
    assert seen.moves == {"consent": 1, "sharing": 1, "note": 1}
    merging.merge(session, merging.with_sides(seen.choice, {"forename": KEEP}))
    row = only(session)
    assert (row.member.id, row.member.forename, row.member.email, row.member.status) == (
        ann.id, "Elizabeth", "new@example.org", "current")
    assert len(contacting.consents(session, ann.id)) == len(notes.listing(session, ann.id)) == 1
    assert [row.member.id for row in members.search(session, "new@example.org")] == [ann.id]
    assert members.search(session, "liz@example.org") == []
    with pytest.raises(NotFound):
        members.get(session, liz.id)
    assert audit.verify(session).whole
    assert members.history(session, ann.id)[0].action == "members.merged"


@pytest.mark.parametrize("stopped", [0, 1])
def test_a_stop_of_either_holds_for_both_whatever_is_known_of_them(session, two, tmp_path, stopped):
    contacting.stop(session, two[stopped].id, "all", StopReason.OBJECTION, "Letter")
    consent(session, two[1 - stopped])
    seen = merging.compare(session, two[0].id, two[1].id)
    assert seen.stopped == {"email", "phone", "sms", "post"}
    merging.merge(session, seen.choice)
    row = only(session)
    assert row.stopped == {"email", "phone", "sms", "post"}
    assert all(given.withdrawn_on for given in contacting.consents(session, row.member.id))
    erasing.erase(session, [row.member.id], "Gone")
    bring(session, tmp_path, "Forename | Surname | Email | Postcode\nElizabeth | Lee | liz@example.org | AN1 2AB\n")
    assert only(session).stopped >= {"email"}


def test_a_withdrawal_of_either_beats_an_older_yes(session, two):
    ann, liz = two
    contacting.withdraw_consent(session, consent(session, ann).id)
    consent(session, liz, day="2026-01-06")
    consent(session, liz, Channel.POST)
    merging.merge(session, merging.compare(session, ann.id, liz.id).choice)
    standing = {given.channel for given in contacting.consents(session, ann.id) if not given.withdrawn_on}
    assert standing == {Channel.POST}


def test_undone_both_are_there_again_and_stops_hold_for_both(session, two):
    ann, liz = two
    contacting.stop(session, ann.id, "email", StopReason.OPT_OUT, "Letter")
    consent(session, liz)
    consent(session, liz, Channel.POST)
    notes.add(session, liz.id, "Rang", Confidentiality.ORDINARY)
    merge = merging.merge(session, merging.compare(session, ann.id, liz.id).choice)
    assert merging.until(session, merging.listing(session)[0])
    back = merging.undo(session, merge)
    assert back.id == liz.id and back.values() == liz.values()
    assert members.get(session, ann.id).values() == ann.values()
    assert [note.text for note in notes.listing(session, liz.id)] == ["Rang"] and notes.listing(session, ann.id) == []
    standing = {given.channel for given in contacting.consents(session, liz.id) if not given.withdrawn_on}
    assert standing == {Channel.POST}
    rows = {row.member.id: row.stopped for row in members.rows(session, members.spine(session, members.Query()))}
    assert rows[ann.id] == {"email"} and rows[liz.id] == {"email"}
    with pytest.raises(CannotUndo) as problem:
        merging.undo(session, merge)
    assert problem.value.reason == "already_undone"
    assert audit.verify(session).whole


def test_changed_since_it_is_not_undone(session, two):
    merge = merging.merge(session, merging.compare(session, two[0].id, two[1].id).choice)
    now = only(session).member
    members.edit(session, now.id, {"email": "third@example.org"}, now)
    with pytest.raises(CannotUndo) as problem:
        merging.undo(session, merge)
    assert (problem.value.reason, problem.value.fields) == ("changed_since", ("email",))


def test_after_the_yearly_audit_it_is_too_late_and_the_next_merge_lets_go(session, two, monkeypatch):
    merge = merging.merge(session, merging.compare(session, two[0].id, two[1].id).choice)
    later = today() + timedelta(days=800)
    monkeypatch.setattr(merging, "today", lambda: later)
    assert not merging.until(session, merging.listing(session)[0])
    with pytest.raises(CannotUndo) as problem:
        merging.undo(session, merge)
    assert problem.value.reason == "erased"
    others = [members.add(session, Kind.CONTACT, {"surname": "Pike", "email": f"{at}@example.org"}) for at in (1, 2)]
    merging.merge(session, merging.compare(session, others[0].id, others[1].id).choice)
    assert merging.listing(session)[1].before == {}


def test_a_field_changed_meanwhile_is_told_and_nothing_merged(session, two):
    seen = merging.compare(session, two[0].id, two[1].id)
    members.edit(session, two[1].id, {"town": "Otherton"}, two[1])
    with pytest.raises(Invalid) as problem:
        merging.merge(session, seen.choice)
    assert problem.value.problems == {"town": "changed_meanwhile"}
    assert members.counts(session).members == 2


def test_a_member_and_a_contact_become_the_member(session):
    contact = members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org"})
    member = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Lee", "status": "current"})
    seen = merging.compare(session, contact.id, member.id)
    assert seen.choice.kept.id == member.id
    merging.merge(session, seen.choice)
    assert only(session).member.email == "ann@example.org" and members.counts(session).contacts == 0


def test_the_other_way_round(session, two):
    turned = merging.turned(merging.compare(session, two[0].id, two[1].id).choice)
    merging.merge(session, turned)
    assert only(session).member.id == two[1].id and only(session).member.number == "1001"
