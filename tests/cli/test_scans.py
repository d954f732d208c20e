"""`dpdesk scans`: reading files with and without writing, what is to be checked, deciding it, and scanners."""

from __future__ import annotations

import pytest

from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from tests.cli.conftest import PASSPHRASE
from tests.scanners.simulator import Scanner, running, sheet
from tests.services import canvassing, scanning


@pytest.fixture
def pile(desk, tmp_path):
    """A desk with a sheet that is out, and a PDF of its first page, a letter and a blank back."""
    session = Desks(Machine(), keys.least()).open(desk, Secret(PASSPHRASE))
    made = canvassing.out(session, canvassing.planned(session, tmp_path))
    path = scanning.scan(tmp_path, [scanning.filled(session, made, 1).grey, scanning.letter(), scanning.blank()])
    session.close()
    return made.id, path


def test_files_are_read_first_dry_then_for_good(run, passphrase, desk, pile):
    made, path = pile
    dry = run("--desk", desk, "scans", "read", path, "--dry-run", "--json").data
    assert not dry["written"] and [each["fate"] for each in dry["pages"]] == ["taken", "foreign", "blank"]
    page = dry["pages"][0]
    assert (page["sheet"], page["page"], page["copy"]) == (made, 1, 1) and page["registration"]["markers"] == 6
    box = page["rows"][0]["boxes"][0]
    assert box["state"] in ("empty", "marked", "cancelled", "unsure") and 0 <= box["score"] <= 1 and box["box"]
    assert run("--desk", desk, "scans", "list", "--json").data["batches"] == []
    taken = run("--desk", desk, "scans", "read", path, "--json").data
    assert [piece["page"] for piece in taken["sheets"][0]["missing"]] == [2, 3]
    assert taken["fates"] == {"taken": 1, "foreign": 1, "blank": 1} and taken["pages"][0]["scan"]
    assert [each["fates"] for each in run("--desk", desk, "scans", "list", "--json").data["batches"]] == [taken["fates"]]
    told = run("--desk", desk, "scans", "review", "--json").data
    scan = taken["pages"][0]["scan"]
    for row in [each for each in told["rows"] if each["state"] == "waiting"]:
        letters = page["rows"][0]["boxes"][1]["box"]
        run("--desk", desk, "scans", "answer", scan, row["row"], letters)
    if any(each["state"] == "strip" for each in told["rows"]):
        run("--desk", desk, "scans", "confirm", scan)
    checked = run("--desk", desk, "scans", "check", scan, "--json").data
    assert checked["checked"] and checked["rows_left"] == 0
    assert "wait" in run("--desk", desk, "scans", "list").out


def test_what_cannot_be_read_is_told_with_its_reason(run, passphrase, desk, tmp_path):
    bad, photo = tmp_path / "bad.pdf", tmp_path / "photo.heic"
    bad.write_bytes(b"%PDF-1.7 nothing")
    photo.write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(50))
    told = run("--desk", desk, "scans", "read", bad, photo, "--json")
    assert told.status == 1 and [each["reason"] for each in told.data["unread"]] == ["broken", "heic"]
    assert "Most Compatible" in run("--desk", desk, "scans", "read", photo).out
    assert run("--desk", desk, "scans", "resume", "nothing").status == 1


def test_a_scanner_is_used_by_its_address(run, passphrase, desk):
    with running(Scanner(feeder=[sheet(), sheet()])) as simulated:
        told = run("--desk", desk, "scans", "scan", f"http://127.0.0.1:{simulated.port}", "--json").data
        assert sum(told["fates"].values()) == 2
        empty = run("--desk", desk, "scans", "scan", f"http://127.0.0.1:{simulated.port}", "--json").data
    assert empty["problem"] == "scans.feeder_empty" and empty["fates"] == {}
