"""Backups in the window: made and checked on their page, restored from the gate with a passphrase or the paper key."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from dpdesk.domain.secret import Secret
from dpdesk.services import backups, members
from tests.ui.conftest import PASSPHRASE, press, settle, told
from tests.ui.pages_hand import Hand

NEW = "gravel otter monday lantern"


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


@pytest.fixture
def file(desks, folder, tmp_path):
    """A backup of the desk in `folder`, and the desk locked again."""
    session = desks.open(folder, Secret(PASSPHRASE))
    backups.back_up(session, tmp_path / "out.dpdesk")
    session.close()
    return tmp_path / "out.dpdesk"


def test_a_backup_is_made_checked_and_listed(qtbot, hand, tmp_path):
    hand.go("backups")
    assert "Never backed up" in told(hand.window) and "No backup yet" in told(hand.window)
    hand.page.back_up(tmp_path / "out.dpdesk")
    qtbot.waitUntil(lambda: "Backed up and checked: 3 people" in told(hand.window), timeout=20_000)
    settle(qtbot, hand.window)
    qtbot.waitUntil(lambda: "Last backup" in told(hand.window), timeout=5_000)
    assert "Backup made" in told(hand.window) and "Jane Example" in told(hand.window)
    hand.page.check(tmp_path / "out.dpdesk")
    qtbot.waitUntil(lambda: "out.dpdesk is whole and can be restored: 3 people" in told(hand.window), timeout=20_000)


def test_a_file_that_is_no_backup_is_named(qtbot, hand, tmp_path):
    (tmp_path / "letter.dpdesk").write_text("Dear all, " * 50)
    hand.go("backups")
    hand.page.check(tmp_path / "letter.dpdesk")
    qtbot.waitUntil(lambda: "not a backup made by dpdesk" in told(hand.window), timeout=10_000)


def test_a_desk_comes_back_through_the_gate(qtbot, window, file, tmp_path):
    window.start(None)
    press(qtbot, window, "Restore from a backup…")
    sheet = window.gate.sheet
    sheet.submit()
    assert "Choose the backup first." in told(window) and "Type the passphrase." in told(window)
    sheet.choose(file)
    sheet.choose_folder(tmp_path / "again")
    qtbot.waitUntil(lambda: sheet.passphrase.field.hasFocus() or "out.dpdesk" in told(window).replace("\u200b", ""))
    qtbot.keyClicks(sheet.passphrase.field, "not this one")
    press(qtbot, window, "Restore")
    qtbot.waitUntil(lambda: "does not open the desk" in told(window), timeout=20_000)
    sheet.passphrase.field.setText(PASSPHRASE)
    press(qtbot, window, "Restore")
    qtbot.waitUntil(lambda: "The desk is back as it was on" in told(window), timeout=20_000)
    press(qtbot, window, "Open the desk")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    settle(qtbot, window)
    assert members.counts(window.desk.session).members == 3 and window.desk.session.folder == tmp_path / "again"


def test_the_paper_key_restores_and_leaves_a_new_kit(qtbot, window, desks, tmp_path):
    from dpdesk.domain.roles import Role
    from dpdesk.services.desks import Founding
    session, key = desks.create(tmp_path / "other", Founding("Sam Sample", Role.ACCOUNTABLE, "generic", "Else", Secret(PASSPHRASE)))
    backups.back_up(session, tmp_path / "out.dpdesk")
    session.close()
    window.start(None)
    window.gate.show_restore()
    sheet = window.gate.sheet
    sheet.choose(tmp_path / "out.dpdesk")
    sheet.choose_folder(tmp_path / "again")
    press(qtbot, window, "Use the recovery key…")
    sheet.key.setText(key.text())
    first, second = (field for field in sheet.fields.findChildren(type(sheet.passphrase)))
    first.field.setText(NEW)
    second.field.setText(NEW)
    qtbot.waitUntil(lambda: sheet._file is not None, timeout=5_000)
    press(qtbot, window, "Restore")
    qtbot.waitUntil(lambda: "a new recovery kit" in told(window), timeout=20_000)
    assert any(button.text() == "I have it on paper" for button in window.findChildren(QAbstractButton))
    window.gate.let_go()
    desks.open(tmp_path / "again", Secret(NEW)).close()
