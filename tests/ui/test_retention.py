"""Retention, the yearly audit, the policy and one person's data in the window: worked out, approved, carried out, looked through."""

from __future__ import annotations

import json
import zipfile

import pyrage
import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from dpdesk.domain.clocks import months_after
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.retention import RunState
from dpdesk.domain.subjects import BLACK, Fate
from dpdesk.services import cards, data_audits, members, notes, packages, policies, restrictions, retention, retention_categories
from dpdesk.services.session import today
from tests.ui.conftest import told
from tests.ui.pages_hand import Hand


@pytest.fixture
def hand(qtbot, window, desk):
    return Hand(qtbot, window)


@pytest.fixture
def left(desk, monkeypatch):
    """A member who left two years ago, by the clock of the rules."""
    who = members.add(desk.session, Kind.MEMBER, {"forename": "Ann", "surname": "Gone", "status": "current"})
    members.edit(desk.session, who.id, {"status": "resigned"}, who)
    then = months_after(today(), 25)
    for module in (retention, retention_categories):
        monkeypatch.setattr(module, "today", lambda: then)
    return who


def press(page, words: str) -> None:
    """Press the button of those words."""
    next(each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisible()).click()


def test_a_run_is_worked_out_approved_and_carried_out(qtbot, hand, desk, left, tmp_path):
    page = hand.go("retention")
    hand.settle()
    page.plan()
    hand.settle()
    run = retention.open_run(desk.session)
    assert run is not None and run.state is RunState.PROPOSED
    retention.approve(desk.session, run.id)
    page.refresh()
    hand.settle()
    page._carry(retention.get(desk.session, run.id), None, "")
    qtbot.waitUntil(lambda: retention.get(desk.session, run.id).state is RunState.DONE, timeout=10_000)
    hand.settle()
    assert members.get(desk.session, left.id).surname.startswith("Person ")
    page.save_certificate(retention.get(desk.session, run.id), tmp_path / "certificate.pdf")
    qtbot.waitUntil((tmp_path / "certificate.pdf").exists, timeout=10_000)
    hand.settle()
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_a_value_of_the_policy_is_changed_after_its_difference_was_shown(qtbot, hand, desk):
    page = hand.go("policy")
    qtbot.waitUntil(lambda: bool(page.forms), timeout=10_000)
    form = next(form for form in page.forms if "backup_every_days" in form.values())
    form.fill({"backup_every_days": "3"})
    assert page.changes() == {"backup_every_days": "3"}
    page.look()
    qtbot.waitUntil(lambda: page.slot.entry is not None, timeout=10_000)
    page.slot.entry._send({"why": "Stricter"})
    qtbot.waitUntil(lambda: desk.session.policy.backup_every_days == 3, timeout=10_000)
    hand.settle()
    assert [each.why for each in policies.editions(desk.session)] == ["Stricter"]


def test_a_value_that_does_not_hold_is_named_beside_its_field(qtbot, hand, desk):
    page = hand.go("policy")
    qtbot.waitUntil(lambda: bool(page.forms), timeout=10_000)
    form = next(form for form in page.forms if "backup_every_days" in form.values())
    form.fill({"backup_every_days": "400"})
    page.look()
    qtbot.waitUntil(lambda: bool(form.problems()), timeout=10_000)
    assert set(form.problems()) == {"backup_every_days"} and page.slot.entry is None
    form.show({})


def test_what_is_held_on_somebody_is_looked_through_and_packed(qtbot, hand, desk, tmp_path):
    who = members.add(desk.session, Kind.MEMBER, {"forename": "Ann", "surname": "Smith", "status": "current"})
    notes.add(desk.session, who.id, "Came with bob@example.org, who sings", Confidentiality.ORDINARY)
    page = hand.go("subject", {"id": who.id})
    qtbot.waitUntil(lambda: page.who is not None, timeout=10_000)
    page.look()
    qtbot.waitUntil(lambda: page.review is not None, timeout=10_000)
    page.ask_pack()
    hand.settle()
    assert "Look through" in told(hand.window)
    (area,) = [area for texts in page.review.texts.values() for area in texts.values()]
    assert BLACK in area.toPlainText() and "bob@" not in area.toPlainText()
    area.setPlainText(f"Came with {BLACK * 5}")
    page.review.take_proposed()
    assert [choice.code() for choice in page.review.choices.values()] == [Fate.BLACKED.value]
    page.write_pack(tmp_path / "pack.zip")
    qtbot.waitUntil((tmp_path / "pack.zip").exists, timeout=10_000)
    hand.settle()
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        said = json.loads(archive.read("data.json"))
    assert said["data"]["notes"][0]["Note"] == f"Came with {BLACK * 5}"


