"""Duplicates in the window: pairs with reasons, compared side by side, made one, parted, or said to be two."""

from __future__ import annotations

import pytest

from dpdesk.domain.members import Kind
from dpdesk.services import members
from tests.ui.people_stage import empty_stage, people_desks, stage

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture
def twins(empty_stage):
    """The window of a desk with two records of one person, and somebody else."""
    one = members.add(empty_stage.session, Kind.MEMBER, {"number": "7", "forename": "Elizabeth", "surname": "Quill", "town": "Anytown",
                                                         "email": "liz@example.org", "status": "current"})
    other = members.add(empty_stage.session, Kind.MEMBER, {"forename": "Liz", "surname": "Quill", "email": "liz@example.org",
                                                           "mobile": "07700 900101", "status": "lapsed"})
    members.add(empty_stage.session, Kind.MEMBER, {"forename": "Bob", "surname": "Moss", "status": "current"})
    return empty_stage, one, other


def count(stage) -> int:
    return members.counts(stage.session).members


def test_compared_and_made_one_then_parted(twins):
    stage, one, other = twins
    stage.go("members", {"reset": True})
    stage.settle()
    stage.press("Duplicates…")
    stage.settle()
    assert stage.reads("1 pair may be one person.") and stage.reads("A short form of the name, the same e-mail address")
    stage.press("Compare")
    stage.settle()
    assert stage.reads("One person or two?")
    stage.press("Forename: Elizabeth")
    stage.press("Make one record…")
    stage.agree("Make one record")
    stage.settle()
    assert count(stage) == 2 and stage.reads("No duplicates")
    merged = members.get(stage.session, one.id)
    assert (merged.forename, merged.status, merged.mobile) == ("Elizabeth", "current", "+447700900101")
    stage.press("Merged, and can be undone (1)")
    stage.press("Undo the merge")
    stage.settle()
    assert count(stage) == 3 and members.get(stage.session, other.id).forename == "Liz"


def test_not_the_same_person_and_taken_back(twins):
    stage, _one, _other = twins
    stage.go("duplicates", {})
    stage.settle()
    stage.press("Not the same person")
    stage.settle()
    assert stage.reads("No duplicates")
    stage.press("Undo")
    stage.settle()
    assert stage.reads("1 pair may be one person.")
    stage.press("Compare")
    stage.settle()
    stage.press("Not the same person")
    stage.settle()
    assert stage.reads("No duplicates")
