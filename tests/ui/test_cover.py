"""The cover: nothing of the desk can be seen, read or grabbed behind it, and the work goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from dpdesk.services import settings
from tests.ui import walker
from tests.ui.conftest import by_name, press, settle, told
from tests.ui.pages_hand import Hand

NAMES = ("Ann", "Example", "Anytown", "Jane", "Green Party")


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


def test_one_key_hides_everything_and_another_brings_it_back(qtbot, window, hand):
    hand.go("members")
    by_name(window, QLineEdit, "Search members").setText("exam")
    settle(qtbot, window)
    seen = window.grab().toImage()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.covered and "Covered" in told(window)
    assert not [name for name in NAMES if name in told(window)] and window.windowTitle() == "dpdesk"
    assert window.grab().toImage() != seen and not window.desk.isVisible()
    qtbot.wait(50)
    assert walker.faults(window) == []
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.covered
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert not window.covered and window.desk.front == "members"
    assert by_name(window, QLineEdit, "Search members").text() == "exam"


def test_a_question_that_names_somebody_is_put_away_unanswered(qtbot, window, hand):
    from dpdesk.ui.widgets import ask
    answered = []
    asked = ask.confirm(window.desk, "Remove Ann Example?", "", "Remove", lambda: answered.append(1))
    window.cover()
    assert not asked.isVisible() and answered == []


def test_leaving_the_program_covers_it_after_the_set_time(qtbot, window, hand):
    session = window.desk.session
    assert session.cover_seconds == session.policy.cover_after_seconds
    settings.set_cover_seconds(session, 10)
    watch = window.desk._watch
    watch.changed(Qt.ApplicationState.ApplicationInactive)
    assert watch._timer.isActive() and watch._timer.interval() == 10_000
    watch.changed(Qt.ApplicationState.ApplicationActive)
    assert not watch._timer.isActive() and not window.covered
    watch.changed(Qt.ApplicationState.ApplicationInactive)
    watch._timer.start(0)
    qtbot.waitUntil(lambda: window.covered, timeout=2_000)


def test_a_desk_that_has_ended_is_not_covered_any_more(qtbot, window, hand):
    watch = window.desk._watch
    watch.stop()
    watch.stop()
    watch.changed(Qt.ApplicationState.ApplicationInactive)
    assert not watch._timer.isActive()


def test_a_covered_desk_locks_and_is_not_uncovered_by_unlocking_another_way(qtbot, window, hand):
    window.cover()
    press(qtbot, window, "Lock")
    assert window.desk is None and not window.covered
    window.uncover()
    assert "Unlock the desk" in told(window)
    QApplication.processEvents()


def test_the_time_is_chosen_in_the_settings(qtbot, window, hand):
    hand.go("settings", {"section": "lock"})
    page = hand.page.sections["lock"]
    page.seconds.choose("30")
    hand.press("Save the time until the window is covered")
    qtbot.waitUntil(lambda: "covered after 30 seconds" in told(window), timeout=5_000)
    assert window.desk.session.cover_seconds == 30
