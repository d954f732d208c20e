"""Retention that runs: rules find what is due, a dry run sets it down, the accountable person approves, batches erase, a certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.clocks import months_after
from dpdesk.domain.contacting import Channel, Method
from dpdesk.domain.errors import Cancelled, Declined, EraseRefused, Invalid, NotAllowed, NotFound
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.retention import CATEGORIES, Action, RunState
from dpdesk.domain.roles import Role
from dpdesk.services import (
    audit,
    contacting,
    enquiries,
    enquiries_due,
    erasing,
    holds,
    members,
    notes,
    officers,
    policies,
    register_files,
    retention,
    retention_categories,
    retention_certificate,
)
from dpdesk.services import today as todays
from dpdesk.services.enquiries import Asked
from dpdesk.services.giving import Given
from dpdesk.services.session import today
from tests.services.registers import supply, take, xpress


@pytest.fixture
def later(monkeypatch):
    """Lets so many months pass for the rules; the log keeps its own time."""
    def pass_by(months: int):
        then = months_after(today(), months) + timedelta(days=1)
        for module in (retention, retention_categories, holds, enquiries, enquiries_due, register_files):
            monkeypatch.setattr(module, "today", lambda: then)
        return then
    return pass_by


def leave(session, surname: str = "Gone"):
    """A member who has resigned today."""
    who = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": surname, "status": "current"})
    return members.edit(session, who.id, {"status": "resigned"}, who)


def due(session) -> dict[str, list[str]]:
    return {line.rule.category: [each.id for each in line.due] for line in retention.overview(session) if line.due}


def carried(session):
    run = retention.propose(session)
    retention.approve(session, run.id)
    return retention.apply(session, run.id)


def test_every_rule_of_the_packs_that_has_a_category_is_looked_at(session):
    lines = retention.overview(session)
    assert {line.rule.category for line in lines} == set(retention_categories.CATEGORIES) == set(CATEGORIES)
    assert not due(session) and all(line.rule.clause for line in lines)


def test_a_former_member_becomes_an_artificial_identifier_and_the_count_stays(session, later):
    who = leave(session)
    stays = members.add(session, Kind.MEMBER, {"forename": "Bob", "surname": "Here", "status": "current"})
    later(23)
    assert not due(session)
    later(24)
    assert due(session) == {"members_left": [who.id]}
    run = carried(session)
    assert run.state is RunState.DONE and [(p.category, p.action, p.due, p.done) for p in run.parts] == [
        ("members_left", Action.PSEUDONYMISE, 1, 1)]
    left = members.get(session, who.id)
    assert left.surname.startswith("Person ") and left.status == "resigned" and not left.forename
    assert members.get(session, stays.id).surname == "Here"
    assert due(session) == {} and audit.verify(session).whole
    assert "Gone" not in str(audit.listing(session))


def test_nothing_goes_without_a_plan_and_an_approval(session, later):
    leave(session)
    later(25)
    with pytest.raises(Declined) as caught:
        retention.apply(session)
    assert caught.value.reason == "retention.no_run"
    run = retention.propose(session)
    with pytest.raises(Declined) as caught:
        retention.apply(session, run.id)
    assert caught.value.reason == "retention.state"
    with pytest.raises(Declined) as caught:
        retention.propose(session)
    assert caught.value.reason == "retention.open_run"
    retention.withdraw(session, run.id)
    assert retention.get(session, run.id).state is RunState.WITHDRAWN and due(session)
    officer = session.officer
    session.officer = type(officer)(**{**officer.__dict__, "role": Role.SECRETARY})
    run = retention.propose(session)
    with pytest.raises(NotAllowed) as refused:
        retention.approve(session, run.id)
    assert refused.value.roles == (Role.ACCOUNTABLE.value,)


def test_nothing_due_is_said_so(session):
    with pytest.raises(Declined) as caught:
        retention.propose(session)
    assert caught.value.reason == "retention.nothing_due"


def test_a_run_that_was_approved_under_other_rules_is_not_carried_out(session, later):
    leave(session)
    later(25)
    run = retention.propose(session)
    retention.approve(session, run.id)
    policies.adopt(session, policies.draft(session, {"retention.members_left.months": "60"}), "Longer")
    officers.acknowledge(session)
    with pytest.raises(Declined) as caught:
        retention.apply(session, run.id)
    assert caught.value.reason == "retention.rules_changed" and members.search(session, "Gone")


def test_stopped_in_the_middle_it_goes_on_where_it_stood(session, later, monkeypatch):
    people = [leave(session, f"Gone{n}") for n in range(6)]
    later(25)
    category = retention_categories.CATEGORIES["members_left"]
    monkeypatch.setitem(retention_categories.CATEGORIES, "members_left", type(category)(**{**category.__dict__, "batch": 2}))
    run = retention.propose(session)
    retention.approve(session, run.id)
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        retention.apply(session, run.id, cancelled=lambda: next(asked))
    assert retention.get(session, run.id).state is RunState.UNDER_WAY
    left = sum(not members.get(session, each.id).surname.startswith("Person ") for each in people)
    assert 0 < left < 6
    done = retention.apply(session, run.id)
    assert done.parts[0].done == 6 and not due(session)
    assert all(members.get(session, each.id).surname.startswith("Person ") for each in people)


def test_a_hold_keeps_somebody_from_every_way_of_erasing(session, later):
    who = leave(session)
    note = notes.add(session, who.id, "Of the dispute", Confidentiality.ORDINARY)
    enquiry = enquiries.log(session, who.id, Asked("letter", "Why?"))
    held = holds.place(session, "The solicitor asked for it", months_after(today(), 6).isoformat(), person=who.id)
    with pytest.raises(EraseRefused):
        erasing.erase(session, [who.id], "On request")
    with pytest.raises(EraseRefused):
        enquiries_due.erase_one(session, enquiry.id)
    with pytest.raises(Declined) as caught:
        notes.remove(session, who.id, note.id)
    assert caught.value.reason == "retention.held"
    later(25)
    lines = {line.rule.category: line for line in retention.overview(session)}
    assert not due(session) and lines["members_left"].held == 1
    holds.release(session, held.id)
    assert set(due(session)) == {"members_left", "enquiries", "notes"}


def test_a_hold_on_a_category_keeps_all_of_it(session, later, tmp_path):
    take(session, tmp_path, xpress())
    holds.place(session, "An election petition", months_after(today(), 6).isoformat(), category="registers")
    then = later(20)
    file = next(each for each in register_files.listing(session) if each.is_due(then))
    with pytest.raises(Declined):
        register_files.destroy(session, file.id)
    line = next(line for line in retention.overview(session) if line.rule.category == "registers")
    assert line.hold == "An election petition" and line.held == 1 and not line.due


@pytest.mark.parametrize(("reason", "review", "person", "problems"), [
    ("", "", "x", {"reason": "missing", "review_on": "missing"}), ("Why", "2020-01-01", "x", {"review_on": "in_past"}),
    ("Why", "2099-01-01", "x", {"review_on": "out_of_range"}), ("Why", "someday", "x", {"review_on": "date_bad"}),
    ("Why", None, "", {"category": "missing"}),
])
def test_a_hold_needs_a_reason_and_a_review(session, reason, review, person, problems):
    day = months_after(today(), 3).isoformat() if review is None else review
    with pytest.raises(Invalid) as caught:
        holds.place(session, reason, day, person=person)
    assert caught.value.problems == problems


def test_longer_keeping_is_the_accountable_persons_written_approval(session, later):
    one, other = leave(session, "One"), leave(session, "Other")
    then = later(25)
    holds.keep_longer(session, "members_left", months_after(then, 12).isoformat(), "A dispute on fees", (one.id,))
    line = next(line for line in retention.overview(session) if line.rule.category == "members_left")
    assert [each.id for each in line.due] == [other.id] and line.longer == 1
    (kept,) = holds.longer(session)
    assert kept.approved_by == "Jane Example" and kept.reason == "A dispute on fees"
    with pytest.raises(Invalid):
        holds.keep_longer(session, "members_left", months_after(then, 12).isoformat(), " ")
    session.officer = type(session.officer)(**{**session.officer.__dict__, "role": Role.SECRETARY})
    with pytest.raises(NotAllowed):
        holds.keep_longer(session, "members_left", months_after(then, 12).isoformat(), "Why not")


def test_what_is_to_be_looked_at_goes_only_when_somebody_looked(session, later):
    who = members.add(session, Kind.CONTACT, {"forename": "Quiet", "surname": "Contact"})
    later(25)
    assert due(session) == {"contacts_quiet": [who.id]}
    with pytest.raises(Declined):
        retention.propose(session)
    run = retention.propose(session, {"contacts_quiet": [who.id]})
    retention.approve(session, run.id)
    assert retention.apply(session, run.id).parts[0].done == 1
    with pytest.raises(NotFound):
        members.get(session, who.id)


def test_an_enquiry_goes_a_year_after_the_last_contact_and_stays_when_answered_again(session, later):
    who, first = enquiries.log_new(session, {"forename": "Ask", "surname": "Er"}, Asked("letter", "Why?"))
    other = enquiries.log(session, leave(session).id, Asked("letter", "When?"))
    then = later(12)
    run = retention.propose(session)
    retention.approve(session, run.id)
    enquiries.contacted(session, other.id, then.isoformat())
    done = retention.apply(session, run.id)
    assert [(p.category, p.done, p.stayed) for p in done.parts] == [("enquiries", 1, 1)]
    with pytest.raises(NotFound):
        members.get(session, who.id)
    assert first.id not in {each.enquiry.id for each in enquiries_due.due(session).open}


def test_consents_that_ended_notes_and_old_values_go(session, later):
    who = members.add(session, Kind.MEMBER, {"forename": "Bob", "surname": "Here", "status": "current", "email": "bob@example.org"})
    who = members.edit(session, who.id, {"surname": "There"}, who)
    consent = contacting.give_consent(session, who.id, Given(Channel.EMAIL, today().isoformat(), Method.PAPER, "Yes", "The form"))
    contacting.withdraw_consent(session, consent.id)
    note = notes.add(session, who.id, "Likes tea", Confidentiality.ORDINARY)
    later(37)
    found = due(session)
    assert found["consents_ended"] == [consent.id] and found["notes"] == [note.id] and found["history"]
    run = retention.propose(session, {"notes": [note.id]})
    retention.approve(session, run.id)
    retention.apply(session, run.id)
    assert not contacting.consents(session, who.id) and not notes.listing(session, who.id) and not due(session)
    assert all(change.erased for change in members.history(session, who.id) if change.fields)
    assert audit.verify(session).whole


def test_a_register_past_its_day_is_destroyed(session, later, tmp_path):
    take(session, tmp_path, xpress())
    later(20)
    assert len(due(session)["registers"]) == 1
    run = carried(session)
    assert [(p.category, p.done) for p in run.parts if p.category == "registers"] == [("registers", 1)]
    assert supply(session).supplier and not due(session).get("registers")


def test_handed_to_headquarters_first_where_the_policy_says_so_and_only_with_permission(session, later, tmp_path):
    policies.adopt(session, policies.draft(session, {"retention.members_left.action": "transfer_to_hq"}), "The party asks")
    officers.acknowledge(session)
    told, silent = leave(session, "Told"), leave(session, "Silent")
    contacting.permit(session, told.id, "headquarters", today().isoformat(), "Tell headquarters")
    later(25)
    run = retention.propose(session)
    retention.approve(session, run.id)
    with pytest.raises(Declined) as caught:
        retention.apply(session, run.id)
    assert caught.value.reason == "retention.transfer_place"
    file = tmp_path / "hq.csv"
    done = retention.apply(session, run.id, transfer=file)
    assert [(p.done, p.stayed) for p in done.parts if p.category == "members_left"] == [(1, 1)]
    written = file.read_text(encoding="utf-8-sig")
    assert "Told" in written and "Silent" not in written
    assert members.get(session, silent.id).surname == "Silent"


def test_the_certificate_names_the_rules_and_nobody(session, later, tmp_path):
    leave(session, "Quagmireson")
    later(25)
    run = carried(session)
    path = tmp_path / "certificate.pdf"
    retention_certificate.certificate(session, path, run.id)
    content = path.read_bytes()
    assert run.certificate and content.startswith(b"%PDF") and b"Quagmireson" not in content


def test_today_says_what_is_due_and_what_waits(session, later, monkeypatch):
    from dpdesk.services import retention_today
    then = later(25)
    monkeypatch.setattr(retention_today, "today", lambda: then)
    leave(session)
    assert {item.code for item in todays.items(session)} & {"retention_due"}
    run = retention.propose(session)
    assert {item.code for item in todays.items(session)} & {"retention_to_approve"}
    retention.approve(session, run.id)
    assert {item.code for item in todays.items(session)} & {"retention_to_apply"}


def test_answers_at_the_door_lose_their_name_and_count_on(session, later, tmp_path):
    from dpdesk.domain.results import Fact
    from dpdesk.store import results
    take(session, tmp_path, xpress())
    fact = Fact("f" * 32, "e" * 32, "c" * 32, raw="L", taken_on=today().isoformat(), note="Has a dog")
    with session.change("retention.confirmed") as unit:
        results.add(unit.connection, [fact])
        unit.facts(test=True)
    later(61)
    assert due(session)["canvass"] == [fact.id]
    run = retention.propose(session)
    retention.approve(session, run.id)
    done = retention.apply(session, run.id)
    assert [part.done for part in done.parts if part.category == "canvass"] == [1]
    with session.desk.read() as connection:
        kept = results.get(connection, fact.id)
    assert (kept.elector, kept.note, kept.raw) == ("", "", "L")


def test_closed_cases_are_looked_at_and_go_only_with_the_accountable_persons_yes(session, later):
    from dpdesk.services import duties
    entry = duties.add(session, "requests", {"who": "Ada", "type": "access", "received_on": today().isoformat()})
    duties.move(session, entry.duty.id, "withdraw")
    later(37)
    assert due(session)["requests"] == [entry.duty.id]
    run = retention.propose(session, {"requests": [entry.duty.id]})
    retention.approve(session, run.id)
    retention.apply(session, run.id)
    with pytest.raises(NotFound):
        duties.get(session, entry.duty.id)


def test_a_hold_goes_along_when_records_are_merged(session):
    from dpdesk.store import merging
    one, other = leave(session, "One"), leave(session, "Other")
    holds.place(session, "A dispute", months_after(today(), 3).isoformat(), person=other.id)
    with session.desk.jot() as connection:
        merging.move(connection, other.id, one.id)
    with pytest.raises(EraseRefused):
        erasing.erase(session, [one.id], "On request")


def test_a_run_has_one_certificate_however_many_batches_it_takes(session, later, monkeypatch, tmp_path):
    from dataclasses import replace
    for surname in ("One", "Two", "Three"):
        leave(session, surname)
    monkeypatch.setitem(retention_categories.CATEGORIES, "members_left", replace(retention_categories.CATEGORIES["members_left"], batch=1))
    later(25)
    run = carried(session)
    assert [(each.certificate, n) for each, n in erasing.certificates(session)] == [(run.certificate, 3)]
    with pytest.raises(Declined) as refused:
        erasing.certificate(session, run.certificate, tmp_path / "certificate.pdf")
    assert refused.value.reason == "retention.certificate_of_run" and not (tmp_path / "certificate.pdf").exists()
