"""The groups of the navigation fold when there is no room for all, and the page in front always shows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from dpdesk.ui.shell.navigation_groups import Groups

TALL = 36


@pytest.fixture
def groups(qtbot):
    made = Groups()
    qtbot.addWidget(made)
    for word, pages in (("", 1), ("People", 3), ("Campaign", 5), ("Record", 3), ("", 2)):
        group = made.group(word)
        for _each in range(pages):
            page = QPushButton(word)
            page.setFixedHeight(TALL)
            group.add(page)
    made.resize(216, 2000)
    made.show()
    return made


def opened(groups: Groups) -> list[str]:
    return [group.heading.text() for group in groups.groups if group.heading.text() and not group.folded]


def test_everything_shows_where_there_is_room(groups):
    assert opened(groups) == ["People", "Campaign", "Record"]


def test_what_was_opened_last_stays_and_the_others_fold_where_there_is_none(groups, qtbot):
    groups.show_group(groups.groups[2])
    groups.resize(216, 3 * TALL + 3 * 40 + 6 * TALL)
    qtbot.waitUntil(lambda: opened(groups) == ["Campaign"])
    groups.groups[3].heading.click()
    assert opened(groups) == ["Record"] or opened(groups) == ["People", "Record"]
    groups.resize(216, 2000)
    qtbot.waitUntil(lambda: opened(groups) == ["People", "Campaign", "Record"])


def test_the_group_in_front_opens_however_little_room_there_is(groups, qtbot):
    groups.resize(216, 100)
    qtbot.waitUntil(lambda: opened(groups) == [])
    groups.show_group(groups.groups[2])
    assert opened(groups) == ["Campaign"]


def test_a_press_on_an_open_group_folds_it_and_says_so(groups):
    people = groups.groups[1]
    people.heading.click()
    assert opened(groups) == ["Campaign", "Record"]
    assert "folded" in people.heading.accessibleName()
    people.heading.click()
    assert opened(groups) == ["People", "Campaign", "Record"]
    assert people.heading.accessibleName() == "People"
