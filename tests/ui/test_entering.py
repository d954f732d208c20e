"""Entering sheets in the window: by keyboard alone, undone, bulk, checked by a second person, differences settled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from dpdesk.domain.results import Check
from dpdesk.services import custody, entering
from tests.services import entered
from tests.services.conftest import desks, founded, reopen, session  # noqa: F401 - fixtures
from tests.ui.people_stage import Stage

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def staged(qtbot, session, desks) -> Stage:  # noqa: F811
    return Stage(qtbot, session, desks)


@pytest.fixture
def sheet(session, tmp_path):  # noqa: F811
    return entered.back(session, tmp_path)


@pytest.fixture
def desk(qtbot, session, desks, sheet):  # noqa: F811
    made = staged(qtbot, session, desks)
    yield made
    made.desk.end()


def open_page(desk: Stage, sheet, page: int = 1):
    shown = desk.go("entry", {"sheet": sheet.id, "page": page})
    shown.table.setFocus()
    return shown


def keys(desk: Stage, typed: str) -> None:
    for letter in typed:
        desk.qtbot.keyClicks(desk.page.table, letter)
    desk.settle()


def raws(session, sheet, page: int = 1) -> list[str]:  # noqa: F811
    return [row.fact.raw if row.fact else "-" for row in entering.rows(session, sheet.id, page)]


def test_the_list_says_what_waits_and_finds_a_page_by_its_number(desk, sheet):
    page = desk.go("entering")
    assert desk.reads(f"{sheet.pages} pages to enter.")
    assert page.table.topLevelItemCount() == sheet.pages
    desk.enter("Number of a page", "nonsense")
    desk.qtbot.keyClick(page.number, KEY.Key_Return)
    desk.settle()
    assert desk.told()
    desk.press("Open the page")
    assert desk.desk.front == "entry" and desk.reads("CV Weir Lane: page 1 of 3")


def test_one_key_a_row_and_the_next_row_comes_by_itself(desk, sheet):
    page = open_page(desk, sheet)
    rows = len(page.seen.rows)
    keys(desk, "loot")
    assert raws(desk.session, sheet)[:5] == ["L", "O", "O", "T", "-"]
    assert page.table.currentRow() == 4
    assert desk.reads(f"4 of {rows} rows entered, saved as you type.")
    keys(desk, "dlnv")
    assert raws(desk.session, sheet)[4:7] == ["D", "L", "NV"]
    keys(desk, "d")
    assert raws(desk.session, sheet)[7] == "-"
    desk.qtbot.keyClick(page.table, KEY.Key_Return)
    desk.settle()
    assert raws(desk.session, sheet)[7] == "D" and page.table.currentRow() == 8


def test_more_than_one_code_a_whole_code_and_a_note(desk, sheet):
    page = open_page(desk, sheet)
    desk.qtbot.keyClick(page.table, KEY.Key_L, SHIFT)
    desk.qtbot.keyClick(page.table, KEY.Key_V, SHIFT)
    desk.settle()
    assert raws(desk.session, sheet)[0] == "L V" and page.table.currentRow() == 0
    desk.qtbot.keyClick(page.table, KEY.Key_Down)
    desk.qtbot.keyClick(page.table, KEY.Key_Period)
    desk.settle()
    desk.enter("Code", "d9/t")
    desk.qtbot.keyClick(desk.field("Code"), KEY.Key_Return)
    desk.settle()
    assert raws(desk.session, sheet)[1] == "D9/T" and page.table.currentRow() == 2
    desk.qtbot.keyClick(page.table, KEY.Key_Up)
    desk.qtbot.keyClick(page.table, KEY.Key_Comma)
    desk.settle()
    desk.enter("Note", "Poster in the window")
    desk.qtbot.keyClick(desk.field("Note"), KEY.Key_Return)
    desk.settle()
    assert entering.rows(desk.session, sheet.id, 1)[1].fact.note == "Poster in the window"
    page.table.setFocus()
    desk.qtbot.keyClick(page.table, KEY.Key_Period)
    desk.settle()
    desk.enter("Code", "QQ")
    desk.press("Enter it")
    assert desk.reads("This is not a code of the campaign")


def test_slips_are_told_and_taken_back(desk, sheet):
    page = open_page(desk, sheet)
    keys(desk, "q")
    assert "no code of this campaign" in desk.told() and raws(desk.session, sheet)[0] == "-"
    keys(desk, "lt")
    desk.qtbot.keyClick(page.table, KEY.Key_Backspace)
    desk.settle()
    assert raws(desk.session, sheet)[:2] == ["L", "-"] and page.table.currentRow() == 1
    desk.press("Undo")
    assert raws(desk.session, sheet)[0] == "-" and page.table.currentRow() == 0
    desk.press("Undo")
    assert "nothing of yours" in desk.told()
    desk.qtbot.keyClick(page.table, KEY.Key_M, SHIFT)
    desk.qtbot.keyClick(page.table, KEY.Key_L, SHIFT)
    desk.settle()
    assert "contradict" in desk.told() and raws(desk.session, sheet)[0] == "M"


def test_nobody_home_on_the_rest_and_the_next_page_comes(desk, sheet):
    page = open_page(desk, sheet)
    keys(desk, "l")
    desk.qtbot.keyClick(page.table, KEY.Key_F4)
    desk.settle()
    assert set(raws(desk.session, sheet)[1:]) == {"O"}
    desk.qtbot.keyClick(page.table, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.reads("page 2 of 3") and "Page 1 is done" in desk.told()
    keys(desk, "l")
    desk.press("Page done")
    desk.agree("Nobody called there")
    assert desk.reads("page 3 of 3")
    assert [each.work for each in custody.copies_of(desk.session, sheet.id)] == ["entered", "entered", ""]


def second(qtbot, session, desks, reopen, sheet, check: Check):  # noqa: F811
    """Page 3 entered by one officer; another one at the desk."""
    entered.whole(session, sheet, 3, "L")
    other = entered.second_officer(session, reopen)
    other.policy = replace(other.policy, results_check=check)
    return staged(qtbot, other, desks)


def test_a_second_person_says_that_all_is_as_on_the_paper(qtbot, session, desks, reopen, sheet):  # noqa: F811
    desk = second(qtbot, session, desks, reopen, sheet, Check.LOOK)
    desk.go("entering")
    assert desk.reads("1 page to check.")
    open_page(desk, sheet, 3)
    keys(desk, "t")
    assert "This page is entered" in desk.told() and set(raws(desk.session, sheet, 3)) == {"L"}
    desk.qtbot.keyClick(desk.page.table, KEY.Key_Period)
    desk.settle()
    desk.enter("Code", "T")
    desk.press("Enter it")
    assert raws(desk.session, sheet, 3)[0] == "T"
    desk.press("All as on the paper")
    assert desk.desk.front == "entering" and "Page 3 is done" in desk.told()
    assert [each.work for each in custody.copies_of(desk.session, sheet.id)] == ["", "", "verified"]
    desk.desk.end()


def test_a_blind_second_entry_and_its_differences(qtbot, session, desks, reopen, sheet):  # noqa: F811
    desk = second(qtbot, session, desks, reopen, sheet, Check.BLIND)
    page = open_page(desk, sheet, 3)
    rows = len(page.seen.rows)
    assert desk.reads("You enter it a second time") and page.entered == {}
    keys(desk, "l" * (rows - 1) + "t")
    desk.press("Page done")
    assert desk.reads(f"Row {rows}:") and desk.reads("Dee Sample read T")
    desk.press(f"Row {rows} says something else")
    desk.enter("Code", "X")
    desk.press("Enter it")
    assert raws(desk.session, sheet, 3)[-1] == "X"
    assert [each.work for each in custody.copies_of(desk.session, sheet.id)] == ["", "", "verified"]
    desk.desk.end()