def test_the_pack_is_sealed_to_a_card_that_was_verified(qtbot, hand, desk, tmp_path):
    who = members.add(desk.session, Kind.MEMBER, {"forename": "Ann", "surname": "Smith", "status": "current"})
    page = hand.go("subject", {"id": who.id})
    qtbot.waitUntil(lambda: page.who is not None, timeout=10_000)
    page.look()
    qtbot.waitUntil(lambda: page.review is not None, timeout=10_000)
    hand.settle()
    press(page, "Build it sealed…")
    hand.settle()
    assert "No card is verified yet" in told(hand.window)
    public = str(pyrage.x25519.Identity.generate().to_public())
    cards.verify(desk.session, cards.add_outside(desk.session, "Ann Smith", "", "", public).id, public)
    press(page, "Build it sealed…")
    qtbot.waitUntil(lambda: page.slot.entry is not None, timeout=10_000)
    [box] = page.slot.entry.findChildren(QComboBox)
    assert [box.itemText(at) for at in range(box.count())] == ["Not chosen yet", "Ann Smith, without dpdesk"]
    press(page, "Choose where to save…")
    hand.settle()
    assert page.slot.entry.form.problems() == {"card": "This is needed"}  # nobody is chosen beforehand
    page.write_pack(tmp_path / "pack.age", to=("Ann Smith",))
    qtbot.waitUntil((tmp_path / "pack.age").exists, timeout=20_000)
    hand.settle()
    assert "pack.age" in told(hand.window) and len(packages.listing(desk.session)) == 1


def test_the_use_is_restricted_from_the_page(qtbot, hand, desk):
    who = members.add(desk.session, Kind.MEMBER, {"forename": "Ann", "surname": "Smith", "status": "current"})
    page = hand.go("subject", {"id": who.id})
    qtbot.waitUntil(lambda: any(each.text() == "Restrict the use…" for each in page.findChildren(QPushButton)), timeout=10_000)
    press(page, "Restrict the use…")
    page.slot.entry._send({"ground": "other", "reason": "Says so"})
    qtbot.waitUntil(lambda: bool(restrictions.of(desk.session, who.id)), timeout=10_000)
    hand.settle()


def test_the_audit_leads_through_its_steps_and_keeps_what_was_answered(qtbot, hand, desk):
    for n in range(12):
        members.add(desk.session, Kind.MEMBER, {"forename": "Ann", "surname": f"Smith{n}", "status": "current"})
    page = hand.go("data_audit")
    hand.settle()
    page.begin()
    qtbot.waitUntil(lambda: len(page.choices["sample"]) >= 10, timeout=10_000)
    for choice in page.choices["sample"].values():
        choice.choose("right")
    page.go_on()
    qtbot.waitUntil(lambda: page.at == 1, timeout=10_000)
    hand.settle()
    page.notes["quiet"].fill({"note": "Nobody"})
    page.go_on()
    qtbot.waitUntil(lambda: page.at == 2, timeout=10_000)
    hand.settle()
    page.go_on()
    qtbot.waitUntil(lambda: bool(page.notes["redundant"].problems()), timeout=10_000)
    page.notes["redundant"].fill({"note": "Nothing"})
    page.go_on()
    qtbot.waitUntil(lambda: page.at == 3, timeout=10_000)
    hand.settle()
    page.go_on()
    qtbot.waitUntil(lambda: page.at == 4, timeout=10_000)
    hand.settle()
    page.statement.fill({"statement": "All in order"})
    page.go_on()
    qtbot.waitUntil(lambda: data_audits.open_audit(desk.session) is None, timeout=10_000)
    hand.settle()
    assert data_audits.listing(desk.session)[0].statement == "All in order"
