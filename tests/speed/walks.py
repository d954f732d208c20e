"""How long it takes to propose walks for 80,000 electors, from the register in the desk to walks with their doors counted."""

from __future__ import annotations

import contextlib
import gc
import tempfile
import time
from pathlib import Path

from dpdesk.domain.register_files import Supply
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.walks_propose import BOUND
from dpdesk.services import register, walks, walks_make
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import today
from dpdesk.store.keys import least
from tests.speed.register import written

ROWS, ROUNDS, ABOUT = 80_000, 5, 60


def bench(rows: int = ROWS, rounds: int = ROUNDS) -> dict:
    """Best of `rounds`; then making them, and the lines of one walk when nothing is known yet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder / "register.csv", rows)
        session, _ = Desks(Machine(path=folder / "machine.json"), least()).create(folder / "desk", Founding(
            "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
        with contextlib.closing(session):
            shown = register.preview(session, register.open_file(session, path), register.Taking())
            register.apply(session, shown, Supply("Anytown Council", today().isoformat(), register.last_day(session)))
            taken, worked = [], []
            for _round in range(rounds):
                gc.collect()
                began, work = time.perf_counter(), time.process_time()
                found = walks_make.proposed(session, ABOUT)
                taken.append(time.perf_counter() - began)
                worked.append(time.process_time() - work)
            sizes = [each.doors for each in found.overviews]
            assert max(sizes) <= ABOUT * BOUND
            began = time.perf_counter()
            walks_make.make(session, found)
            made = time.perf_counter() - began
            began = time.perf_counter()
            lines = walks.lines(session, found.walks[len(found.walks) // 2].id)
            listed = time.perf_counter() - began
            assert lines
    return {"name": "walks", "electors": rows, "districts": len(found.districts), "doors": sum(sizes), "walks": len(sizes),
            "about": ABOUT, "largest": max(sizes), "propose_s": round(min(taken), 3), "propose_cpu_s": round(min(worked), 3), "aim_s": 2.0,
            "make_s": round(made, 3), "lines_s": round(listed, 3)}


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
