"""`dpdesk members …` and `dpdesk audit …`, as scripts call them."""

from __future__ import annotations

import stat
import sys

import pytest


def test_import_previews_and_changes_nothing(dpdesk, list_file):
    told = dpdesk("members", "import", list_file, "--json")
    assert told.status == 0
    assert told.data["applied"] is False
    assert (told.data["counts"]["new"], told.data["counts"]["refused"], told.data["counts"]["stops"]) == (2, 2, 1)
    assert [(row["row"], row["reason"], row["field"]) for row in told.data["refused"]] == [
        (4, "name_missing", "surname"), (5, "email_bad", "email")]
    assert [c["header"] for c in told.data["columns"] if c["refused"] == "national_insurance"] == ["NI number"]
    assert dpdesk("desk", "info", "--json").data["members"] == 0


def test_import_applies_and_names_the_entry(dpdesk, list_file):
    told = dpdesk("members", "import", list_file, "--apply", "--json")
    assert told.data["applied"] is True
    entry = dpdesk("audit", "list", "--limit", "1", "--json").data[0]
    assert (entry["seq"], entry["action"]) == (told.data["seq"], "members.imported")
    again = dpdesk("members", "import", list_file, "--json").data["counts"]
    assert (again["new"], again["unchanged"], again["stops"]) == (0, 2, 0)


def test_import_for_people(dpdesk, list_file):
    told = dpdesk("members", "import", list_file)
    assert "This is a preview: nothing was changed." in told.out
    assert "2 new" in told.out
    assert "1 opt-out is added." in told.out
    assert "QQ123456C" not in told.out + told.err


def test_a_column_is_mapped_by_hand(dpdesk, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Who,Where they live,Standing\nLee Chen,AN1 2AB,current\n", "utf-8")
    wishes = ("--map", "Who=full_name", "--map", "#2=postcode", "--map", "Standing=status")
    told = dpdesk("members", "import", path, "--json", *wishes)
    assert [c["field"] for c in told.data["columns"]] == ["full_name", "postcode", "status"]
    assert told.data["counts"]["new"] == 1
    assert dpdesk("members", "import", path, "--map", "Nothing=surname").status == 2
    assert dpdesk("members", "import", path, "--map", "nonsense").status == 2
    told = dpdesk("members", "import", path, "--map", "Who=mood", "--json")
    assert told.status == 2 and told.data["error"]["code"] == "usage" and "mood" in told.data["error"]["what"]


def test_rows_come_in_without_what_cannot_be_read(dpdesk, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Surname,Email,Status\nLee,no address,current\n", "utf-8")
    assert dpdesk("members", "import", path, "--json").data["counts"]["refused"] == 1
    told = dpdesk("members", "import", path, "--leave-out", "--apply", "--json")
    assert (told.data["counts"]["new"], told.data["problems"]) == (1, {"left_out": 1})


def test_an_opt_out_column_may_not_be_left_out(dpdesk, list_file):
    told = dpdesk("members", "import", list_file, "--map", "Do not email=-")
    assert told.status == 1
    assert "opt-outs" in told.err


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b"\x00\x01\x02\xff" * 999, "nul"), (None, "missing")])
def test_a_file_that_is_no_list_is_refused(dpdesk, tmp_path, content, reason):
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    told = dpdesk("members", "import", path, "--apply", "--json")
    assert told.status == 1
    assert told.data["error"]["code"] == "unreadable"
    assert told.data["error"]["reason"] in (reason, "binary")


def test_search_list_and_show(filled):
    assert filled("members", "search", "Katherine", "Smyth", "--json").data[0]["number"] == "1001"
    assert "Nobody fits that." in filled("members", "search", "xxxxxx").err
    listed = filled("members", "list", "--sort", "number", "--descending", "--json").data
    assert [person["number"] for person in listed] == ["1002", "1001"]
    assert listed[0]["stopped"] == ["email"]
    part = filled("members", "list", "--limit", "1", "--offset", "1")
    assert "1 of 2" in part.err
    shown = filled("members", "show", "1002", "--json").data
    assert shown["reaches"]["email"] == {"allowed": False, "why": "stopped"}
    assert shown["history"][-1]["action"] == "members.imported"
    assert "Siôn Pugh" in filled("members", "list").out
    assert "no: stopped" in filled("members", "show", shown["id"]).out
    assert filled("members", "show", "9999").status == 1


