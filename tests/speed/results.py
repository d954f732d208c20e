"""How long the results page takes to count 40,000 answers of 80,000 electors, by district, by walk and over time."""

from __future__ import annotations

import contextlib
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from dpdesk.domain.campaigns import Outcome, Strength
from dpdesk.domain.ids import new_ids
from dpdesk.domain.register_files import Supply
from dpdesk.domain.results import Fact
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import campaigns, electors, register, results, walks_make
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import today
from dpdesk.store import results as store
from dpdesk.store.keys import least
from tests.speed.register import written

ROWS, FACTS = 80_000, 40_000


def bench(rows: int = ROWS, facts: int = FACTS) -> dict:
    """Seconds for each view."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder / "register.csv", rows)
        session, _ = Desks(Machine(path=folder / "machine.json"), least()).create(folder / "desk", Founding(
            "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
        with contextlib.closing(session):
            shown = register.preview(session, register.open_file(session, path), register.Taking())
            register.apply(session, shown, Supply("Anytown Council", today().isoformat(), register.last_day(session)))
            walks_make.make(session, walks_make.proposed(session, 60))
            _answers(session, facts)
            district = next(iter(electors.counts(session).districts))
            return {"name": "results", "electors": rows, "answers": facts,
                    "by_district_s": _taken(lambda: results.figures(session)),
                    "by_walk_s": _taken(lambda: results.figures(session, by="walk", district=district)),
                    "over_time_s": _taken(lambda: results.over_time(session)), "weeks_s": _taken(lambda: results.weeks(session))}


def _answers(session, facts: int) -> None:
    """So many answers, a person each."""
    rng = Random("results")
    campaign = campaigns.add(session, {"name": "Spring", "basis_why": "Assessed"}, "generic")
    there = electors.rows(session, electors.spine(session, electors.Query())[:facts])
    fact = Fact("", "", campaign.id, codes=campaign.codes, raw="F", outcome=Outcome.SPOKE, entered_by=session.officer.id)
    with session.change("results.entered") as unit:
        made = [replace(fact, id=identity, elector=row.elector.id, district=row.elector.district, party=rng.choice(("us", "")),
                        strength=rng.choice(list(Strength)[1:]), taken_on=(today() - timedelta(days=rng.randint(0, 300))).isoformat(),
                        entered_at=unit.at, seq=unit.seq) for identity, row in zip(new_ids(len(there)), there, strict=True)]
        for at in range(0, len(made), 2_000):
            store.add(unit.connection, made[at:at + 2_000])
        unit.facts(rows=len(made))


def _taken(work) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 3)


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
