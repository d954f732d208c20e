"""The registers of the duties: one engine for all; rules from the declarations; who may, when it is due, what leaves the desk."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from dpdesk.domain import registers
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound, Unreadable
from dpdesk.domain.members import Kind
from dpdesk.domain.registers.declaring import Kind as Holds
from dpdesk.domain.registers.declaring import problems_of
from dpdesk.domain.roles import RIGHTS, Right, Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.working_days import Nation
from dpdesk.services import (
    audit,
    copies,
    duties,
    duties_export,
    duties_files,
    duties_start,
    duties_today,
    duty_typed,
    duty_words,
    erasing,
    members,
    officers,
    words,
    working_days,
)
from dpdesk.services import today as todays
from dpdesk.services.session import today
from dpdesk.store import keys


def ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def hours_ago(hours: float) -> str:
    return duties.stored(datetime.now(UTC) - timedelta(hours=hours))


@pytest.fixture
def as_role(session, reopen):
    """Opens the same desk as an officer of another role."""
    def _as(role: Role):
        passphrase = "an officer of another role"
        officers.add(session, "Olu Officer", role, Secret(passphrase), kdf=keys.least())
        session.close()
        other = reopen(passphrase)
        officers.acknowledge(other)
        return other
    return _as


def request(session, **values):
    return duties.add(session, "requests", {"who": "A. Example", "type": "access", "received_on": ago(3), **values})


def incident(session, **values):
    return duties.add(session, "incidents", {"what": "A list went astray", "type": "to_cc_not_bcc", "aware_at": hours_ago(1), **values})


def test_every_register_is_sound():
    found = registers.every()
    assert len({each.code for each in found}) == len({each.prefix for each in found}) == len(found)
    for each in found:
        codes = [field.code for field in each.fields]
        states = {state.code for state in each.states}
        assert len(set(codes)) == len(codes) and set(each.columns) <= set(codes) and each.columns, each.code
        assert each.about and each.clause and each.title, each.code
        for move in each.moves:
            assert set(move.of) <= states and (not move.to or move.to in states), (each.code, move.code)
            assert {*move.asks, *move.needs} <= set(codes) and (not move.stamps or move.stamps in codes), (each.code, move.code)
        for field in each.fields:
            assert (field.kind in (Holds.CHOICE, Holds.SEVERAL)) == bool(field.choices), (each.code, field.code)
            assert (field.kind is Holds.ENTRY) == bool(field.to) and (field.kind is Holds.ROWS) == bool(field.columns)
            assert not field.to or registers.get(field.to)
        for values in each.starters:
            assert problems_of(each, values, today().isoformat(), hours_ago(0)) == {}, (each.code, values)


@pytest.mark.parametrize("code", [each.code for each in registers.every()])
def test_every_state_of_a_register_can_be_reached(code):
    register = registers.get(code)
    reached = {register.first.code}
    for _again in register.states:
        reached |= {move.to for move in register.moves if move.to and set(move.of) & reached}
    assert reached == {state.code for state in register.states}


def test_an_entry_from_its_receipt_to_its_answer(session):
    person = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    shown = duties.add(session, "requests", {"who": "  Ann   Example ", "type": "access", "received_on": ago(3)}, [person.id])
    assert (shown.ref, shown.heading, shown.duty.state) == ("RQ-1", "Ann Example", "received")
    assert duties.people(session, "rq-1") == [person.id] and [each.ref for each in duties.of_person(session, person.id)] == ["RQ-1"]
    moved = duties.move(session, "RQ-1", "begin", on=ago(2), note="Looked in the members")
    assert moved.duty.state == "in_progress" and moved.duty.events[-1].note == "Looked in the members"
    with pytest.raises(Declined) as refused:
        duties.move(session, "RQ-1", "answer", {"answered_how": "letter"})
    assert refused.value.reason == "duties.search_not_logged" and "searched" in str(words.sentence(refused.value))
    duties.change(session, "RQ-1", {"search_log": "Members, mail, notes: by name and number. By the secretary."})
    with pytest.raises(Invalid) as lacking:
        duties.move(session, "RQ-1", "answer", {})
    assert lacking.value.problems == {"answered_how": "missing"}
    done = duties.move(session, "RQ-1", "answer", {"answered_how": "letter"})
    assert done.duty.ended_at and done.duty.values["answered_on"] == today().isoformat() and not done.due
    assert [each.kind for each in done.duty.events] == ["added", "moved", "changed", "moved"]
    with pytest.raises(Declined) as over:
        duties.move(session, "RQ-1", "begin")
    assert over.value.reason == "duties.no_such_move"
    said = str(audit.listing(session))
    assert "Ann" not in said and "Looked" not in said and audit.verify(session).whole


def test_the_clock_stops_for_a_question_about_a_copy_alone(session):
    shown = request(session, received_on=ago(20))
    before = shown.due
    duties.move(session, shown.ref, "begin", on=ago(18))
    asked = duties.move(session, shown.ref, "ask_back", {"clarification": "Which meeting?"}, on=ago(15))
    assert asked.due == "" and "stands still" in duty_words.clock_words(asked.running[0], duties.utc_now())
    came = duties.move(session, shown.ref, "clarified", on=ago(5))
    assert came.due > before
    other = request(session, type="erasure")
    with pytest.raises(Declined) as refused:
        duties.move(session, other.ref, "ask_back", {"clarification": "What?"})
    assert refused.value.reason == "duties.pause_for_access_only"


def test_the_clock_starts_with_the_proof_and_waits_again_for_more(session):
    shown = request(session, received_on=ago(20))
    waiting = duties.move(session, shown.ref, "ask_identity", on=ago(19))
    assert waiting.due == "" and "stands still" in duty_words.clock_words(waiting.running[0], duties.utc_now())
    proved = duties.move(session, shown.ref, "identified", on=ago(10))
    assert proved.due > shown.due
    assert duties.move(session, shown.ref, "ask_identity", on=ago(8)).due == ""
    assert duties.move(session, shown.ref, "identified", on=ago(5)).due > proved.due


def test_more_time_is_refused_after_the_first_month(session):
    late = request(session, received_on=ago(45))
    duties.move(session, late.ref, "begin")
    with pytest.raises(Declined) as refused:
        duties.move(session, late.ref, "extend", {"extended_why": "complex"})
    assert refused.value.reason == "duties.extended_too_late"
    early = request(session, received_on=ago(10))
    assert duties.move(session, early.ref, "extend", {"extended_why": "complex"}).due > (today() + timedelta(days=70)).isoformat()


def test_an_objection_to_marketing_is_never_refused(session):
    shown = request(session, type="direct_marketing_objection")
    with pytest.raises(Declined) as refused:
        duties.move(session, shown.ref, "refuse", {"refused_ground": "excessive", "refused_why": "no"})
    assert refused.value.reason == "duties.marketing_objection_absolute"


@pytest.mark.parametrize(("values", "problems"), [
    ({"who": " "}, {"who": "missing"}), ({"type": "gift"}, {"type": "unknown"}),
    ({"received_on": "2199-01-01"}, {"received_on": "in_future"}),
    ({"received_on": "soon"}, {"received_on": "date_bad"}), ({"received_on": "1850-01-01"}, {"received_on": "too_long_ago"}),
    ({"nonsense": "x"}, {"nonsense": "unknown"}), ({"who": "x" * 301}, {"who": "too_long"}),
    ({"on_behalf_of": "a client"}, {"authority": "missing"}), ({"fee_asked_on": ago(1)}, {"fee_why": "missing"}),
    ({"words": "x" * 20_001}, {"words": "too_long"})])
def test_what_is_wrong_is_told_and_nothing_stored(session, values, problems):
    with pytest.raises(Invalid) as wrong:
        request(session, **values)
    assert wrong.value.problems == problems
    assert duties.listing(session, "requests") == []


def test_a_complaint_closed_by_its_outcome_needs_no_acknowledgement(session):
    shown = duties.add(session, "complaints", {"who": "B. Sample", "issue": "marketing", "received_on": ago(10)})
    assert [each.clock.code for each in shown.running] == ["acknowledge", "outcome"]
    with pytest.raises(Invalid) as wrong:
        duties.move(session, shown.ref, "outcome", {"outcome": "upheld"})
    assert wrong.value.problems == {"regulator_named": "missing"}
    done = duties.move(session, shown.ref, "outcome", {"outcome": "upheld", "regulator_named": "yes"})
    assert all(each.run.met and not each.run.late for each in done.running) and done.duty.ended_at


def test_only_those_the_policy_names_decide_on_a_breach(session, as_role):
    shown = incident(session)
    deciders = duties.movers(session, shown.register, shown.register.move("is_breach"))
    assert deciders == session.policy.decides_breach
    secretary = as_role(Role.SECRETARY)
    assert Role.SECRETARY not in deciders
    with pytest.raises(NotAllowed) as refused:
        duties.move(secretary, shown.ref, "is_breach", {"risk": "high", "regulator_decision": "report"})
    said = words.sentence(refused.value)
    assert refused.value.right == Right.DUTIES_DECIDE.value and "Accountable person" in said.do
    assert not duties.may_move(secretary, shown, shown.register.move("is_breach"))
    told = duties.move(secretary, shown.ref, "tell_hq", {"hq_told_at": hours_ago(0)})
    assert {each.clock.code: bool(each.run.met) for each in told.running} == {"party": True, "regulator": False}


def test_anybody_reports_and_sees_their_own_reports_alone(session, as_role):
    incident(session)
    request(session)
    canvasser = as_role(Role.RESPONSIBLE)
    assert [each.code for each in duties.visible(canvasser)] == ["incidents"] and duties.listing(canvasser) == []
    mine = incident(canvasser, what="I lost a sheet", type="lost_sheet")
    assert [each.ref for each in duties.listing(canvasser, "incidents")] == [mine.ref] == ["IN-2"]
    assert duties.note(canvasser, mine.ref, "It was on the bus.").duty.events[-1].note == "It was on the bus."
    for hidden in ("IN-1", "RQ-1"):
        with pytest.raises(NotFound):
            duties.get(canvasser, hidden)
    with pytest.raises(NotAllowed):
        duties.add(canvasser, "requests", {"who": "x", "type": "access", "received_on": ago(1)})
    with pytest.raises(NotAllowed):
        duties.move(canvasser, mine.ref, "no_breach", {"decision_why": "found again"})


def test_every_role_may_report_an_incident():
    assert all(Right.INCIDENTS_REPORT in RIGHTS[role] for role in Role)
    assert {role for role in Role if Right.DUTIES_DECIDE in RIGHTS[role]} == {Role.ACCOUNTABLE, Role.DPO}


def test_a_late_report_needs_its_reason_and_high_risk_its_people(session):
    shown = incident(session, aware_at=hours_ago(100))
    duties.move(session, shown.ref, "is_breach", {"risk": "high", "regulator_decision": "report"})
    with pytest.raises(Invalid) as wrong:
        duties.move(session, shown.ref, "tell_regulator", {"regulator_told_at": hours_ago(1)})
    assert wrong.value.problems == {"late_why": "missing"}
    duties.move(session, shown.ref, "tell_regulator", {"regulator_told_at": hours_ago(1), "late_why": "Found out over a weekend"})
    with pytest.raises(Declined) as refused:
        duties.move(session, shown.ref, "close", {"measures": "m", "lessons": "l"})
    assert refused.value.reason == "duties.people_not_told"
    duties.move(session, shown.ref, "tell_people")
    assert duties.move(session, shown.ref, "close", {"measures": "m", "lessons": "l"}).duty.ended_at


def test_what_need_not_be_reported_stops_the_clock_with_its_reason(session):
    shown = incident(session)
    with pytest.raises(Invalid) as wrong:
        duties.move(session, shown.ref, "is_breach", {"risk": "none", "regulator_decision": "not_needed"})
    assert wrong.value.problems == {"decision_why": "missing"}
    done = duties.move(session, shown.ref, "is_breach", {"risk": "none", "regulator_decision": "not_needed", "decision_why": "Encrypted"})
    assert [each.clock.code for each in done.running] == ["party"]


@pytest.mark.parametrize(("on", "problem"), [("2199-01-01", "in_future"), ("soon", "date_bad"), ("2020-01-01", "before_start")])
def test_a_move_takes_effect_between_the_last_one_and_today(session, on, problem):
    shown = request(session)
    with pytest.raises(Invalid) as wrong:
        duties.move(session, shown.ref, "begin", on=on)
    assert wrong.value.problems == {"moved_on": problem}


def test_reminders_come_at_fifty_and_eighty_per_cent_and_name_nobody(session):
    request(session, received_on=ago(2))
    half = request(session, received_on=ago(20))
    near = request(session, received_on=ago(29))
    over = request(session, received_on=ago(60))
    found = {each.facts["ref"]: (each.code, each.urgency) for each in duties_today.items(session) if "ref" in each.facts}
    assert found == {half.ref: ("duty_due", 1), near.ref: ("duty_due", 0), over.ref: ("duty_overdue", 0)}
    said = " ".join(words.today_item(each.code, each.facts) for each in todays.items(session))
    assert "Answer: Request RQ-" in said and "Example" not in said
    assert [each[0].ref for each in duties_today.dated(session)] == [over.ref, near.ref, half.ref, "RQ-1"]


def test_an_incident_is_urgent_from_the_first_hour(session):
    incident(session)
    assert {each.urgency for each in duties_today.items(session)} == {1}
    incident(session, aware_at=hours_ago(20))
    assert {each.urgency for each in duties_today.items(session)} == {0, 1}


def test_documents_are_kept_in_the_desk_and_leave_by_the_door(session, tmp_path):
    shown = request(session)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 an invented letter")
    kept = duties_files.attach(session, shown.ref, letter)
    assert kept.source.path == str(letter) and duties.get(session, shown.ref).duty.events[-1].kind == "attached"
    (held,) = duties_files.listing(session, shown.ref)
    out = duties_files.save(session, held.id, tmp_path / "again.pdf", "they asked")
    assert (tmp_path / "again.pdf").read_bytes() == letter.read_bytes() and copies.get(session, out.id).copy.why == "they asked"
    duties_files.remove(session, held.id)
    assert duties_files.listing(session, shown.ref) == [] and duties.get(session, shown.ref).duty.events[-1].kind == "removed"
    with pytest.raises(NotFound):
        duties_files.save(session, held.id, tmp_path / "gone.pdf", "x")
    program = tmp_path / "run.bin"
    program.write_bytes(bytes(range(256)))
    with pytest.raises(Unreadable):
        duties_files.attach(session, shown.ref, program)


def test_a_register_leaves_as_csv_json_and_pdf(session, tmp_path):
    person = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    shown = duties.add(session, "requests", {"who": "=Ann", "type": "access", "received_on": ago(3)}, [person.id])
    copy = duties_export.export(session, "requests", tmp_path / "r.csv", "audit")
    rows = list(csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Reference", "State"] and rows[1][0] == "RQ-1" and "'=Ann" in rows[1] and "A copy of their data" in rows[1]
    assert copy.people == 1 and copies.holding(session, person.id)
    duties_export.export(session, "requests", tmp_path / "r.json", "audit")
    (data,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["entries"]
    assert data["values"]["type"] == "access" and data["clocks"][0]["due"] and data["events"][0]["kind"] == "added"
    duties_export.save_pdf(session, shown.ref, tmp_path / "r.pdf", "audit")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(Invalid):
        duties_export.export(session, "requests", tmp_path / "r.docx", "audit")
    with pytest.raises(Invalid):
        duties_export.export(session, "requests", tmp_path / "s.csv", " ")


def test_a_very_long_entry_is_printed_whole(session, tmp_path):
    shown = request(session, words="A long letter. " * 1200)
    for at in range(40):
        duties.note(session, shown.ref, f"Step {at}")
    duties_export.save_pdf(session, shown.ref, tmp_path / "long.pdf", "audit")
    assert (tmp_path / "long.pdf").stat().st_size > 10_000


def test_what_happened_cannot_be_changed_but_goes_with_its_entry(session):
    from sqlalchemy import delete, update
    from sqlalchemy.exc import DatabaseError

    from dpdesk.store import duties as store
    from dpdesk.store.tables_duties import duty_event
    shown = request(session)
    for statement in (update(duty_event).values(note="never"), delete(duty_event)):
        with pytest.raises(DatabaseError), session.change("duty.changed") as unit:
            unit.facts(tried=1)
            unit.connection.execute(statement)
    with session.change("duty.changed") as unit:
        unit.facts(removed=1)
        store.remove(unit.connection, [shown.duty.id])
    assert duties.listing(session, "requests") == []


def test_erasing_a_person_takes_the_link_and_leaves_the_record(session):
    person = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    shown = duties.add(session, "requests", {"who": "A person", "type": "erasure", "received_on": ago(3)}, [person.id])
    erasing.erase(session, [person.id], "asked for it")
    assert duties.people(session, shown.ref) == [] and duties.get(session, shown.ref).ref == "RQ-1"


def test_merged_records_keep_their_entries(session):
    from dpdesk.services import merging
    ann = {"forename": "Ann", "surname": "Example", "status": "current"}
    one, two = (members.add(session, Kind.MEMBER, {**ann, "number": n}) for n in "12")
    shown = duties.add(session, "requests", {"who": "Ann", "type": "access", "received_on": ago(3)}, [two.id])
    merging.merge(session, merging.compare(session, one.id, two.id).choice)
    (left,) = duties.people(session, shown.ref)
    assert members.row(session, left) is not None


def test_the_branch_has_its_own_bank_holidays(session):
    assert working_days.nation(session) is Nation.ENGLAND_WALES
    working_days.set_nation(session, "scotland")
    day = today() + timedelta(days=(7 - today().weekday()) % 7 or 7)  # a Monday to come
    working_days.add(session, day.isoformat(), "A jubilee")
    assert not working_days.calendar(session).works(day)
    working_days.take_out(session, day.isoformat())
    assert working_days.calendar(session).works(day) or day.isoformat() in str(working_days.changes(session)[1])
    working_days.take_out(session, "2026-11-30")
    assert "2026-11-30" not in {each.isoformat() for each in working_days.calendar(session).holidays}
    for day_typed, name in (("soon", "x"), ("", "x"), ("2027-01-01", " ")):
        with pytest.raises(Invalid):
            working_days.add(session, day_typed, name)
    with pytest.raises(Invalid):
        working_days.set_nation(session, "france")


@pytest.mark.parametrize(("typed", "stored"), [
    ("24/11/2026 21:05", "2026-11-24T21:05:00.000Z"), ("2026-07-01T00:30", "2026-06-30T23:30:00.000Z"),
    ("24 Nov 2026 at 9.15", "2026-11-24T09:15:00.000Z"), ("2026-11-24T21:05:00.000Z", "2026-11-24T21:05:00.000Z")])
def test_moments_as_they_are_typed(typed, stored):
    assert duty_typed.read_moment(typed) == (stored, "")
    assert duty_typed.read_moment(duty_typed.shown_moment(stored))[0] == stored


@pytest.mark.parametrize("typed", ["soon", "24/11/2026", "24/11/2026 25:00", "24/11/2026 9:75", "x 9:15"])
def test_what_is_no_moment(typed):
    assert duty_typed.read_moment(typed)[1] == "moment_bad"


def test_unknown_registers_and_entries(session):
    for call in (lambda: duties.register_of("gifts"), lambda: duties.get(session, "RQ-9"), lambda: duties.get(session, "nothing")):
        with pytest.raises(NotFound):
            call()


def test_notes_need_words(session):
    shown = request(session)
    for text in ("", "x" * 4001):
        with pytest.raises(Invalid):
            duties.note(session, shown.ref, text)


def test_starters_are_added_once(session):
    for each in registers.every():
        if each.starters:
            assert duties_start.start(session, each.code) == len(each.starters)
            assert duties_start.start(session, each.code) == 0
