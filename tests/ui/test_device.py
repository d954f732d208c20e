"""This device in the window: entered, checked, unfolded, attested, permitted, reported; the inventory, disposals, and handing over."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, backups, copies, device, devices, disposals, handovers, members, officers
from dpdesk.services.session import today
from dpdesk.store import keys
from dpdesk.ui.widgets import outside
from tests.domain.test_disposals import FINE
from tests.services import transferring
from tests.ui import walker
from tests.ui.conftest import by_name, told
from tests.ui.pages_hand import Hand


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


@pytest.fixture
def entered(hand):
    """This machine is in the inventory, and was looked at."""
    device.add_this(hand.desk.session, "Laptop", "laptop", "own")
    device.check(hand.desk.session)
    return hand


def wait(hand, words: str) -> None:
    hand.qtbot.waitUntil(lambda: words in told(hand.window), timeout=15_000)
    hand.settle()


def test_today_asks_for_the_first_check_and_the_page_makes_it(hand):
    hand.go("today")
    hand.press("Check it: This device has not been checked yet")
    assert "It is not in the inventory yet." in told(hand.window)
    hand.type("Name of the device", "")
    hand.press("Enter and check")
    wait(hand, "One thing needs mending")
    hand.type("Name of the device", "Laptop")
    hand.press("Enter and check")
    wait(hand, "of 16 points")
    assert len(hand.page.items) == 16
    assert device.view(hand.desk.session).check.how == "first"


def test_a_point_that_fails_is_unfolded_with_why_and_how(entered):
    entered.go("device")
    item = entered.page.items["27.5"]
    assert item.is_open
    shown = told(item)
    for part in ("There is no backup of this desk yet.", "Why it matters", "How to put it right here", "1. Make a backup"):
        assert part in shown
    assert not entered.page.items["27.8"].is_open
    entered.press("Go to backups: The desk is backed up elsewhere")
    assert entered.desk.front == "backups"


def test_one_point_is_checked_again_and_all_are(entered, tmp_path):
    entered.go("device")
    backups.back_up(entered.desk.session, tmp_path / "b.dpdesk")
    entered.press("Check again: The desk is backed up elsewhere")
    wait(entered, "Checked again: point 27.5.")
    assert "To be improved" in told(entered.page.items["27.5"])
    assert device.view(entered.desk.session).check.how == "one"
    entered.press("Check all now")
    wait(entered, "This device is checked.")
    assert [each.facts["how"] for each in audit.listing(entered.desk.session, audit.Filter(action="device.checked"))] == [
        "asked", "one", "first"]
    entered.press("History, folded")
    shown = told(entered.window)
    assert "asked for" in shown and "first check" in shown


def test_an_officer_gives_their_word_and_takes_it_back(entered):
    entered.go("device")
    item = entered.page.items["27.11"]
    item.turn()
    entered.press("Give your word: You report a breach at once")
    assert "I know that I tell" in told(item)
    entered.type("In your words", "I ring Ben")
    entered.press("I say so")
    wait(entered, "Your word is kept.")
    shown = told(entered.page.items["27.11"])
    assert "Attested" in shown and "Attested by Jane Example" in shown and "“I ring Ben”" in shown and "Passed" not in shown
    entered.press("Take your word back: You report a breach at once")
    wait(entered, "Your word is taken back.")
    assert "Cannot tell" in told(entered.page.items["27.11"])


def test_no_word_is_asked_where_dpdesk_saw_that_it_is_not_so(entered):
    entered.go("device")
    item = entered.page.items["27.5"]
    assert item.is_open
    assert not any("your word" in each.text().lower() for each in item.findChildren(QPushButton))


def test_the_settings_are_opened_in_one_place_and_only_known_ones(entered, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    assert outside.open_pane(("url", "ms-settings:lockscreen"))
    assert not outside.open_pane(("url", "https://example.org")) and not outside.open_pane(("url", "file:///etc/passwd"))
    assert not outside.open_pane(())
    assert opened == ["ms-settings:lockscreen"]
    monkeypatch.setattr(device, "pane", lambda point: ("url", "x-apple.systempreferences:com.apple.Lock-Screen-Settings.extension"))
    entered.go("device")
    item = entered.page.items["27.3a"]
    if not item.is_open:
        item.turn()
    entered.press("Open the settings for: The screen locks by itself within a few minutes")
    assert opened[-1].startswith("x-apple.systempreferences:")


def test_the_accountable_person_permits_with_controls(entered):
    entered.go("device")
    entered.press("Permit: No data on your own device without permission")
    assert entered.desk.front == "devices"
    for code in ("27.10", "27.3a", "27.2"):
        title = entered.desk.session.policy.device.title(code)
        by_name(entered.window, QCheckBox, f"{code} {title}").setChecked(False)
    entered.press("I permit it")
    wait(entered, "things need mending")
    by_name(entered.window, QCheckBox, f"27.8 {entered.desk.session.policy.device.title('27.8')}").setChecked(True)
    entered.type("Why", "No server")
    entered.press("I permit it")
    wait(entered, "It is permitted.")
    assert "Permitted until" in told(entered.window)
    entered.go("device")
    assert "Permitted by Jane Example" in told(entered.page.items["27.6"])


def test_the_report_is_saved_through_the_door(entered, tmp_path):
    entered.go("device")
    entered.press("Save the report as PDF…")
    entered.save_as(tmp_path / "report.pdf")
    wait(entered, "Saved report.pdf.")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert [seen.copy.kind.value for seen in copies.listing(entered.desk.session)] == ["device"]


def test_another_device_is_added_put_right_and_out_of_use(entered):
    entered.go("devices")
    entered.press("Add another device…")
    entered.type("Name of the device", "Phone")
    entered.press("Add it")
    wait(entered, "It is in the inventory.")
    entered.press("Open Phone")
    assert "Phone" in told(entered.window) and len(entered.page.items) == 16
    shown = [each.text() for each in entered.page.findChildren(QPushButton) if each.isVisible()]
    assert "Check again" not in shown and "Save the report as PDF…" in shown
    entered.go("devices")
    entered.press("Put Phone right")
    entered.type("Name of the device", "Old phone")
    entered.press("Save")
    wait(entered, "It is put right.")
    assert "Old phone" in told(entered.window)


def test_a_report_that_is_none_is_named(entered, tmp_path):
    (tmp_path / "x.dpdevice").write_text("{}")
    entered.go("devices")
    entered.page.take_in(tmp_path / "x.dpdevice")
    wait(entered, "is no report of a device")


def test_a_disposal_is_noted_and_a_repairer_approved(hand):
    hand.go("disposals")
    hand.press("Note a disposal")
    hand.press("Note it")
    wait(hand, "things need mending")
    for name, code in (("Description", "description"), ("Tool or process", "tool"), ("How it was verified", "verified"),
                       ("Verified by", "verified_by"), ("Place", "place")):
        hand.type(name, FINE[code])
    hand.press("Note it")
    wait(hand, "The disposal is noted.")
    (entry,) = disposals.listing(hand.desk.session)
    assert (entry.disposal.description, entry.authorised) == ("Blue stick", "Jane Example")
    assert f"D-{today().year}-0001" in told(hand.window)


def test_leaving_goes_step_by_step(entered, tmp_path):
    session = entered.desk.session
    officers.add(session, "Sam Sample", Role.DPO, Secret("pepper lantern walks uphill"), kdf=keys.least())
    entered.go("handover")
    entered.press("I am leaving office")
    wait(entered, "Who takes over?")
    entered.press("Go on")
    wait(entered, "No sheet is out with you")
    entered.press("I have none left")
    wait(entered, "No copy that you made is open")
    entered.press("There are none left")
    wait(entered, "How will this device be wiped?")
    entered.type("Tool or process", "Reset this PC")
    entered.type("How it was verified", "Started it anew")
    entered.press("That is how")
    wait(entered, "Make a backup now")
    entered.press("Sam Sample has it")
    wait(entered, "No backup was made since the step before")
    backups.back_up(session, tmp_path / "b.dpdesk")
    entered.go("handover")
    entered.press("Sam Sample has it")
    wait(entered, "Now Sam Sample, or the accountable person, signs.")
    seen = handovers.open_one(session)
    assert seen is not None and seen.step.value == "sign"
    entered.press("Give up: I keep this device")
    entered.agree("Keep it")
    wait(entered, "Nothing is handed over at present.")


def test_stray_copies_are_looked_for_in_a_chosen_folder(entered, tmp_path):
    home = tmp_path / "home" / "Downloads"
    home.mkdir(parents=True)
    (home / "everybody.csv").write_text("Name,Email,Postcode\nAnn Lee,ann@example.org,AN1 2AB\n")
    (home / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    page = entered.go("strays")
    page.look(home.parent)
    wait(entered, "1 list that nobody noted.")
    shown = told(entered.window)
    for part in ("everybody.csv", "Nobody noted it", "looks like a list of members or contacts"):
        assert part in shown
    entered.press("Could not be read (1)")
    wait(entered, "broken.xlsx")
    assert not walker.faults(page)


def test_the_desk_is_erased_from_the_page_and_the_window_stands_empty(entered, tmp_path):
    session, folder = entered.desk.session, entered.desk.session.folder
    officers.add(session, "Sam Sample", Role.DPO, Secret("pepper lantern walks uphill"), kdf=keys.least())
    leaving = handovers.begin(session, device.this(session).id, "leaving").id
    handovers.name_successor(session, leaving, handovers.candidates(session)[0][0])
    for step in (handovers.Step.SHEETS, handovers.Step.COPIES):
        handovers.done(session, leaving, step)
    handovers.wiped(session, leaving, "desk_erased", "dpdesk", "Its certificate")
    backups.back_up(session, tmp_path / "b.dpdesk")
    handovers.done(session, leaving, handovers.Step.DESK)
    members.add(session, members.Kind.MEMBER, {"surname": "Late", "status": "current"})
    entered.go("handover")
    wait(entered, "1 entry of the log came later")
    backups.back_up(session, tmp_path / "c.dpdesk")
    entered.go("handover")
    wait(entered, "is tried out first")
    entered.press("Erase this desk here…")
    entered.save_as(tmp_path / "certificate.pdf")
    entered.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    if any("safe place" in each.text() for each in QApplication.activeModalWidget().findChildren(QLabel)):
        entered.agree("I know that it is safe")
    QApplication.activeModalWidget().findChild(QLineEdit).setText("Erase")
    verb = next(each for each in QApplication.activeModalWidget().findChildren(QPushButton) if each.text() == "Erase it")
    verb.click()
    entered.qtbot.waitUntil(lambda: "The desk is erased" in told(entered.window), timeout=20_000)
    assert entered.window.desk is None and "Welcome" in told(entered.window)
    assert not folder.exists() and (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_a_desk_left_open_looks_again_when_it_is_due(entered, monkeypatch):
    checkup = entered.desk._checkup
    checkup.ask()
    entered.settle()
    assert device.view(entered.desk.session).check.how == "first"
    monkeypatch.setattr(device, "_build_of", lambda looked: ("Linux", "newer"))
    checkup.ask()
    entered.settle()
    entered.qtbot.waitUntil(lambda: device.view(entered.desk.session).check.how == "update", timeout=10_000)
    entered.settle()


def test_nothing_is_looked_at_that_nobody_entered(hand):
    hand.desk._checkup.ask()
    hand.settle()
    assert devices.listing(hand.desk.session) == []


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1280, 800)), ("light", 200, (1024, 700))])
def test_nothing_is_clipped_or_nameless_with_everything_open(entered, look, name, scale, size):
    session = entered.desk.session
    device.attest(session, "", "27.11", "I ring Ben, and write it down")
    disposals.record(session, FINE)
    entered.desk.context.retheme(name, scale)
    look(name, scale)
    entered.window.resize(*size)
    found = []

    def look_at(what: str) -> None:
        entered.settle()
        entered.qtbot.wait(30)
        found.extend(f"{what}: {fault}" for fault in walker.faults(entered.page))
    entered.go("device")
    for item in entered.page.items.values():
        if not item.is_open:
            item.turn()
    entered.page.items["27.15"].ask_word()
    look_at("device")
    page = entered.go("devices")
    look_at("devices")
    page.ask_permission(devices.listing(session)[0])
    look_at("permission")
    page.ask_new()
    look_at("another device")
    page = entered.go("disposals")
    page.ask_new()
    look_at("note a disposal")
    page.ask_repairer()
    look_at("repairer")
    entered.go("handover")
    entered.press("I am leaving office")
    look_at("handover")
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def test_a_report_is_sealed_only_to_somebody_whose_card_is_verified(entered, tmp_path):
    entered.go("device")
    entered.press("Seal it for an officer…")
    wait(entered, "No card is verified yet.")
    other = transferring.desk(tmp_path / "other")
    try:
        transferring.introduce(entered.desk.session, other)
    finally:
        other.close()
    entered.press("Seal it for an officer…")
    wait(entered, "Only they can open it.")
    entered.choose("For whom", "Ravi Example, Accountable person, Othertown")
    entered.press("Choose where to save…")
    entered.save_as(tmp_path / "report.age")
    wait(entered, "Saved report.age.")
    assert (tmp_path / "report.age").read_bytes().startswith(b"age-encryption.org/v1")
