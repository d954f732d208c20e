"""Every step and page of post with people and letters in it: both looks, 100 and 200 %, and in a made-up language."""

from __future__ import annotations

import pytest

from dpdesk.domain.members import Kind
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_states import Outcome, Route, State
from dpdesk.services import members, post, post_accounts, post_mailings
from dpdesk.services.post_press import sender_of
from dpdesk.services.words import use_locale
from dpdesk.store import post as store
from tests.ui import walker
from tests.ui.conftest import settle
from tests.ui.test_pseudo_locale import DATA, untranslated

BRANCH = "branch@example.org"
BODY = "Dear {{first_name|friend}},\n\nthe **meeting** is on 3 May, says {{number}}.\n"
OWN = {"Spring news", "Room change", BODY.strip(), BODY, "Branch mail", "Ann Example", "9 Lane", BRANCH, "Dot Last",
       "smtp.gmail.com"}


@pytest.fixture
def lived(desk):
    """Accounts, a draft, and a mailing cut off and exposed."""
    session = desk.session
    members.add(session, Kind.MEMBER, {"number": "9", "forename": "Dot", "surname": "Last", "status": "current",
                                       "email": "dot@example.org"})
    post_accounts.save(session, post_accounts.Wish("Branch mail", "gmail", BRANCH))
    audience = post.Audience(members.Query(sort="number"))
    draft = post.save(session, post.Letter(Purpose.SERVICE, "Spring news", BODY, audience))
    made, _plan = post_mailings.prepare(session, post.Letter(Purpose.NOTICE, "Room change", BODY, audience), Route.SMTP,
                                        sender_of(session, BRANCH), account=post_accounts.listing(session)[0].id)
    at = "2026-11-25T10:00:00.000+00:00"
    with session.change("post.sending") as unit:
        rows = store.people(unit.connection, made.id)
        store.set_outcomes(unit.connection, [(each.value, "", at, 1, row.id) for each, row in zip(
            (Outcome.UNKNOWN, Outcome.FAILED), rows, strict=True)])
        store.change(unit.connection, made.id, state=State.PAUSED.value, pause="cut_off", started_at=at)
        unit.about("mailing", made.id)
        unit.facts(still=1)
    post_mailings.exposed(session, made.id, "")
    return desk, draft, made.id


def stations(qtbot, window, lived):
    """Each step and page in turn, by name."""
    desk, draft, mailing = lived

    def there() -> None:
        for _turn in range(3):
            settle(qtbot, window)
        qtbot.wait(30)
    desk.go("post_write", {"draft": draft, "step": 0})
    there()
    page = desk.page("post_write")
    yield "whom"
    for name in ("text", "check", "send"):
        page.go_on()
        there()
        assert page.parts[page.at].isVisible() and ["whom", "text", "check", "send"][page.at] == name
        yield name
    for code, place in (("post_outbox", {"exposed": True}), ("post_mailing", {"id": mailing, "exposed": True}),
                        ("post_accounts", {}), ("post_accounts", {"add": True})):
        desk.go(code, place)
        there()
        yield code


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("scale", "size"), [(100, (1500, 900)), (200, (1280, 800)), (100, (1024, 700)), (200, (1024, 700))])
def test_no_step_has_faults(qtbot, window, lived, look, name, scale, size):
    lived[0].context.retheme(name, scale)
    look(name, scale)
    window.resize(*size)
    found = []
    for station in stations(qtbot, window, lived):
        found += [f"{station}: {fault}" for fault in walker.faults(window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def test_tab_reaches_everything(qtbot, window, lived):
    window.resize(1280, 1600)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    for station in stations(qtbot, window, lived):
        assert (station, walker.reaches_all_by_tab(window)) == (station, [])


def test_every_step_is_offered_for_translation(qtbot, window, lived):
    use_locale("pseudo")
    try:
        found = []
        for station in stations(qtbot, window, lived):
            page = lived[0].page(lived[0].front)
            found += [f"{station}: not translated: {words!r}" for words in untranslated(page) if words not in DATA | OWN]
            found += [f"{station}: {fault}" for fault in walker.clipped(page)]
        assert not found, "\n" + "\n".join(dict.fromkeys(found))
    finally:
        use_locale("")
