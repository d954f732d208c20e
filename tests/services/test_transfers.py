"""Packages on their way: queued offline, sent, collected, receipted; each refusal one sentence; nothing taken in twice."""

from __future__ import annotations

import pytest

from dpdesk.domain.cards import CardState
from dpdesk.domain.errors import Declined
from dpdesk.domain.transfers import TransferState
from dpdesk.services import cards, collecting, outbox, packages, receipts
from tests.services.transferring import desk, folder_at, introduce


@pytest.fixture
def lead(tmp_path):
    session = desk(tmp_path / "lead")
    yield session
    session.close()


@pytest.fixture
def pair(session, lead):
    introduce(session, lead)
    return session, lead


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "sheet 1.pdf").write_bytes(b"%PDF-1.4 canary-of-sheet " * 1000)
    (folder / "sheet 2.pdf").write_bytes(b"x" * 9_000_000)
    return sorted(folder.iterdir())


def test_a_package_travels_whole_and_its_receipt_comes_back(pair, files, tmp_path):
    here, there = pair
    made = packages.seal(here, packages.Wish(["Ravi Example"], "Scans of Sunday", files, subjects=[("sheet", "s1"), ("sheet", "s2")]))
    [moved] = outbox.queue(here, made.id, [folder_at(here, tmp_path / "stick")])
    assert receipts.proved(here, "sheet", ["s1", "s3"]) == {"s1": False, "s3": False}
    assert outbox.send(here).sent == (moved.id,)
    assert outbox.get(here, moved.id).state is TransferState.SENT
    names = {path.name for path in (tmp_path / "stick").iterdir()}
    assert names == {f"{moved.id}.00001", f"{moved.id}.00002", f"{moved.id}.00003", f"{moved.id}.end"}
    assert not any(b"canary" in path.read_bytes() for path in (tmp_path / "stick").iterdir())
    drop = folder_at(there, tmp_path / "stick")
    [got] = collecting.collect(there, drop).found
    assert got.package.purpose == "Scans of Sunday"
    assert collecting.collect(there, drop).found == ()
    [receipt] = receipts.fetch(here)[0]
    assert receipt.package == made.id
    assert outbox.get(here, moved.id).state is TransferState.RECEIPTED
    assert receipts.proved(here, "sheet", ["s1", "s3"]) == {"s1": True, "s3": False}
    assert list((tmp_path / "stick").iterdir()) == []
    packages.open_to(there, packages.path_of(there, got.package), tmp_path / "opened")
    assert [(tmp_path / "opened" / path.name).read_bytes() == path.read_bytes() for path in files] == [True, True]
    with pytest.raises(Declined, match="Declined") as refused:
        packages.open_to(there, packages.path_of(there, got.package), tmp_path / "again")
    assert refused.value.reason == "transfers.replayed"
    assert not (tmp_path / "again").exists()


def test_finished_packages_go_by_the_retention_rules(pair, files, tmp_path, monkeypatch):
    from datetime import timedelta

    from dpdesk.services import retention, retention_categories
    from dpdesk.services.session import today
    here, there = pair
    gone = packages.seal(here, packages.Wish(["Ravi Example"], "Long ago", files[:1], days=1))
    waits = packages.seal(here, packages.Wish(["Ravi Example"], "Still to go", files[:1], days=1))
    drop = folder_at(here, tmp_path / "stick")
    [first] = outbox.queue(here, gone.id, [drop])
    outbox.send(here)
    collecting.collect(there, folder_at(there, tmp_path / "stick"))
    assert receipts.fetch(here)[0]
    outbox.queue(here, waits.id, [drop])
    due = {code: category.due for code, category in retention_categories.CATEGORIES.items()}["packages"]

    def found(session, days):
        monkeypatch.setattr(retention_categories, "today", lambda: today() + timedelta(days=days))
        with session.desk.read() as connection:
            return [each.id for each in due(session, connection, (today() + timedelta(days=days)).isoformat())]
    assert found(here, 1) == [] and found(there, 1) == []
    assert found(here, 2) == [gone.id] == found(there, 2)
    for session in pair:
        monkeypatch.setattr(retention, "today", lambda: today() + timedelta(days=120))
        monkeypatch.setattr(retention_categories, "today", lambda: today() + timedelta(days=120))
        run = retention.propose(session)
        retention.approve(session, run.id)
        assert [(part.category, part.done) for part in retention.apply(session, run.id).parts if part.due] == [("packages", 1)]
    assert [each.id for each in packages.listing(here)] == [waits.id] and packages.listing(there) == []
    assert first.id not in {row.transfer.id for row in outbox.rows(here)} and receipts.listing(here, gone.id) == []
    assert list((there.folder / "sealed").glob("*.age")) == []
    stray = here.folder / "sealed" / f"stray{packages.ENDING}"
    stray.write_bytes(b"age")
    outbox.settle(here)
    assert not stray.exists() and packages.path_of(here, packages.get(here, waits.id)).is_file()


def test_nothing_is_sealed_to_a_card_nobody_verified(session, lead, files):
    kept = cards.add(session, cards.own(lead).text)
    assert kept.state is CardState.UNVERIFIED
    with pytest.raises(Declined) as refused:
        packages.seal(session, packages.Wish([kept.id], "Scans", files))
    assert refused.value.reason == "transfers.card_not_verified"
    with pytest.raises(Declined) as refused:
        cards.verify(session, kept.id, " ".join(reversed(kept.card.spoken())))
    assert refused.value.reason == "transfers.card_words"
