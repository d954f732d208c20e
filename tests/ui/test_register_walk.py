"""The pages of the register with a register in them: every step, both looks, large text, small windows, made-up words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from dpdesk.domain.members import Kind
from dpdesk.services import electors, members
from dpdesk.services.session import today
from dpdesk.services.words import use_locale
from tests.services import registers
from tests.services.registers import PEOPLE, take, write
from tests.ui import walker
from tests.ui.conftest import settle

YEAR = today().year
YOUNG = ("AN-1", "8", "0", "N", f"01/01/{YEAR - 17}", "Attaining", "Alf", "AN1 2AB", "1 High St", "")
NEWER = (("AN-1", "31", "0", "", "", "Brown", "Ann", "AN1 2AB", "4-6 Knowsley Road", "Anytown"), *PEOPLE[2:], YOUNG)


def scenes(qtbot, window, desk, folder) -> Iterator[str]:
    """Every page and step of the register, one after another, its name said."""
    session = desk.session
    if not electors.counts(session).electors:
        take(session, folder, registers.xpress((*PEOPLE, YOUNG)))
        take(session, folder, registers.xpress(NEWER), name="new.csv", year=YEAR + 1)
        members.add(session, Kind.MEMBER, {"forename": "Bob", "surname": "Jones", "postcode": "AN1 2AC", "status": "current"})
    first = electors.search(session, "AN-1-8")[0].elector.id
    for code, place in (("register", {}), ("elector", {"id": first}), ("register_files", {}), ("register_follows", {}),
                        ("register_links", {}), ("today", {})):
        desk.go(code, place)
        settle(qtbot, window)
        if code == "register":
            desk.page(code).table.go_to(1)
            qtbot.wait(120)
        settle(qtbot, window)
        yield code
    desk.go("register_import", {})
    page = desk.page("register_import")
    yield "choose"
    rows = registers.status(("D", PEOPLE[4]), ("D", ("AN-9", "99", *PEOPLE[0][2:])), ("A", ("", "1", *PEOPLE[0][2:])))
    page.look_at(write(folder, rows, name="update.csv"))
    settle(qtbot, window)
    page.supply.open_columns()
    qtbot.wait(30)
    yield "supply"
    page.go_on()
    qtbot.wait(30)
    yield "problems"
    page.supply.form.fill({"supplier": "Council"})
    page.go_on()
    settle(qtbot, window)
    yield "check"
    page.go_on()
    qtbot.wait(30)
    yield "take"
    page.return_to({})
    page.go(0)
    page.file = page.draft = None


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1280, 800)), ("light", 200, (1024, 700)),
                                                     ("dark", 100, (1024, 700))])
def test_no_page_of_the_register_has_faults(qtbot, window, desk, look, tmp_path, name, scale, size):
    desk.context.retheme(name, scale)
    look(name, scale)
    window.resize(*size)
    found = []
    for scene in scenes(qtbot, window, desk, tmp_path):
        qtbot.wait(30)
        found += [f"{scene}: {fault}" for fault in walker.faults(window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


DATA = {"dpdesk", "Anytown", "Jane Example", "Green Party", "Anytown Council", "update.csv", "AN-1", "Ann Smith", "Alf Attaining",
        "Bob Jones", "A", "D", "Bob", "Ann", "KU", "AN1 2AC", "AN1 2AB", "AN-9", *registers.STATUS}
CELLS = {cell for person in (*PEOPLE, *NEWER) for cell in (person[0], person[5], *person[8:]) if cell}


@pytest.fixture
def pseudo():
    """Words in brackets, and 40 % longer."""
    use_locale("pseudo")
    yield
    use_locale("")


def test_every_word_of_the_register_is_offered_for_translation(qtbot, pseudo, window, folder, tmp_path):
    from PySide6.QtWidgets import QLineEdit

    from tests.ui.conftest import PASSPHRASE
    window.start(folder)
    field = window.gate.sheet.passphrase.field
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, PASSPHRASE)
    window.gate.sheet.submit()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=15_000)
    found = []
    for scene in scenes(qtbot, window, window.desk, tmp_path):
        said = [part.text() for kind in (QLabel, QAbstractButton) for part in window.findChildren(kind) if part.isVisible()]
        found += [f"{scene}: not translated: {words!r}" for words in said if any(c.isalpha() for c in words) and "[" not in words
                  and not all(part in DATA or any(cell in part for cell in CELLS) for part in words.split(" · "))]
        found += [f"{scene}: {fault}" for fault in walker.clipped(window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))
