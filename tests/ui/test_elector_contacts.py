"""An elector's page: contacts with their age, and being left alone, noted and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.results import Source
from dpdesk.services import campaigns, electors, entering
from dpdesk.services import today as todays
from dpdesk.services.session import today
from tests.services import canvassing, entered, registers
from tests.services.registers import take
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures


@pytest.fixture
def campaign(empty_stage, tmp_path) -> Stage:  # noqa: F811
    """A street and a campaign."""
    take(empty_stage.session, tmp_path, registers.xpress(canvassing.STREET))
    canvassing.campaign(empty_stage.session)
    return empty_stage


def go(desk: Stage, number: str = "CV-1") -> None:
    desk.go("elector", {"id": electors.get(desk.session, number).row.elector.id})


def test_contacts_over_time_with_what_is_old_marked(campaign):
    session = campaign.session
    identity = campaigns.listing(session)[0].id
    go(campaign)
    assert campaign.reads("Nobody has called here yet")
    for box, days, source in (("L", 900, Source.PHONE), ("O", 10, Source.HAND)):
        entering.by_hand(session, "CV-1", identity, (box,), source=source, taken_on=(today() - timedelta(days=days)).isoformat())
    go(campaign)
    assert campaign.reads("spoke to them: Labour") and campaign.reads("on the phone as “L”") and campaign.reads("nobody home")
    assert campaign.reads("old")


def test_an_answer_is_noted_by_hand(campaign):
    go(campaign, "CV-2")
    campaign.press("Note an answer…")
    campaign.enter("Code", "QQ")
    campaign.press("Note it")
    assert campaign.reads("This is not a code of the campaign")
    campaign.enter("Code", "T")
    campaign.press("Note it")
    assert "The answer is noted" in campaign.told() and campaign.reads("Conservative")


def test_somebody_is_left_alone_and_may_be_contacted_again(campaign):
    go(campaign, "CV-3")
    campaign.press("Do not contact…")
    campaign.enter("For whom", "everybody at this address")
    campaign.enter("Until when", "until polling day")
    campaign.press("Note it")
    assert "No polling day is set" in campaign.told()
    campaign.enter("Until when", "for ever")
    campaign.press("Note it")
    assert campaign.reads("Do not contact: The household: every way of contact, for ever")
    go(campaign, "CV-4")
    assert campaign.reads("Do not contact: The household")
    campaign.press("They may be contacted again…")
    campaign.press("End it")
    assert campaign.reads("This is needed")
    campaign.enter("What they said", "Rang and asked for a leaflet")
    campaign.press("End it")
    assert not campaign.reads("Do not contact: The household")


def test_today_brings_up_pages_to_enter(empty_stage, tmp_path):  # noqa: F811
    sheet = entered.back(empty_stage.session, tmp_path)
    assert {item.code: item.facts for item in todays.items(empty_stage.session)}["results_to_enter"] == {"count": sheet.pages}
    empty_stage.go("today")
    assert empty_stage.reads(f"Pages came back and are not entered yet ({sheet.pages})")
    empty_stage.press(f"Enter them: Pages came back and are not entered yet ({sheet.pages})")
    assert empty_stage.desk.front == "entering"
