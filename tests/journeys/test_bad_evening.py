"""A bad evening: the branch's laptop is gone. Reported, the desk restored on another machine from its backup, the incident carried on there
to its end, by the command line and the window (S0 l.11-14; S1 27.11, 28.3, 29.1-29.15)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from dpdesk import cli
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, duties, incident_steps, members, officers
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import today as day
from dpdesk.store import keys
from dpdesk.ui import theme
from dpdesk.ui.shell import window as shell
from dpdesk.ui.widgets.parts import Choice
from tests.founding import found
from tests.ui.conftest import by_name, told, unlock
from tests.ui.pages_hand import Hand

JANE, DEV = "the ferret sang on tuesday", "pepper lantern walks uphill"
PEOPLE = [{"forename": "Ann", "surname": f"Example{n}", "status": "current", "email": f"ann{n}@example.org"} for n in range(4)]


class Machines:
    """Two machines: a home each; a command is given at one of them by one of the two officers."""

    def __init__(self, place, monkeypatch, capsys):
        self.place, self._patch, self._capsys = place, monkeypatch, capsys

    def home(self, name: str):
        home = self.place / name
        for variable, folder in (("HOME", ""), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
            (home / folder).mkdir(parents=True, exist_ok=True)
            self._patch.setenv(variable, str(home / folder))
        return home

    def __call__(self, name: str, passphrase: str, *words: object, status: int = 0):
        home = self.home(name)
        self._patch.setenv("DPDESK_PASSPHRASE", passphrase)
        self._capsys.readouterr()
        got = cli.main(["--desk", str(home / "desk"), "--json", *map(str, words)])
        said = self._capsys.readouterr()
        assert got == status, said
        return json.loads(said.out) if said.out else said.err


@pytest.fixture
def machines(tmp_path, monkeypatch, capsys):
    """A branch of a party whose headquarters handles incidents: its accountable person and its data protection officer."""
    made = Machines(tmp_path, monkeypatch, capsys)
    home = made.home("laptop")
    session, _key = found(Desks(Machine(), keys.least()), home / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "labour", "Anytown",
                                                                                  Secret(JANE)))
    for values in PEOPLE:
        members.add(session, Kind.MEMBER, values)
    officers.add(session, "Dev Sample", Role.DPO, Secret(DEV), kdf=keys.least())
    session.close()
    made("laptop", DEV, "officers", "acknowledge", "--yes")
    return made


def words(path) -> str:
    """The text of a PDF of one page."""
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    return document[0].get_textpage().get_text_range()


def test_a_laptop_is_gone_and_the_incident_is_carried_to_its_end_on_another_machine(machines, qtbot, tmp_path):
    machines("laptop", JANE, "device", "add", "Branch laptop")
    backup = tmp_path / "stick" / "anytown.dpdesk"
    backup.parent.mkdir()
    machines("laptop", JANE, "desk", "backup", backup)

    # The laptop is gone. On the second machine there is the stick with the backup, and nothing else.
    assert machines("second", JANE, "desk", "restore", backup)["people"] == len(PEOPLE)
    lost = machines("second", JANE, "duties", "lost-device", "Branch laptop", "--known-since", "00:00", "--how", "Left on the train")
    assert "data incident form" in lost["who_is_told"] and [each["step"] for each in lost["steps"]][0] == "away"
    shown = machines("second", JANE, "registers", "show", lost["ref"])
    assert (shown["values"]["people_count"], shown["values"]["encrypted"]) == (4, "yes")
    spans = {each["clock"]: _hours(each) for each in shown["clocks"]}
    assert spans == {"party": 24, "regulator": 72}
    today = machines("second", JANE, "duties", "today")
    assert {"IN-1"} == {each["facts"]["ref"] for each in today if each["facts"].get("ref")}

    # At once: wiped from afar, out of the inventory, and noted as not got back.
    [laptop] = machines("second", JANE, "device", "list")
    machines("second", JANE, "device", "retire", laptop["id"])
    machines("second", JANE, "disposals", "record", "--item", "laptop", "--description", "Branch laptop", "--data-class",
             "strictly_confidential", "--means", "purge", "--tool", "Wiped from afar", "--verified", "The service says: erased",
             "--verified-by", "Jane Example", "--done-by", "Jane Example", "--place", "From afar", "--done-on",
             day().isoformat(), "--fate", "lost")
    machines("second", JANE, "registers", "set", lost["ref"], "--set", "at_once=away, out_of_use")

    _told_and_decided(machines, lost, tmp_path)

    # In the window of the second machine: a step is ticked, the incident closed, and its lessons are a training to do.
    home = machines.home("second")
    machine = Machine(path=home / "machine.json")
    window = shell.Window(Desks(machine, keys.least()), machine)
    try:
        _in_the_window(qtbot, window, home / "desk", lost["id"])
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def _told_and_decided(machines, lost, place):
    """Headquarters is told; what it is, the data protection officer alone decides (S0 l.12)."""
    page = place / "hq.pdf"
    machines("second", JANE, "registers", "print", lost["ref"], "--for", "headquarters", "--why", "Report", "--out", page)
    assert "Left on the train" in words(page) and "Locked or wiped from afar" in words(page)
    machines("second", JANE, "registers", "move", lost["ref"], "tell_hq", "--set", "hq_told_at=now")
    refused = machines("second", JANE, "registers", "move", lost["ref"], "is_breach", "--set", "risk=risk", status=1)
    assert "Data protection officer" in refused["error"]["do"]
    decision = ("--set", "risk=A risk", "--set", "regulator_decision=is told", "--set", "decision_why=A weak passphrase")
    assert machines("second", DEV, "registers", "move", lost["ref"], "is_breach", *decision)["state"] == "breach"
    page = place / "regulator.pdf"
    machines("second", DEV, "registers", "print", lost["ref"], "--for", "regulator", "--why", "Art 33", "--out", page)
    assert "Nature of the breach (a)" in words(page) and "Members" in words(page)
    machines("second", DEV, "registers", "move", lost["ref"], "tell_regulator", "--set", "regulator_told_at=now", "--set",
             "case_number=IC-000000-A1B2")


def _in_the_window(qtbot, window, folder, incident):
    theme.apply(QApplication.instance(), "light", 100)
    window.resize(1280, 1400)
    window.show()
    window.start(folder)
    qtbot.waitUntil(lambda: any(each.isVisible() and each.count() for each in window.findChildren(Choice)), timeout=10_000)
    whose = by_name(window, Choice, "Whose key")
    whose.setCurrentIndex(next(at for at in range(whose.count()) if "rotection" in whose.itemText(at)))
    unlock(qtbot, window, DEV)
    hand = Hand(qtbot, window)
    hand.go("duty", {"id": incident})
    assert "Do this at once" in told(window)
    hand.press(f"It is done: {incident_steps.WORDS['passwords']}")
    hand.press("Close it: IN-1")
    for label, said in (("What was done", "Wiped, told"), ("What is learnt", "Carry it"), ("Who is trained, in what", "All officers")):
        _write(window, label, said)
    hand.press("Close it")
    session = window.desk.session
    closed = duties.get(session, "IN-1")
    assert closed.duty.state == "closed" and closed.duty.values["at_once"] == "away out_of_use passwords"
    [training] = duties.listing(session, "training")
    assert training.heading == "All officers" and training.duty.values["incident"] == closed.duty.id and training.due
    assert audit.verify(session).whole and not [each for each in audit.listing(session) if "Example" in str(each.facts)]


def _hours(clock):
    return (datetime.fromisoformat(clock["due"]) - datetime.fromisoformat(clock["starts"])) / timedelta(hours=1)


def _write(window, name, words):
    [field] = [each for kind in (QPlainTextEdit, QLineEdit) for each in window.findChildren(kind)
               if each.isVisible() and each.accessibleName() == name]
    field.setPlainText(words) if isinstance(field, QPlainTextEdit) else field.setText(words)
