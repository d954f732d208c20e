"""A person's page: how they may be reached and why, consents, permissions, stops, notes, history and undo."""

from __future__ import annotations

import pytest

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.services import contacting, members
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture
def page(stage):
    stage.go("member", {"id": person(stage, "smyth").id})
    return stage


def test_headline_facts_come_first(page):
    assert page.page.header.title.text() == "Katherine Smyth"
    assert page.page.header.state.text() == "Current · member since Wed 1 May 2019"
    assert page.reads("No: no consent on record")
    assert page.reads("••• 123") and not page.reads("07700 900123")
    page.press("Show contact details")
    assert page.reads("07700 900123")


def test_a_young_person_is_flagged_in_words(stage):
    stage.go("member", {"id": person(stage, "ayling").id})
    assert stage.reads("Under 18: 16 years old")


def test_consent_is_recorded_and_opens_the_channel(page):
    page.press("Record a consent…")
    page.enter("Wording", "Yes to e-mail about elections")
    page.enter("Evidence", "Form 12")
    page.press("Record consent")
    assert page.told() == "Consent for E-mail is recorded."
    assert page.reads("Yes: consent is on record")
    assert page.reads("Recorded by Jane Example.")


def test_a_consent_without_wording_says_what_is_missing(page):
    page.press("Record a consent…")
    page.press("Record consent")
    assert page.reads("Nothing was saved yet") or page.reads("to put right")
    assert contacting.consents(page.session, person(page, "smyth").id) == []


def test_a_day_that_is_none_is_not_taken(page):
    page.press("Record a consent…")
    page.enter("Given on", "the other day")
    page.enter("Wording", "Yes")
    page.enter("Evidence", "Form")
    page.press("Record consent")
    assert contacting.consents(page.session, person(page, "smyth").id) == []


def test_withdrawing_asks_and_closes_the_channel(page):
    who = person(page, "smyth").id
    contacting.give_consent(page.session, who, contacting.Given(Channel.EMAIL, "2026-01-02", Method.PAPER, "Yes", "Form 1"))
    page.go("member", {"id": who})
    page.press("Withdraw the consent for E-mail")
    page.agree("Withdraw consent")
    assert page.told() == "Consent for E-mail is withdrawn."
    assert not page.reads("Yes: consent is on record")


def test_a_stop_is_set_and_shown_plainly(page):
    page.press("Stop contact…")
    page.enter("Source", "said so at the door")
    page.press("Stop contact")
    assert page.told() == "Recorded: Do not contact."
    assert page.reads("Do not contact")
    assert page.reads("Only a fresh consent with evidence lifts it.")
    assert page.reads("No: stopped since")


def test_a_stop_is_lifted_by_fresh_consent_with_evidence_alone(page):
    who = person(page, "smyth").id
    contacting.stop(page.session, who, "email", StopReason.OPT_OUT, "a reply")
    page.go("member", {"id": who})
    page.press("Lift the stop: Do not e-mail")
    page.press("Record consent and lift")
    assert len(contacting.stops(page.session, who)) == 1
    page.enter("Wording", "Please write to me again")
    page.enter("Evidence", "Her mail of today")
    page.press("Record consent and lift")
    assert page.told() == "Consent is recorded and the stop is lifted."
    assert contacting.stops(page.session, who) == []
    assert page.reads("Yes: consent is on record")


def test_sharing_is_refused_until_permitted(page):
    body = page.session.policy.recipient_bodies[0]
    page.page.blocks["sharings"].set_open(True)
    assert page.reads("Not permitted.")
    page.press(f"Record permission to share with {body.name}")
    page.enter("Wording", "You may tell them")
    page.press("Record permission")
    assert page.told() == f"Permission to share with {body.name} is recorded."
    assert page.reads(f"{body.name}: permitted since")


def test_a_note_keeps_its_class(page):
    page.press("Add a note…")
    page.enter("Note", "Prefers mornings")
    page.press("Add note")
    assert page.told() == "The note is added."
    assert page.reads("Prefers mornings")
    assert page.reads(page.session.policy.class_for("ordinary").name)


def test_history_tells_before_and_after_and_undoes(page):
    who = person(page, "smyth")
    members.edit(page.session, who.id, {"town": "Otherton"}, who)
    page.go("member", {"id": who.id})
    assert page.reads("Town: Otherton")
    undo = next(b.accessibleName() for b in page.shown(type(page.button("Edit"))) if b.text() == "Undo")
    page.press(undo)
    assert page.told() == "The change is undone."
    assert members.get(page.session, who.id).town == ""
    assert page.reads("Undone since.")


def test_what_was_changed_again_says_why_it_cannot_be_undone(page):
    who = person(page, "smyth")
    first = members.edit(page.session, who.id, {"town": "Otherton"}, who)
    members.edit(page.session, who.id, {"town": "Thirdton"}, first)
    page.go("member", {"id": who.id})
    assert page.reads("Cannot be undone: this was changed again since.")
    assert page.reads("Town: Otherton → Thirdton")


def test_somebody_who_is_gone_is_told(stage):
    stage.go("member", {"id": "0" * 32})
    assert stage.reads("This person cannot be shown")
    assert "no such record" in stage.told()
