"""A letter half written when the desk locks: after unlocking one is back at it, and nothing of it lies outside the desk."""

from __future__ import annotations

from dpdesk.services import post
from tests.ui.conftest import told, unlock
from tests.ui.pages_hand import Hand

WORDS = "Zanzibar marzipan"


def test_locked_in_the_middle_of_a_letter(qtbot, window, desk, folder):
    hand = Hand(qtbot, window)
    hand.go("post_write")
    hand.press("Service message")
    hand.choose("People", "All members")
    hand.press("Next: write")
    hand.type("Subject", WORDS)
    hand.page.writing.body.setPlainText(f"Dear {{{{first_name|friend}}}},\n\n{WORDS}\n")
    hand.settle()
    window.lock()
    assert WORDS not in told(window) and WORDS not in window.windowTitle()
    assert not [path for path in folder.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    unlock(qtbot, window)
    hand.settle()
    assert (hand.desk.front, hand.page.at, hand.page.writing.subject.text()) == ("post_write", 1, WORDS)
    assert [each.subject for each in post.drafts(hand.desk.session)] == [WORDS]
    qtbot.waitUntil(lambda: "1 of 1: Ann Example" in told(window), timeout=10_000)
