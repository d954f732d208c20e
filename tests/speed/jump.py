"""Jumping anywhere in a list of 1,000,000: the page under the thumb within 50 ms; and what each order costs to make."""

from __future__ import annotations

import random
import time

from dpdesk.services import members
from dpdesk.services.members import SORTS, Query
from tests.speed.desks import BIG, Stopwatch, opened

PAGE = 100
JUMPS = 400


def bench() -> dict:
    """Pages at places taken by chance, with stops and flags worked out; and spines in every order."""
    dice = random.Random(3)
    session = opened(BIG)
    try:
        spines = {}
        for sort in SORTS:
            began = time.perf_counter()
            spine = members.spine(session, Query(sort=sort))
            spines[f"{sort}_ms"] = round((time.perf_counter() - began) * 1000, 1)
        spine, jumps = members.spine(session, Query()), Stopwatch()
        for _jump in range(JUMPS):
            at = dice.randrange(len(spine))
            with jumps:
                members.rows(session, spine[at:at + PAGE])
        return {"people": len(spine), "page": PAGE, "jump": jumps.figures(), "aim_ms": 50.0, "spines": spines}
    finally:
        session.close()
