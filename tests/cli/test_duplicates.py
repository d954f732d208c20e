"""`members duplicates|merge|not-same|merges|unmerge` from the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def twins(filled):
    """The command line, and the identities of two records of one person."""
    told = filled("members", "add", "--set", "forename=Cath", "--set", "surname=Smith", "--set", "email=catherine@example.org",
                  "--set", "town=Otherton", "--set", "status=current", "--json")
    first = filled("members", "show", "1001", "--json").data["id"]
    return filled, first, told.data["id"]


def test_proposed_merged_and_parted(twins):
    dpdesk, first, second = twins
    (pair,) = dpdesk("members", "duplicates", "--json").data
    assert {pair["a"], pair["b"]} == {first, second} and "email_same" in pair["reasons"]
    assert "a short form of the name" in dpdesk("members", "duplicates").out
    told = dpdesk("members", "merge", first, second, "--dry-run", "--json")
    assert told.data["merge"] is None and "Otherton" in told.err
    assert dpdesk("members", "merge", first, second).status == 2  # nobody to ask
    assert "choose among: number, title" in dpdesk("members", "merge", first, second, "--take", "mood=gone").err
    assert "one record already" in dpdesk("members", "merge", first, first, "--yes").err
    told = dpdesk("members", "merge", first, second, "--take", "town=gone", "--take", "forename=keep", "--yes", "--json")
    shown = dpdesk("members", "show", "1001", "--json").data
    assert (shown["town"], shown["forename"]) == ("Otherton", "Catherine")
    assert dpdesk("members", "merges", "--json").data[0]["undoable"]
    assert dpdesk("members", "unmerge", told.data["merge"][-8:]).status == 0
    assert len(dpdesk("members", "list", "--json").data) == 3
    assert dpdesk("members", "unmerge", told.data["merge"]).status == 1


def test_the_first_named_is_kept(twins):
    dpdesk, first, second = twins
    assert dpdesk("members", "merge", second, first, "--yes", "--json").data["kept"] == second


def test_two_people_are_not_proposed_again(twins):
    dpdesk, first, second = twins
    assert dpdesk("members", "not-same", first, second).status == 0
    assert dpdesk("members", "duplicates", "--json").data == []
    assert dpdesk("members", "not-same", first, second, "--take-back").status == 0
    assert len(dpdesk("members", "duplicates", "--json").data) == 1
