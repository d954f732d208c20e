"""What the reader makes of 1,200 generated pages and of damaged ones, with the issue's figures; thresholds were tuned on even seeds, so
the odd ones are what counts. No real paper is in this: see `dpdesk/paper/trial.py` for that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from multiprocessing import get_context

import numpy as np

from dpdesk.paper import reading, sameness
from tests.paper import devices
from tests.paper.corpus import filled, marked
from tests.paper.made import KEY
from tests.paper.tally import Tally, tallied

TUNED, HELD_BACK = 50, 100  # pages of each profile
GREY = ("flat200", "flat300", "feeder", "low100", "phone", "jpeg40")
_MEMORY = """
from tests.paper.corpus import filled
from tests.paper.made import KEY
import subprocess, sys, pickle
from pathlib import Path
from dpdesk.paper import reading
pages = pickle.load(sys.stdin.buffer)
for grey in pages * 10:
    reading.read(grey, KEY)
print(next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")) >> 10)
"""


def bench() -> dict[str, object]:
    with get_context("spawn").Pool(min(2, os.cpu_count() or 1)) as pool:
        held_back = _profiles(pool, tuple(devices.PROFILES), [2 * number + 1 for number in range(HELD_BACK)])
        result: dict[str, object] = {
            "held_back": {name: tally.report() for name, tally in held_back.items()},
            "held_back_grey": _sum(held_back, GREY).report(),
            "tuned_grey": _sum(_profiles(pool, GREY, [2 * number for number in range(TUNED)]), GREY).report(),
            "with_strays": _sum(_profiles(pool, GREY, [2 * number + 5001 for number in range(20)], "strays"), GREY).report(),
            "faint_pencil": _sum(_profiles(pool, GREY, [2 * number + 6001 for number in range(10)], "faint"), GREY).report(),
            "two_markers_phone": _sum(dict(enumerate(pool.map(_two_markers, range(120), chunksize=4))), range(120)).report(),
            "damage_feeder": {ill: _sum(dict(enumerate(pool.starmap(_ill, [(ill, seed) for seed in range(20)]))), range(20)).report()
                              for ill in devices.ILLS},
            "same_paper": _sameness(pool.map(_alike, range(30))),
        }
    return result | {"worker_peak_mb": _memory()}


def _profiles(pool, names: tuple[str, ...], seeds: list[int], kind: str = "") -> dict[str, Tally]:
    jobs = [(seed, name, kind) for name in names for seed in seeds]
    totals = {name: Tally() for name in names}
    for (_seed, name, _kind), tally in zip(jobs, pool.starmap(_one, jobs, chunksize=4), strict=True):
        totals[name].add(tally)
    return totals


def _sum(tallies: dict, names) -> Tally:
    total = Tally()
    for name in names:
        total.add(tallies[name])
    return total


def _one(seed: int, profile: str, kind: str) -> Tally:
    return tallied(filled(seed, profile, strays=kind == "strays", faint=kind == "faint"))


def _spoilt(seed: int, lost: tuple[int, ...], device: Callable) -> Tally:
    made = marked(seed)
    made.grey = device(np.random.default_rng(seed), devices.without_markers(made.grey, lost))
    return tallied(made)


def _two_markers(number: int) -> Tally:
    pairs = list(combinations(range(6), 2))
    kept = pairs[number % len(pairs)]
    return _spoilt(7001 + 2 * number, tuple(set(range(6)) - set(kept)), devices.phone)


def _ill(ill: str, number: int) -> Tally:
    made = marked(8001 + 2 * number)
    made.grey = devices.damaged(np.random.default_rng(number), made.grey, ill)
    return tallied(made)


def _alike(number: int) -> tuple[float, float]:
    """How alike the same paper is on two devices, and two papers of one page filled differently."""
    first = filled(8501 + 2 * number, "flat200")
    again = filled(8501 + 2 * number, ("feeder", "phone", "flat300")[number % 3])
    other = filled(8501 + 2 * number, "feeder", page=first.page, hand=500 + number)
    one, two, three = (reading.read(each.grey, KEY).fingerprint for each in (first, again, other))
    return sameness.alike(one, two), sameness.alike(one, three)


def _sameness(pairs: list[tuple[float, float]]) -> dict[str, float]:
    return {"same_paper_least": round(min(same for same, _other in pairs), 3),
            "filled_differently_most": round(max(other for _same, other in pairs), 3)}


def _memory() -> int | None:
    """The most memory of a process that reads 30 pages, in MB; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None
    import pickle
    pages = pickle.dumps([filled(9001, name).grey for name in ("flat200", "flat300", "phone")])
    return int(subprocess.run([sys.executable, "-c", _MEMORY], input=pages, capture_output=True, check=True).stdout)
