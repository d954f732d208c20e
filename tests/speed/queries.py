"""Filters of the list over 80,000 and 1,000,000 people: each alone and several together; and a field of 80,000 changed and undone."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from dpdesk.domain.members import Kind
from dpdesk.domain.secret import Secret
from dpdesk.services import bulk, members, queries
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.services.members import Query
from tests.speed.desks import BIG, PASSPHRASE, SMALL, Stopwatch, desk_of, opened

ROUNDS = 5
ASKED = {
    "everybody": Query(), "status": Query(status="lapsed"), "ward": Query(ward="Abbey North"), "type": Query(membership_type="Standard"),
    "town": Query(town="Testford"), "no_ward": Query(ward="-"), "postcode": Query(postcode="AN1"), "consent": Query(consent="email"),
    "no_consent": Query(no_consent="email"), "sharing": Query(shares_with="national"), "capacity": Query(capacity="volunteer"),
    "joined": Query(joined_since="2015-01-01", joined_until="2015-12-31"), "renewal": Query(renewal_before="2027-03-01"),
    "changed": Query(changed_since="2026-01-01"),
    "together": Query(status="current", ward="Abbey North", no_consent="email", joined_since="2015-01-01"),
    "text_and_ward": Query(text="smith", ward="Abbey North")}


def bench() -> dict:
    """Milliseconds to the whole order of a list, and seconds of a change to many."""
    return {"small": _asked(SMALL), "big": _asked(BIG), "bulk": _bulk()}


def _asked(people: int) -> dict:
    session, found = opened(people), {}
    try:
        for name, query in ASKED.items():
            watch = Stopwatch()
            for _round in range(ROUNDS):
                with watch:
                    fitting = len(members.spine(session, query))
            found[name] = {"found": fitting, **watch.figures()}
        watch = Stopwatch()
        with watch:
            queries.offered(session, Kind.MEMBER)
        return {"people": people, "spines": found, "values_of_the_form": watch.figures()}
    finally:
        session.close()


def _bulk() -> dict:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        shutil.copytree(desk_of(SMALL), folder)
        session = Desks(Machine()).open(folder, Secret(PASSPHRASE))
        try:
            rows, took = members.spine(session, Query()), {}
            for field in ("branch", "ward"):
                plan = _timed(took, f"{field}_plan_s", lambda field=field: bulk.plan(session, rows, {field: "Harbour"}))
                done = _timed(took, f"{field}_change_s", lambda field=field, plan=plan: bulk.apply(session, rows, {field: "Harbour"}, plan))
                undone = _timed(took, f"{field}_undo_s", lambda done=done: bulk.undo(session, done.seq))
                assert (done.changed, undone.back) == (len(rows), len(rows))
            return {"people": len(rows), **took}
        finally:
            session.close()


def _timed(took: dict, name: str, work):
    began, busy = time.perf_counter(), time.process_time()
    answer = work()
    took[name] = round(time.perf_counter() - began, 2)
    took[name.replace("_s", "_cpu_s")] = round(time.process_time() - busy, 2)
    return answer
