"""`members archive|unarchive|erase` from the command line."""

from __future__ import annotations


def test_put_aside_and_back(filled):
    assert filled("members", "archive", "1002", "--why", "Moved abroad", "--json").data == {"archived": 1}
    assert [each["number"] for each in filled("members", "list", "--json").data] == ["1001"]
    assert [each["number"] for each in filled("members", "list", "--flag", "archived", "--json").data] == ["1002"]
    identity = filled("members", "list", "--flag", "archived", "--json").data[0]["id"]
    assert filled("members", "unarchive", identity, "--json").data == {"back": 1}
    assert len(filled("members", "list", "--json").data) == 2


def test_shown_first_then_erased_with_a_certificate(filled, tmp_path):
    told = filled("members", "erase", "1002", "--why", "Asked to be forgotten", "--dry-run", "--json")
    assert told.status == 0 and told.data["goes"]["record"] == 1 and told.data["stops"] == 1 and not told.data["done"]
    assert filled("members", "erase", "1002", "--why", "x").status == 2  # nobody to ask
    told = filled("members", "erase", "1002", "--why", "Asked to be forgotten", "--yes", "--certificate", tmp_path / "c.pdf", "--json")
    assert told.data["done"] and told.data["cleared"] and (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert filled("members", "show", "1002").status == 1
    assert filled("audit", "verify", "--json").data["whole"]


def test_replaced_by_an_artificial_identifier(filled):
    assert filled("members", "erase", "1001", "--why", "Yearly audit", "--pseudonymise", "--yes").status == 0
    names = [each["surname"] for each in filled("members", "list", "--json").data]
    assert len(names) == 2 and any(name.startswith("Person ") for name in names)


def test_an_erased_person_in_a_later_list_comes_in_only_where_asked_for(filled, tmp_path):
    assert filled("members", "erase", "1002", "--why", "Asked to be forgotten", "--yes").status == 0
    again = tmp_path / "again.csv"
    again.write_text("Membership No,First Name,Last Name\n1002,Whoever,Else\n", encoding="utf-8")
    told = filled("members", "import", again, "--apply", "--json")
    assert told.data["counts"]["new"] == 0 and [each["taken_in"] for each in told.data["erased_before"]] == [False]
    assert "Erased here before" in filled("members", "import", again).out
    assert filled("members", "import", again, "--erased-too", "9").status == 2
    assert filled("members", "import", again, "--erased-too", "all", "--apply", "--json").data["counts"]["new"] == 1
