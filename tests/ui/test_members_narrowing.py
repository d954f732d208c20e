"""Filters, saved searches and columns of a list, by what can be read on the page and by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget

from dpdesk.domain.members import Kind
from dpdesk.services import members, saved
from dpdesk.services.members import Query
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def warded(stage) -> None:
    for surname, ward in (("smyth", "North"), ("evans", "North"), ("ayling", "South")):
        found = person(stage, surname)
        members.edit(stage.session, found.id, {"ward": ward}, found)


def filtered(stage, **values: str) -> None:
    stage.go("members")
    stage.press("Filter…")
    for label, value in values.items():
        stage.enter(label.replace("_", " "), value)
    stage.press("Show these")


def columns(stage) -> list[str]:
    table = stage.page.table
    return [column.code for at, column in enumerate(table.paged.columns) if not table.isColumnHidden(at)]


def labels(stage) -> list[str]:
    return [b.text() for b in stage.shown(QAbstractButton) if b.text()]


def test_a_filter_narrows_says_itself_and_is_taken_away(stage):
    warded(stage)
    filtered(stage, Ward="North", Postcode_beginning="sw1a 1")
    assert stage.listed() == ["Smyth, Katherine"]
    assert stage.reads("Members in ward North with postcodes beginning SW1A 1, by name: 1 person.")
    stage.press("With postcodes beginning SW1A 1: take this filter away")
    assert stage.listed() == ["Evans, Siân", "Smyth, Katherine"]
    stage.press("Take all filters away")
    assert len(stage.listed()) == 3
    assert "Take all filters away" not in labels(stage)


def test_chips_and_filters_work_together_and_esc_takes_both(stage):
    warded(stage)
    filtered(stage, Ward="North")
    stage.press("Current · 2")
    assert stage.listed() == ["Smyth, Katherine"]
    assert stage.desk.page("members").back()
    stage.settle()
    assert len(stage.listed()) == 3


def test_a_day_that_is_none_is_said_in_the_form(stage):
    stage.go("members")
    stage.press("Filter…")
    stage.enter("Joined since", "soon")
    stage.press("Show these")
    assert stage.reads("Joined since") and any("This is not a day" in b.text() for b in stage.shown(QAbstractButton))
    stage.qtbot.keyClick(stage.field("Joined since"), Qt.Key.Key_Escape)
    stage.settle()
    assert QApplication.focusWidget() is stage.button("Filter…")


def test_a_search_is_saved_opened_renamed_and_deleted(stage):
    warded(stage)
    filtered(stage, Ward="North")
    stage.press("Save this search…")
    stage.enter("Name of the search", "The north")
    stage.press("Save")
    assert [one.name for one in saved.listing(stage.session)] == ["The north"]
    stage.press("Take all filters away")
    stage.press("The north")
    assert stage.listed() == ["Evans, Siân", "Smyth, Katherine"]
    assert stage.button("The north").isChecked()
    stage.press("Rename this search…")
    stage.enter("Name of the search", "North ward")
    stage.press("Rename")
    assert stage.button("North ward").isChecked()
    stage.press("Delete this search…")
    stage.agree("Delete")
    assert saved.listing(stage.session) == []
    assert "North ward" not in labels(stage)
    assert stage.listed() == ["Evans, Siân", "Smyth, Katherine"]


def test_a_name_that_is_taken_is_said_and_may_be_replaced(stage):
    saved.save(stage.session, "Mine", Query(status="lapsed"))
    stage.go("members")
    stage.press("Current · 2")
    stage.press("Save this search…")
    stage.enter("Name of the search", "mine")
    stage.press("Save")
    assert any("There is one of this name already" in b.text() for b in stage.shown(QAbstractButton))
    stage.press("Replace the search of that name")
    stage.press("Save")
    assert saved.get(stage.session, "Mine").query.status == "current"


def test_the_finder_goes_to_a_saved_search(stage):
    saved.save(stage.session, "Lapsed ones", Query(status="lapsed"))
    stage.go("today")
    found = next(find for find in stage.desk.commands() if find.words == "Lapsed ones")
    found.act()
    stage.settle()
    assert (stage.desk.front, stage.listed()) == ("members", ["Evans, Siân"])


def test_columns_are_chosen_by_keyboard_and_remembered(stage):
    warded(stage)
    stage.go("members")
    stage.press("Columns…")
    listed = next(w for w in stage.shown(QListWidget))
    titles = [listed.item(at).text() for at in range(listed.count())]
    assert titles[:3] == ["Name", "Membership number", "Status"] or titles[0] == "Name"
    listed.setCurrentRow(titles.index("Ward"))
    stage.qtbot.keyClick(listed, Qt.Key.Key_Space)
    for _step in range(titles.index("Ward") - 1):
        stage.qtbot.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    stage.press("Show these")
    assert columns(stage)[:2] == ["name", "ward"]
    assert stage.page.table.paged.index(0, 1).data() == "South"
    assert saved.columns(stage.session, Kind.MEMBER)[:2] == ("name", "ward")
    stage.press("Columns…")
    stage.press("The usual columns")
    assert saved.columns(stage.session, Kind.MEMBER) == ()
    assert "ward" not in columns(stage)


def test_chosen_columns_keep_to_the_width_and_details_stay_masked(stage):
    saved.choose_columns(stage.session, Kind.MEMBER, ("email", "date_of_birth", "phone", "ward", "branch", "address1", "town", "number"))
    stage.go("members")
    table = stage.page.table
    assert sum(table.columnWidth(at) for at in range(len(table.paged.columns)) if not table.isColumnHidden(at)) <= table.viewport().width()
    assert {"name", "stops", "email"} <= set(columns(stage))
    stage.listed()
    at = next(n for n, c in enumerate(table.paged.columns) if c.code == "date_of_birth")
    assert table.paged.index(0, at).data() == "•••• 2010"


def test_the_form_is_reached_by_tab_and_left_with_esc(stage):
    stage.go("members")
    button = stage.button("Filter…")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    stage.qtbot.keyClick(button, Qt.Key.Key_Space)
    stage.settle()
    assert stage.page.narrowing.slot.entry.isAncestorOf(QApplication.focusWidget())
    stage.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    stage.settle()
    assert stage.page.narrowing.slot.entry is None
