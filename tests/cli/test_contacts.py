"""`contacts …` from the command line: capacities, joining and leaving, enquiries to their end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.clocks import months_before
from dpdesk.services.session import today


@pytest.fixture
def ann(filled):
    """The command line, and the identity of a contact."""
    told = filled("contacts", "add", "--capacity", "volunteer", "--detail", "Leaflets", "--set", "forename=Ann", "--set",
                  "surname=Oak", "--set", "email=ann@example.org", "--json")
    assert told.status == 0, told.err
    return filled, told.data["id"]


def test_listed_by_capacity(ann):
    dpdesk, person = ann
    assert dpdesk("contacts", "capacity", person, "supporter", "--since", "1/5/2024").status == 0
    (row,) = dpdesk("contacts", "list", "--capacity", "supporter", "--json").data
    assert row["id"] == person and row["capacities"] == ["supporter", "volunteer"]
    assert dpdesk("contacts", "list", "--capacity", "enquirer", "--json").data == []
    assert "Supporter, Volunteer" in dpdesk("contacts", "list").out
    dpdesk("contacts", "capacity", "1001", "elected_representative", "--detail", "Councillor, Priory ward")
    assert [row["number"] for row in dpdesk("contacts", "list", "--kind", "member", "--capacity", "elected_representative",
                                            "--json").data] == ["1001"]
    assert "Councillor, Priory ward" in dpdesk("members", "show", "1001").out


def test_ended_taken_back_and_refused(ann):
    dpdesk, person = ann
    told = dpdesk("contacts", "capacity", person, "elected_representative")
    assert told.status == 1 and "Name the office" in told.err
    assert dpdesk("contacts", "capacity", person, "volunteer", "--end", "--json").data["capacities"][0]["until"] == today().isoformat()
    assert dpdesk("contacts", "capacity", person, "volunteer", "--end").status == 1
    dpdesk("contacts", "capacity", person, "supporter")
    assert len(dpdesk("contacts", "capacity", person, "supporter", "--take-back", "--json").data["capacities"]) == 1
    assert dpdesk("contacts", "capacity", person, "friend").status == 2


def test_joins_and_leaves_and_is_the_same_record(ann):
    dpdesk, person = ann
    joined = dpdesk("contacts", "join", person, "--set", "status=current", "--set", "number=1009", "--json").data
    assert (joined["id"], joined["kind"]) == (person, "member")
    left = dpdesk("contacts", "leave", "1009", "--json").data
    assert (left["id"], left["kind"]) == (person, "contact") and "status" not in left
    assert dpdesk("contacts", "leave", "1001").status == 1
    assert dpdesk("contacts", "leave", "1001", "--capacity", "supporter", "--json").data["kind"] == "contact"
    assert dpdesk("contacts", "join", "1001", "--set", "status=current", "--json").data["kind"] == "member"
    seq = dpdesk("contacts", "show", person, "--json").data["history"][0]["seq"]
    assert dpdesk("members", "undo", seq, "--json").data["kind"] == "member"


def test_an_enquiry_from_first_to_last(ann, tmp_path):
    dpdesk, person = ann
    old = months_before(today(), 13).isoformat()
    told = dpdesk("contacts", "enquiry", "--set", "surname=Pike", "--set", "email=pike@example.org", "--way", "x", "--handle",
                  "@pike", "--place", "Anytown", "--query", "When do you meet?", "--asked-on", old, "--json")
    (asked,) = told.data["enquiries"]
    assert (asked["handle"], asked["stage"]) == ("pike", "expired") and told.data["capacities"][0]["capacity"] == "enquirer"
    assert "already: Pike" in dpdesk("contacts", "enquiry", "--set", "email=pike@example.org", "--way", "x", "--query", "?").err
    assert dpdesk("contacts", "enquiry", "--way", "x", "--query", "?").status == 2
    assert dpdesk("contacts", "enquiry", person, "--way", "phone", "--query", "Is there a crèche?").status == 0
    review = (today() + timedelta(days=30)).isoformat()
    assert dpdesk("contacts", "hold", asked["id"], "--reason", "Inquiry").status == 1
    assert dpdesk("contacts", "hold", asked["id"], "--reason", "Inquiry", "--review", review, "--json").data["stage"] == "held"
    assert dpdesk("contacts", "expired", "--json").data["expired"] == []
    assert dpdesk("contacts", "hold", asked["id"], "--release", "--json").data["stage"] == "expired"
    assert {each["stage"] for each in dpdesk("contacts", "enquiries", "--json").data} == {"expired", "open"}
    assert "When do you meet?" in dpdesk("contacts", "expired").out
    assert dpdesk("contacts", "expired", "--erase", "--why", "A year is over").status == 2  # nobody to ask
    assert dpdesk("contacts", "expired", "--erase", "--yes").status == 1  # no reason
    told = dpdesk("contacts", "expired", "--erase", "--yes", "--why", "A year is over", "--certificate", tmp_path / "c.pdf", "--json")
    assert told.data["erased"]["people"] == 1 and (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert dpdesk("contacts", "show", asked["person"]).status == 1


def test_further_contact_and_the_answer(ann):
    dpdesk, person = ann
    told = dpdesk("contacts", "enquiry", person, "--way", "phone", "--query", "Is there a crèche?", "--asked-on", "1/3/2026", "--json")
    enquiry = told.data["enquiries"][0]["id"]
    assert dpdesk("contacts", "contacted", enquiry, "--on", "2/3/2026", "--json").data["kept_until"] == "2027-03-02"
    assert dpdesk("contacts", "contacted", enquiry, "--on", "nonsense").status == 1
    assert dpdesk("contacts", "answered", enquiry, "--json").data["stage"] == "closed"
    assert len(dpdesk("contacts", "enquiries", person, "--json").data) == 1
    assert dpdesk("contacts", "erase-enquiry", enquiry).status == 2  # nobody to ask
    assert dpdesk("contacts", "erase-enquiry", enquiry, "--yes", "--json").data["erased"] == enquiry
    assert dpdesk("contacts", "enquiries", person, "--json").data == []
