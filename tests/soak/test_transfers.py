"""200 packages of 1 to 50 MB to real servers that are killed and started again, by a sender that is killed at random: all arrive once."""

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
from dpdesk.services import collecting, outbox, packages, receipts
from tests.portal.servers import ROOT, running
from tests.sealed.making import FILES_INSIDE, Officer, sealed
from tests.services.conftest import PASSPHRASE, desks, founded, reopen, session  # noqa: F401
from tests.services.test_outbox import SENDER, at_server
from tests.services.transferring import desk, introduce
from tests.soak import portals
from tests.soak.test_delivered import SOAKING, placed

PACKAGES = int(os.environ.get("DPDESK_SOAK_PACKAGES", "200"))
LARGEST = int(os.environ.get("DPDESK_SOAK_MB", "50"))
pytestmark = pytest.mark.skipif(not SOAKING, reason="make soak: 200 packages of 1 to 50 MB, killed at random")


@contextlib.contextmanager
def serving(kind: str, folder: Path):
    """One of the suite's light servers, or sshd and Apache from Debian."""
    if kind not in ("sshd", "apache2"):
        with running(kind, folder) as server:
            yield server
        return
    if kind not in portals.kinds():
        pytest.skip("make soak, where openssh-server and apache2-bin can be unpacked or are installed")
    with placed(kind) as place:
        server = (portals.Sshd if kind == "sshd" else portals.Apache)(Path(place))
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


@pytest.mark.parametrize("kind", ["apache2", "sshd", "dav", "s3", "sftp"])
def test_all_arrive_whole_exactly_once(session, reopen, tmp_path, kind):  # noqa: F811
    seed = random.SystemRandom().randrange(10 ** 6)
    chance, lead = random.Random(seed), desk(tmp_path / "lead")
    introduce(session, lead)
    count = PACKAGES if kind == "apache2" else PACKAGES // 4
    with serving(kind, tmp_path / kind) as server:
        place, there = at_server(session, server), at_server(lead, server)
        for at in range(count):
            (tmp_path / "scan.pdf").write_bytes(chance.randbytes(chance.randrange(1_000_000, LARGEST * 1_000_000)))
            made = packages.seal(session, packages.Wish(["Ravi Example"], f"Scans {at}", [tmp_path / "scan.pdf"]))
            outbox.queue(session, made.id, [place])
        session.close()
        kills, cuts = troubled(session, server, tmp_path, chance)
        opened = reopen()
        outbox.send(opened)
        assert {row.transfer.state for row in outbox.rows(opened)} == {TransferState.SENT}
        came = []
        while len(came) < count:
            came += collecting.collect(lead, there).found
        assert all(each.problem is None for each in came)
        assert Counter(each.package.purpose for each in came) == Counter(f"Scans {at}" for at in range(count))
        got, failed = receipts.fetch(opened)
        assert len(got) == count and not failed
        digests = {each.id: each.digest for each in packages.listing(opened, "out")}
        assert digests == {each.id: each.digest for each in packages.listing(lead, "in")}
        print(f"\n{kind}: {count} packages, {kills} kills of the sender, {cuts} of the server (seed {seed}): each once, receipts match")
    lead.close()


def troubled(session, server, tmp_path, chance) -> tuple[int, int]:  # noqa: F811
    """Send in processes of their own, killing them and the server at random, until one says that all is sent."""
    kills = cuts = 0
    while True:
        process = subprocess.Popen([sys.executable, "-c", SENDER, str(tmp_path / "desk"), PASSPHRASE], cwd=ROOT, stdout=subprocess.DEVNULL)
        until = time.monotonic() + chance.uniform(0.5, 6)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        if process.poll() == 0:
            return kills, cuts
        if chance.random() < 0.3 and server.kind != "s3":  # moto keeps everything in memory
            server.kill()
            cuts += 1
            process.wait()
            server.start()
            continue
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
