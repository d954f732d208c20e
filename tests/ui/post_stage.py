"""What the tests of the pages of post share: members with addresses on a stage, a mail server on loopback, an account there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.domain.members import Kind
from dpdesk.services import members, post_accounts
from tests.post.servers import Post, authority, serving
from tests.ui.people_stage import Stage

LETTER = "Dear {{first_name|friend}},\n\nthe **meeting** is on 3 May.\n"
BRANCH = "branch@example.org"


@pytest.fixture
def served(tmp_path) -> Iterator[tuple[Post, str]]:
    """A mail server with TLS, and the authority that vouches for it."""
    mine = authority()
    with serving(tls=mine.context(tmp_path)) as post:
        yield post, mine.pem


def fill(stage: Stage, count: int) -> list:
    """`count` members, each with an address."""
    return [members.add(stage.session, Kind.MEMBER, {"number": str(2000 + at), "forename": f"Forename{at}", "surname": f"Surname{at:03}",
                                                     "status": "current", "email": f"person{at}@example.org"}) for at in range(count)]


def account(stage: Stage, served: tuple[Post, str], **limits: int):
    """An account on the loopback server that needs no password."""
    post, pem = served
    none = {"per_minute": 0, "per_hour": 0, "per_day": 0}
    return post_accounts.save(stage.session, post_accounts.Wish("Branch mail", "other", BRANCH, host=post.host, port=post.port,
                                                                limits=none | limits, authority=pem))


def write(stage: Stage, *, purpose: str = "Formal notice to members", subject: str = "Annual meeting", text: str = LETTER) -> None:
    """A letter to all members, up to the step that checks it."""
    stage.go("post_write")
    stage.press(purpose)
    stage.enter("People", "All members")
    stage.settle()
    stage.press("Next: write")
    stage.enter("Subject", subject)
    stage.page.writing.body.setPlainText(text)
    stage.settle()
    stage.press("Next: check")


def agree(stage: Stage, verb: str, typed: str = "") -> None:
    """Answer the question in front, typing the number it asks for."""
    if typed:
        from PySide6.QtWidgets import QLineEdit
        asked = QApplication.activeModalWidget()
        stage.qtbot.keyClicks(asked.findChild(QLineEdit), typed)
    stage.agree(verb)
