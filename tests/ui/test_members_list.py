"""The list of members: what it says, how one finds, narrows, sorts and opens, and where one comes back to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.members import Kind
from dpdesk.services import contacting, members
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def type_search(stage, words: str) -> None:
    stage.enter("Search members", words)
    stage.qtbot.waitUntil(lambda: stage.page.query.text == words, timeout=5_000)
    stage.settle()


def test_it_says_how_things_stand(stage):
    stage.go("members")
    assert stage.page.header.state.text() == "3 members, 3 without consent for e-mail, 1 under 18"
    assert stage.listed() == ["Ayling, Joe · Under 18", "Evans, Siân", "Smyth, Katherine"]


def test_the_search_box_is_focused_and_searches_as_one_types(stage):
    stage.go("members")
    stage.qtbot.waitUntil(lambda: QApplication.focusWidget() is stage.field("Search members"), timeout=5_000)
    type_search(stage, "smith")
    assert stage.listed() == ["Smyth, Katherine"]
    assert stage.reads("1 fits, the best first")


def test_an_overtaken_search_never_shows(stage):
    stage.go("members")
    type_search(stage, "evans")
    stage.page._ask(text="smyth")
    stage.page._ask(text="ayling")
    assert stage.listed() == ["Ayling, Joe · Under 18"]


def test_nobody_fits_says_what_to_do(stage):
    stage.go("members")
    type_search(stage, "qqqq")
    assert stage.reads("Nobody fits")
    stage.press("Show everybody")
    assert len(stage.listed()) == 3
    assert stage.field("Search members").text() == ""


def test_chips_narrow_and_carry_their_numbers(stage):
    stage.go("members")
    stage.press("Lapsed · 1")
    assert stage.listed() == ["Evans, Siân"]
    stage.press("Under 18 · 1")
    assert stage.listed() == ["Ayling, Joe · Under 18"]
    stage.press("All · 3")
    assert len(stage.listed()) == 3


def test_a_heading_sorts_and_a_second_press_turns_it_round(stage):
    stage.go("members")
    table = stage.page.table
    header = table.horizontalHeader()
    for expected in (["Smyth, Katherine", "Evans, Siân", "Ayling, Joe · Under 18"],
                     ["Ayling, Joe · Under 18", "Evans, Siân", "Smyth, Katherine"]):
        stage.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
        assert stage.listed() == expected


def test_a_stop_is_plain_in_the_list_and_the_panel(stage):
    contacting.stop(stage.session, person(stage, "smyth").id, "email", StopReason.OPT_OUT, "a reply")
    stage.go("members")
    type_search(stage, "smyth")
    table = stage.page.table
    stops = next(n for n, column in enumerate(table.paged.columns) if column.code == "stops")
    assert stage.listed() and table.paged.index(0, stops).data() == "Do not e-mail"
    assert not table.isColumnHidden(stops)
    stage.qtbot.waitUntil(lambda: stage.reads("Katherine Smyth"), timeout=5_000)
    assert stage.reads("Do not e-mail")


def test_the_keyboard_alone_finds_and_opens(stage):
    stage.go("members")
    type_search(stage, "evans")
    stage.qtbot.keyClick(stage.field("Search members"), Qt.Key.Key_Return)
    assert stage.page.table.hasFocus()
    stage.qtbot.keyClick(stage.page.table, Qt.Key.Key_Return)
    stage.settle()
    assert stage.desk.front == "member"
    assert stage.page.header.title.text() == "Siân Evans"
    stage.desk.back()
    stage.settle()
    assert (stage.desk.front, stage.listed()) == ("members", ["Evans, Siân"])


def test_home_and_end_reach_the_ends(stage):
    stage.go("members")
    table = stage.page.table
    table.setFocus()
    stage.qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 2
    stage.qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_one_comes_back_to_the_same_place(stage):
    stage.go("members")
    stage.press("Current · 2")
    stage.page.table.go_to(1)
    place = stage.page.place()
    stage.page.reset()
    stage.settle()
    stage.go("members", place)
    assert stage.listed() == ["Ayling, Joe · Under 18", "Smyth, Katherine"]
    assert stage.page.table.currentIndex().row() == 1


def test_an_empty_desk_says_what_the_page_is_for(empty_stage):
    empty_stage.go("members")
    assert empty_stage.reads("No members yet")
    empty_stage.press("Import a list…")
    assert empty_stage.desk.front == "import"


def test_contacts_have_their_own_list(empty_stage):
    members.add(empty_stage.session, Kind.CONTACT, {"forename": "Una", "surname": "Friend"})
    empty_stage.go("contacts")
    assert empty_stage.page.header.state.text() == "1 contact"
    assert empty_stage.listed() == ["Friend, Una"]


@pytest.mark.parametrize("width", [760, 1180, 1600])
def test_the_panel_gives_way_where_it_is_narrow(stage, width):
    stage.go("members")
    stage.window.resize(width, 700)
    stage.settle()
    page = stage.page
    assert page.panel.isVisible() == (page.width() >= 1060)
    shown = [c.code for n, c in enumerate(page.table.paged.columns) if not page.table.isColumnHidden(n)]
    assert {"name", "stops"} <= set(shown)


def test_everything_that_can_be_focused_has_a_name(stage):
    stage.go("members")
    stage.page.table.go_to(0)
    stage.settle()
    for widget in stage.shown(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
