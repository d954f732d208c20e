"""The gate as an officer meets it: founding, unlocking, what stands in the way, recovering, acknowledging."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QScrollArea, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, members, officers
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from dpdesk.ui import theme
from dpdesk.ui.jobs import Jobs
from dpdesk.ui.shell.gate import Gate
from dpdesk.ui.shell.unlock import AFTER_PAINT
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice

PASSPHRASE = "the ferret sang on tuesday"
ANOTHER = "seven grey kettles in orbit"
PATIENCE = 30_000  # milliseconds


class Front:
    """Sees and does what an officer can: visible labels and names, keys and presses."""

    def __init__(self, qtbot, gate: Gate, jobs: Jobs, opened: list) -> None:
        self.qtbot, self.gate, self.jobs, self.opened = qtbot, gate, jobs, opened

    def _seen(self, kind, within: QWidget | None = None) -> list:
        return [part for part in (within or self.gate).findChildren(kind) if part.isVisible()]

    def words(self) -> str:
        return "\n".join(label.text() for label in self._seen(QLabel))

    def buttons(self) -> list[str]:
        return [button.text() for button in self._seen(QAbstractButton)]

    def press(self, words: str, within: QWidget | None = None) -> None:
        found = [b for b in self._seen(QAbstractButton, within) if words in (b.text(), b.accessibleName())]
        assert len(found) == 1, f"{words!r} among {self.buttons()}"
        assert found[0].isEnabled(), f"{words!r} cannot be pressed"
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 12))

    def field(self, name: str) -> QLineEdit:
        found = [field for field in self._seen(QLineEdit) if field.accessibleName() == name]
        assert len(found) == 1, name
        return found[0]

    def type(self, name: str, words: str) -> None:
        field = self.field(name)
        field.clear()
        self.qtbot.keyClicks(field, words)

    def choose(self, name: str, words: str) -> None:
        choice = next(c for c in self._seen(Choice) if c.accessibleName() == name)
        assert choice.findText(words) >= 0
        choice.setCurrentText(words)

    def enter(self) -> None:
        self.qtbot.keyClick(self.gate.focusWidget(), Qt.Key.Key_Return)

    def settle(self) -> None:
        self.qtbot.wait(AFTER_PAINT + 10)
        self.qtbot.waitUntil(lambda: not self.jobs.under_way, timeout=PATIENCE)
        QApplication.processEvents()

    def unlock(self, passphrase: str = PASSPHRASE, words: str = "Unlock") -> None:
        self.type("Passphrase", passphrase)
        self.press(words)
        self.settle()

    def key(self) -> str:
        """The recovery key as it stands on the sheet."""
        return "-".join(label.text() for label in self._seen(QLabel) if label.property("role") == "secret")

    def finish_kit(self) -> None:
        last = "".join(self.key().split("-")[-2:])
        self.press("I have it on paper")
        assert not self.key()
        self.type("The last two groups", last.lower())
        self.press("Finish")


@pytest.fixture
def desks(tmp_path) -> Desks:
    return Desks(Machine(path=tmp_path / "machine.json"), keys.least())


@pytest.fixture
def gate(qtbot, desks):
    """Makes gates; closes every desk they opened."""
    made: list[Front] = []

    def _make(folder: Path | None = None, demo: str = "") -> Front:
        opened: list = []
        jobs = Jobs()
        front = Front(qtbot, Gate(desks, jobs, opened.append, demo), jobs, opened)
        qtbot.addWidget(front.gate)
        made.append(front)
        front.gate.resize(900, 760)
        front.gate.show()
        qtbot.waitExposed(front.gate)
        front.gate.start(folder)
        front.settle()
        return front

    yield _make
    for front in made:
        front.jobs.close()
        front.gate.let_go()
        for session in front.opened:
            session.close()


@pytest.fixture
def desk(desks, tmp_path) -> tuple[Path, Secret]:
    """A locked desk and its recovery key."""
    session, key = desks.create(tmp_path / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    session.close()
    return tmp_path / "desk", key


def through_four_steps(front: Front) -> None:
    front.press("Create a desk")
    front.type("Your name", "Jane Example")
    front.enter()
    front.choose("Party", "Green Party")
    front.type("Branch", "Anytown")
    front.enter()
    front.press("I have read it and will keep to it")
    front.press("Next")
    front.type("Your passphrase", PASSPHRASE)
    front.type("The same once more", PASSPHRASE)
    front.press("Next")


def test_the_first_evening(gate, desks):
    front = gate(desks.last())
    assert "Welcome" in front.words()
    through_four_steps(front)
    assert "Where it is kept" in front.words()
    front.press("Create the desk")
    front.settle()
    assert not front.opened and len(front.key().split("-")) == 9
    key = front.key()
    front.finish_kit()
    [session] = front.opened
    assert session.officer.name == "Jane Example" and session.branch == "Anytown" and session.acknowledged
    assert key not in front.words() and desks.last() == session.folder


def test_a_wrong_proof_says_so_and_keeps_the_desk_shut(gate, desks, tmp_path):
    front = gate()
    through_four_steps(front)
    front.press("Create the desk")
    front.settle()
    front.press("I have it on paper")
    front.type("The last two groups", "0000-00")
    front.enter()
    assert "These are not the last two groups" in front.words() and not front.opened
    front.press("Show the key again")
    assert front.key()
    front.gate.start(desks.last())
    front.settle()
    front.unlock()
    assert len(front.opened) == 1, "the desk held for its kit was closed when the kit was left"


def test_a_step_says_what_is_missing_and_back_keeps_what_was_typed(gate):
    front = gate()
    front.press("Create a desk")
    front.press("Next")
    assert "One thing needs mending" in front.words() and "This is needed" in front.words()
    front.type("Your name", "Jane Example")
    front.press("Next")
    front.choose("Party", "Labour Party")
    front.type("Branch", "Anytown")
    front.press("Next")
    front.press("Next")
    assert "Tick this once you have read" in front.words()
    front.press("Back")
    assert front.field("Branch").text() == "Anytown"
    front.press("Back")
    assert front.field("Your name").text() == "Jane Example"
    front.press("Cancel")
    assert "Welcome" in front.words()


@pytest.mark.parametrize(("first", "second", "said"), [
    ("", "", "Choose a passphrase"), ("Jane Anytown", "Jane Anytown", "Not strong enough yet"),
    (PASSPHRASE, PASSPHRASE[:-1], "This differs from the passphrase above")])
def test_a_weak_or_misspelt_passphrase_goes_no_further(gate, first, second, said):
    front = gate()
    through_four_steps(front)
    front.press("Back")
    front.type("Your passphrase", first)
    front.type("The same once more", second)
    front.press("Next")
    assert said in front.words()


def test_a_chosen_folder_is_warned_of_and_a_taken_one_refused(gate, monkeypatch, tmp_path, desk):
    chosen = [tmp_path / "Dropbox" / "desk", desk[0]]
    monkeypatch.setattr(ask, "choose_folder", lambda parent, title, then: then(chosen.pop(0)))
    front = gate()
    through_four_steps(front)
    front.press("Change…")
    assert "Dropbox" in front.words()
    front.press("Change…")
    front.press("Create the desk")
    front.settle()
    assert "There is a desk in" in front.words() and "It was not touched" in front.words()
    front.press("Back")
    assert front.field("Your passphrase").text() == PASSPHRASE


def test_enter_unlocks_and_nothing_typed_stays(gate, desk):
    front = gate(desk[0])
    assert "Whose key" not in front.words()
    front.type("Passphrase", PASSPHRASE)
    front.enter()
    front.settle()
    assert len(front.opened) == 1 and not front.field("Passphrase").text()


def test_an_empty_passphrase_is_asked_for(gate, desk):
    front = gate(desk[0])
    front.press("Unlock")
    assert "Type your passphrase first" in front.words()


def test_wrong_passphrases_are_slowed_and_the_pause_runs_out(gate, desk, qtbot):
    front = gate(desk[0])
    for _ in range(3):
        front.unlock("not this one at all")
    assert "does not open the desk" in front.words() and "Again in" in front.words()
    unlock = next(b for b in front._seen(QAbstractButton) if b.text() == "Unlock")
    assert not unlock.isEnabled()
    qtbot.waitUntil(unlock.isEnabled, timeout=PATIENCE)
    front.unlock()
    assert len(front.opened) == 1


def test_the_key_is_chosen_where_there_are_several(gate, desks, desk):
    session = desks.open(desk[0], Secret(PASSPHRASE))
    officers.add(session, "Ann Example", Role.MEMBERSHIP, Secret(ANOTHER), kdf=keys.least())
    session.close()
    front = gate(desk[0])
    front.choose("Whose key", "Membership officer")
    front.unlock(ANOTHER)
    assert front.opened[0].officer.name == "Ann Example" and not front.opened[0].acknowledged


def test_a_desk_in_use_can_be_read(gate, desks, desk):
    holder = desks.open(desk[0], Secret(PASSPHRASE))
    try:
        front = gate(desk[0])
        assert "already open on" in front.words() and "process" in front.words()
        front.unlock()
        assert "already open on" in front.words() and not front.opened
        front.unlock(words="Open for reading only")
        assert front.opened[0].read_only
        front.opened.pop().close()
    finally:
        holder.close()


def test_a_folder_without_a_desk_offers_the_other_ways(gate, tmp_path):
    (tmp_path / "empty").mkdir()
    front = gate(tmp_path / "empty")
    assert "There is no desk in" in front.words()
    assert "Unlock" not in front.buttons() and "Open another desk…" in front.buttons()
    front.press("Create a new desk…")
    assert "Create a desk" in front.words()
    front.press("Cancel")
    front.settle()
    assert "There is no desk in" in front.words()


def test_an_older_copy_opens_only_with_the_loss_recorded(gate, desks, desk, tmp_path):
    folder, _key = desk
    shutil.copy(folder / "desk.db", tmp_path / "older.db")
    session = desks.open(folder, Secret(PASSPHRASE))
    members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Example", "status": "current"})
    session.close()
    shutil.copy(tmp_path / "older.db", folder / "desk.db")
    front = gate(folder)
    front.unlock()
    assert "older copy" in front.words() and not front.opened
    front.press("Open anyway and record the loss…")
    question = next(dialog for dialog in QApplication.topLevelWidgets() if isinstance(dialog, QDialog) and dialog.isVisible())
    front.press("Open and record the loss", question)
    front.settle()
    assert "desk.loss_accepted" in [line.action for line in audit.listing(front.opened[0])]


def test_the_recovery_key_leads_to_a_new_passphrase_and_a_new_kit(gate, desks, desk):
    folder, key = desk
    front = gate(folder)
    front.press("Use the recovery key…")
    front.press("Open with the recovery key")
    assert "Type the key from the paper" in front.words()
    front.type("New passphrase", ANOTHER)
    front.type("The same once more", ANOTHER)
    front.type("Recovery key", key.text()[:-1])
    front.enter()
    front.settle()
    assert "This recovery key does not open the desk" in front.words()
    front.type("Recovery key", key.text().lower().replace("-", " "))
    front.enter()
    front.settle()
    assert front.key() != key.text() and not front.opened
    front.finish_kit()
    front.opened.pop().close()
    front.gate.start(folder)
    front.settle()
    front.unlock(ANOTHER)
    assert len(front.opened) == 1


def test_the_kit_is_saved_as_pdf(gate, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "choose_save", lambda parent, title, name, names, then: then(tmp_path / name))
    front = gate()
    through_four_steps(front)
    front.press("Create the desk")
    front.settle()
    front.press("Save as PDF…")
    front.settle()
    assert (tmp_path / "dpdesk-recovery-kit.pdf").read_bytes().startswith(b"%PDF")
    assert "it is not encrypted" in front.words()
    front.finish_kit()


def test_the_policy_is_acknowledged_before_going_in(gate, desks, desk):
    session = desks.open(desk[0], Secret(PASSPHRASE))
    officers.add(session, "Ann Example", Role.MEMBERSHIP, Secret(ANOTHER), kdf=keys.least())
    session.close()
    front = gate(desk[0])
    front.gate.show_acknowledge(desks.open(desk[0], Secret(ANOTHER)))
    front.press("I acknowledge")
    assert "Tick this once you have read" in front.words() and not front.opened
    front.press("I have read it and will keep to it")
    front.press("I acknowledge")
    front.settle()
    assert front.opened[0].acknowledged


def test_the_policy_can_be_left_unread_and_the_desk_locks_again(gate, desks, desk):
    front = gate(desk[0])
    front.gate.show_acknowledge(desks.open(desk[0], Secret(PASSPHRASE)))
    front.press("Lock again")
    front.settle()
    assert "Unlock the desk" in front.words()
    front.unlock()
    assert len(front.opened) == 1


def test_the_demo_desk_shows_its_passphrase(gate, desk):
    front = gate(desk[0], demo=PASSPHRASE)
    assert f"Its passphrase is: {PASSPHRASE}" in front.words()
    front.press("Fill it in")
    front.press("Unlock")
    front.settle()
    assert len(front.opened) == 1


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_a_size_and_room(gate, desk, qtbot, scale):
    app = QApplication.instance()
    theme.apply(app, "light", scale)
    try:
        front = gate(desk[0])
        for go in (lambda: None, lambda: front.press("Use the recovery key…"), lambda: front.press("Back"),
                   lambda: front.press("Create a new desk…")):
            go()
            front.settle()
            qtbot.wait(50)
            sheet = front.gate.sheet
            assert isinstance(sheet, QScrollArea) and not sheet.horizontalScrollBar().isVisible()
            for part in front._seen(QWidget):
                if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                    assert part.accessibleName() or getattr(part, "text", str)(), part
                    assert part.height() >= theme.TARGET, part
                    assert part.width() >= part.minimumSizeHint().width(), part
    finally:
        theme.apply(app, "light", 100)
