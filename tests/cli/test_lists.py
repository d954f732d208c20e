"""`members list` with filters and saved searches, `members searches`, `members bulk-edit|bulk-undo`."""

from __future__ import annotations


def names(told) -> list[str]:
    return [one["forename"] for one in told.data]


def test_filters_saved_under_a_name_and_asked_again(filled):
    told = filled("members", "list", "--town", "anytown", "--joined-since", "1/1/2020", "--json")
    assert names(told) == ["Siôn"]
    assert "Members living in anytown joined since 1 Jan 2020, by name: 1 person." in told.err
    assert filled("members", "searches").out.strip() == "No search is saved yet."
    assert filled("members", "searches", "--save", "Newer", "--joined-since", "2020-01-01").status == 0
    assert "Members joined since 1 Jan 2020, by name" in filled("members", "searches").out
    assert names(filled("members", "list", "--saved", "newer", "--json")) == ["Siôn"]
    assert names(filled("members", "list", "--saved", "newer", "--joined-since", "", "--sort", "number", "--json")) == ["Catherine", "Siôn"]
    assert filled("members", "searches", "--save", "Newer").status == 1
    filled("members", "searches", "--rename", "Newer", "Since 2020")
    assert filled("members", "searches", "--json").data[0]["query"] == {"version": 1, "joined_since": "2020-01-01"}
    filled("members", "searches", "--delete", "since 2020")
    told = filled("members", "list", "--saved", "Since 2020")
    assert told.status == 1 and "Saved search Since 2020" in told.err


def test_a_filter_that_is_no_day_is_refused(filled):
    told = filled("members", "list", "--changed-since", "soon")
    assert told.status == 1
    assert "Changed since: This is not a day" in told.err


def test_bulk_edit_previews_applies_and_is_undone(filled):
    assert filled("members", "bulk-edit", "--set", "ward=North").status == 2
    told = filled("members", "bulk-edit", "--set", "ward=North", "--everybody")
    assert "2 would change." in told.out and "Nothing was changed." in told.out
    told = filled("members", "bulk-edit", "--set", "ward=North", "--town", "Anytown", "--apply", "--json")
    assert (told.data["applied"], told.data["changed"], told.data["already"]) == (True, 2, 0)
    assert names(filled("members", "list", "--ward", "north", "--json")) == ["Siôn", "Catherine"]
    filled("members", "edit", "1001", "--set", "ward=South")
    told = filled("members", "bulk-undo", told.data["seq"], "--json")
    assert (told.data["applied"], told.data["back"]) == (False, 1)
    told = filled("members", "bulk-undo", told.data["seq"], "--apply")
    assert "1 is as before." in told.out and "Ward was changed since" in told.out
    assert [one.get("ward", "") for one in filled("members", "list", "--json").data] == ["", "South"]


def test_bulk_edit_refuses_fields_of_one_person(filled):
    told = filled("members", "bulk-edit", "--set", "email=x@example.org", "--everybody")
    assert told.status == 2
    told = filled("members", "bulk-edit", "--set", "status=asleep", "--everybody")
    assert told.status == 1 and "Status: This is not a status dpdesk knows" in told.err
