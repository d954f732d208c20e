"""`members import --whole-list`, `imports`, `rollback`: from the command line."""

from __future__ import annotations

from dpdesk.services.session import today
from tests.cli.conftest import LIST

WHOLE = LIST.splitlines()[0] + "\n" + LIST.splitlines()[1] + "\n"


def test_who_is_missing_lapses_when_asked_and_the_file_goes(filled, tmp_path):
    path = tmp_path / "whole.csv"
    path.write_text(WHOLE, "utf-8")
    told = filled("members", "import", path, "--whole-list", "--json")
    assert [each["name"] for each in told.data["missing"]] == ["Siôn Pugh"]
    assert "Siôn Pugh" in filled("members", "import", path, "--whole-list").out
    assert filled("members", "import", path, "--lapse-missing").status == 2
    assert filled("members", "import", path, "--whole-list", "--list-date", "soon").status == 2
    told = filled("members", "import", path, "--apply", "--whole-list", "--list-date", today().isoformat(), "--lapse-missing",
                  "--delete-source", "--json")
    assert (told.data["lapsed_missing"], told.data["superseded"], told.data["copies_due"]) == (1, 1, 1)
    assert told.data["source_deleted"] and not path.exists()
    path.write_text(WHOLE, "utf-8")
    older = ("members", "import", path, "--whole-list", "--list-date", "2020-01-01")
    assert filled(*older, "--json").data["newer_whole_list"] == today().isoformat()
    assert "an older one does not replace it" in filled(*older).out
    assert filled(*older, "--apply", "--json").data["error"]["reason"] == "older_list"
    assert "Choose among: number" in filled("members", "import", path, "--map", "Surname=nonsense").err
    assert filled("members", "show", "1002", "--json").data["status"] == "lapsed"
    listed = filled("members", "imports", "--json").data
    assert [(each["file"], each["state"], each["whole"]) for each in listed] == [
        ("whole.csv", "applied", True), ("members.csv", "superseded", False)]
    assert "Replaced by a newer list" in filled("members", "imports").out
    assert filled("members", "rollback", told.data["seq"]).status == 2  # nobody to ask
    assert filled("members", "rollback", told.data["seq"], "--yes", "--json").data["puts_back"] == 1
    assert filled("members", "show", "1002", "--json").data["status"] == "current"


def test_what_depends_on_a_list_is_shown(filled):
    seq = filled("members", "imports", "--json").data[0]["seq"]
    told = filled("members", "rollback", seq, "--dry-run", "--json")
    assert told.status == 0 and (told.data["removes"], told.data["possible"], told.data["done"]) == (2, True, False)
    assert filled("members", "edit", "1001", "--set", "town=Otherton").status == 0
    told = filled("members", "rollback", seq, "--yes")
    assert told.status == 1 and "Catherine Smith" in told.err and "edited since" in told.err
    assert len(filled("members", "list", "--json").data) == 2
    assert filled("members", "rollback", "999").status == 1
