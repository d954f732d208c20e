"""Every page, empty and at work, text at 100 and 200 %, a wide window and a small one: nothing unnamed, clipped, tiny, trapping."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.services import demo, members
from dpdesk.ui import pages
from dpdesk.ui.theme import tokens
from dpdesk.ui.widgets.parts import text
from tests.ui import places, walker
from tests.ui.conftest import settle

PAGES = tuple(spec.code for spec in pages.specs())
SIZES = ((1280, 800), (1024, 700))
SIDE_BY_SIDE = {"compare", "scans_review"}  # two records, or a picture and its reading: may be scrolled to the side (WCAG 1.4.10)


@pytest.fixture(scope="module")
def branch(tmp_path_factory):
    """The demo branch, made once: every page of it has something to show."""
    folder = tmp_path_factory.mktemp("branch") / "desk"
    passphrase, session = demo.create(folder)
    session.close()
    return folder, Secret(passphrase)


def walk_pages(qtbot, window, places: dict[str, dict]) -> list[str]:
    """Every page at every size; what is wrong with each."""
    window.desk._watch.stop()
    window.desk._idle.stop()  # on a busy machine the walk takes longer than the desk waits for a hand
    found = []
    for code in PAGES:
        for size in SIZES:
            window.resize(*size)
            if size == SIZES[0]:
                window.desk.go(code, places.get(code))
                settle(qtbot, window)
            qtbot.wait(20)
            assert window.desk.front == code
            found += [f"{code} at {size[0]}: {fault}" for fault in walker.faults(window)]
            if code not in SIDE_BY_SIDE:
                for _each in range(20):  # some lay themselves out anew a moment after the window has changed
                    if not walker.sideways(window.desk.stack):
                        break
                    qtbot.wait(100)
                found += [f"{code} at {size[0]}: {fault}" for fault in walker.sideways(window.desk.stack)]
    return found


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("name", "scale"), [("light", 200), ("dark", 100)])
def test_no_page_of_an_empty_desk_has_faults(qtbot, window, desk, look, name, scale):
    desk.context.retheme(name, scale)
    look(name, scale)
    person = members.rows(desk.session, list(members.spine(desk.session, members.Query()))[:1])[0].member.id
    found = walk_pages(qtbot, window, {"member": {"id": person}, "member_form": {"id": person}})
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("name", "scale"), [("light", 100), ("dark", 200)])
def test_no_page_of_a_branch_at_work_has_faults(qtbot, window, branch, look, name, scale):
    look(name, scale)
    folder, passphrase = branch
    session = window.desks.open(folder, passphrase)
    window.enter(session)
    window.desk.context.retheme(name, scale)
    found = walk_pages(qtbot, window, places.places(session))
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1280, 800)), ("light", 200, (1024, 700))])
def test_the_cards_of_the_lists_have_no_faults(qtbot, window, desk, look, name, scale, size):
    desk.context.retheme(name, scale)
    look(name, scale)
    window.resize(*size)
    desk.go("members")
    settle(qtbot, window)
    narrowing, found = desk.page("members").narrowing, []

    def look_at(what: str) -> None:
        settle(qtbot, window)
        qtbot.wait(30)
        found.extend(f"{what}: {fault}" for fault in walker.faults(window))
    narrowing.asked.emit(members.Query(status="current", flag="under_18", town="Anytown", joined_since="2001-01-01"))
    for open_card in (narrowing.open_filter, narrowing.open_columns, narrowing._save):
        open_card()
        look_at(open_card.__name__)
    desk.go("bulk", {"rows": list(members.spine(desk.session, members.Query()))})
    settle(qtbot, window)
    page = desk.page("bulk")
    for code in ("ward", "status", "renewal_on"):
        page.ticks[code].setChecked(True)
    look_at("bulk form")
    page.preview()
    look_at("bulk preview")
    assert page.plan is not None
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize(("name", "scale"), [("light", 100), ("dark", 200)])
def test_the_gate_has_no_faults(qtbot, window, folder, look, name, scale):
    look(name, scale)
    found = []
    for show in (lambda: window.start(None), window.gate.show_create, lambda: window.start(folder),
                 lambda: window.gate.show_recover(folder), window.gate.show_restore):
        show()
        qtbot.wait(30)
        found += walker.faults(window)
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("code", ["members", "settings", "officers"])
def test_tab_reaches_everything(qtbot, window, desk, code):
    desk.go(code)
    settle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    assert walker.reaches_all_by_tab(window) == []


@pytest.mark.parametrize("look_", tokens.ALL, ids=lambda t: t.name)
def test_text_has_contrast(look_):
    short = [(one, other) for one, other in tokens.TEXT_PAIRS
             if tokens.contrast(getattr(look_, one), getattr(look_, other)) < 4.5]
    assert short == []


def test_the_walker_finds_planted_faults(qtbot):
    planted = QWidget()
    layout = QVBoxLayout(planted)
    nameless, tiny, trap, long = QLineEdit(), QComboBox(), QPlainTextEdit(), text("Words that are far too long " * 9)
    tiny.setFixedSize(12, 12)
    tiny.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    trap.setAccessibleName("Trap")
    long.setFixedSize(60, 10)
    for widget in (nameless, tiny, trap, long):
        layout.addWidget(widget)
    qtbot.addWidget(planted)
    planted.resize(300, 300)
    planted.show()
    found = " ".join(walker.faults(planted))
    for kind in ("no accessible name: QLineEdit", "only 12x12", "traps Tab: QPlainTextEdit 'Trap'", "clipped at 60x10"):
        assert kind in found
