"""What a party handles itself: led to hand it on, the deciding moves refused to local roles (S0 l.12; S3 l.34)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.domain.errors import NotAllowed
from dpdesk.domain.policy_duties import Forwarded
from dpdesk.domain.roles import Role
from dpdesk.files import policies
from dpdesk.services import duties, duties_forwarded, duties_today, words
from dpdesk.services.session import today


@pytest.fixture
def theirs(session):
    """A branch whose party answers requests and complaints itself."""
    session.policy = replace(session.policy, forwarded=(Forwarded.REQUESTS, Forwarded.COMPLAINTS))
    return session


def _request(session):
    return duties.add(session, "requests", {"who": "A. Example", "type": "erasure", "received_on": today().isoformat()})


@pytest.mark.parametrize(("move", "values"), [
    ("answer", {"answered_how": "letter"}), ("extend", {"extended_why": "complex"}),
    ("refuse", {"refused_ground": "excessive", "refused_why": "again"})])
def test_a_local_officer_does_not_decide_what_is_handed_on(theirs, move, values):
    shown = _request(theirs)
    with pytest.raises(NotAllowed) as refused:
        duties.move(theirs, shown.ref, move, values)
    assert "Data protection officer" in words.sentence(refused.value).do
    assert duties.get(theirs, shown.ref).duty.state == "received"


def test_handing_on_comes_first_and_is_filled_in(theirs):
    shown = _request(theirs)
    moves = duties_forwarded.ordered(theirs, shown)
    first, may = moves[0]
    assert first.code == "forward" and may and not any(may for made, may in moves if made.decides)
    assert duties_forwarded.filled(theirs, shown, first)["forwarded_to"]
    assert "“It is answered”" in duties_forwarded.others_decide(theirs, shown, [made for made, may in moves if not may])
    assert [each.code for each in duties_today.items(theirs)] == ["duty_hand_on"]
    done = duties.move(theirs, shown.ref, "forward", duties_forwarded.filled(theirs, shown, first))
    assert done.duty.state == "forwarded" and not duties_forwarded.waits(theirs, done) and not duties_today.items(theirs)


def test_where_the_branch_answers_itself_nothing_is_handed_on(session):
    shown = _request(session)
    assert duties_forwarded.ordered(session, shown)[0][0].code == "begin" and not duties_forwarded.waits(session, shown)
    assert Role.ACCOUNTABLE is session.officer.role and duties.move(session, shown.ref, "answer", {"answered_how": "letter"}).duty.ended_at


def test_an_incident_is_handed_on_and_stays_open(session):
    session.policy = replace(session.policy, forwarded=(Forwarded.INCIDENTS,), decides_breach=(Role.DPO,))
    now = duties.stored(duties.utc_now())
    shown = duties.add(session, "incidents", {"what": "A list was seen", "type": "other", "aware_at": now})
    first, refused = duties_forwarded.ordered(session, shown)[0][0], [made.code for made, may in duties_forwarded.ordered(
        session, shown) if not may]
    assert first.code == "tell_hq" and refused == ["is_breach", "no_breach"]
    told = duties.move(session, shown.ref, "tell_hq", {"hq_told_at": now})
    assert not told.duty.ended_at and not duties_forwarded.waits(session, told)


@pytest.mark.parametrize(("party", "register", "said"), [
    ("generic", "requests", "branch answers these itself"), ("generic", "complaints", "The branch's accountable person"),
    ("generic", "incidents", "who tells your party's data protection team"), ("green", "requests", "on the same day"),
    ("green", "incidents", "within 24 hours"), ("labour", "incidents", "Labour Party handles these itself"),
    ("labour", "incidents", "data incident form"), ("labour", "requests", "Your branch answers these itself"),
    ("labour", "complaints", "Your branch answers these itself"), ("cooperative", "requests", "membership@party.coop"),
    ("cooperative", "incidents", "hand it on at once"), ("cooperative", "complaints", "Your branch answers these itself")])
def test_it_is_said_who_is_told_and_by_when(session, party, register, said):
    session.policy = policies.load(party)
    assert said in duties_forwarded.words(session, register)
    assert duties_forwarded.words(session, "training") == ""


@pytest.mark.parametrize("party", ["generic", "green", "labour", "cooperative"])
def test_the_partys_words_say_what_its_switch_does(party):
    """S0 l.11-12 and S3 l.16 keep incidents for headquarters, S3 l.34 requests as well; no paper of the five keeps complaints."""
    policy = policies.load(party)
    text = " ".join(policy.policy_text.split())
    answers = "Your branch answers those who ask to see, correct or erase their data. Tell its accountable person" in text
    assert answers == (Forwarded.REQUESTS not in policy.forwarded) and Forwarded.COMPLAINTS not in policy.forwarded
    assert (policy.address_for("requests").email != "") == (Forwarded.REQUESTS in policy.forwarded)
