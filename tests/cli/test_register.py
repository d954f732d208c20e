"""`dpdesk register …` from the command line: files in, what is on the register, their use, and who is who."""

from __future__ import annotations

import pytest

from dpdesk.services.session import today
from tests.services import registers
from tests.services.registers import PEOPLE, write

SUPPLY = ("--supplier", "Anytown Council")


@pytest.fixture
def register_file(tmp_path):
    return write(tmp_path, registers.xpress(), "cp1252")


@pytest.fixture
def electors(filled, register_file):
    """A desk with members and a register."""
    assert filled("register", "import", register_file, "--apply", *SUPPLY).status == 0
    return filled


def test_a_preview_changes_nothing_and_says_what_would_happen(filled, register_file):
    told = filled("register", "import", register_file, "--json")
    assert told.status == 0 and not told.data["applied"]
    assert (told.data["layout"], told.data["encoding"], told.data["counts"]["new"], told.data["kind"]) == ("xpress_14", "cp1252", 5, "full")
    assert "This is a preview" in filled("register", "import", register_file).out
    assert filled("register", "info", "--json").data["electors"] == 0


def test_a_record_of_supply_is_asked_for(filled, register_file):
    told = filled("register", "import", register_file, "--apply")
    assert told.status == 1 and "Supplied by" in told.err
    assert filled("register", "import", register_file, "--apply", *SUPPLY, "--supplied-on", "soon").status == 2


def test_what_is_on_the_register_and_for_what(electors):
    assert electors("register", "info", "--json").data["districts"] == {"AN-1": 3, "AN/2": 2}
    listed = electors("register", "list", "--search", "knowsley", "--json").data
    assert listed["count"] == 1 and listed["electors"][0]["elector_number"] == "AN-1-1"
    assert "Ann Smith" in electors("register", "show", "AN-1-1").out
    assert electors("register", "show", "AN-1-77").status == 1
    (kept,) = electors("register", "files", "--json").data
    assert (kept["supplier"], kept["state"], kept["permitted"], kept["due"]) == ("Anytown Council", "applied", "electoral", False)
    assert "Electoral purposes" in electors("register", "files").out
    assert electors("register", "may", "canvassing", "--json").data["allowed"]
    told = electors("register", "may", "newsletter")
    assert told.status == 1 and "electoral purposes only" in told.err
    assert "may not be passed on" in electors("register", "may", "canvassing", "--for", "headquarters").err
    assert electors("register", "polling-day", f"{today().year + 1}-05-06", "--json").data["polling_day"] == f"{today().year + 1}-05-06"


def test_updates_lists_and_taking_back(electors, tmp_path):
    new = ("AN-1", "9", "0", "", "", "New", "Nia", "AN1 2AB", "9 High St", "")
    update = write(tmp_path, registers.status(("A", new), ("D", PEOPLE[4]), ("D", ("AN-1", "99", *PEOPLE[0][2:]))), name="u.csv")
    told = electors("register", "update", update, "--apply", *SUPPLY, "--delete-source", "--json")
    assert (told.data["counts"]["new"], told.data["counts"]["left"], told.data["problems"]) == (1, 1, {"delete_unknown": 1})
    assert told.data["source_deleted"] and not update.exists()
    absent = write(tmp_path, [["PD", "No", "Surname"], ["AN-1", "1", "Smith"], ["AN-1", "2", "Wrong"]], name="a.csv")
    told = electors("register", "absent", absent, "--how", "proxy", "--apply", *SUPPLY, "--json")
    assert told.data["counts"]["new"] == 1 and told.data["conflicts"][0]["list_name"] == "Wrong"
    marked = write(tmp_path, [["PD", "No", "Surname", "Voted"], ["AN-1", "1", "Smith", "v"]], name="m.csv")
    assert electors("register", "marked", marked, "--apply", *SUPPLY).status == 1
    assert electors("register", "marked", marked, "--apply", *SUPPLY, "--polling-day", "2026-05-07").status == 0
    shown = electors("register", "show", "AN-1-1", "--json").data
    assert shown["absent"] == ["proxy"] and shown["votes"] == [["2026-05-07", "voted"]]
    first = electors("register", "files", "--json").data[-1]["seq"]
    assert electors("register", "rollback", first, "--dry-run", "--json").data["possible"] is False
    assert electors("register", "rollback", first, "--yes").status == 1
    assert electors("register", "rollback", told.data["seq"] + 1, "--yes").status == 0
    assert electors("register", "show", "AN-1-1", "--json").data["votes"] == []
    assert electors("register", "destroy", first, "--yes").status == 1


def test_electors_and_members_are_linked_by_a_person(electors, tmp_path):
    cat = ("AN-1", "7", "0", "", "", "Smith", "Catherine", "AN1 2AB", "1 Lock Lane", "Anytown")
    electors("register", "update", write(tmp_path, registers.status(("A", cat)), name="u.csv"), "--apply", *SUPPLY)
    (found,) = electors("register", "suggest", "--json").data
    assert found["number"] == "AN-1-7" and found["score"] >= 95 and "name_same" in found["reasons"]
    assert electors("register", "link", "AN-1-7", "1001").status == 0
    assert "Catherine Smith" in electors("register", "show", "AN-1-7").out
    assert electors("register", "suggest", "--json").data == []
    assert electors("register", "link", "AN-1-7", "1001", "--undo").status == 0
    assert electors("register", "link", "AN-1-7", "1001", "--not-same").status == 0
    assert electors("register", "suggest", "--json").data == []


def test_electors_leave_for_an_electoral_purpose_alone(electors, tmp_path):
    out = tmp_path / "out" / "walk.csv"
    out.parent.mkdir()
    for words in (("--purpose", "newsletter"), ("--purpose", "canvassing", "--for", "headquarters"), ("--purpose", "donation_check")):
        told = electors("register", "export", "--out", out, *words, "--yes")
        assert told.status == 1 and not out.exists()
    told = electors("register", "export", "--out", out, "--purpose", "canvassing", "--pd", "AN-1", "--yes", "--json")
    assert told.data["electors"] == 3 and told.data["delete_by"]
    assert "4-6 Knowsley Road, Anytown" in out.read_text("utf-8-sig")
    assert electors("register", "export", "--out", out, "--purpose", "canvassing", "--yes").status == 2
    assert [each["kind"] for each in electors("copies", "list", "--json").data].count("register") == 1


def test_pairs_of_a_new_register_are_confirmed(electors, tmp_path):
    year = today().year
    married = ("AN-1", "31", "0", "", "", "Brown", "Ann", "AN1 2AB", "4-6 Knowsley Road", "Anytown")
    newer = write(tmp_path, registers.xpress((married,)), name="new.csv")
    told = electors("register", "import", newer, "--apply", *SUPPLY, "--year", year + 1, "--whole", "--json")
    assert told.data["counts"]["uncertain"] == 1 and told.data["superseded"] == 1
    (pair,) = electors("register", "pairs", "--json").data
    assert (pair["old"], pair["new"]) == ("AN-1-1", "AN-1-31")
    assert electors("register", "confirm", pair["id"], "same").status == 0
    assert electors("register", "confirm", pair["id"], "same").status == 1
    assert "AN-1-1" in electors("register", "show", "AN-1-31").out
    due = [each for each in electors("register", "files", "--json").data if each["due"]]
    told = electors("register", "destroy", due[0]["seq"], "--yes", "--json")
    assert told.data["files"] == ["register.csv"] and told.data["rows"]
