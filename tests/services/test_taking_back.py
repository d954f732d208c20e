"""What was sent is a listed copy until it was taken in or taken away, and what was cancelled does not stay on its server."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.domain.copies import CopyKind, CopyState
from dpdesk.domain.errors import Cancelled, Declined
from dpdesk.domain.transfers import TransferState
from dpdesk.services import collecting, copies, outbox, packages, receipts, taking_back
from dpdesk.services.session import today
from tests.portal.servers import running
from tests.services.test_outbox import at_server, sealed
from tests.services.transferring import desk, folder_at, introduce


@pytest.fixture
def lead(tmp_path):
    session = desk(tmp_path / "lead")
    yield session
    session.close()


def outside(session) -> list:
    return [seen for seen in copies.listing(session, closed=True, look=True) if seen.copy.kind is CopyKind.SENT]


def test_a_sent_package_is_listed_until_it_was_taken_in(session, lead, tmp_path):
    introduce(session, lead)
    stick = folder_at(session, tmp_path / "stick", "Stick of the branch")
    [moved] = outbox.queue(session, sealed(session, tmp_path, 50_000).id, [stick])
    assert outside(session) == [], "what waits in the desk is no copy outside"
    outbox.send(session)
    [seen] = outside(session)
    assert (seen.copy.id, seen.copy.state, seen.look, seen.owner) == (moved.id, CopyState.OPEN, None, "Jane Example")
    assert seen.copy.delete_by == packages.get(session, moved.package).expires_on
    assert "Stick of the branch" in seen.copy.title and seen.copy.why == "Scans"
    collecting.collect(lead, folder_at(lead, tmp_path / "stick"))
    [receipt] = receipts.fetch(session)[0]
    [seen] = outside(session)
    assert seen.copy.state is CopyState.DELETED and receipts.code_of(receipt) in seen.copy.closed_how
    assert list((tmp_path / "stick").iterdir()) == []
    assert outbox.queue(session, sealed(session, tmp_path, 50_000).id, [stick])


def test_what_is_cancelled_is_taken_off_its_server_sent_or_half_sent(session, lead, tmp_path):
    introduce(session, lead)
    with running("dav", tmp_path / "dav") as server:
        place = at_server(session, server)
        [half] = outbox.queue(session, sealed(session, tmp_path).id, [place])
        with pytest.raises(Cancelled):
            outbox.send(session, outbox.Hands(cancelled=lambda: True))
        assert any((tmp_path / "dav").iterdir())
        outbox.cancel(session, half.id)
        assert [each.id for each in taking_back.left(session)] == [half.id]
        [sent] = outbox.queue(session, sealed(session, tmp_path, 50_000).id, [place])
        assert outbox.send(session).sent == (sent.id,)
        assert taking_back.left(session) == [] and len(list((tmp_path / "dav").iterdir())) == 2
        outbox.cancel(session, sent.id)
        assert taking_back.take_back(session) == (1, [])
        assert list((tmp_path / "dav").iterdir()) == []
        assert collecting.collect(lead, at_server(lead, server)).found == ()
    assert [seen.copy.state for seen in outside(session)] == [CopyState.DELETED] * 2
    assert outbox.get(session, sent.id).state is TransferState.CANCELLED


def test_a_server_that_is_gone_keeps_it_on_the_list(session, lead, tmp_path):
    introduce(session, lead)
    with running("dav", tmp_path / "dav") as server:
        [sent] = outbox.queue(session, sealed(session, tmp_path, 50_000).id, [at_server(session, server)])
        outbox.send(session)
    outbox.cancel(session, sent.id)
    went, [(place, problem)] = taking_back.take_back(session)
    assert (went, place, problem.reason) == (0, "Portal", "transfers.no_network")
    assert outside(session)[0].copy.state is CopyState.OPEN


def test_where_nothing_can_be_taken_away(session, lead, tmp_path):
    introduce(session, lead)
    with running("drop", tmp_path / "drop") as server:
        place = at_server(session, server)
        one, other = (outbox.queue(session, sealed(session, tmp_path, 50_000).id, [place])[0] for _time in range(2))
        assert len(outbox.send(session).sent) == 2
        receipts.confirm(session, one.id, "Pat Example", today().isoformat(), "e-mail 4711")
        outbox.cancel(session, other.id)
        assert taking_back.take_back(session) == (0, [])
    assert {seen.copy.id: (seen.copy.state, "4711" in seen.copy.closed_how) for seen in outside(session)} == {
        one.id: (CopyState.DECLARED, True), other.id: (CopyState.OPEN, False)}


def test_a_package_past_its_last_day_is_not_queued(session, lead, tmp_path, monkeypatch):
    introduce(session, lead)
    made = sealed(session, tmp_path, 50_000)
    monkeypatch.setattr(outbox, "today", lambda: today() + timedelta(days=31))
    with pytest.raises(Declined) as refused:
        outbox.queue(session, made.id, [folder_at(session, tmp_path / "stick")])
    assert refused.value.reason == "transfers.queued_late"