def test_edit_and_undo(filled):
    told = filled("members", "edit", "1001", "--set", "mobile=07700 900199", "--set", "town=", "--json")
    assert told.data["mobile"] == "+447700900199"
    assert "town" not in told.data
    undone = filled("members", "undo", told.data["history"][0]["seq"], "--json")
    assert (undone.data["mobile"], undone.data["town"]) == ("+447700900101", "Anytown")
    told = filled("members", "undo", told.data["history"][0]["seq"])
    assert told.status == 1
    assert "undone already" in told.err


def test_an_edit_that_breaks_a_rule_names_the_field(filled):
    told = filled("members", "edit", "1001", "--set", "email=nonsense", "--json")
    assert told.status == 1
    assert "E-mail: This is not an e-mail address" in told.data["error"]["what"]


def test_a_stop_survives_the_next_import(filled, list_file):
    assert filled("members", "stop", "1001", "--channel", "email", "--source", "Told us").status == 0
    list_file.write_text(list_file.read_text("utf-8").replace(",yes,", ",no,"), "utf-8")
    assert filled("members", "import", list_file, "--apply").status == 0
    assert [p["stopped"] for p in filled("members", "list", "--json").data] == [["email"], ["email"]]


def test_export_has_the_fewest_columns_and_is_recorded(filled, tmp_path):
    path = tmp_path / "out.csv"
    told = filled("members", "export", "--out", path, "--why", "Ballot papers", "--json")
    assert told.data["people"] == 2
    assert path.read_text("utf-8-sig").splitlines()[0] == "Membership number,Forename,Surname"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    entry = filled("audit", "list", "--limit", "1", "--json").data[0]
    assert entry["action"] == "members.exported"
    assert entry["facts"]["people"] == 2 and entry["facts"]["columns"] == ["number", "forename", "surname"]
    assert entry["facts"]["whom"] == "branch" and entry["facts"]["copy"] == told.data["copy"]
    assert filled("members", "export", "--out", path, "--why", "Again").status == 2
    assert filled("members", "export", "--out", path, "--why", "Again", "--overwrite").status == 0
    assert filled("members", "export", "--out", path, "--overwrite", "--why", "x", "--for", "the neighbours").status == 2
    told = filled("members", "export", "--out", tmp_path / "no" / "where.csv", "--why", "x", "--json")
    assert told.data["error"]["code"] == "not_writable"
    assert filled("members", "export", "--out", path, "--columns", "mood", "--why", "x").status == 2


def test_audit_list_verify_and_export(filled, tmp_path):
    told = filled("audit", "verify", "--json")
    assert told.status == 0
    assert told.data["whole"] is True
    assert told.data["head"].startswith("2-")
    assert "List imported" in filled("audit", "list").out
    assert len(filled("audit", "list", "--action", "members.imported", "--json").data) == 1
    assert filled("audit", "export", tmp_path / "log.pdf").status == 0
    assert (tmp_path / "log.pdf.sig").exists()
    assert filled("audit", "export", tmp_path / "log.txt").status == 1


def test_a_name_cannot_steer_the_terminal(filled, dpdesk):
    told = dpdesk("members", "add", "--set", "surname=Bobby\x1b[31m", "--set", "status=current")
    assert told.status == 1  # control characters do not come in at all
    assert "\x1b" not in told.out + told.err


def test_a_member_is_shown_by_a_number_of_one_figure(dpdesk, tmp_path):
    (tmp_path / "list.csv").write_text("Membership No,Forename,Surname\n1,Ann,Lee\n11,Bob,Ray\n")
    dpdesk("members", "import", tmp_path / "list.csv", "--apply")
    assert dpdesk("members", "show", "1", "--json").data["forename"] == "Ann"
    refused = dpdesk("members", "show", "2")
    assert refused.status == 1 and "There is no such record here" in refused.err
