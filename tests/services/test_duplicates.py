"""Duplicates: proposed with reasons, households and namesakes left alone, "not the same" remembered."""

from __future__ import annotations

import pytest

from dpdesk.domain.duplicates import LEAST, POINTS, score
from dpdesk.domain.errors import Cancelled, Invalid
from dpdesk.domain.members import Kind
from dpdesk.services import duplicates, members

ANN = {"forename": "Elizabeth", "surname": "Lee", "email": "liz@example.org", "mobile": "+447700900101", "date_of_birth": "1980-05-17",
       "address1": "1 Lock Lane", "postcode": "AN1 2AB"}


def pairs(session, *people, least: int = LEAST):
    for at, values in enumerate(people):
        members.add(session, Kind.MEMBER, {"status": "current", "number": str(at + 1), **values})
    return duplicates.find(session, least)


@pytest.mark.parametrize(("other", "reason"), [
    ({**ANN, "surname": "Leigh"}, "name_alike"),
    ({**ANN, "surname": "Lea"}, "name_alike"),
    ({**ANN, "forename": "Liz"}, "name_short"),
    ({**ANN, "forename": "Lee", "surname": "Elizabeth"}, "name_swapped"),
    ({**ANN, "surname": "Lee-Jones"}, "name_part"),
    ({**ANN, "surname": "Quail"}, "surname_other"),
    ({"forename": "Elizabeth", "surname": "Lee", "date_of_birth": "1980-05-17", "postcode": "ZZ9 9ZZ", "address1": "9 Far Road"},
     "born_same"),
    ({"forename": "Elizabeth", "surname": "Lee", "email": "LIZ+news@example.org"}, "email_same"),
    ({"forename": "E", "surname": "Lee", "mobile": "07700 900101", "postcode": "AN1 2AB"}, "phone_same"),
    ({**ANN, "date_of_birth": "1980-05-18"}, "born_close"),
])
def test_twins_are_proposed(session, other, reason):
    (pair,) = pairs(session, ANN, other)
    assert reason in pair.reasons and LEAST <= pair.score <= 100


@pytest.mark.parametrize("other", [
    {**ANN, "forename": "Bob", "date_of_birth": "1979-01-02"},
    {**ANN, "forename": "Bob", "date_of_birth": ""},
    {"forename": "Elizabeth", "surname": "Lee", "date_of_birth": "1955-02-03", "address1": "1 Lock Lane", "postcode": "AN1 2AB"},
    {"forename": "Elizabeth", "surname": "Lee", "postcode": "AN1 9ZZ", "email": "other@example.org"},
    {"forename": "Ruth", "surname": "Quail", "date_of_birth": "1980-05-17", "postcode": "AN1 2AB"},
])
def test_households_and_namesakes_are_left_alone(session, other):
    assert pairs(session, ANN, other) == []


def test_what_is_said_to_be_two_is_not_proposed_again(session):
    (pair,) = pairs(session, ANN, {**ANN, "forename": "Liz"})
    duplicates.say_not_same(session, pair.b, pair.a)
    duplicates.say_not_same(session, pair.a, pair.b)
    assert duplicates.find(session) == []
    duplicates.take_back_not_same(session, pair.a, pair.b)
    assert duplicates.find(session) == [pair]


def test_best_first_within_the_limit(session):
    found = pairs(session, ANN, {**ANN, "forename": "Liz"}, {"forename": "Bob", "surname": "Moss", "email": "b@example.org"},
                  {"forename": "Bob", "surname": "Moss", "email": "b@example.org"})
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    assert len(duplicates.find(session, limit=1)) == 1
    with pytest.raises(Invalid):
        duplicates.find(session, least=0)
    with pytest.raises(Cancelled):
        duplicates.find(session, cancelled=lambda: True)


def test_a_shared_switchboard_says_nothing(session):
    people = [{"forename": f"Name{at}", "surname": f"Other{at}x", "landline": "01632 960100"} for at in range(45)]
    assert pairs(session, *people) == []


def test_scores_are_sums_within_bounds():
    assert score(("name_same", "born_same", "email_same", "postcode_same")) == 100
    assert score(("name_alike", "born_other")) == 0
    assert all(-100 < points < 100 for points in POINTS.values())
