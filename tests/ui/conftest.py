"""A desk with a few invented people in a window, driven by what the officer sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import members
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.store import keys
from dpdesk.ui.shell import window as shell
from tests.founding import copied
from tests.ui.looks import dress

PASSPHRASE = "the ferret sang on tuesday"
PEOPLE = ({"forename": "Ann", "surname": "Example", "number": "1", "email": "ann@example.org", "town": "Anytown"},
          {"forename": "Bob", "surname": "Sample", "number": "2", "mobile": "07700 900123", "date_of_birth": "2010-01-02"},
          {"forename": "Cerys", "surname": "Tester", "number": "3", "status": "lapsed", "postcode": "AN1 2AB"})


@pytest.fixture
def desks(tmp_path):
    return Desks(Machine(path=tmp_path / "machine.json"), keys.least())


def three_people(session: Session) -> None:
    """Ann, Bob and Cerys."""
    for values in PEOPLE:
        members.add(session, Kind.MEMBER, {"status": "current", **values})


@pytest.fixture
def folder(tmp_path):
    """A locked desk with three people."""
    copied(tmp_path / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)), three_people)
    return tmp_path / "desk"


@pytest.fixture
def look(qapp):
    """Dress the application; the light look at 100 % again afterwards."""
    dress()
    yield dress
    dress()


@pytest.fixture
def window(qtbot, desks, look):
    """The window, closed at the end so that no thread or timer is left."""
    made = shell.Window(desks, desks.machine)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def desk(qtbot, window, folder):
    """The window with the desk unlocked; returns the desk's view."""
    window.start(folder)
    unlock(qtbot, window)
    return window.desk


def unlock(qtbot, window, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase and press Unlock."""
    field = by_name(window, QLineEdit, "Passphrase")
    qtbot.keyClicks(field, passphrase)
    press(qtbot, window, "Unlock")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=15_000)
    settle(qtbot, window)


def settle(qtbot, window) -> None:
    """Until no work is under way."""
    qtbot.wait(20)
    if window.desk is not None:
        qtbot.waitUntil(lambda: window.desk is None or window.desk.jobs.under_way == 0, timeout=15_000)
    QApplication.processEvents()
    QApplication.sendPostedEvents()  # what was put into a visible layout is shown by such an event; one turn may not come to it


def by_name(window: QWidget, kind: type, name: str):
    """The visible widget of that accessible name."""
    found = [w for w in window.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
    assert found, f"no {kind.__name__} called {name!r}"
    return found[0]


def button(window: QWidget, words: str) -> QAbstractButton:
    """The visible button with those words (or that accessible name)."""
    found = [b for b in window.findChildren(QAbstractButton) if b.isVisible() and words in (b.text(), b.accessibleName())]
    assert found, f"no button {words!r} among {[b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()]}"
    return found[0]


def press(qtbot, window: QWidget, words: str) -> None:
    """Press the button with those words, once it shows: what is put into a visible layout is shown a turn of the loop later."""
    qtbot.waitUntil(lambda: button(window, words).isVisible())
    qtbot.mouseClick(button(window, words), Qt.MouseButton.LeftButton)


def told(window: QWidget) -> str:
    """Everything that can be read in the window now."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
