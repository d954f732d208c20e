"""Sealing, opening and sending 100 MiB, beside the same libraries doing the bare thing: age alone, plain bytes put and read back."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dpdesk.domain.secret import Secret
from dpdesk.domain.transfers import PART
from dpdesk.portal.lines import Line
from dpdesk.services import cards, destinations, outbox, packages
from tests.portal.servers import PASSWORD, Server
from tests.services.transferring import desk, introduce

MIB = 100
RUNS = 5


def rate(work: Callable[[], object], runs: int = RUNS) -> float:
    """MiB a second, the best of several runs."""
    found = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        found.append(MIB / (time.perf_counter() - began))
    return max(found)


def bare_age(source: Path, target: Path, key: str) -> None:
    import pyrage
    with source.open("rb") as plain, target.open("wb") as out:
        pyrage.encrypt_io(plain, out, [pyrage.x25519.Recipient.from_str(key)])


def sending(session, place: Path, kind: str) -> dict[str, float]:
    """MiB a second through the outbox, and of a plain file by the same line in parts of the same size, each seen to be there."""
    server = Server(kind, place / kind)
    try:
        found = server.destination()
        made = destinations.save(session, destinations.Wish(kind, found.kind.value, found.address, found.place, found.user, found.region),
                                 Secret(PASSWORD))
        try:
            destinations.test(session, made.id)
        except Exception as problem:
            destinations.test(session, made.id, str(problem.facts["fingerprint"]))
        package = next(each for each in packages.listing(session, "out") if each.file)
        source = place / "scan.pdf"
        queued = [outbox.queue(session, package.id, [made.id])[0].id for _run in range(RUNS)]

        def by_outbox() -> None:
            assert outbox.send(session, wanted=queued.pop()).sent

        def plain() -> None:
            with destinations.line(session, destinations.get(session, made.id)) as line:
                plain_over(line, source)
        both = [(rate(by_outbox, 1), rate(plain, 1)) for _run in range(RUNS)]  # in turns: what else the machine does meets both alike
        ours, theirs = (max(each) for each in zip(*both, strict=True))
        return {"outbox_mib_s": round(ours), "plain_mib_s": round(theirs), "ratio": round(ours / theirs, 2)}
    finally:
        server.kill()


def plain_over(line: Line, source: Path) -> None:
    """Under names of their own, as the outbox does: writing over what is there is another thing for a server."""
    name = os.urandom(16).hex()

    def part(at: int) -> bytes:
        with source.open("rb") as file:
            file.seek(at * PART)
            return file.read(PART)
    line.put_all([(f"{name}.{at:05d}", lambda at=at: part(at)) for at in range(MIB * 1024 * 1024 // PART)], lambda name: None)


def bench() -> dict:
    """Rates and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        here, there = desk(place / "here", "Jane Example", "Anytown"), desk(place / "there")
        introduce(here, there)
        source = place / "scan.pdf"
        source.write_bytes(os.urandom(MIB * 1024 * 1024))
        key = cards.own(there).card.age
        age = rate(lambda: bare_age(source, place / "bare.age", key))
        made = []
        sealing = rate(lambda: made.append(packages.seal(here, packages.Wish(["Ravi Example"], "Scans", [source]))))
        path = packages.path_of(here, made[-1])
        checking = rate(lambda: packages.inspect(there, path))
        found = {"mib": MIB, "age_alone_mib_s": round(age), "seal_mib_s": round(sealing), "check_mib_s": round(checking)}
        for kind in ("dav", "s3", "sftp"):
            found[kind] = sending(here, place, kind)
        here.close(), there.close()
        return found
