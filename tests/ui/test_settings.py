"""Settings and officers, driven by what can be read and pressed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSlider

from dpdesk.domain.errors import WrongPassphrase
from dpdesk.domain.officers import Standing
from dpdesk.domain.roles import RIGHTS, Right, Role
from dpdesk.domain.secret import Secret
from dpdesk.services import officers, settings
from dpdesk.services.machine import Machine
from dpdesk.services.session import today
from dpdesk.services.words import day
from dpdesk.store import keys
from dpdesk.ui import theme
from dpdesk.ui.settings.about import components
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import right_name, role_name
from tests.ui.conftest import PASSPHRASE, by_name, told
from tests.ui.pages_hand import Hand

SECOND = "eleven herons by the canal"


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


@pytest.fixture
def tom(hand):
    """A second officer."""
    return officers.add(hand.desk.session, "Tom Helper", Role.DATA_ENTRY, Secret(SECOND), kdf=keys.least())


def standing(hand, officer) -> Standing:
    return next(each for each in officers.listing(hand.desk.session) if each.id == officer.id).standing


def as_tom(hand, desks, folder) -> None:
    hand.window.lock()
    session = desks.open(folder, Secret(SECOND))
    officers.acknowledge(session)
    hand.window.enter(session)


# Look and locking ----------------------------------------------------------------------------------------------------

def test_theme_and_size_change_at_once_and_are_kept(qtbot, hand):
    hand.go("settings")
    next(b for b in hand.page.findChildren(QRadioButton) if b.text() == "Dark").click()
    assert theme.active().dark
    for _ in range(3):
        hand.press("Larger text")
    qtbot.waitUntil(lambda: theme.scale() == 1.3)
    assert hand.page.findChild(QSlider).accessibleName() == "Size of text: 130 %"
    kept = Machine.load(hand.window.machine.path)
    assert (kept.theme, kept.text_scale) == ("dark", 130)


def test_the_slider_keeps_to_steps_of_ten(qtbot, hand):
    hand.go("settings")
    hand.page.findChild(QSlider).setValue(147)
    qtbot.waitUntil(lambda: theme.scale() == 1.5)


def test_minutes_until_locking(hand):
    hand.go("settings")
    hand.choose("Minutes until the desk locks", "3 minutes")
    hand.press("Save the minutes until the desk locks")
    assert hand.said == "The desk now locks after 3 minutes."
    assert hand.desk.session.lock_minutes == 3


def test_somebody_without_the_right_is_told_who_may(hand, tom, desks, folder):
    as_tom(hand, desks, folder)
    hand.go("settings")
    shown = told(hand.window)
    assert "Only this role may change it: Accountable person." in shown
    assert "Recovery kit" not in shown


def test_lock_now(hand):
    hand.go("settings")
    hand.press("Lock now")
    assert hand.desk is None


# Policy --------------------------------------------------------------------------------------------------------------

def test_the_policy_can_be_read_and_changed_for_another(hand):
    hand.go("settings", {"section": "policy"})
    section = hand.page.sections["policy"]
    assert section.reader.toPlainText().strip()
    assert "You read this version on" in told(hand.window)
    hand.press("Change policy")
    assert hand.said == "That is the policy already in use."
    names = dict(settings.policies())
    hand.choose("Party", names["cooperative"])
    session = hand.desk.session
    hand.press("Change policy")
    hand.agree("Change policy")
    assert hand.desk is None
    assert session.policy.code == "cooperative"


def test_an_unread_policy_is_acknowledged_here(hand):
    session = hand.desk.session
    settings.set_policy(session, "labour")
    hand.go("settings", {"section": "policy"})
    assert "it has to be read again" in told(hand.window)
    hand.page.sections["policy"].findChild(QCheckBox).click()
    hand.press("Record that I have read it")
    assert hand.said == "Recorded: you have read the data policy."
    assert session.acknowledged


# Passphrase and recovery ---------------------------------------------------------------------------------------------

def change_passphrase(hand, old: str, new: str, again: str) -> None:
    for name, words in (("Present passphrase", old), ("New passphrase", new), ("New passphrase again", again)):
        hand.type(name, words)
    hand.press("Change passphrase")


def test_changing_the_passphrase(hand, desks, folder):
    hand.go("settings", {"section": "passphrase"})
    change_passphrase(hand, PASSPHRASE, SECOND, SECOND)
    assert hand.said == "Your passphrase is changed. The old one no longer opens this desk."
    hand.window.lock()
    with pytest.raises(WrongPassphrase):
        desks.open(folder, Secret(PASSPHRASE))
    desks.open(folder, Secret(SECOND)).close()


@pytest.mark.parametrize(("old", "new", "again", "words"), [
    ("", SECOND, SECOND, "Type the passphrase you use now."),
    ("not the right one at all", SECOND, SECOND, "This is not the passphrase you came in with."),
    (PASSPHRASE, "password1", "password1", "The new passphrase is not strong enough yet."),
    (PASSPHRASE, SECOND, SECOND + "s", "The two new passphrases differ."),
])
def test_a_refused_change_says_why_beside_the_field(hand, old, new, again, words):
    hand.go("settings", {"section": "passphrase"})
    change_passphrase(hand, old, new, again)
    assert words in told(hand.window)


def test_a_new_recovery_kit_is_saved_and_opens_the_desk_once(hand, desks, folder, tmp_path):
    hand.go("settings", {"section": "recovery"})
    hand.press("Make a new recovery kit")
    hand.agree("Make a new kit")
    assert "This is shown once." in told(hand.window)
    groups = [label.text() for label in hand.page.sections["recovery"].findChildren(type(hand.page.header.title))
              if label.property("role") == "secret"]
    hand.press("Save as PDF")
    hand.save_as(tmp_path / "kit.pdf")
    assert (tmp_path / "kit.pdf").read_bytes().startswith(b"%PDF")
    assert "delete the file" in hand.said
    hand.press("I have it on paper")
    assert not [w for w in hand.page.sections["recovery"].findChildren(type(hand.page.header.title))
                if w.isVisible() and w.property("role") == "secret"]
    hand.window.lock()
    session, _next = desks.recover(folder, Secret("-".join(groups)), Secret(SECOND))
    session.close()


def test_a_key_that_was_not_saved_is_asked_about(hand):
    hand.go("settings", {"section": "recovery"})
    hand.press("Make a new recovery kit")
    hand.agree("Make a new kit")
    hand.press("I have it on paper")
    hand.agree("Cancel")
    assert "This is shown once." in told(hand.window)


# The desk and about --------------------------------------------------------------------------------------------------

def test_the_desk_tells_its_folder_and_is_renamed(hand, folder):
    hand.go("settings", {"section": "desk"})
    shown = told(hand.window)
    assert str(folder) in shown and "3 members, 0 contacts" in shown
    hand.type("Name of the branch", "Anytown and Newtown")
    hand.press("Rename the branch")
    assert hand.said == "The branch is now called Anytown and Newtown."
    assert "Anytown and Newtown" in told(hand.desk.navigation)


def test_rekeying_says_what_becomes_of_backups(hand, desks, folder):
    hand.go("settings", {"section": "desk"})
    before = hand.desk.session.desk.data_key
    hand.press("Re-key the desk")
    hand.agree("Re-key")
    assert "The desk is re-keyed." in hand.said and "destroy the backups" in hand.said
    assert hand.desk.session.desk.data_key != before
    hand.window.lock()
    desks.open(folder, Secret(PASSPHRASE)).close()


def test_about_names_what_dpdesk_stands_on(hand):
    hand.go("settings", {"section": "about"})
    hand.press("Third-party notices, folded")
    reader = hand.page.sections["about"]._reader
    assert "PySide6_Essentials" in reader.toPlainText() and "SIL OPEN FONT LICENSE" in reader.toPlainText().upper()
    assert all(version for _name, version, _licence in components())
    hand.press("What it protects against")
    assert hand.page.shown == "protection"


def test_folds_are_remembered(hand):
    hand.go("settings", {"section": "about"})
    place = hand.page.place()
    assert set(place["open"]) == {"look", "lock", "about"}


# Officers ------------------------------------------------------------------------------------------------------------

def test_adding_an_officer(hand, desks, folder):
    hand.go("officers")
    hand.press("Add an officer")
    hand.press("Add officer")
    assert "Name: This is needed" in [b.text() for b in hand.page.form.findChildren(type(hand.page.header.main))]
    hand.type("Name", "Tom Helper")
    hand.choose("Role", "Auditor (reads only)")
    hand.type("First passphrase", "tom helper")
    hand.press("Add officer")
    assert "The first passphrase is not strong enough yet." in told(hand.window)
    hand.type("First passphrase", SECOND)
    hand.press("Add officer")
    assert hand.said.startswith("Tom Helper is added.")
    assert "2 officers can open this desk." in told(hand.window)
    hand.window.lock()
    session = desks.open(folder, Secret(SECOND))
    assert session.officer.role is Role.AUDITOR
    session.close()


def test_a_last_day_in_the_past_is_refused_beside_the_field(hand):
    hand.go("officers")
    hand.press("Add an officer")
    hand.type("Name", "Tom Helper")
    hand.type("Last day of access", "1/2/2020")
    hand.type("First passphrase", SECOND)
    hand.press("Add officer")
    assert hand.page.form.form.problems().keys() == {"ends_on"}


def test_suspending_and_reinstating(hand, tom):
    hand.go("officers")
    hand.press("Suspend: Tom Helper")
    hand.agree("Suspend")
    assert hand.said == "Tom Helper is suspended." and standing(hand, tom) is Standing.SUSPENDED
    assert "Suspended" in told(hand.window)
    hand.press("Reinstate: Tom Helper")
    assert hand.said == "Tom Helper can come in again." and standing(hand, tom) is Standing.ACTIVE


def test_setting_and_lifting_a_last_day(hand, tom):
    last = today() + timedelta(days=6)
    hand.go("officers")
    hand.press("Set a last day: Tom Helper")
    hand.type("Last day of access", "1/2/2020")
    hand.press("Save the last day of Tom Helper")
    assert "To keep somebody out from today, suspend them." in told(hand.window)
    hand.type("Last day of access", last.strftime("%d/%m/%Y"))
    hand.press("Save the last day of Tom Helper")
    assert hand.said == f"The last day of Tom Helper is {day(last)}."
    assert "in 6 days" in told(hand.window)
    hand.press("Change the last day: Tom Helper")
    hand.press("No last day: Tom Helper")
    assert hand.said == "Tom Helper has no last day any more."


def test_removing_offers_to_rekey_and_speaks_of_old_copies(hand, tom, desks, folder):
    hand.go("officers")
    hand.press("Remove: Tom Helper")
    hand.agree("Remove")
    assert standing(hand, tom) is Standing.REMOVED
    hand.agree("Re-key")
    assert "The desk is re-keyed." in hand.said
    assert "1 former officer" in [s.toggle.text() for s in [hand.page.gone]]
    hand.window.lock()
    with pytest.raises(WrongPassphrase):
        desks.open(folder, Secret(SECOND))


def test_nobody_can_suspend_or_remove_themselves(hand):
    hand.go("officers")
    assert "Jane Example (you)" in told(hand.window)
    names = [b.accessibleName() for b in hand.page.findChildren(type(hand.page.header.main))]
    assert "Suspend: Jane Example" not in names and "Remove: Jane Example" not in names


def test_the_last_accountable_person_gets_no_last_day(hand):
    hand.go("officers")
    hand.press("Set a last day: Jane Example")
    hand.type("Last day of access", (today() + timedelta(days=9)).strftime("%d/%m/%Y"))
    hand.press("Save the last day of Jane Example")
    assert "This would leave the desk without an accountable person." in hand.said


def test_who_may_do_what_is_told_for_each_role(hand):
    hand.go("officers")
    hand.press("Who may do what, folded")
    section = next(each for each in hand.page.findChildren(Section) if each.toggle.accessibleName().startswith("Who may do what"))
    said = told(section).split("\n")
    for role in Role:
        words = said[said.index(role_name(role.value)) + 1]
        if role is Role.ACCOUNTABLE:
            assert words == "May do everything. Every desk has at least one."
            continue
        assert words.startswith("Sees no members.") is (Right.MEMBERS_SEE not in RIGHTS[role]), role
        told_rights = {each for each in Right if right_name(each.value) in words.partition("May ")[2].removesuffix(".").split("; ")}
        assert told_rights == RIGHTS[role], role


def test_esc_folds_the_form(hand):
    hand.go("officers")
    hand.press("Add an officer")
    hand.desk.back()
    assert hand.desk.front == "officers" and not hand.page.form.isVisible()


def test_a_desk_open_for_reading_offers_no_changes(hand, desks, folder):
    hand.window.lock()
    hand.window.enter(desks.open(folder, Secret(PASSPHRASE), read_only=True))
    hand.go("settings")
    assert set(hand.page.sections) == {"look", "lock", "policy", "desk", "about"}
    assert not by_name(hand.window, type(hand.page.sections["lock"].minutes), "Minutes until the desk locks").isEnabled()
    hand.go("officers")
    assert hand.page.header.main is None
