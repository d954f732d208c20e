"""The window from outside: founding, unlocking, locking, coming back to the same place."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from dpdesk.domain.errors import NotWritable
from dpdesk.services import members
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from dpdesk.ui import failures
from dpdesk.ui.help.chapters import chapter
from dpdesk.ui.shell import screen
from dpdesk.ui.shell.desk import OF_ONE
from dpdesk.ui.shell.idle import Idle
from dpdesk.ui.widgets.secret import copy_for_a_minute
from tests.ui.conftest import PASSPHRASE, by_name, press, settle, told, unlock


def words_of_buttons(window) -> list[str]:
    return [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()]


def test_a_wrong_passphrase_says_what_is_safe_and_what_to_do(qtbot, window, folder):
    window.start(folder)
    qtbot.keyClicks(by_name(window, QLineEdit, "Passphrase"), "not this one")
    press(qtbot, window, "Unlock")
    qtbot.waitUntil(lambda: "does not open the desk" in told(window), timeout=15_000)
    assert "safe" in told(window)


def test_locking_takes_everything_away_and_unlocking_returns_to_the_place(qtbot, window, desk):
    desk.go("members")
    settle(qtbot, window)
    session = desk.session
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.desk is None and session.desk.data_key == b""
    assert "Unlock the desk" in told(window) and "Anytown" not in told(window)
    unlock(qtbot, window)
    assert window.desk.front == "members"


def test_the_desk_locks_when_idle_and_after_a_sleep(qtbot, window, desk):
    desk._idle._last_input -= 60 * desk.session.lock_minutes + 1
    desk._idle.tick()
    assert window.desk is None
    unlock(qtbot, window)
    window.desk._idle._last_tick -= 3600
    window.desk._idle.tick()
    assert window.desk is None


@pytest.mark.parametrize(("told", "locks"), [
    ((False, True), True), ((False, False, True), True), ((True, True), False), ((None, True), False), ((None, None), False),
    ((False, None, True), False)])
def test_the_desk_locks_when_the_screen_was_seen_to_lock(qtbot, told, locks):
    said, done, parent = list(told), [], QObject()
    idle = Idle(lambda: 60, lambda: done.append(1), parent, lambda: said.pop(0))
    for _ in told[1:]:
        idle.tick()
    idle.stop()
    assert bool(done) is locks


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these can tell")
def test_linux_is_not_asked_about_its_screen():
    assert screen.locked() is None


def test_enter_presses_the_button_it_stands_on(qtbot, window, desk):
    lock = next(b for b in desk.findChildren(QAbstractButton) if b.text() == "Lock")
    lock.setFocus()
    qtbot.keyClick(lock, Qt.Key.Key_Return)
    assert window.desk is None


def test_a_copied_secret_leaves_the_clipboard_when_the_desk_locks(qtbot, window, desk):
    clipboard = QApplication.clipboard()
    copy_for_a_minute("QX7K-0000")
    assert clipboard.text() == "QX7K-0000"
    window.lock()
    assert clipboard.text() == ""
    copy_for_a_minute("QX7K-1111")
    clipboard.setText("a recipe")
    window.lock()
    assert clipboard.text() == "a recipe"


def test_a_mistake_of_ours_comes_with_a_code_and_nothing_personal():
    try:
        raise ValueError("Ann Example, ann@example.org")
    except ValueError as error:
        said = failures.words_for(error)
    assert "dpdesk’s fault" in said and "Code: ValueError < " in said and "Ann" not in said
    assert "Code" not in failures.words_for(NotWritable("desk"))


def test_a_desk_open_elsewhere_is_offered_for_reading(qtbot, window, folder, tmp_path):
    other = Desks(Machine(path=tmp_path / "other.json"), keys.least())
    from dpdesk.domain.secret import Secret
    holding = other.open(folder, Secret(PASSPHRASE))
    window.start(folder)
    qtbot.waitUntil(lambda: "Open for reading only" in words_of_buttons(window), timeout=5000)
    qtbot.keyClicks(by_name(window, QLineEdit, "Passphrase"), PASSPHRASE)
    press(qtbot, window, "Open for reading only")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=15_000)
    settle(qtbot, window)
    assert window.desk.session.read_only and "reading only" in told(window)
    holding.close()


def test_the_finder_finds_pages_and_people(qtbot, window, desk):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(desk.finder.field, "settings")
    qtbot.keyClick(desk.finder.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert desk.front == "settings"
    desk.open_finder()
    qtbot.keyClicks(desk.finder.field, ["sampel", "bob"][1])
    qtbot.waitUntil(lambda: any("Bob Sample" in desk.finder.list.item(n).text() for n in range(desk.finder.list.count())),
                    timeout=5000)
    at = next(n for n in range(desk.finder.list.count()) if "Bob Sample" in desk.finder.list.item(n).text())
    desk.finder.list.setCurrentRow(at)
    qtbot.keyClick(desk.finder.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert desk.front == "member" and "Bob Sample" in told(window)


def test_the_finder_leads_to_every_page_that_needs_no_record(qtbot, window, desk):
    offered = {(find.words, find.kind) for find in desk.commands()}
    assert len(offered) == len(desk.commands()), "two that look the same"
    for spec in desk.specs:
        if spec.code not in OF_ONE:
            assert (spec.word, "Page") in offered, spec.code
    desk.open_finder()
    qtbot.keyClicks(desk.finder.field, "officer cards")
    qtbot.keyClick(desk.finder.field, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert desk.front == "cards"


def test_every_key_is_in_the_list_of_keys(window, desk):
    for code in [spec.code for spec in desk.specs]:
        desk.page(code)
    told_keys = chapter("keys").text.replace("Ctrl+Enter", "Ctrl+Return") + " ".join(f"Ctrl+{n}" for n in range(1, 10))
    used = {each.key().toString() for each in window.findChildren(QShortcut)}
    used |= {each.shortcut().toString() for each in window.findChildren(QAbstractButton)} - {""}
    assert len(used) > 15
    assert sorted(key for key in used if not key.startswith("Alt+") and key not in told_keys) == []


def test_help_opens_at_the_chapter_of_the_page(qtbot, window, desk):
    desk.go("audit")
    settle(qtbot, window)
    desk.help()
    assert desk.front == "help" and desk.page("help").place()["chapter"] == "audit"
    desk.back()
    assert desk.front == "audit"


@pytest.mark.parametrize("code", ["today", "members", "contacts", "audit", "officers", "settings", "help"])
def test_every_page_opens(qtbot, window, desk, code):
    desk.go(code)
    settle(qtbot, window)
    assert desk.front == code and desk.page(code).header.title.text()


def test_the_members_list_is_searched_as_one_types(qtbot, window, desk):
    desk.go("members")
    settle(qtbot, window)
    assert "3 members" in told(window)
    field = next(f for f in window.findChildren(QLineEdit) if f.isVisible() and "Search" in f.placeholderText())
    qtbot.keyClicks(field, "sampl")
    page = desk.page("members")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    assert members.counts(desk.session).members == 3


def test_what_nobody_foresaw_is_told_and_not_what_it_says(qtbot, window, desk, caplog, capsys):
    desk.go("today")
    settle(qtbot, window)
    try:
        {}["Siân Canary"]
    except KeyError as error:
        window.mishap(KeyError, error, error.__traceback__)
    assert "dpdesk’s fault, not yours" in told(window) and "KeyError <" in told(window)
    assert "unforeseen KeyError" in caplog.text
    assert "Canary" not in told(window) + caplog.text + "".join(capsys.readouterr())
    caplog.clear()
