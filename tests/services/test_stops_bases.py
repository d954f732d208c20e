"""A stop recognised by several things closes all that they reach together, whatever the keyed hashes happen to be."""

from __future__ import annotations

import os

import pytest

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.members import Kind
from dpdesk.services import contacting, members
from dpdesk.store.stops import NewStop, Stops

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
    assert stop.closes == {"email", "phone", "sms"}
    assert members.row(session, bo.id).stopped == {"email", "phone", "sms"}
