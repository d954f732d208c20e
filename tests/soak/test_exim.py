"""Through a real Exim into Maildirs: everything arrives, once each, and no delivered message holds anybody else's address."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dpdesk.domain.members import Kind
from dpdesk.domain.post_states import State
from dpdesk.services import post_mailings, post_send
from dpdesk.services.post_send import Hands
from tests.post.servers import authority
from tests.services.conftest import desks, founded, session  # noqa: F401
from tests.services.posting import account, letter, prepared, shown
from tests.soak import exim

PEOPLE = int(os.environ.get("DPDESK_SOAK", "60"))
HARD = ("Siôn", "=?utf-8?q?Jane=0ABcc:x?=", "person3x@example.org", 'O"Neill, (Ann)', "Ann\tLee", "名前", "x" * 110, "Jane; Bcc")

pytestmark = pytest.mark.skipif(not exim.program(), reason="needs exim4 and root")


def fill(session, count: int) -> list:  # noqa: F811
    """People as an old list may hold them, past the form that would refuse such names."""
    from dpdesk.store import members
    with session.change("members.imported") as unit:
        unit.facts(people=count)
        return [members.add(unit.connection, Kind.MEMBER, {
            "number": str(1000 + at), "forename": HARD[at % len(HARD)], "surname": f"Q{at}x", "status": "current",
            "email": f"person{at}x@example.org"}, unit.seq) for at in range(count)]


def test_everything_arrives_and_nothing_leaks(session):  # noqa: F811
    people = fill(session, PEOPLE)
    session.policy = replace(session.policy, post_approve_over=10_000)
    trusted = authority()
    with tempfile.TemporaryDirectory(prefix="dpdesk-exim-", ignore_cleanup_errors=True) as place, exim.running(
            Path(place), trusted, [person.email.split("@")[0] for person in people]) as server:
        identity = prepared(session, account(session, server, trusted.pem), letter(body="Dear {{name|friend}}, {{surname}}"))
        run = post_send.send(session, identity, None, Hands())
        assert (run.mailing.state, dict(run.mailing.counts)) == (State.DONE, {"sent": PEOPLE})
        server.settle(PEOPLE)
        boxes = server.boxes()
    had = Counter({box: len(found) for box, found in boxes.items()})
    assert had == Counter({person.email.split("@")[0]: 1 for person in people})
    everybody = {person.email for person in people}
    for box, (content,) in boxes.items():
        text = shown(content)
        assert f"{box}@example.org" in text
        assert not [other for other in everybody - {f"{box}@example.org"} if other in text]
        assert "\nBcc:" not in text and "\nCc:" not in text
    assert post_mailings.get(session, identity).state is State.DONE
