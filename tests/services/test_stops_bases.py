"""A stop recognised by several things closes all that they reach together, whatever the keyed hashes happen to be."""

from __future__ import annotations

import os

import pytest

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.members import Kind
from dpdesk.services import contacting, members, merging
from dpdesk.store.stops import NewStop, Stops
from tests.services.importing import bring

BO = {"forename": "Bo", "surname": "Ray", "email": "bo@example.org", "mobile": "07700 900101"}  # no postcode, no number


@pytest.mark.parametrize(("channel", "closed"), [
    ("email", {"email"}), ("phone", {"phone"}), ("sms", {"sms"}), ("all", {"email", "phone", "sms"})])
def test_whatever_order_the_hashes_come_in(session, channel, closed):
    for _again in range(24):
        with session.change("stop.set") as unit:
            stops = Stops(unit.connection, os.urandom(32))  # another key, other hashes, another order
            stops.add([NewStop(BO, channel, StopReason.OPT_OUT, "2026-11-01", "test")], unit.seq)
            unit.facts(test=1)
            assert stops.closed_channels({"bo": BO}) == {"bo": closed}
            assert [stop.bases for stop in stops.of(BO)] == [("email", "phone")]


def test_who_shares_only_the_telephone_is_not_stopped_for_mail(session):
    bo = members.add(session, Kind.CONTACT, BO)
    al = members.add(session, Kind.CONTACT, {**BO, "forename": "Al", "email": "al@example.org"})
    contacting.stop(session, bo.id, "email", StopReason.OPT_OUT, "Reply")
    assert [stop.closes for stop in contacting.stops(session, bo.id)] == [{"email"}]
    assert contacting.stops(session, al.id) == []


def test_a_stop_follows_to_a_new_address_and_a_new_number(session):
    bo = members.add(session, Kind.CONTACT, BO)
    contacting.stop(session, bo.id, "all", StopReason.OBJECTION, "Letter")
    moved = members.edit(session, bo.id, {"email": "bo.ray@example.org"}, bo)
    members.edit(session, bo.id, {"mobile": "07700 900202"}, moved)
    (stop,) = contacting.stops(session, bo.id)
    assert stop.closes == {"email", "phone", "sms", "post"}
    assert members.row(session, bo.id).stopped == {"email", "phone", "sms", "post"}


def test_a_stop_holds_though_every_value_it_was_known_by_is_taken_away_and_another_comes(session, tmp_path):
    bo = members.add(session, Kind.MEMBER, {"surname": "Ray", "email": "bo@example.org", "number": "5", "status": "current"})
    contacting.stop(session, bo.id, "email", StopReason.OBJECTION, "Letter")
    bare = members.edit(session, bo.id, {"email": "", "number": "6"}, bo)
    bare = members.edit(session, bo.id, {"number": ""}, bare)
    assert members.row(session, bo.id).stopped == {"email"}
    members.edit(session, bo.id, {"email": "other@example.org", "number": "7"}, bare)
    assert members.row(session, bo.id).stopped == {"email"}
    bring(session, tmp_path, "Membership No | Last Name | Email | Consent email\n7 | Ray | third@example.org | yes")
    assert members.row(session, bo.id).stopped == {"email"} and contacting.consents(session, bo.id) == []


def test_an_emptied_address_and_a_new_one_do_not_undo_a_stop_by_address_alone(session):
    ann = members.add(session, Kind.CONTACT, {"surname": "One", "email": "ann@example.org"})
    contacting.stop(session, ann.id, "all", StopReason.OBJECTION, "Letter")
    bare = members.edit(session, ann.id, {"email": ""}, ann)
    members.edit(session, ann.id, {"email": "ann.new@example.org", "mobile": "07700 900123"}, bare)
    assert members.row(session, ann.id).stopped == {"email", "phone", "sms", "post"}
    assert contacting.stops(session, ann.id)[0].matched == "record"


def test_two_merged_into_one_keep_the_stop_whichever_values_are_chosen(session):
    one = members.add(session, Kind.CONTACT, {"surname": "One", "email": "ann@example.org"})
    other = members.add(session, Kind.CONTACT, {"surname": "One", "mobile": "07700 900124"})
    contacting.stop(session, one.id, "email", StopReason.OBJECTION, "Letter")
    choice = merging.compare(session, other.id, one.id).choice
    merging.merge(session, choice)
    kept = choice.kept.id
    row = members.row(session, kept)
    bare = members.edit(session, kept, {"email": ""}, row.member) if row.member.email else row.member
    members.edit(session, kept, {"email": "new@example.org"}, bare)
    assert members.row(session, kept).stopped == {"email"}


@pytest.mark.parametrize(("stopped", "comes"), [("c.y@gmail.com", "cy@googlemail.com"), ("cy@gmail.com", "C.Y+x@gmail.com")])
def test_gmail_reads_an_address_without_its_dots(session, stopped, comes):
    one = members.add(session, Kind.CONTACT, {"surname": "One", "email": stopped})
    contacting.stop(session, one.id, "email", StopReason.OPT_OUT, "Reply")
    other = members.add(session, Kind.CONTACT, {"surname": "Other", "email": comes})
    assert members.row(session, other.id).stopped == {"email"}
