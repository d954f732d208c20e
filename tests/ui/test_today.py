"""Today: real items only, each leading to where it is done; calm when there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, officers
from dpdesk.services.desks import Founding
from dpdesk.services.session import today
from dpdesk.services.settings import jot
from dpdesk.services.words import day
from dpdesk.store import keys
from tests.ui.conftest import PASSPHRASE, by_name, told
from tests.ui.pages_hand import Hand

SECOND = "eleven herons by the canal"


@pytest.fixture
def hand(qtbot, window, desk, tmp_path):
    """At a desk with a fresh backup."""
    backups.back_up(desk.session, tmp_path / "out.dpdesk")
    return Hand(qtbot, window)


def test_nothing_needs_you_and_the_facts(hand):
    audit.verify(hand.desk.session)
    hand.go("today")
    shown = told(hand.window)
    assert "Nothing needs you today" in shown
    assert "3\nmembers" in shown and "0\ncontacts" in shown
    assert "Log last found whole on" in shown and "Last backed up on" in shown


def test_a_log_never_checked_leads_to_the_audit_page(hand):
    hand.go("today")
    assert "One thing needs you" in told(hand.window)
    hand.press("Check the log: The audit log has never been checked")
    assert hand.desk.front == "audit"


def test_an_access_that_ends_soon_is_told_with_its_day(hand):
    last = today() + timedelta(days=5)
    officers.add(hand.desk.session, "Tom Helper", Role.DATA_ENTRY, Secret(SECOND), last, kdf=keys.least())
    hand.go("today")
    said = f"The access of Tom Helper ends on {day(last)}"
    assert said in told(hand.window)
    hand.press(f"See officers: {said}")
    assert hand.desk.front == "officers"


def test_a_kept_draft_leads_to_its_form(hand):
    jot(hand.desk.session, "draft:member:new", {"values": {"surname": "Half"}})
    hand.go("today")
    hand.press("Go on: Changes you had not saved are waiting (1)")
    assert hand.desk.front == "member_form"
    assert by_name(hand.window, QLineEdit, "Surname").isVisible()


def test_a_missing_recovery_key_is_urgent_and_leads_to_its_section(hand, desks, folder):
    session = hand.desk.session
    officers.add(session, "Ruth Second", Role.ACCOUNTABLE, Secret(SECOND), kdf=keys.least())
    founder = session.officer.id
    hand.window.lock()
    second = desks.open(folder, Secret(SECOND))
    officers.acknowledge(second)
    officers.remove(second, founder)
    hand.window.enter(second)
    hand.settle()
    hand.go("today")
    assert "There is no recovery key" in told(hand.window)
    hand.press("Make a kit: There is no recovery key: make one and print its kit")
    assert hand.desk.front == "settings"
    assert hand.page.sections["recovery"].is_open


def test_an_empty_desk_in_a_synced_folder(qtbot, window, desks, tmp_path):
    session, _key = desks.create(tmp_path / "Dropbox" / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    window.enter(session)
    hand = Hand(qtbot, window)
    hand.go("today")
    shown = told(window)
    assert "The desk lies in an unsafe place" in shown and "Dropbox" in shown
    assert shown.index("The desk lies in an unsafe place") < shown.index("Nobody is on the desk yet")
    hand.press("Import a list: Nobody is on the desk yet: import the membership list")
    assert hand.desk.front == "import"


def test_an_auditor_sees_no_numbers_of_people(hand, desks, folder):
    officers.add(hand.desk.session, "Ada Auditor", Role.AUDITOR, Secret(SECOND), kdf=keys.least())
    hand.window.lock()
    auditor = desks.open(folder, Secret(SECOND))
    officers.acknowledge(auditor)
    hand.window.enter(auditor)
    hand.go("today")
    assert "members" not in told(hand.page)
