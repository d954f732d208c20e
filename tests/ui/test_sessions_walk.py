"""The pages of sessions with a session in them: every page and step, both looks, large text, small windows, made-up words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from dpdesk.domain.custody import Piece
from dpdesk.services import allotments, campaigns, hand_in, issuing, sessions, sheet_loss, sheets, walks_make
from dpdesk.services.words import use_locale
from tests.services.canvassing import holder, made, planned, printed, word
from tests.ui import walker
from tests.ui.conftest import settle

STEPS = (0, 1, 2, 3)


def staged(session, folder) -> tuple[str, str]:
    """A session under way with a sheet that is out and has a lost page, one in hand and one not printed; (session, sheet)."""
    if known := sessions.listing(session):
        return known[0].id, sheets.listing(session, known[0].id)[0].id
    parent = planned(session, folder)
    walks_make.make(session, walks_make.proposed(session, 40))
    first, second = made(session, parent), made(session, parent, "CV Weir Lane and everything round Quay Hill")
    for sheet in (first, second):
        printed(session, sheet)
    issuing.issue(session, [first.id], holder(parent).id, word(session))
    sessions.begin(session, parent.id)
    hand_in.tick(session, parent.id, [Piece(first.id, 1, 1)])
    sheet_loss.report(session, [Piece(first.id, 2, 1)], "Left on the bus")
    made(session, parent, "Third")
    allotments.allot(session, parent.id, [allotments.Allotting("Later", district="CV")])
    return parent.id, first.id


def scenes(qtbot, window, desk, folder) -> Iterator[str]:
    """Every page and step, one after another, its name said."""
    parent, sheet = staged(desk.session, folder)
    for code, place in (("sessions", {}), ("campaigns", {}), ("session", {"id": parent}), ("sheets_print", {"id": parent}),
                        ("sheets_issue", {"id": parent}), ("sheets_return", {"id": parent}), ("sheet", {"id": sheet}),
                        ("sheet_losses", {}), ("destroy_sheets", {}), ("today", {})):
        desk.go(code, place)
        settle(qtbot, window)
        qtbot.wait(80)
        yield code
    yield from _cards(qtbot, window, desk)
    yield from _steps(qtbot, window, desk)


def _cards(qtbot, window, desk) -> Iterator[str]:
    desk.go("campaigns", {})
    settle(qtbot, window)
    page = desk.page("campaigns")
    found = campaigns.listing(desk.session)[0]
    for name, ask in (("new", page.ask_new), ("change", lambda: page.ask_change(found)), ("columns", lambda: page.ask_columns(found)),
                      ("codes", lambda: page.ask_codes(found)), ("question", lambda: page.ask_question(found)),
                      ("briefing", page.ask_briefing)):
        ask()
        settle(qtbot, window)
        qtbot.wait(30)
        yield f"card {name}"
    issue = desk.page("sheets_issue")
    desk.go("sheets_issue", {"id": sessions.listing(desk.session)[0].id})
    settle(qtbot, window)
    for way in ("signature", "word"):
        issue.how.choose(way)
        issue._fit()
        qtbot.wait(30)
        yield f"issue {way}"


def _steps(qtbot, window, desk) -> Iterator[str]:
    desk.go("session_plan", {"new": True})
    settle(qtbot, window)
    plan = desk.page("session_plan")
    plan.form.fill({"on_day": "", "place": ""})
    plan.go_on()
    qtbot.wait(30)
    yield "plan problems"
    for step in STEPS[1:]:
        if step == 1 and not plan.people.chosen:
            from dpdesk.domain.sessions import Of, Part
            plan.people.add(sessions.Named(Of.NAME, name="Sylvia Senior"), Part.SENIOR)
            plan.people.add(sessions.Named(Of.NAME, name="Rhys Responsible"), Part.RESPONSIBLE)
        if step == 3:
            plan.form.fill({"on_day": "2099-01-01", "place": "Hall"})
            plan._show_check()
        plan.go(step)
        settle(qtbot, window)
        yield f"plan {step}"
    plan.go(0)
    desk.go("destroy_sheets", {})
    settle(qtbot, window)
    shred = desk.page("destroy_sheets")
    for step in (1, 2):
        if step == 2:
            shred._show_check()
        shred.go(step)
        settle(qtbot, window)
        yield f"destroy {step}"
    shred.go(0)
    settle(qtbot, window)


@pytest.mark.parametrize(("name", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1024, 700))])
def test_no_page_of_sessions_has_faults(qtbot, window, desk, look, tmp_path, name, scale, size):
    desk.context.retheme(name, scale)
    look(name, scale)
    window.resize(*size)
    found = []
    for scene in scenes(qtbot, window, desk, tmp_path):
        qtbot.wait(30)
        found += [f"{scene}: {fault}" for fault in walker.faults(desk.page(desk.front))]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


DATA = {"dpdesk", "Today", "Anytown", "Jane Example", "Green Party", "CV Weir Lane", "CV Weir Lane and everything round Quay Hill",
        "Third", "Later",
        "Rhys Responsible", "Sylvia Senior", "Cara Canvasser", "Spring election", "Left on the bus", "CV-", "Hall", "Weir Lane",
        "Steel cabinet in the office", "P-4", "P-1", "Voters expect a party to ask; assessed and recorded"}


@pytest.fixture
def pseudo():
    """Words in brackets, and 40 % longer."""
    use_locale("pseudo")
    yield
    use_locale("")


def test_every_word_is_translated(qtbot, window, desk, pseudo, tmp_path):
    codes = {code.words for each in campaigns.presets() for code in each.codes} | {each.name for each in campaigns.presets()}
    policy = set(desk.session.policy.sheet_briefing.strip().splitlines()) | {desk.session.policy.sheet_briefing.strip()}
    plain = set()
    for scene in scenes(qtbot, window, desk, tmp_path):
        page = desk.page(desk.front)
        for widget in (*page.findChildren(QLabel), *page.findChildren(QAbstractButton)):
            words = widget.text().replace("&&", "&")
            if widget.isVisible() and words and any(c.isalpha() for c in words) and "[" not in words:
                plain.add((scene, words))
    strange = {(scene, words) for scene, words in plain
               if words not in codes | policy | DATA and not any(part in words for part in ("CV", "Resident", "Jane Example", "☐"))
               and len(words) > 3}
    assert not {words for _scene, words in strange if not _of_data(words, codes)}, strange


def _of_data(words: str, codes: set[str]) -> bool:
    """Whether words are names and values alone."""
    return all(part.strip() in DATA | codes or not any(c.isalpha() for c in part) for part in words.replace(" · ", "\n").splitlines())
