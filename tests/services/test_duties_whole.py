"""What single registers do beyond the engine: incidents that begin filled in, notices, assessments, holdings, one register more."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from dpdesk.domain import registers
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.members import Kind
from dpdesk.domain.registers.dpias import left, level
from dpdesk.services import (
    duties,
    duties_export,
    duties_files,
    duties_follow,
    duties_start,
    holdings,
    incidents,
    members,
    notices,
    post_lists,
    risk_grid,
    words,
)
from dpdesk.services.session import today

SIXTEEN_LINES = '''"""Keys to the office: who has one, since when."""

from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning

REGISTER = Register(
    "keys", "Keys", "Key", "Keys to the office: who has one.", "KY", (
        Field("who", "Who has it", needed=True, clause="S1 23.1"),
        Field("door", "Which door", Kind.CHOICE, choices=(("front", "Front door"), ("store", "Paper store"))),
        Field("given_on", "Given on", Kind.DAY, needed=True),
        Field("back_on", "Back on", Kind.DAY),
        Field("about", "Remarks", Kind.LONG),
    ), (State("out", "Out"), State("back", "Back", True), State("lost", "Lost", True)), (
        Move("give_back", "It came back", ("out",), "back", stamps="back_on"),
        Move("lose", "It is lost", ("out",), "lost", help="Change the lock."),
    ), (returning("Look again", "given_on", 12, "S1 23"),), ("who", "door"), "S1 23.1", 170, "key-round")
'''


@pytest.fixture
def sixteenth(tmp_path, monkeypatch):
    """One more register: one more file, and nothing else."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "office_keys.py").write_text(SIXTEEN_LINES, "utf-8")
    monkeypatch.setattr(registers, "__path__", [*registers.__path__, str(tmp_path / "more")])
    registers.every.cache_clear()
    yield registers.get("keys")
    registers.every.cache_clear()


def test_a_further_register_is_sixteen_lines(sixteenth, session, tmp_path):
    assert len(SIXTEEN_LINES.splitlines()) == 16
    shown = duties.add(session, "keys", {"who": "The caretaker", "door": "store", "given_on": today().isoformat()})
    assert (shown.ref, shown.heading) == ("KY-1", "The caretaker") and shown.due == today().replace(year=today().year + 1).isoformat()
    duties_export.export(session, "keys", tmp_path / "keys.csv", "audit")
    duties_export.save_pdf(session, shown.ref, tmp_path / "key.pdf", "audit")
    assert duties.move(session, "KY-1", "give_back").duty.ended_at and "Paper store" in (tmp_path / "keys.csv").read_text("utf-8-sig")
    assert {register.code: n for register, n in duties.counts(session)}["keys"] == (0, 1)


def test_an_activity_is_tied_to_what_the_desk_holds(session):
    assert duties_start.start(session, "processing") == 16
    (activity,) = [each for each in duties.listing(session, "processing") if each.duty.values["holds"] == "members"]
    assert holdings.words(holdings.of(session, activity)) == "Nothing at present"
    members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    held = holdings.of(session, activity)
    assert held.count == 1 and holdings.words(held) == f"1 record, the oldest from {words.day(today())}"
    from dpdesk.domain.registers.processing import HOLDINGS, RULES
    from dpdesk.domain.retention import CATEGORIES
    from dpdesk.store.holdings import CODES
    assert {code for code, _words in HOLDINGS} == {*CODES, "none"} and {code for code, _words in RULES} == set(CATEGORIES)
    for code in CODES:
        assert holdings.words(holdings.of(session, duties.change(session, activity.duty.id, {"holds": code})))
    nothing = duties.add(session, "processing", {"name": "x", "purpose": "y", "art6": "consent"})
    assert holdings.words(holdings.of(session, nothing)) == ""


def test_an_activity_with_special_data_is_approved_with_its_condition_alone(session):
    activity = {"name": "Canvass", "purpose": "p", "art6": "democratic_engagement", "special": "political_opinions", "people": "elector",
                "data": "voting_intention", "kept": "two years"}
    shown = duties.add(session, "processing", activity)

    def refusal(**values) -> str:
        with pytest.raises(Declined) as refused:
            duties.move(session, shown.ref, "approve", values)
        assert str(words.sentence(refused.value))
        return refused.value.reason
    assert refusal() == "duties.special_without_condition"
    assert refusal(art9="political_parties") == "duties.condition_without_apd"
    assert refusal(art9="explicit_consent", art6="legitimate_interests") == "duties.interest_not_weighed"
    document = duties.add(session, "policy_documents", {"name": "APD", "condition": "political_parties", "principles": "p", "keeping": "k"})
    done = duties.move(session, shown.ref, "approve", {"art9": "political_parties", "apd": document.duty.id})
    assert done.duty.values["reviewed_on"] == today().isoformat() and done.due


