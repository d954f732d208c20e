"""A desk in a window for the tests of the pages about people: driven by visible label, asked what it tells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import members
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.store import keys
from dpdesk.ui.shell.desk import DeskView
from dpdesk.ui.widgets import message
from dpdesk.ui.widgets.parts import Choice
from tests.founding import found
from tests.ui.looks import dress

PASSPHRASE = "the ferret sang on tuesday"
PEOPLE = [
    {"number": "100", "forename": "Katherine", "surname": "Smyth", "email": "kat@example.org", "postcode": "SW1A 1AA",
     "address1": "4 Mill Lane", "mobile": "07700 900123", "joined_on": "2019-05-01", "status": "current"},
    {"number": "101", "forename": "Siân", "surname": "Evans", "postcode": "SW1A 2AA", "status": "lapsed"},
    {"number": "102", "forename": "Joe", "surname": "Ayling", "date_of_birth": "2010-02-03", "status": "current"},
]


class Stage:
    """The window of one officer."""

    def __init__(self, qtbot, session: Session, desks: Desks, size: tuple[int, int] = (1280, 800)) -> None:
        self.qtbot, self.session = qtbot, session
        message._LINGER = 600_000  # milliseconds: on a slow machine a message would be gone before the test reads it
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        dress()
        self.window.resize(*size)
        self.desk = DeskView(session, desks, desks.machine if hasattr(desks, "machine") else Machine(), self.window,
                             lambda: None, lambda _look, _scale: None, lambda: None)
        self.window.setCentralWidget(self.desk)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=5_000)

    def go(self, code: str, place: dict | None = None):
        """Show a page and wait until it has read what it shows."""
        self.desk.go(code, place)
        self.settle()
        return self.page

    @property
    def page(self):
        """The page in front."""
        return self.desk.page(self.desk.front)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        def idle() -> bool:
            QApplication.processEvents()
            return self.desk.jobs.under_way == 0
        for _ in range(3):
            self.qtbot.waitUntil(idle, timeout=20_000)

    def told(self) -> str:
        """What the message bar says."""
        return self.page.messages.words

    def shown(self, kind: type) -> list:
        """The visible widgets of a kind in the page in front and over it."""
        return [w for w in self.page.findChildren(kind) if w.isVisible()]

    def reads(self, words: str) -> bool:
        """Whether some visible label says `words`."""
        return any(words in label.text() for label in self.shown(QLabel))

    def button(self, label: str) -> QAbstractButton:
        """The visible button called so, by its words or its accessible name."""
        found = [b for b in self.shown(QAbstractButton) if label in (b.text().replace("&&", "&"), b.accessibleName())]
        assert found, f"no button “{label}” among {[b.text() or b.accessibleName() for b in self.shown(QAbstractButton)]}"
        return found[0]

    def press(self, label: str) -> None:
        """Press the button called so, once it shows, and wait for what it does."""
        self.qtbot.waitUntil(lambda: bool(self.button(label)), timeout=5_000)  # a page that fits its width anew is empty for a turn
        button = self.button(label)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))
        self.settle()

    def field(self, label: str) -> QWidget:
        """The visible field called so."""
        there = [w for kind in (QLineEdit, QPlainTextEdit, Choice) for w in self.shown(kind)]
        found = [w for w in there if w.accessibleName() == label]
        assert found, f"no field “{label}” among {[w.accessibleName() for w in there]}"
        return found[0]

    def enter(self, label: str, value: str) -> None:
        """Put `value` into a field as an officer would, once it shows."""
        self.qtbot.waitUntil(lambda: self.field(label) is not None, timeout=5_000)
        field = self.field(label)
        field.setFocus()
        if isinstance(field, Choice):
            field.setCurrentIndex(field.findText(value))
            field.activated.emit(field.currentIndex())
            return
        field.selectAll()
        self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        if value:
            self.qtbot.keyClicks(field, value)

    def agree(self, verb: str) -> None:
        """Answer the question in front with its verb."""
        asked = QApplication.activeModalWidget()
        assert asked is not None, "nothing is asked"
        button = next(b for b in asked.findChildren(QAbstractButton) if b.text() == verb)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def listed(self) -> list[str]:
        """The names in the list, from the top."""
        table = self.page.table
        self.settle()
        for at in range(table.paged.rowCount()):
            table.paged.row_at(at)
        self.settle()
        return [table.paged.index(at, 0).data() for at in range(table.paged.rowCount())]


@pytest.fixture
def people_desks(tmp_path) -> Desks:
    """Desks with the least key derivation."""
    return Desks(Machine(path=tmp_path / "machine.json"), keys.least())


def three_members(session: Session) -> None:
    """Katherine, Siân and Joe."""
    for values in PEOPLE:
        members.add(session, Kind.MEMBER, values)


def staged(qtbot, desks: Desks, place: Path, fill: Callable[[Session], object] | None = None) -> Iterator[Stage]:
    """A desk filled so, in a window for as long as the test lasts."""
    founding = Founding("Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE))
    made = Stage(qtbot, found(desks, place / "desk", founding, fill)[0], desks)
    yield made
    made.desk.end()


@pytest.fixture
def empty_stage(qtbot, people_desks, tmp_path) -> Iterator[Stage]:
    """A new desk without people."""
    yield from staged(qtbot, people_desks, tmp_path)


@pytest.fixture
def stage(qtbot, people_desks, tmp_path) -> Iterator[Stage]:
    """A desk with three members."""
    yield from staged(qtbot, people_desks, tmp_path, three_members)


def person(stage: Stage, surname: str):
    """The member of that surname."""
    return members.search(stage.session, surname)[0].member


def write_list(path: Path, *rows: dict[str, str]) -> Path:
    """A membership list as a CSV file."""
    headers = list(dict.fromkeys(header for each in rows for header in each))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)
    return path
