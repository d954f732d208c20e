"""Incidents: begun filled in, what is done at once, the pages for headquarters and the regulator, lessons that become training."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain import registers
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.members import Kind
from dpdesk.services import cards, copies, duties, duties_export, duties_follow, incident_packs, incident_steps, incidents, members
from dpdesk.services.session import today


def test_a_lost_machine_starts_a_report_with_whose_data_it_was(session):
    for n in range(3):
        members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": f"Example{n}", "status": "current"})
    shown = incidents.lost_device(session, " the secretary's  laptop ", "Left on the train")
    values = shown.duty.values
    assert values["people_count"] == "3" and values["encrypted"] == "yes" and values["subjects"] == "member"
    assert "3 members" in values["story"] and "encrypted whole" in values["story"] and shown.heading.endswith("laptop")
    assert [each.clock.code for each in shown.running] == ["party", "regulator"]
    other = incidents.lost_device(session, "a stick", "", this_desk=False)
    assert other.duty.values["encrypted"] == "unknown" and "people_count" not in other.duty.values
    with pytest.raises(Invalid):
        incidents.lost_device(session, " ", "x")


def test_a_copy_outside_the_desk_makes_a_lost_machine_worse(session, tmp_path):
    duties_export.export(session, "requests", tmp_path / "r.csv", "audit")
    shown = incidents.lost_device(session, "laptop", "gone")
    assert shown.duty.values["encrypted"] == "part" and "1 copy" in shown.duty.values["story"]


def test_one_page_for_headquarters_and_one_for_the_regulator(session, tmp_path):
    duties.add(session, "controller", {"name": "Anytown Branch", "address": "1 High St", "accountable": "A. Example",
                                       "email": "branch@example.org"})
    shown = incidents.lost_device(session, "laptop", "Left on the train")
    for whom in incident_packs.WHOM:
        paper = incident_packs.paper(session, shown, whom)
        said = str(paper)
        assert "Left on the train" in said or whom == "regulator"
        assert "branch@example.org" in said and "not known yet" in said and "Reasons for the delay" not in said
        incident_packs.save(session, shown.ref, whom, tmp_path / f"{whom}.pdf", "told")
        pages = (tmp_path / f"{whom}.pdf").read_bytes()
        assert pages.startswith(b"%PDF-") and pages.count(b"/Type /Page\n") == 1, "one page"
    with pytest.raises(Invalid):
        incident_packs.save(session, shown.ref, "newspaper", tmp_path / "x.pdf", "told")
    assert any(each.copy.kind.value == "duties" for each in copies.listing(session))


def test_lessons_of_an_incident_become_a_training_to_do(session):
    shown = incidents.lost_device(session, "laptop", "gone")
    duties_follow.move(session, shown.ref, "is_breach", {"risk": "none", "regulator_decision": "not_needed", "decision_why": "encrypted"})
    closed = duties_follow.move(session, shown.ref, "close", {"measures": "m", "lessons": "Never leave it",
                                                              "training_for": "All canvassers"})
    (training,) = duties.listing(session, "training")
    assert training.heading == "All canvassers" and training.duty.values["incident"] == shown.duty.id and training.duty.state == "to_do"
    assert training.due == (today() + timedelta(days=30)).isoformat() and training.ref in closed.duty.events[-1].note
    with pytest.raises(Invalid):
        duties.move(session, training.ref, "complete")
    done = duties.move(session, training.ref, "complete", {"mode": "live"})
    assert done.due > (today() + timedelta(days=300)).isoformat()


def test_what_is_done_at_once_is_said_and_ticked_off(session):
    shown = incidents.lost_device(session, "laptop", "gone")
    assert [each.code for each in incident_steps.of(shown)][:2] == ["away", "passwords"] and not any(
        each.done for each in incident_steps.of(shown))
    after = incident_steps.did(session, shown.ref, "away")
    assert [each.code for each in incident_steps.of(after) if each.done] == ["away"]
    assert after.duty.events[-1].note == "Locked or wiped from afar"
    assert "Locked or wiped from afar" in str(incident_packs.paper(session, after, "headquarters"))
    assert incident_steps.of(duties.add(session, "requests", {"who": "A", "type": "access", "received_on": today().isoformat()})) == []


def test_every_step_has_its_words_its_choice_and_a_page_that_is_there():
    codes = {code for steps in incident_steps.STEPS.values() for code in steps}
    register = registers.get("incidents")
    assert codes == set(incident_steps.WORDS) == {code for code, _words in register.field(incident_steps.FIELD).choices}
    assert set(incident_steps.STEPS) <= {code for code, _words in register.field("type").choices} and set(incident_steps.PAGES) <= codes


def test_what_is_sealed_does_not_make_a_lost_machine_worse(session, tmp_path):
    cards.save(session, tmp_path / "card.dpcard")
    assert incidents.lost_device(session, "laptop", "gone").duty.values["encrypted"] == "yes"
    with pytest.raises(Declined) as caught:
        incident_packs.save(session, duties.add(session, "requests", {
            "who": "A", "type": "access", "received_on": today().isoformat()}).ref, "regulator", tmp_path / "x.pdf", "told")
    assert caught.value.reason == "duties.not_an_incident"
