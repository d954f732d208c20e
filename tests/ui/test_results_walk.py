"""Walks, entering and results with something in them: every page and card, both looks, large text, small windows, made-up words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dpdesk.domain.results import Check
from dpdesk.services import electors, entering, leaving_alone, walks, walks_make
from dpdesk.services.words import use_locale
from tests.services import entered
from tests.ui import walker
from tests.ui.conftest import settle


def scenes(qtbot, window, desk, folder) -> Iterator[str]:
    """Every page and card, one after another, its name said."""
    session = desk.session
    sheet = entered.back(session, folder)
    walks_make.make(session, walks_make.proposed(session, 20))
    letters = ["L"] * 7 + ["T", "D", "O", "G", "M"]
    entering.enter_page(session, sheet.id, 1, [entering.Ticked(at + 1, (letter,), "A note" if at == 2 else "")
                                               for at, letter in enumerate(letters)])
    entering.finish(session, sheet.id, 1)
    entering.enter_page(session, sheet.id, 2, [entering.Ticked(1, ("D9/T",)), entering.Ticked(2, ("L", "V"))])
    first = electors.get(session, "CV-1").row.elector.id
    leaving_alone.note(session, first, household=True, why="Said so on the doorstep")

    def go(code: str, place: dict | None = None):
        desk.go(code, place)
        settle(qtbot, window)
        return desk.page(code)
    go("walks")
    yield "walks"
    page = go("walk", {"id": walks.walks(session)[0].id})
    yield "walk"
    page.add()
    yield "a street"
    page = go("walks_propose")
    page.propose()
    settle(qtbot, window)
    yield "proposed"
    go("entering")
    yield "entering"
    page = go("entry", {"sheet": sheet.id, "page": 2})
    yield "a page"
    page.ask_note(0)
    yield "a note"
    session.policy = replace(session.policy, results_check=Check.BLIND)
    go("entry", {"sheet": sheet.id, "page": 1})
    yield "a page to check"
    page = go("results")
    yield "charts"
    page.turn_round()
    settle(qtbot, window)
    yield "tables"
    page = go("elector", {"id": first})
    page.changes.set_open(True)
    settle(qtbot, window)
    yield "an elector"
    page.contacts.ask_alone()
    yield "leave alone"
    go("today")
    yield "today"


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1280, 800)), ("light", 200, (1024, 700))])
def test_no_page_or_card_has_faults(qtbot, window, desk, look, tmp_path, name, scale, size):
    desk.context.retheme(name, scale)
    look(name, scale)
    window.resize(*size)
    found = []
    for scene in scenes(qtbot, window, desk, tmp_path):
        settle(qtbot, window)
        qtbot.wait(30)
        found += [f"{scene}: {fault}" for fault in walker.faults(window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def test_made_up_words_fit_and_none_is_left_out(qtbot, window, desk, look, tmp_path):
    use_locale("pseudo")
    try:
        found = []
        for scene in scenes(qtbot, window, desk, tmp_path):
            settle(qtbot, window)
            found += [f"{scene}: {fault}" for fault in walker.faults(window)]
        assert not found, "\n" + "\n".join(dict.fromkeys(found))
    finally:
        use_locale("")
