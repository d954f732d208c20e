"""The yearly audit: a sample, the quiet, the redundant, the forms, a signature; a signed one keeps counts and names nobody."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.clocks import months_after
from dpdesk.domain.data_audit import LEAST_SAMPLE, MOST_SAMPLE, sample_size
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.services import asking, audit, data_audits, duties, members
from dpdesk.services import today as todays
from dpdesk.services.session import today


@pytest.fixture
def people(session):
    asking.word(session, "email", "May we write to you?")
    return [members.add(session, Kind.MEMBER, {"forename": "Quagmire", "surname": f"Son{n}", "status": "current"}) for n in range(30)]


def answered(session):
    now = data_audits.begin(session)
    data_audits.answer_sample(session, dict.fromkeys(now.sample, "right"))
    data_audits.look(session, "quiet", "Nobody")
    data_audits.look(session, "redundant", "Planned a run")
    return data_audits.answer_forms(session, dict.fromkeys(now.forms, "keep"))


@given(st.integers(0, 200_000))
def test_a_sample_is_large_enough_and_never_more_than_there_are(people):
    size = sample_size(people)
    assert size <= people and size <= MOST_SAMPLE and (size >= min(people, LEAST_SAMPLE))


def test_it_is_due_a_year_after_the_founding_or_the_last_one(session, people):
    assert data_audits.due(session) == months_after(today(), 12)
    answered(session)
    data_audits.sign(session, "All in order")
    assert data_audits.due(session) == months_after(today(), 12)


def test_it_is_kept_step_by_step_and_goes_on_where_it_stood(session, people):
    now = data_audits.begin(session)
    assert len(now.sample) == LEAST_SAMPLE and now.at == "sample" and len(now.forms) == 1
    assert {each.id for each in data_audits.sample(session)} == set(now.sample)
    half = list(now.sample)[:4]
    assert data_audits.answer_sample(session, dict.fromkeys(half, "corrected")).at == "sample"
    assert data_audits.answer_sample(session, {each: "right" for each in now.sample if each not in half}).at == "quiet"
    assert data_audits.open_audit(session).at == "quiet"
    assert {item.code for item in todays.items(session)} & {"data_audit_open"}
    with pytest.raises(Declined) as caught:
        data_audits.begin(session)
    assert caught.value.reason == "retention.audit_open"


def test_it_is_signed_only_when_all_is_answered_and_then_names_nobody(session, people, tmp_path):
    now = data_audits.begin(session)
    with pytest.raises(Declined) as caught:
        data_audits.sign(session, "All in order")
    assert caught.value.reason == "retention.audit_incomplete"
    data_audits.answer_sample(session, dict.fromkeys(now.sample, "right"))
    data_audits.look(session, "quiet", "Nobody")
    data_audits.look(session, "redundant", "Nothing")
    data_audits.answer_forms(session, dict.fromkeys(now.forms, "keep"))
    with pytest.raises(Invalid):
        data_audits.sign(session, " ")
    done = data_audits.sign(session, "All in order")
    assert done.signed_by == "Jane Example" and done.facts["sample"] == 10 and done.facts["sample_right"] == 10
    kept = data_audits.listing(session)[0]
    assert kept.sample == {} and not any(each.id in json.dumps(kept.__dict__) for each in people)
    copy = data_audits.record(session, tmp_path / "audit.pdf")
    assert copy.kind == "certificate" and (tmp_path / "audit.pdf").read_bytes().startswith(b"%PDF")
    assert audit.verify(session).whole and data_audits.open_audit(session) is None


def test_only_the_accountable_person_signs(session, people):
    answered(session)
    session.officer = type(session.officer)(**{**session.officer.__dict__, "role": Role.SECRETARY})
    with pytest.raises(NotAllowed):
        data_audits.sign(session, "All in order")


def test_somebody_erased_meanwhile_counts_as_not_to_be_told(session, people):
    from dpdesk.services import erasing
    now = data_audits.begin(session)
    gone = next(iter(now.sample))
    erasing.erase(session, [gone], "On request")
    after = data_audits.answer_sample(session, {each: "right" for each in now.sample if each != gone})
    assert after.sample[gone] == "cannot_tell" and after.at == "quiet"


@pytest.mark.parametrize("call", [
    lambda s: data_audits.answer_sample(s, {"nobody": "right"}), lambda s: data_audits.look(s, "sign", "x"),
    lambda s: data_audits.look(s, "quiet", " "), lambda s: data_audits.answer_forms(s, {"x": "keep"})])
def test_what_is_no_answer_is_refused(session, people, call):
    data_audits.begin(session)
    with pytest.raises(Invalid):
        call(session)


def test_there_is_nothing_to_answer_before_it_began(session):
    with pytest.raises(NotFound):
        data_audits.look(session, "quiet", "x")


def test_the_forms_of_the_register_are_reviewed_and_say_so(session):
    notice = duties.add(session, "notices", {"name": "Petition", "people": "supporter", "version": "1", "text": "We keep it."})
    values = {"kind": "petition", "version": "1.2", "purpose": "Signatures for a crossing.", "asks": "name address", "minimal": "To count",
              "notice": notice.duty.id}
    kept, changed, gone = (duties.add(session, "collection_forms", {"name": name, **values}) for name in ("Crossing", "Library", "Pool"))
    duties.move(session, kept.ref, "approve")
    now = data_audits.begin(session)
    [shown] = [each for each in data_audits.forms(session) if each.key == kept.duty.id]
    assert shown.version == "1.2" and shown.text == "Signatures for a crossing. It asks: Names, Addresses." and shown.key in now.forms
    duties.move(session, gone.ref, "withdraw")
    answers = {**dict.fromkeys(now.forms, "keep"), changed.duty.id: "change"}
    after = data_audits.answer_forms(session, {key: what for key, what in answers.items() if key != gone.duty.id})
    assert after.forms[gone.duty.id] == "withdraw"  # nobody can answer for it any more
    data_audits.answer_sample(session, dict.fromkeys(now.sample, "right"))
    for step in ("quiet", "redundant"):
        data_audits.look(session, step, "Looked")
    data_audits.sign(session, "All in order")
    said = [duties.get(session, each.ref).duty.events[-1] for each in (kept, changed, gone)]
    assert (said[0].move, said[0].note) == ("again", "Yearly audit of the data")
    assert said[1].note == "Yearly audit: to be changed." and said[2].move == "withdraw"