def approved(session, **values):
    shown = duties.add(session, "processing", {"name": "Membership list", "purpose": "To run the branch", "art6": "consent",
                                               "people": "member", "data": "name address", "kept": "The newest list only", **values})
    return duties.move(session, shown.ref, "approve")


def test_a_notice_says_what_8_3_asks_for(session):
    notice = duties.add(session, "notices", {"name": "Members", "people": "member"})
    with pytest.raises(Declined) as refused:
        notices.write(session, notice.ref)
    assert refused.value.reason == "duties.no_activities"
    approved(session)
    approved(session, name="Electors", people="elector")
    said = notices.write(session, notice.ref).duty.values["text"]
    for clause in ("8.3a", *(f"8.3.d.{n}" for n in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")), "8.3.g"):
        assert clause in said, clause
    assert "Membership list" in said and "Electors" not in said and "The newest list only" in said and "Names, Addresses" in said
    assert "within 30 days" in said and session.policy.regulator.url in said and "write down the controller" in said
    duties.add(session, "controller", {"name": "Anytown Branch", "address": "1 High St", "accountable": "A. Example", "dpo": "D. Officer",
                                       "email": "branch@example.org", "joint": "the party"})
    again = notices.write(session, notice.ref).duty.values["text"]
    assert "Anytown Branch, 1 High St" in again and "D. Officer" in again and "branch@example.org" in again and "the party" in again
    done = duties_follow.move(session, notice.ref, "publish", {"version": "1", "published_at": "the website"})
    (kept,) = duties_files.listing(session, done.ref)
    assert kept.name == "1.txt" and done.duty.state == "published"


def test_an_interest_stops_at_special_data_and_at_mail(session):
    shown = duties.add(session, "lias", {"name": "Doorstep", "purpose": "p", "electronic": "yes"})

    def refusal(code: str, **values) -> str:
        with pytest.raises(Declined) as refused:
            duties.move(session, shown.ref, code, values)
        return refused.value.reason
    assert refusal("to_necessity", benefit="b") == "duties.mail_needs_consent"
    assert refusal("to_necessity", benefit="b", electronic="no", special="political_opinions") == "duties.special_without_condition"
    duties.move(session, shown.ref, "to_necessity", {"benefit": "b", "electronic": "no"})
    duties.move(session, shown.ref, "to_balance", {"necessary": "n", "less": "l"})
    full = {"expected": "e", "harm": "h", "vulnerable": "no", "safeguards": "s", "dpia_needed": "no"}
    assert refusal("rely", **full, outcome="no") == "duties.outcome_is_no"
    assert duties.move(session, shown.ref, "rely", {**full, "outcome": "yes"}).duty.state == "relied_on"


@pytest.mark.parametrize(("likelihood", "severity", "expected"), [
    ("remote", "minimal", 0), ("remote", "severe", 1), ("possible", "significant", 1), ("probable", "significant", 2),
    ("probable", "severe", 2), ("", "severe", None)])
def test_how_high_a_risk_is(likelihood, severity, expected):
    assert level(likelihood, severity) == expected
    assert left({"likelihood": likelihood, "severity": severity, "residual": "low"}) == 0
    assert left({"likelihood": likelihood, "severity": severity}) == expected


def test_an_assessment_goes_its_seven_steps(session, tmp_path):
    assert duties_start.start(session, "dpias") == 2
    canvass = next(each for each in duties.listing(session, "dpias") if "paper" in each.heading)
    assert len(risk_grid.placed(canvass)) == 6 and risk_grid.words(risk_grid.placed(canvass)[0]).endswith("medium, then low")
    for code, values in (("needed", {}), ("described", {}), ("asked", {"consulted": "Volunteers"}), ("weighed", {}), ("found", {}),
                         ("measured", {}), ("approve", {"advice": "Go on", "advice_taken": "followed", "approved_by": "A. Example"})):
        canvass = duties.move(session, canvass.ref, code, values)
    assert canvass.duty.state == "approved" and canvass.due
    duties_export.save_pdf(session, canvass.ref, tmp_path / "d.pdf", "audit")
    assert (tmp_path / "d.pdf").stat().st_size > 20_000


def test_an_assessment_is_not_signed_with_a_high_risk_left(session):
    shown = duties.add(session, "dpias", {"name": "Drones", "signs": "public", "need": "n"})
    for code, values in (("needed", {}), ("described", {"nature": "n", "purposes": "p"}), ("asked", {"consulted": "c"}),
                         ("weighed", {"necessity": "n"})):
        duties.move(session, shown.ref, code, values)
    with pytest.raises(Declined) as refused:
        duties.move(session, shown.ref, "found")
    assert refused.value.reason == "duties.no_risks_yet"
    risk = {"risk": "Filmed", "likelihood": "probable", "severity": "severe"}
    for row, reason in ((risk, "duties.risk_without_measure"), ({**risk, "measure": "None helps"}, "duties.high_risk_unasked")):
        duties.change(session, shown.ref, {"risks": json.dumps([row])})
        if duties.get(session, shown.ref).duty.state == "risks":
            duties.move(session, shown.ref, "found")
        with pytest.raises(Declined) as refused:
            duties.move(session, shown.ref, "measured")
        assert refused.value.reason == reason
    for bad in ("not json", json.dumps({"risk": "x"}), json.dumps([{"nonsense": "x"}]), json.dumps([{"risk": "x", "likelihood": "often"}])):
        with pytest.raises(Invalid):
            duties.change(session, shown.ref, {"risks": bad})
    assert risk_grid.grid(duties.add(session, "dpias", {"name": "Nothing"})) is None


def test_agreements_of_post_come_in_once_and_end_there_too(session):
    post_lists.add_processor(session, "Mailer Ltd", "sends our newsletter", today().isoformat(), "green folder", "")
    assert duties_follow.waiting_in_post(session) == 1 and duties_follow.from_post(session) == 1
    assert duties_follow.waiting_in_post(session) == 0 and duties_follow.from_post(session) == 0
    (shown,) = duties.listing(session, "agreements")
    duties_follow.move(session, shown.ref, "end", {"returned": "They confirmed"})
    assert all(each.ended_on for each in post_lists.processors(session))


def test_a_policy_document_stays_six_months_longer(session):
    shown = duties.add(session, "policy_documents", {"name": "APD", "condition": "other", "principles": "p", "keeping": "k", "version": "1",
                                                     "owner": "A. Example"})
    duties.move(session, shown.ref, "approve")
    ended = duties.move(session, shown.ref, "end")
    assert ended.due > (today() + timedelta(days=180)).isoformat()
    with pytest.raises(Declined) as refused:
        duties.move(session, shown.ref, "drop")
    assert refused.value.reason == "duties.apd_kept_six_months"


def test_a_disclosure_is_closed_once_the_person_is_told(session):
    shown = duties.add(session, "disclosures", {"requester": "The registration officer", "received_on": today().isoformat(),
                                                "ground": "registration_officer", "what": "A wrong entry"})
    given = duties.move(session, shown.ref, "allow", {"verified": "Called back", "minimised": "No name", "authorised_by": "Secretary"})
    assert given.due == (today() + timedelta(days=7)).isoformat()
    with pytest.raises(Declined) as refused:
        duties.move(session, shown.ref, "close")
    assert refused.value.reason == "duties.person_not_told"
    duties.move(session, shown.ref, "told")
    assert duties.move(session, shown.ref, "close").duty.ended_at


def test_consent_stands_with_all_seven_marks(session):
    shown = duties.add(session, "consents", {"purpose": "Newsletter", "method": "spoken", "words": "w", "special": "yes"})
    checks = "free explicit specific clear informed active not_inferred"
    for values, reason in (({"checks": "free"}, "duties.consent_unsound"), ({"checks": checks}, "duties.spoken_unacknowledged")):
        with pytest.raises(Declined) as refused:
            duties.move(session, shown.ref, "use", {**values, "withdrawal": "By reply"})
        assert refused.value.reason == reason
    duties.move(session, shown.ref, "use", {"checks": checks, "withdrawal": "By reply", "acknowledged": "By letter"})


def test_a_form_shows_a_notice_and_an_induction_is_live(session):
    form = duties.add(session, "collection_forms", {"name": "Petition", "kind": "petition", "version": "1", "purpose": "p", "asks": "name"})
    with pytest.raises(Declined) as refused:
        duties.move(session, form.ref, "approve", {"minimal": "m"})
    assert refused.value.reason == "duties.form_without_notice"
    with pytest.raises(Invalid) as wrong:
        duties.add(session, "training", {"who": "New starter", "course": "induction", "mode": "online"})
    assert wrong.value.problems == {"mode": "missing"}


def test_the_fee_of_the_regulator_is_due_every_year(session):
    record = {"name": "Anytown Branch", "address": "1 High St", "accountable": "A. Example", "registered_on": today().isoformat()}
    shown = duties.add(session, "controller", record)
    assert "fee" in [each.clock.code for each in shown.running]
    exempt = duties.change(session, shown.ref, {"exempt_why": "A candidate"})
    assert "fee" not in [each.clock.code for each in exempt.running]


def test_a_request_takes_over_what_was_searched(session):
    from dpdesk.services import request_searches, subject_search
    person = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    shown = duties.add(session, "requests", {"who": "Ann", "type": "access", "received_on": today().isoformat()}, [person.id])
    with pytest.raises(Declined) as refused:
        request_searches.take_over(session, shown.ref)
    assert refused.value.reason == "duties.no_search_yet" and request_searches.waiting(session, shown.ref) == 0
    subject_search.search(session, subject_search.subject(session, person=person.id), "By name and links", "everything")
    log = request_searches.take_over(session, shown.ref).duty.values["search_log"]
    assert request_searches.waiting(session, shown.ref) == 1
    assert "Jane Example" in log and "For: everything." in log and log.endswith("By name and links")


def test_training_opens_access_where_the_branch_wants_it(session):
    from dpdesk.domain.roles import Right
    from dpdesk.services import today as todays
    from dpdesk.services import training_gate
    assert not training_gate.is_on(session) and not session.training_due
    training_gate.set_on(session, True)
    assert session.training_due and not session.may(Right.MEMBERS_SEE) and session.may(Right.DUTIES_KEEP)
    with pytest.raises(Declined) as refused:
        members.counts(session)
    assert refused.value.reason == "duties.training_due"
    assert "training_due" in {each.code for each in todays.items(session)}
    shown = duties.add(session, "training", {"who": "jane example", "course": "data_protection"})
    assert session.training_due, "a training to do opens nothing"
    old = (today() - timedelta(days=800)).isoformat()
    duties.move(session, shown.ref, "complete", {"mode": "online"}, on=old)
    assert session.training_due, "out of date"
    duties.move(session, shown.ref, "again")
    assert not session.training_due and members.counts(session).members == 0
    training_gate.set_on(session, False)
    assert not training_gate.is_on(session)


def test_what_the_party_handles_itself_is_said(session):
    from dataclasses import replace

    from dpdesk.files import policies
    from dpdesk.services import duties_forwarded
    assert duties_forwarded.words(session, "agreements") == ""
    theirs = policies.load("cooperative")
    session.policy = replace(session.policy, forwarded=theirs.forwarded, report_addresses=theirs.report_addresses)
    assert "hand it on at once" in duties_forwarded.words(session, "requests")
    session.policy = replace(session.policy, incident_report_hours=12)
    shown = incidents.report(session, {"what": "x", "type": "other", "aware_at": "2026-11-20T10:00:00.000Z"})
    assert {each.clock.code: each.run.due for each in shown.running} == {
        "party": "2026-11-20T22:00:00.000Z", "regulator": "2026-11-23T10:00:00.000Z"}


def test_an_activity_shows_the_policys_rule_as_it_is_now(session):
    shown = duties.add(session, "processing", {"name": "x", "purpose": "y", "art6": "consent", "holds": "enquiries", "rule": "enquiries"})
    said = holdings.told(session, shown)
    assert said.startswith("Nothing at present. ") and "after the last contact" in said
    assert holdings.told(session, duties.add(session, "risks", {"name": "x", "likelihood": "remote", "severity": "severe"})) == ""


def test_an_exposed_mailing_starts_a_report_with_who_was_exposed(session, tmp_path):
    from dpdesk.domain.post_states import Route
    from dpdesk.services import post_drafts
    from tests.services.posting import fill
    from tests.services.test_post import prepare
    people = fill(session, 3)
    made = prepare(session, Route.BCC)
    post_drafts.write(session, made.id, tmp_path / "out")
    shown, found = incidents.exposed(session, made.id, "All stood in To")
    values = shown.duty.values
    assert set(duties.people(session, shown.ref)) == {person.id for person in people} == set(found.people)
    assert (values["type"], values["people_count"], values["special"]) == ("to_cc_not_bcc", "3", "political_opinions")
    assert values["aware_at"] == found.aware_at and values["mailing"] == made.id and "All stood in To" in values["story"]
    assert [each.ref for each in duties.of_person(session, people[0].id)] == ["IN-1"]
