"""The guide: every page leads to a chapter, every chapter and every link to something that is there."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpdesk import RESOURCES
from dpdesk.ui import pages
from dpdesk.ui.audit.sentences import EXPLAINED
from dpdesk.ui.help.chapters import CHAPTERS, CODES, chapter, chapter_for, holding
from tests.ui.conftest import told
from tests.ui.pages_hand import Hand

_LINK = re.compile(r"\]\((\w+):([\w-]+)(?:#([^)]+))?\)")


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


def test_every_page_has_a_chapter():
    spoken_for = {code for each in CHAPTERS for code in each.pages}
    without = [spec.code for spec in pages.specs() if spec.code not in spoken_for]
    assert without == []


def test_every_file_of_the_guide_is_a_chapter_with_a_title():
    assert sorted(path.stem for path in (RESOURCES / "help").glob("*.md")) == sorted(CODES)
    for each in CHAPTERS:
        assert each.text.startswith("# ") and each.title


def test_every_link_leads_somewhere():
    known = {spec.code for spec in pages.specs()}
    for each in CHAPTERS:
        for kind, code, part in _LINK.findall(each.text):
            assert (kind, code) in {("help", c) for c in CODES} | {("page", c) for c in known}, (each.code, code)
            assert not part or part in chapter(code).text


def test_every_chapter_is_linked_from_another_or_listed():
    assert {chapter_for("settings").code, chapter_for("audit").code} == {"locking", "audit"}
    assert chapter("nonsense").code == "start"


def test_each_kind_of_damage_is_explained():
    headings = re.findall(r"^## (.+)$", chapter("trouble").text, re.MULTILINE)
    assert [part for part in EXPLAINED.values() if part not in headings] == []


def test_the_guide_opens_at_the_chapter_of_the_page(qtbot, hand):
    hand.go("audit")
    qtbot.keyClick(hand.window, Qt.Key.Key_F1)
    hand.settle()
    assert hand.desk.front == "help"
    assert "Every change on the desk is written down" in hand.page.reader.toPlainText()


def test_all_chapters_can_be_chosen_and_left_with_esc(qtbot, hand):
    page = hand.go("help")
    for each in CHAPTERS:
        page.leaves.list.setCurrentRow(CODES.index(each.code))
        assert page.reader.toPlainText().startswith(each.title)
    qtbot.keyClick(hand.window, Qt.Key.Key_Escape)
    assert page.shown == CODES[-2]


def test_a_link_leads_to_a_chapter_and_to_a_page(hand):
    page = hand.go("help", {"chapter": "start"})
    page.reader.asked.emit("help:recovery")
    assert page.shown == "recovery"
    page.reader.asked.emit("page:settings")
    hand.settle()
    assert hand.desk.front == "settings"


def test_a_finding_is_explained_at_its_heading(hand):
    page = hand.go("help", {"chapter": "trouble", "part": "The end is cut off"})
    QApplication.processEvents()
    assert page.reader.textCursor().block().text() == "The end is cut off"


def test_searching_keeps_the_chapters_that_hold_all_words(qtbot, hand):
    page = hand.go("help")
    qtbot.keyClicks(page.search, "minute book")
    assert page.shown == "audit"
    assert page.leaves.list.count() == len(holding("minute book"))
    page.search.setText("no such words at all xyzzy")
    assert "No chapter has all these words" in told(hand.window)
    assert hand.page.back()
    assert page.leaves.list.count() == len(CHAPTERS)


def test_where_there_is_little_room_the_chapters_are_a_drop_down(hand, look):
    look("dark", 200)
    hand.window.resize(1024, 700)
    page = hand.go("help")
    assert page.leaves.drop.isVisible() and not page.leaves.list.isVisible()
    page.leaves.drop.setCurrentIndex(CODES.index("keys"))
    assert page.shown == "keys"
