"""The pages of transfers, driven by their words: a card verified, files sealed and sent, a package opened, an outbox that tells why."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from dpdesk.domain.transfers import TransferState
from dpdesk.services import cards, collecting, outbox, packages, receipts
from tests.services.transferring import desk as other_desk
from tests.services.transferring import folder_at, introduce
from tests.ui.conftest import settle


@pytest.fixture(autouse=True)
def every(monkeypatch, request):
    """How often the courier looks by itself, in milliseconds: where a test presses the buttons, never."""
    from dpdesk.ui.transfers import courier
    monkeypatch.setattr(courier, "_LOOK_EVERY", getattr(request, "param", 3_600_000))


@pytest.fixture
def lead(tmp_path):
    session = other_desk(tmp_path / "lead")
    yield session
    session.close()


def press(page, words: str) -> None:
    found = [each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisible()]
    assert found, (words, [each.text() for each in page.findChildren(QPushButton) if each.isVisible()])
    found[0].click()


def says(page) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def field(page, name: str) -> QLineEdit:
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == name and each.isVisible())


def go(qtbot, window, desk, code: str):
    desk.go(code, None)
    settle(qtbot, window)
    return desk.page(code)


def test_a_card_is_taken_in_and_verified(qtbot, window, desk, lead, tmp_path):
    page = go(qtbot, window, desk, "cards")
    assert " ".join(cards.own(desk.session).card.spoken()[:5]) in says(page)
    (tmp_path / "lead.dpcard").write_text(cards.own(lead).text, "utf-8")
    page.take(tmp_path / "lead.dpcard")
    settle(qtbot, window)
    assert "Not verified yet" in says(page)
    press(page, "Verify by telephone…")
    settle(qtbot, window)
    field(page, "The ten words").setText("acorn actor")
    press(page, "Compare")
    settle(qtbot, window)
    assert "These are not the words of this card." in says(window)
    field(page, "The ten words").setText(" ".join(cards.own(lead).card.spoken()).upper())
    press(page, "Compare")
    settle(qtbot, window)
    assert "Not verified yet" not in says(page) and "Verified on" in says(page)


def test_files_are_sealed_sent_and_receipted(qtbot, window, desk, lead, tmp_path):
    introduce(desk.session, lead)
    place = folder_at(desk.session, tmp_path / "stick")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(os.urandom(40_000))
    page = go(qtbot, window, desk, "package_seal")
    page.seal()
    settle(qtbot, window)
    assert "nobody was named" in says(window)
    page.take([scan])
    page.to[next(iter(page.to))].setChecked(True)
    page.places[place].setChecked(True)
    page.seal()
    settle(qtbot, window)
    assert "For what" in says(page) and page.form.problems()
    page.form.fill({"purpose": "Scans of Sunday"})
    page.seal()
    settle(qtbot, window)
    page = desk.page("outbox")
    assert "Scans of Sunday" in says(page) and "Waits to be sent" in says(page)
    press(page, "Send now")
    settle(qtbot, window)
    assert "On the server, no receipt yet" in says(page)
    collecting.collect(lead, folder_at(lead, tmp_path / "stick"))
    press(page, "Fetch receipts")
    settle(qtbot, window)
    assert "Receipted" in says(page) and "Receipt: Ravi Example" in says(page)


@pytest.mark.parametrize("every", [100], indirect=True)
def test_what_waits_goes_by_itself_and_may_be_cancelled_on_its_server(qtbot, window, desk, lead, tmp_path):
    introduce(desk.session, lead)
    place = folder_at(desk.session, tmp_path / "stick")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    made = packages.seal(desk.session, packages.Wish(["Ravi Example"], "Scans", [tmp_path / "scan.pdf"]))
    [moved] = outbox.queue(desk.session, made.id, [place])
    qtbot.waitUntil(lambda: outbox.get(desk.session, moved.id).state is TransferState.SENT, timeout=60_000)
    settle(qtbot, window)
    assert "1 package was sent" in says(window)
    page = go(qtbot, window, desk, "copies")
    assert "Sealed package at a destination" in says(page)
    press(page, "Look in the outbox")
    settle(qtbot, window)
    page = desk.page("outbox")
    press(page, "Cancel…")
    settle(qtbot, window)
    press(window, "Cancel the transfer")
    qtbot.waitUntil(lambda: not any((tmp_path / "stick").iterdir()), timeout=60_000)
    settle(qtbot, window)
    assert "Cancelled" in says(page)
    assert "Outside the desk" not in says(go(qtbot, window, desk, "copies"))


def test_the_outbox_tells_why(qtbot, window, desk, lead, tmp_path):
    introduce(desk.session, lead)
    place = folder_at(desk.session, tmp_path / "stick", "Blue stick")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    made = packages.seal(desk.session, packages.Wish(["Ravi Example"], "Scans", [tmp_path / "scan.pdf"]))
    [moved] = outbox.queue(desk.session, made.id, [place])
    (tmp_path / "stick").rename(tmp_path / "away")
    page = go(qtbot, window, desk, "outbox")
    press(page, "Send now")
    settle(qtbot, window)
    assert "The folder or bucket at Blue stick is not there" in says(page) and "It is tried again from" in says(page)
    press(page, "Pause")
    settle(qtbot, window)
    assert outbox.get(desk.session, moved.id).state is TransferState.PAUSED
    (tmp_path / "away").rename(tmp_path / "stick")
    press(page, "Resume")
    settle(qtbot, window)
    press(page, "Send now")
    settle(qtbot, window)
    press(page, "Headquarters confirmed it…")
    settle(qtbot, window)
    field(page, "Who confirmed it").setText("Pat Example")
    press(page, "Record it")
    settle(qtbot, window)
    assert "needs mending" in says(page)
    how = next(each for each in page.findChildren(QLineEdit) if each.accessibleName().startswith("How") and each.isVisible())
    how.setText("e-mail 4711")
    press(page, "Record it")
    settle(qtbot, window)
    assert "Confirmed by headquarters" in says(page)
    assert receipts.listing(desk.session)[0].how == "Pat Example: e-mail 4711"


def test_what_came_in_is_opened(qtbot, window, desk, lead, tmp_path):
    introduce(desk.session, lead)
    (tmp_path / "scan.pdf").write_bytes(b"%PDF of Sunday")
    mine = next(each for each in cards.listing(lead))
    made = packages.seal(lead, packages.Wish([mine.id], "Scans of Sunday", [tmp_path / "scan.pdf"]))
    outbox.queue(lead, made.id, [folder_at(lead, tmp_path / "stick")])
    outbox.send(lead)
    folder_at(desk.session, tmp_path / "stick")
    page = go(qtbot, window, desk, "outbox")
    press(page, "Fetch packages for me")
    settle(qtbot, window)
    page = go(qtbot, window, desk, "packages")
    assert "1 package waits to be opened." in says(page) and "Came in, not opened yet" in says(page)
    (tmp_path / "here").mkdir()
    [came] = packages.listing(desk.session, "in")
    page.open_in(packages.path_of(desk.session, came), tmp_path / "here", False)
    settle(qtbot, window)
    assert (tmp_path / "here" / f"package-{came.id[-8:]}" / "scan.pdf").read_bytes() == b"%PDF of Sunday"
    assert "Came in, not opened yet" not in says(page)
