"""`dpdesk handover`: every step as a terminal would take it, the erasing with its typed word, and the successor's signature."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import PASSPHRASE

OTHER = "pepper lantern walks uphill"


@pytest.fixture
def two(dpdesk, desk):
    """Sam is an officer too; Jane's laptop is in the inventory."""
    reading, writing = os.pipe()
    os.write(writing, f"{OTHER}\n".encode())
    os.close(writing)
    added = dpdesk("officers", "add", "Sam Sample", "--role", "dpo", "--new-passphrase-fd", reading)
    assert added.status == 0, added.err
    assert dpdesk("device", "add", "Laptop").status == 0
    return dpdesk


def test_step_by_step_to_an_empty_folder_and_a_signature(two, run, desk, tmp_path, monkeypatch):
    assert two("handover", "show").status == 1
    assert two("handover", "begin", "leaving", "--json").data["step"] == "successor"
    assert two("handover", "successor", "Nobody").status == 1
    assert two("handover", "done", "sheets", "--json").status == 1
    assert two("handover", "successor", "sam sample").status == 0
    for step in ("sheets", "copies"):
        assert two("handover", "done", step).status == 0
    assert two("handover", "wipe", "desk_erased", "--tool", "dpdesk", "--verified", "Its certificate").status == 0
    early = two("handover", "done", "desk", "--json")
    assert (early.status, json.loads(early.out)["error"]["reason"]) == (1, "device.no_fresh_backup")
    backup, pdf = tmp_path / "for-sam.dpdesk", tmp_path / "erased.pdf"
    assert two("desk", "backup", backup, "--yes").status == 0
    held = two("handover", "erase", "--certificate", pdf, "--word", "erase", "--yes", "--json")
    assert (held.status, json.loads(held.out)["error"]["reason"]) == (1, "device.erase_not_handed_over")
    assert two("handover", "done", "desk").status == 0
    assert two("handover", "erase", "--certificate", pdf, "--yes").status == 2 and desk.exists()
    erased = two("handover", "erase", "--certificate", pdf, "--word", "erase", "--yes", "--json")
    assert (erased.status, erased.data["keys"], erased.data["unreadable"], erased.data["complete"]) == (0, 3, True, True)
    assert not desk.exists() and pdf.read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("DPDESK_PASSPHRASE", OTHER)
    sams = tmp_path / "sams"
    assert run("desk", "restore", backup, "--desk", sams).status == 0
    assert run("officers", "acknowledge", "--yes", "--desk", sams).status == 0
    signed = run("handover", "sign", "--certificate", erased.data["number"], "--desk", sams, "--json")
    assert (signed.status, signed.data["signed_by"]) == (0, "Sam Sample"), signed.err
    (noted,) = run("disposals", "list", "--desk", sams, "--json").data
    assert noted["certificate"] == erased.data["number"]


def test_keeping_it_after_all(two):
    assert two("handover", "begin", "replacing").status == 0
    told = two("handover", "give-up", "--yes", "--json")
    assert told.status == 0 and told.data["ended_at"]
    assert PASSPHRASE not in told.out
