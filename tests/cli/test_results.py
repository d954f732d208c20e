"""`dpdesk results …`: entered, checked, looked at and saved from the command line; who is to be left alone."""

from __future__ import annotations

import contextlib

import pytest

from dpdesk.domain.secret import Secret
from dpdesk.services import officers
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.cli.conftest import PASSPHRASE
from tests.services import entered


@pytest.fixture
def canvassed(filled, desk, tmp_path):
    """A desk with a sheet that came back, and the sheet."""
    with contextlib.closing(Desks(Machine(), keys.least()).open(desk, Secret(PASSPHRASE))) as session:
        officers.acknowledge(session)
        return filled, entered.back(session, tmp_path)


def test_a_page_is_entered_undone_and_done(canvassed):
    run, sheet = canvassed
    assert [(each["page"], each["step"], each["rows"]) for each in run("results", "pages", "--json").data][0] == (1, "enter", 12)
    assert run("results", "enter", sheet.spoken, "1", "1=L", "2=O", "3=D9/T", "--note", "1=Poster").status == 0
    rows = run("results", "rows", sheet.id, "1", "--json").data["rows"]
    assert [(row["raw"], row["outcome"], row["scale"], row["note"]) for row in rows[:3]] == [
        ("L", "spoke", 0, "Poster"), ("O", "not_home", 0, ""), ("D9/T", "spoke", 9, "")]
    assert "Labour" not in run("results", "rows", sheet.id, "1").out
    assert run("results", "undo", sheet.id, "1", "--json").data == {"undone": [1, 2, 3]}
    assert run("results", "enter", sheet.id, "1", "1=Q").status == 1
    assert run("results", "enter", sheet.id, "1", "nonsense").status == 2
    told = run("results", "enter", sheet.id, "1", "1=V,L", "--rest", "not-home", "--done", "--json")
    assert told.data == {"entered": 12, "open": [], "done": True}
    assert run("results", "check", sheet.id, "1").status == 1
    assert run("results", "enter", sheet.id, "2", "--done").status == 1
    assert run("results", "enter", sheet.id, "2", "1=T", "--rest", "not-visited", "--done").status == 0
    assert run("results", "differences", "--json").data == []


def test_what_was_found_is_told_without_small_figures_and_saved(canvassed, tmp_path):
    run, sheet = canvassed
    run("results", "enter", sheet.id, "1", *(f"{line}={'L' if line < 8 else 'T'}" for line in range(1, 13)), "--done")
    run("results", "enter", sheet.id, "2", "1=G", "2=O")
    found = run("results", "figures", "--json").data
    assert found["groups"][0]["called"] == 14
    assert found["columns"] == ["labour:definite", "conservative:definite", "green:definite"]
    assert found["groups"][0]["intentions"][2] is None
    assert found["pages"] == {"entered": 1, "returned": 2}
    assert "–" in run("results", "figures").out
    assert run("results", "over-time", "--json").data["weeks"][0]["called"] == 14
    saved = run("results", "report", "--out", tmp_path / "results.pdf", "--json")
    assert saved.status == 0 and (tmp_path / "results.pdf").read_bytes().startswith(b"%PDF")
    assert run("copies", "list", "--json").status == 0


def test_one_elector_and_being_left_alone(canvassed):
    run, _sheet = canvassed
    assert run("results", "note", "CV-3", "S", "--campaign", "Spring election", "--source", "phone", "--text", "Rang back").status == 0
    found = run("results", "elector", "CV-3", "--json").data
    assert [(each["on"], each["words"], each["source"], each["note"]) for each in found["contacts"]] == [
        (today().isoformat(), "Liberal Democrat", "phone", "Rang back")]
    made = run("results", "leave-alone", "CV-3", "--household", "--channel", "door", "--json").data
    assert "The household: calls at the door, for ever" in run("results", "elector", "CV-3").out
    assert run("results", "lift", made["id"], "--why", "Changed their mind").status == 0
    assert run("results", "elector", "CV-3", "--json").data["left_alone"][0]["lifted"]
    assert run("results", "leave-alone", "CV-3", "--until", "day", "--day", "soon").status == 1
