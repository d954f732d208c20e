"""Every page in a made-up language: nothing that was never offered for translation, nothing cut off by longer words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from dpdesk.domain.masking import masked
from dpdesk.domain.telephone_words import WORDS
from dpdesk.services import members
from dpdesk.services.words import use_locale
from tests.ui import walker
from tests.ui.conftest import PASSPHRASE, PEOPLE, settle
from tests.ui.test_accessibility import PAGES

DATA = {"dpdesk", "Anytown", "Jane Example", "Green Party", "Ann Example",
        *(shown for person in PEOPLE for code, value in person.items() for shown in (value, masked(code, value)))}


@pytest.fixture
def pseudo():
    """Words in brackets, and 40 % longer."""
    use_locale("pseudo")
    yield
    use_locale("")


def untranslated(root) -> list[str]:
    """Labels and buttons in plain English that are no data of the desk."""
    said = [part.text() for kind in (QLabel, QAbstractButton) for part in root.findChildren(kind) if part.isVisible()]
    return [words for words in said if any(c.isalpha() for c in words) and "[" not in words and words not in DATA
            and "/" not in words and not set(words.split()) <= set(WORDS)]  # the ten words read over a telephone


def test_every_page_is_offered_for_translation(qtbot, pseudo, window, folder):
    window.start(folder)
    qtbot.keyClicks(window.gate.sheet.passphrase.field, PASSPHRASE)
    window.gate.sheet.submit()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=15_000)
    desk = window.desk
    settle(qtbot, window)
    person = members.rows(desk.session, list(members.spine(desk.session, members.Query()))[:1])[0].member.id
    found = []
    for code in PAGES:
        if code == "help":
            continue
        desk.go(code, {"id": person} if code in ("member", "member_form") else None)
        settle(qtbot, window)
        qtbot.wait(30)
        found += [f"{code}: not translated: {words!r}" for words in untranslated(window)]
        found += [f"{code}: {fault}" for fault in walker.clipped(window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))
