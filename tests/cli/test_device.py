"""`dpdesk device` and `dpdesk disposals`: the points as JSON and for people, kept or not, reported, noted and certified."""

from __future__ import annotations

import json
from datetime import timedelta

from dpdesk.domain.device import CODES
from dpdesk.services.session import today

STATES = {"pass", "fail", "cannot_tell", "not_applicable", "attested"}


def test_a_check_before_the_machine_is_entered_is_shown_and_not_kept(dpdesk):
    told = dpdesk("device", "check", "--json")
    assert told.status == 0 and "not in the inventory" in told.err
    points = told.data["points"]
    assert [each["id"] for each in points] == list(CODES)
    assert {each["state"] for each in points} <= STATES
    assert all(each["clause"] == f"S1 §{each['id'].rstrip('ab')}" for each in points)
    assert dpdesk("audit", "list", "--action", "device.checked", "--json").data == []


def test_entered_checked_attested_and_shown(dpdesk):
    assert dpdesk("device", "add", "Laptop", "--kind", "laptop", "--whose", "own", "--household").status == 0
    assert dpdesk("device", "add", "Laptop").status == 1
    told = dpdesk("device", "check", "--json").data
    assert told["device"]["name"] == "Laptop" and told["at"] and told["system"]
    encryption = next(each for each in told["points"] if each["id"] == "27.10")
    assert {each["check"] for each in encryption["evidence"]} == {"encryption", "encryption_backups", "encryption_swap"}
    assert all(each["said"].endswith(".") for each in encryption["evidence"])
    assert dpdesk("device", "attest", "27.11", "--said", "I ring Ben", "--yes").status == 0
    point = next(each for each in dpdesk("device", "show", "--json").data["points"] if each["id"] == "27.11")
    assert (point["state"], point["attested"]["by"], point["attested"]["said"]) == ("attested", "Jane Example", "I ring Ben")
    assert [each["id"] for each in dpdesk("device", "check", "--point", "27.8", "--json").data["points"]] == ["27.8"]
    people = dpdesk("device", "check").out
    assert "of 16 points" in people and "1 is attested" in people and "27.3a" in people and "Attested by Jane Example" in people
    refused = dpdesk("device", "attest", "27.5", "--yes")
    assert refused.status == 1 and "fails" in refused.err


def test_permitted_listed_and_reported(dpdesk, tmp_path):
    dpdesk("device", "add", "Laptop")
    dpdesk("device", "check")
    (listed,) = dpdesk("device", "list", "--json").data
    assert listed["here"] and listed["officer"] == "Jane Example"
    until = (today() + timedelta(days=30)).isoformat()
    told = dpdesk("device", "allow", listed["id"], "--why", "No server", "--control", "27.8", "--until", until, "--json")
    assert told.data == {"device": listed["id"], "until": until, "controls": ["27.8"]}
    assert dpdesk("device", "report", "--out", tmp_path / "r.pdf").status == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert dpdesk("device", "report", "--out", tmp_path / "r.dpdevice").status == 0
    assert dpdesk("device", "take-in", tmp_path / "r.dpdevice").status == 0
    assert dpdesk("device", "report", "--out", tmp_path / "r.txt").status == 1
    assert {each["kind"] for each in dpdesk("copies", "list", "--json").data} == {"device"}
    (tmp_path / "r.dpdevice").write_text("{}")
    refused = dpdesk("device", "take-in", tmp_path / "r.dpdevice", "--json")
    assert (refused.status, json.loads(refused.out)["error"]["reason"]) == (1, "device.report_broken")


def test_disposals_from_note_to_certificate(dpdesk, tmp_path):
    entry = {"item": "stick", "description": "Blue stick", "data-class": "confidential", "means": "clear", "tool": "Drill",
             "verified": "Seen", "verified-by": "Ben", "done-by": "Ann", "place": "Office",
             "done-on": today().isoformat(), "fate": "destroyed"}
    words = [word for name, value in entry.items() for word in (f"--{name}", value)]
    refused = dpdesk("disposals", "record", *words)
    assert refused.status == 1 and "Overwriting leaves old copies" in refused.err
    words[words.index("clear")] = "destroy"
    number = dpdesk("disposals", "record", *words, "--json").data["number"]
    assert dpdesk("disposals", "authorise", number).status == 0
    assert dpdesk("disposals", "certificate", number, "--out", tmp_path / "c.pdf").status == 0
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert number in dpdesk("disposals", "list").out and "Jane Example" in dpdesk("disposals", "show", number).out
    assert dpdesk("disposals", "approve-repairer", "Fixers", "--agreement", "May").status == 0
    assert [each["name"] for each in dpdesk("disposals", "repairers", "--json").data] == ["Fixers"]
    assert dpdesk("disposals", "show", "D-1").status == 1


def test_a_desk_open_for_reading_is_looked_at_and_keeps_nothing(dpdesk):
    dpdesk("device", "add", "Laptop")
    told = dpdesk("--read-only", "device", "check", "--json")
    assert told.status == 0 and "nothing is kept" in told.err and len(told.data["points"]) == 16
