"""Copies in the window: listed, looked for, deleted, closed, kept longer; and the guard before a list is written."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from dpdesk.domain.copies import WITHIN, CopyState, Place
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, copies, exports, members, officers, places
from dpdesk.services.session import today
from dpdesk.store import keys
from tests.ui.conftest import by_name, press, told
from tests.ui.pages_hand import Hand

SECOND = "eleven herons by the canal"


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


def write(hand, path, **more):
    wish = exports.Wish(path, ("surname",), members.Query(), WITHIN, "Name badges", **more)
    return exports.members(hand.desk.session, wish).copy


def shown(hand, words: str) -> None:
    hand.qtbot.waitUntil(lambda: words in told(hand.window), timeout=5_000)


def test_an_empty_list_says_what_will_stand_there(hand):
    hand.go("copies")
    shown(hand, "No copy is outside the desk.")
    shown(hand, "Nothing is outside the desk")


def test_who_sees_their_own_alone_is_not_told_that_there_are_none(hand, desks, folder, tmp_path):
    write(hand, tmp_path / "badges.csv")
    officers.add(hand.desk.session, "Tom Helper", Role.DATA_ENTRY, Secret(SECOND), kdf=keys.least())
    hand.window.lock()
    helper = desks.open(folder, Secret(SECOND))
    officers.acknowledge(helper)
    hand.window.enter(helper)
    hand.go("copies")
    shown(hand, "No copy that you made is outside the desk.")
    shown(hand, "Nothing of yours is outside")


def test_listed_refused_while_there_and_deleted(hand, tmp_path):
    made = write(hand, tmp_path / "badges.csv", keep_days=0)
    hand.go("copies")
    shown(hand, "1 copy is outside the desk, 1 to be deleted now.")
    assert "3 people · for the branch · Name badges · made by Jane Example" in told(hand.window)
    assert "The file is there, on this machine’s own disk." in told(hand.window)
    hand.press("Look, and take off the list")
    shown(hand, "The file is still there")
    hand.press("Delete the file…")
    hand.agree("Delete the file")
    shown(hand, "The file is deleted, and off the list.")
    assert not (tmp_path / "badges.csv").exists()
    shown(hand, "No copy is outside the desk.")
    hand.press("Gone (1)")
    assert "Gone: looked for where it lay, and not found: Jane Example" in told(hand.window)
    assert copies.get(hand.desk.session, made.id).copy.state is CopyState.DELETED


def test_kept_longer_with_a_reason(hand, tmp_path):
    made = write(hand, tmp_path / "badges.csv", keep_days=0)
    hand.go("copies")
    shown(hand, "To be deleted now")
    hand.press("Keep longer…")
    hand.press("Keep it")
    shown(hand, "This is needed")
    until = today() + timedelta(days=6)
    hand.type("Delete by", until.strftime("%d/%m/%Y"))
    hand.type("What for", "The meeting moved")
    hand.press("Keep it")
    shown(hand, "It may stay until then.")
    assert copies.get(hand.desk.session, made.id).copy.delete_by == until.isoformat()


def test_a_drive_that_is_not_here_needs_a_word(hand, tmp_path):
    (tmp_path / "stick").mkdir()
    made = write(hand, tmp_path / "stick" / "badges.csv")
    shutil.rmtree(tmp_path / "stick")
    hand.go("copies")
    shown(hand, "Its drive or folder is not there now")
    hand.press("It is destroyed…")
    hand.press("Take off the list")
    shown(hand, "This is needed")
    hand.type("How", "Stick wiped and broken")
    hand.press("Take off the list")
    shown(hand, "No copy is outside the desk.")
    assert copies.get(hand.desk.session, made.id).copy.closed_how == "Stick wiped and broken"


def export(hand, path) -> None:
    hand.go("export", {"count": 3})
    hand.type("What for", "Name badges")
    press(hand.qtbot, hand.window, "Write the file…")
    hand.save_as(path)


def test_the_window_stops_at_a_synced_folder(hand, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "place_of", lambda path: Place(synced="Dropbox"))
    export(hand, tmp_path / "out.csv")
    shown(hand, "copied to other places by Dropbox")
    assert not (tmp_path / "out.csv").exists()


def test_the_window_asks_where_it_cannot_tell_and_records_the_answer(hand, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "place_of", lambda path: Place(removable=True))
    export(hand, tmp_path / "out.csv")
    hand.qtbot.waitUntil(lambda: "Is this a safe place?" in told(hand.window), timeout=5_000)
    assert not (tmp_path / "out.csv").exists()
    hand.agree("I know that it is safe")
    shown(hand, "it is on the list of copies")
    assert audit.listing(hand.desk.session, limit=1)[0].facts["accepted"] == "removable_unknown"
    hand.press("Show the copies")
    shown(hand, "1 copy is outside the desk.")


def test_by_name_finds_each_action_apart(hand, tmp_path):
    from PySide6.QtWidgets import QAbstractButton
    write(hand, tmp_path / "badges.csv")
    hand.go("copies")
    shown(hand, "Outside the desk")
    assert by_name(hand.window, QAbstractButton, "Delete the file: List of people: Surname")
