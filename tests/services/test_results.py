"""What canvassing found: an elector's contacts with their age, figures by district and walk, and what small figures may not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dpdesk.domain.campaigns import Question
from dpdesk.domain.errors import NotAllowed
from dpdesk.domain.members import Kind
from dpdesk.domain.results import Age, Source
from dpdesk.domain.retention import Action, Rule, Trigger
from dpdesk.domain.roles import Role
from dpdesk.services import (
    campaigns,
    electors,
    entering,
    erasing,
    members,
    register_links,
    results,
    walks,
    walks_make,
)
from dpdesk.services.session import today
from tests.services import canvassing, entered, registers
from tests.services.entered import second_officer
from tests.services.registers import take


@pytest.fixture
def campaign(session, tmp_path):
    """Two districts of thirty electors, and a campaign."""
    other = [("CW", *person[1:8], f"{person[8].split()[0]} Lock Lane", "Anytown") for person in canvassing.STREET]
    take(session, tmp_path, registers.xpress([*canvassing.STREET, *other]))
    return canvassing.campaign(session)


def say(session, campaign, number, box, days_ago=0):
    return entering.by_hand(session, number, campaign.id, (box,), source=Source.PHONE,
                            taken_on=(today() - timedelta(days=days_ago)).isoformat())


def test_contacts_of_an_elector_over_time(session, campaign):
    say(session, campaign, "CV-1", "L", 900)
    say(session, campaign, "CV-1", "O", 40)
    say(session, campaign, "CV-1", "D", 3)
    found = results.of_elector(session, "CV-1")
    assert [(each.fact.raw, each.words, each.age) for each in found.contacts] == [
        ("D", "Does not know", Age.FRESH), ("O", "No answer", Age.FRESH), ("L", "Labour", Age.FADED)]
    assert found.intention.fact.raw == "D"
    assert (found.contacts[0].campaign, found.contacts[0].entered_by) == ("Spring election", session.officer.name)


def test_what_is_older_than_the_rule_of_retention_is_not_told(session, campaign):
    say(session, campaign, "CV-1", "L", 900)
    rule = Rule("canvass", Trigger.COLLECTION, Action.ANONYMISE, "S1 §9", "old", months=24)
    session.policy = replace(session.policy, retention=(rule,))
    found = results.of_elector(session, "CV-1")
    assert (found.contacts, found.expired) == ((), 1)
    assert sum(map(sum, results.figures(session).cells)) == 0


def test_each_elector_counts_once_with_the_newest_they_said(session, campaign):
    for n in range(1, 13):
        say(session, campaign, f"CV-{n}", "L" if n % 2 else "T", 2)
    say(session, campaign, "CV-1", "T", 1)
    say(session, campaign, "CV-13", "O", 1)
    say(session, campaign, "CV-14", "M", 1)
    found = results.figures(session)
    assert [(each.key, each.electors, each.called, found.reached(at)) for at, each in enumerate(found.groups)] == [
        ("CV", 30, 14, 12), ("CW", 30, 0, 0)]
    assert found.columns == ("labour:definite", "conservative:definite")
    assert [[found.shown(line, column) for column in range(3)] for line in range(3)] == [[5, 7, 12], [0, 0, 0], [5, 7, 12]]
    assert found.rate(0) == 0.4
    assert sum(week.called or 0 for week in results.weeks(session)) >= 10


def test_few_people_called_on_are_a_figure_of_a_few_too(session, campaign):
    for n in range(1, 9):
        say(session, campaign, f"CV-{n}", "L")
    for n in range(1, 4):
        say(session, campaign, f"CW-{n}", "O")
    found = results.figures(session)
    assert [found.called(line) for line in range(3)] == [None, None, 11], "the other one would tell it"
    say(session, campaign, "CW-4", "O")
    say(session, campaign, "CW-5", "O")
    found = results.figures(session)
    assert [found.called(line) for line in range(3)] == [8, 5, 13]


def test_who_was_reached_and_said_nothing_is_a_figure_of_its_own(session, campaign):
    for n in range(1, 7):
        say(session, campaign, f"CV-{n}", "L")
        say(session, campaign, f"CV-{n + 10}", "B")
    found = results.figures(session)
    assert found.columns == ("labour:definite", "")
    assert [found.shown(0, column) for column in range(3)] == [6, 6, 12]


def test_yes_to_questions_is_counted_by_person_and_hidden_where_few(session, campaign):
    asked = campaigns.add(session, canvassing.CAMPAIGN | {"name": "Polling day"}, "knocking_up", questions=[
        Question("", "A poster in the window?", "PO"), Question("", "What matters most?")])
    for n in (1, 1, 2, 3, 4):
        entering.by_hand(session, f"CV-{n}", asked.id, ("W", "PO"))
    assert [(each.text, each.yes) for each in results.questions(session)] == [("A poster in the window?", None)]
    entering.by_hand(session, "CV-5", asked.id, ("PO",))
    [poster] = results.questions(session, asked.id)
    assert (poster.campaign, poster.yes) == ("Polling day", 5)
    assert results.questions(session, campaign.id) == []


def test_small_figures_are_hidden_and_cannot_be_worked_out(session, campaign):
    for n in range(1, 8):
        say(session, campaign, f"CV-{n}", "L")
        say(session, campaign, f"CW-{n}", "L" if n < 6 else "T")
    for n in range(8, 20):
        say(session, campaign, f"CV-{n}", "T")
    found = results.figures(session)
    shown = [[found.shown(line, column) for column in range(3)] for line in range(3)]
    assert shown[1][1] is None
    assert sum(cell is None for line in shown for cell in line) >= 4


def test_walks_do_not_tell_what_districts_hide(session, campaign):
    walks_make.make(session, walks_make.proposed(session, 10))
    for n in range(1, 11):
        say(session, campaign, f"CV-{n}", "L")
    for n in (11, 12):
        say(session, campaign, f"CV-{n}", "T")
    by_district, by_walk = results.figures(session), results.figures(session, by="walk", district="CV")
    total = len(by_walk.cells) - 1
    assert [by_walk.shown(total, column) for column in range(3)] == [by_district.shown(0, column) for column in range(3)]
    assert by_walk.shown(total, 1) is None
    assert {each.name for each in by_walk.groups} == {each.walk.title for each in walks.walks(session, "CV")}
    assert sum(each.called for each in by_walk.groups) == 12


def test_answers_by_month(session, campaign):
    for n in range(1, 8):
        say(session, campaign, f"CV-{n}", "L", 62)
        say(session, campaign, f"CV-{n}", "T")
    found = results.over_time(session)
    assert len(found.months) == 2
    assert [found.shown(0, 0), found.shown(1, 1), found.shown(0, 1)] == [7, 7, 0]


def test_answers_over_time_do_not_tell_what_districts_hide(session, campaign):
    for n in range(1, 8):
        say(session, campaign, f"CV-{n}", "L")
        say(session, campaign, f"CW-{n}", "L" if n < 6 else "T")
    for n in range(8, 20):
        say(session, campaign, f"CV-{n}", "T")
    by_district = results.figures(session)
    for line, district in enumerate(("CV", "CW", "")):
        found = results.over_time(session, campaign.id, district)
        assert [found.shown(0, column) for column in range(2)] == [by_district.shown(line, column) for column in range(2)]


def test_one_campaign_beside_all_tells_nothing_of_a_few(session, campaign):
    for n in range(1, 21):
        say(session, campaign, f"CV-{n}", "L" if n <= 12 else "D")
    other = campaigns.add(session, canvassing.CAMPAIGN | {"name": "Autumn election"}, "labour")
    for n in (21, 22):
        say(session, other, f"CV-{n}", "L")
    every, one = results.figures(session), results.figures(session, campaign.id)
    at, column = [each.key for each in every.groups].index("CV"), every.columns.index("labour:definite")
    assert every.shown(at, column) == 14
    assert one.shown(at, one.columns.index("labour:definite")) is None, "14 less 12 would be the two who spoke in the autumn alone"
    assert one.reached(at) is None
    assert results.figures(session, other.id).reached(at) is None
    months = results.over_time(session, campaign.id, "CV")
    assert months.shown(0, months.columns.index("labour:definite")) is None
    walks_make.make(session, walks_make.proposed(session, 60))
    walk = results.figures(session, campaign.id, "walk", "CV")
    assert walk.shown(0, walk.columns.index("labour:definite")) is None
    for n in range(23, 28):
        say(session, other, f"CV-{n}", "L")
    assert results.figures(session, campaign.id).shown(at, column) == 12, "seven more are enough"


def test_what_paper_is_outstanding(session, tmp_path):
    sheet = canvassing.out(session, canvassing.planned(session, tmp_path))
    assert results.outstanding(session) == {"out": sheet.pages}
    entered.hand_in(session, sheet)
    entered.whole(session, sheet, 1)
    assert results.outstanding(session, sheet.campaign) == {"entered": 1, "returned": sheet.pages - 1}
    assert campaigns.get(session, sheet.campaign).name == "Spring election"


def test_who_may_not_see_results(session, campaign, reopen):
    other = second_officer(session, reopen, Role.DATA_ENTRY)
    with pytest.raises(NotAllowed):
        results.figures(other)


def test_erasing_a_person_takes_their_name_off_what_they_said(session, campaign):
    person = members.add(session, Kind.MEMBER, {"forename": "Ada", "surname": "Resident1", "status": "current"})
    elector = electors.get(session, "CV-1").row.elector
    register_links.link(session, elector.id, person.id)
    say(session, campaign, "CV-1", "L")
    assert erasing.plan(session, [person.id]).goes["canvass"] == 1
    erasing.erase(session, [person.id], "Asked for it")
    assert results.of_elector(session, "CV-1").contacts == ()
    assert [(week.called, week.reached) for week in results.weeks(session)] == [(None, None)], "one is a figure of a few"
