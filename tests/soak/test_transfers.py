"""200 packages of 1 to 50 MB to real servers that are killed and started again, over a line that is cut, by a sender and a receiver
that are killed at random: all arrive whole exactly once, and the receipts match."""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import subprocess
import sys
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest

from dpdesk.domain.transfers import TransferState
from dpdesk.services import outbox, packages, receipts
from tests.portal.servers import ROOT, running
from tests.sealed.making import FILES_INSIDE, Officer, sealed
from tests.services.conftest import PASSPHRASE, desks, founded, reopen, session  # noqa: F401
from tests.services.test_outbox import at_server
from tests.services.transferring import WORDS, desk, folder_at, introduce
from tests.soak import ceph, portals
from tests.soak.relay import relayed
from tests.soak.test_delivered import SOAKING, placed

PACKAGES = int(os.environ.get("DPDESK_SOAK_PACKAGES", "200"))
LARGEST = int(os.environ.get("DPDESK_SOAK_MB", "50"))
KINDS = {"apache2": (portals.Apache, "dav"), "sshd": (portals.Sshd, "sftp"), "radosgw": (ceph.Ceph, "s3"), "folder": (None, "")}
"""A server from Debian, and the suite's lighter one that stands for it where it cannot be had."""
CARRIER = """
import sys
from pathlib import Path
from dpdesk.domain.errors import Hindered
from dpdesk.domain.secret import Secret
from dpdesk.services import collecting, outbox, receipts
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(sys.argv[2]))
print("open", flush=True)
try:
    if sys.argv[3] == "send":
        outbox.send(session)
        left = outbox.waiting(session)[0]
    elif sys.argv[3] == "receipts":
        receipts.fetch(session)
        left = receipts.outstanding(session)
    else:
        got = collecting.collect(session, sys.argv[4])
        assert all(each.problem is None for each in got.found), got
        left = 0
except Hindered:
    left = 1
session.close()
sys.exit(3 if left else 0)
"""
pytestmark = pytest.mark.skipif(not SOAKING, reason="make soak: 200 packages of 1 to 50 MB, killed at random")


@contextlib.contextmanager
def serving(kind: str, folder: Path):
    """A server from Debian, or the lighter one where that cannot be had."""
    real, light = KINDS[kind]
    if kind not in portals.kinds():
        with running(light, folder) as server:
            yield server
        return
    with placed(kind) as place:
        server = real(Path(place))
        try:
            yield server
        finally:
            server.kill()


@pytest.mark.skipif(not portals.age(), reason="make soak, where Debian's age can be unpacked or is installed")
def test_the_standard_tool_opens_a_package(tmp_path):
    sender, reader = Officer(), Officer("Ravi Example")
    sealed(tmp_path / "a.age", sender, [reader])
    (tmp_path / "key").write_text(reader.secret)
    words = [portals.age(), "-d", "-i", str(tmp_path / "key"), str(tmp_path / "a.age")]
    inside = subprocess.run(words, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(inside)) as tar:
        assert [tar.extractfile(f"files/{name}").read() for name in FILES_INSIDE] == list(FILES_INSIDE.values())


@contextlib.contextmanager
def destinations_of(kind: str, session, lead, folder: Path):  # noqa: F811
    """(the server, None for a folder; the destination at the sender's desk; at the receiver's)."""
    if kind == "folder":
        yield None, folder_at(session, folder / "stick"), folder_at(lead, folder / "stick")
        return
    with serving(kind, folder / kind) as server, relayed(server) as line:
        yield server, at_server(session, line), at_server(lead, line)


@pytest.mark.parametrize("kind", KINDS)
def test_all_arrive_whole_exactly_once(session, reopen, tmp_path, kind):  # noqa: F811
    seed = random.SystemRandom().randrange(10 ** 6)
    chance, lead, count = random.Random(seed), desk(tmp_path / "lead"), PACKAGES // len(KINDS)
    introduce(session, lead)
    with destinations_of(kind, session, lead, tmp_path) as (server, here, there):
        for at in range(count):
            (tmp_path / "scan.pdf").write_bytes(chance.randbytes(chance.randrange(1_000_000, LARGEST * 1_000_000)))
            made = packages.seal(session, packages.Wish(["Ravi Example"], f"Scans {at}", [tmp_path / "scan.pdf"]))
            outbox.queue(session, made.id, [here])
        size = sum(each.sealed_size for each in packages.listing(session, "out"))
        session.close(), lead.close()
        began, troubles = time.monotonic(), Counter()
        for words in (("desk", PASSPHRASE, "send"), ("lead", WORDS, "collect", there), ("desk", PASSPHRASE, "receipts")):
            troubles += troubled(words, server, tmp_path, chance)
        took = time.monotonic() - began
    opened, theirs = reopen(), reopen(WORDS, folder="lead")
    assert {row.transfer.state for row in outbox.rows(opened)} == {TransferState.RECEIPTED}
    came = packages.listing(theirs, "in")
    assert Counter(each.purpose for each in came) == Counter(f"Scans {at}" for at in range(count))
    assert {each.id: each.digest for each in packages.listing(opened, "out")} == {each.id: each.digest for each in came}
    assert all(packages.inspect(theirs, packages.path_of(theirs, each)).manifest.size == each.size for each in came)
    got = Counter(each.package for each in receipts.listing(opened, way="in"))
    assert got == Counter(each.id for each in came)
    what = ", ".join(f"{number} {trouble}" for trouble, number in sorted(troubles.items())) or "no trouble"
    print(f"\n{kind}: {count} packages, {size / 1e6:.0f} MB, {what} in {took:.0f} s (seed {seed}): each whole once, receipts match")


def troubled(words: tuple[str, ...], server, place: Path, chance: random.Random) -> Counter:
    """Carry in processes of their own, killing them and the server at random, until one says that all is done; what happened."""
    happened: Counter = Counter()
    given = [sys.executable, "-c", CARRIER, str(place / words[0]), *words[1:]]
    while True:
        process = subprocess.Popen(given, cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout.readline() == b"open\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, 5))
        if process.poll() is None and server is not None and server.kind != "s3" and chance.random() < 0.25:
            server.kill()  # never moto: it keeps everything in memory
            happened["kills of the server"] += 1
            process.wait()
            server.start()
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            happened[f"kills in {words[2]}"] += 1
        process.stdout.close()
        ended = process.wait()
        assert ended in (0, 3, -signal.SIGKILL)
        if ended == 0:
            return happened
        happened["broken lines"] += ended == 3
