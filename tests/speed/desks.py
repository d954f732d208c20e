"""Big desks for the measurements, each made once by a real import, in a process of its own so that its memory is not ours."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import imports
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.store import keys
from tests.speed.people import write_csv

PASSPHRASE = "the ferret sang on tuesday"
SMALL, BIG = 80_000, 1_000_000


@functools.cache
def _place() -> Path:
    kept = os.environ.get("DPDESK_BENCH_DESKS")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        return Path(kept)
    place = Path(tempfile.mkdtemp(prefix="dpdesk-bench-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@functools.cache
def desk_of(people: int) -> Path:
    """The folder of a closed desk with that many members."""
    folder = _place() / f"desk-{people}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"  making a desk of {people:,} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "tests.speed.desks", str(people), str(folder)], check=True)
        (folder / "done").touch()
    return folder / "desk"


def opened(people: int) -> Session:
    """The desk of that many members, open."""
    return Desks(Machine()).open(desk_of(people), Secret(PASSPHRASE))


def make(people: int, folder: Path) -> None:
    """Found a desk in `folder`/desk and import invented members."""
    folder.mkdir(parents=True)
    everyday = keys.Kdf(keys.MEMORY_AIM, keys.PASSES_LEAST, 4, os.urandom(16))  # what calibration aims at
    session, _ = Desks(Machine(), everyday).create(folder / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "generic", "Anytown", Secret(PASSPHRASE)))
    try:
        path = write_csv(folder / "members.csv", people)
        imports.apply(session, imports.preview(session, imports.open_list(session, path)))
        path.unlink()
    finally:
        session.close()


@contextlib.contextmanager
def made(place: Path) -> Iterator[Session]:
    """A new empty desk in `place`, open."""
    session, _ = Desks(Machine(), keys.least()).create(place / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "generic", "Anytown", Secret(PASSPHRASE)))
    try:
        yield session
    finally:
        session.close()


class Stopwatch:
    """Takes the time of each `with` block: by the clock, and in processor time, which a busy machine does not lengthen."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.work: list[float] = []

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_) -> None:
        self.wall.append(time.perf_counter() - self._began[0])
        self.work.append(time.process_time() - self._began[1])

    def figures(self) -> dict[str, float]:
        """Median, 95th percentile and worst by the clock, and the 95th percentile in processor time; milliseconds."""
        return {**spread(self.wall), "p95_cpu_ms": spread(self.work)["p95_ms"]}


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(seconds)
    at = {"p50_ms": 0.5, "p95_ms": 0.95, "worst_ms": 1.0}
    return {name: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2) for name, share in at.items()}


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
