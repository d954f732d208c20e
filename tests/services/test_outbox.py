"""The outbox against real servers: cut, killed, full, half-written, paused; nothing is lost and nothing is sent twice in vain."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from dpdesk.domain.errors import Cancelled, Declined, Hindered
from dpdesk.domain.secret import Secret
from dpdesk.domain.transfers import TransferState
from dpdesk.services import collecting, destinations, outbox, packages, receipts
from tests.portal.servers import PASSWORD, ROOT, running
from tests.services.transferring import WORDS, desk, folder_at, introduce

SENDER = """
import sys
import time
from pathlib import Path
from dpdesk.domain.secret import Secret
from dpdesk.services import outbox
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(sys.argv[2]))
print("open", flush=True)
outbox.send(session, outbox.Hands(lambda done, total: (print(done, flush=True), time.sleep(0.4))))
session.close()
"""


@pytest.fixture
def lead(tmp_path):
    session = desk(tmp_path / "lead")
    yield session
    session.close()


def at_server(session, server, name: str = "Portal") -> str:
    """A tested destination at a server."""
    place = server.destination()
    made = destinations.save(session, destinations.Wish(name, place.kind.value, place.address, place.place, place.user, place.region),
                             Secret(getattr(server, "secret", PASSWORD)))
    try:
        destinations.test(session, made.id)
    except Hindered as problem:
        assert problem.reason == "transfers.host_key_new"
        destinations.test(session, made.id, str(problem.facts["fingerprint"]))
    return made.id


def sealed(session, folder, size: int = 9_500_000):
    (folder / "scan.pdf").write_bytes(os.urandom(size))
    return packages.seal(session, packages.Wish(["Ravi Example"], "Scans", [folder / "scan.pdf"]))


@pytest.mark.parametrize("kind", ["dav", "s3", "sftp"])
def test_it_arrives_whole_by_every_kind_of_server(session, lead, tmp_path, kind):
    introduce(session, lead)
    with running(kind, tmp_path / kind) as server:
        [moved] = outbox.queue(session, sealed(session, tmp_path).id, [at_server(session, server)])
        assert outbox.send(session).sent == (moved.id,)
        [got] = collecting.collect(lead, at_server(lead, server)).found
        assert got.problem is None
        packages.open_to(lead, packages.path_of(lead, got.package), tmp_path / "opened")
        assert (tmp_path / "opened" / "scan.pdf").read_bytes() == (tmp_path / "scan.pdf").read_bytes()
        assert len(receipts.fetch(session)[0]) == 1
    assert outbox.get(session, moved.id).state is TransferState.RECEIPTED


def test_a_killed_sender_goes_on_with_the_part_it_was_at(session, lead, tmp_path, reopen):
    introduce(session, lead)
    with running("dav", tmp_path / "dav") as server:
        [moved] = outbox.queue(session, sealed(session, tmp_path, 40_000_000).id, [at_server(session, server)])
        there = at_server(lead, server)
        session.close()
        process = subprocess.Popen([sys.executable, "-c", SENDER, str(tmp_path / "desk"), WORDS], cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"open\n"
        for _part in range(5):  # a part each 0.4 s: what is there is noted once a second
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        again = reopen()
        before = outbox.get(again, moved.id)
        assert before.state is TransferState.QUEUED and 0 < before.done < before.size
        assert collecting.collect(lead, there).found == (), "half a package was taken for a whole one"
        sent: list[int] = []
        outbox.send(again, outbox.Hands(lambda done, total: sent.append(total)))
        assert sent[-1] == before.size - before.done, "what was there was sent again"
        [got] = collecting.collect(lead, there).found
        assert packages.inspect(lead, packages.path_of(lead, got.package)).manifest.size == 40_000_000


def test_a_server_that_is_gone_and_back(session, lead, tmp_path):
    introduce(session, lead)
    with running("dav", tmp_path / "dav") as server:
        [moved, _other] = outbox.queue(session, sealed(session, tmp_path).id,
                                       [at_server(session, server), folder_at(session, tmp_path / "stick")])
        server.kill()
        run = outbox.send(session)
        assert [problem.reason for _each, problem in run.failed] == ["transfers.no_network"] and len(run.sent) == 1
        waits = outbox.get(session, moved.id)
        assert (waits.state, waits.tries, waits.problem) == (TransferState.QUEUED, 1, "transfers.no_network")
        assert outbox.send(session, due_only=True).sent == ()
        server.start()
        assert outbox.send(session).sent == (moved.id,)


def test_a_full_server_and_one_that_keeps_half(session, lead, tmp_path):
    introduce(session, lead)
    with running("dav", tmp_path / "dav", SERVE_MOST="6000000") as server:
        [moved] = outbox.queue(session, sealed(session, tmp_path).id, [at_server(session, server)])
        [(_each, problem)] = outbox.send(session).failed
        assert problem.reason == "transfers.full"
        assert 0 < outbox.get(session, moved.id).done < 9_000_000
    with running("dav", tmp_path / "half", SERVE_HALF="1") as server:
        other = at_server(session, server, "Half")
        outbox.queue(session, outbox.get(session, moved.id).package, [other])
        failed = {problem.reason for _each, problem in outbox.send(session).failed}
        assert "transfers.half_written" in failed
        assert not list((tmp_path / "half").glob("*.end"))


def test_paused_cancelled_and_stopped(session, lead, tmp_path):
    introduce(session, lead)
    place = folder_at(session, tmp_path / "stick")
    [moved] = outbox.queue(session, sealed(session, tmp_path).id, [place])
    outbox.pause(session, moved.id)
    assert outbox.send(session).sent == ()
    outbox.resume(session, moved.id)
    with pytest.raises(Cancelled):
        outbox.send(session, outbox.Hands(cancelled=lambda: True))
    assert outbox.get(session, moved.id).state is TransferState.QUEUED
    [other] = outbox.queue(session, moved.package, [place])
    assert outbox.send(session, outbox.Hands(lambda done, total: rest(session, other.id)), wanted=other.id).sent == ()
    assert outbox.get(session, other.id).state is TransferState.PAUSED
    outbox.cancel(session, moved.id)
    outbox.cancel(session, other.id)
    assert packages.get(session, moved.package).file == "" and not list((tmp_path / "desk" / "sealed").iterdir())
    with pytest.raises(Declined):
        outbox.resume(session, moved.id)


def rest(session, identity: str) -> None:
    """Pause, as another thread would."""
    if outbox.get(session, identity).state is TransferState.SENDING:
        outbox.pause(session, identity)


def test_headquarters_confirmation_where_nothing_can_be_read(session, lead, tmp_path):
    introduce(session, lead)
    with running("drop", tmp_path / "drop") as server:
        place = at_server(session, server)
        assert not destinations.get(session, place).reads
        [moved] = outbox.queue(session, sealed(session, tmp_path, 100_000).id, [place])
        assert outbox.send(session).sent == (moved.id,)
    assert {path.suffix for path in (tmp_path / "drop").iterdir()} >= {".00001", ".end"}
    receipts.confirm(session, moved.id, "Pat Example", time.strftime("%Y-%m-%d", time.gmtime()), "e-mail 4711")
    assert outbox.get(session, moved.id).state is TransferState.CONFIRMED
    assert receipts.listing(session, moved.package)[0].how == "Pat Example: e-mail 4711"


def test_a_lost_receipt_is_left_again_and_a_forged_one_does_not_count(session, lead, tmp_path):
    introduce(session, lead)
    stick = tmp_path / "stick"
    [moved] = outbox.queue(session, sealed(session, tmp_path, 50_000).id, [folder_at(session, stick)])
    outbox.send(session)
    kept = {path.name: path.read_bytes() for path in stick.iterdir()}
    drop = folder_at(lead, stick)
    collecting.collect(lead, drop)
    [receipt] = stick.iterdir()
    receipt.unlink()
    for name, content in kept.items():
        (stick / name).write_bytes(content)
    again = collecting.collect(lead, drop)
    assert (again.found, again.known) == ((), 1)
    assert receipts.fetch(session)[0] and outbox.get(session, moved.id).state is TransferState.RECEIPTED
    [other] = outbox.queue(session, sealed(session, tmp_path, 50_000).id, [folder_at(session, stick, "Other")])
    outbox.send(session)
    from dpdesk.sealed import notes
    from dpdesk.services import cards
    mine = cards.own(session).card
    (stick / f"{other.id}.r0").write_bytes(notes.seal(b"{}\n" + b"00" * 64, [mine.age]))
    [(_place, problem)] = receipts.fetch(session)[1]
    assert problem.reason == "transfers.receipt_bad"
    assert outbox.get(session, other.id).state is TransferState.SENT


def test_from_an_unknown_sender_or_one_revoked(session, lead, tmp_path):
    introduce(session, lead)
    stick = tmp_path / "stick"
    outbox.queue(session, sealed(session, tmp_path, 50_000).id, [folder_at(session, stick)])
    outbox.send(session)
    from dpdesk.services import cards
    cards.revoke(lead, cards.listing(lead)[0].id, "laptop lost")
    [got] = collecting.collect(lead, folder_at(lead, stick)).found
    assert got.problem.reason == "transfers.sender_revoked" and not packages.listing(lead, "in")


def test_a_destination_that_is_not_fit(session, tmp_path, monkeypatch):
    from dpdesk.device import place
    monkeypatch.setattr(place, "on_linux", lambda folder, root: (True, False))
    made = destinations.save(session, destinations.Wish("Stick", "folder", str(tmp_path)))
    with pytest.raises(Declined) as refused:
        destinations.test(session, made.id)
    assert refused.value.reason == "transfers.folder_plain"
    monkeypatch.setattr(place, "on_linux", lambda folder, root: (None, None))
    with pytest.raises(Declined) as refused:
        destinations.test(session, made.id)
    assert refused.value.reason == "transfers.folder_unknown"
    destinations.test(session, made.id, str(refused.value.facts["fingerprint"]))
    with destinations.line(session, destinations.get(session, made.id)):
        pass
    untested = destinations.save(session, destinations.Wish("New", "folder", str(tmp_path)))
    with pytest.raises(Declined) as refused:
        destinations.line(session, untested)
    assert refused.value.reason == "transfers.not_tested"
