"""How long it takes to bring in 80,000 members, against the csv module and plain SQLite with the same indexes and search.

The plain side parses the same file and inserts its cells as they are: nothing cleaned, matched, encrypted or logged.
"""

from __future__ import annotations

import contextlib
import csv
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from dpdesk.domain.members import CODES
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import imports
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store.keys import least
from dpdesk.store.tables import MEMBER_INDEXES, SEARCH_DDL, member
from tests.speed.people import write_csv

ROWS = 80_000
ROUNDS = 3
_FIELDS = ("number", "title", "forename", "surname", "email", "mobile", "landline", "address1", "address2", "town",
           "postcode", "ward", "membership_type", "status", "joined_on", "renewal_on", "date_of_birth")


def plainly(path: Path, database: Path) -> None:
    """Parse the file with the csv module and insert its rows into plain SQLite, indexed and searchable."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        records = []
        for row, cells in enumerate(rows, 1):
            values = dict(zip(_FIELDS, cells, strict=False))
            records.append((row, f"{row:032x}", "member", *(values.get(code, "") for code in CODES), 1, 1,
                            f"{values['surname']}\x1f{values['forename']}".lower(), values["email"].lower()))
    with contextlib.closing(sqlite.connect(str(database), isolation_level=None)) as raw:
        for pragma in ("journal_mode = WAL", "temp_store = MEMORY", "cache_size = -65536", "secure_delete = ON",
                       "synchronous = FULL"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(str(CreateTable(member).compile(dialect=dialect())))
        raw.execute(SEARCH_DDL)
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO member VALUES ({', '.join('?' * len(records[0]))})", records)
        at = {name: place for place, name in enumerate(("row", "id", "kind", *CODES))}
        raw.executemany(
            "INSERT INTO member_search(rowid, name, number, mail, phone, place, sound) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((r[0], f"{r[at['forename']]} {r[at['surname']]}", r[at["number"]], r[at["email"]],
              f"{r[at['mobile']]} {r[at['landline']]}",
              f"{r[at['address1']]} {r[at['address2']]} {r[at['town']]} {r[at['ward']]} {r[at['postcode']]}",
              f"{r[at['forename']]} {r[at['surname']]}") for r in records))
        for index in MEMBER_INDEXES:
            raw.execute(str(CreateIndex(index).compile(dialect=dialect())))
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def through_dpdesk(path: Path, folder: Path) -> dict[str, float]:
    """Found a desk (not counted), then read, preview and apply; seconds of each step."""
    session, _ = Desks(Machine(path=folder.parent / f"{folder.name}.json"), least()).create(folder, Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
    try:
        marks = [time.perf_counter()]
        draft = imports.open_list(session, path)
        marks.append(time.perf_counter())
        shown = imports.preview(session, draft)
        marks.append(time.perf_counter())
        imports.apply(session, shown)
        marks.append(time.perf_counter())
        assert shown.counts.new == draft.row_count
    finally:
        session.close()
    steps = [end - start for start, end in zip(marks, marks[1:], strict=False)]
    return {"read": steps[0], "preview": steps[1], "apply": steps[2], "total": marks[-1] - marks[0]}


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bench(rows: int = ROWS, rounds: int = ROUNDS) -> dict:
    """Best of `rounds`, the two sides taking turns."""
    plain: list[float] = []
    ours: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_csv(folder / "members.csv", rows)
        for turn in range(rounds):
            plain.append(_timed(lambda turn=turn: plainly(path, folder / f"plain{turn}.db")))
            gc.collect()
            ours.append(through_dpdesk(path, folder / f"desk{turn}"))
    best = min(ours, key=lambda each: each["total"])
    return {"name": "import", "rows": rows, "plain_s": round(min(plain), 3), "dpdesk_s": round(best["total"], 3),
            "steps_s": {step: round(taken, 3) for step, taken in best.items() if step != "total"},
            "ratio": round(best["total"] / min(plain), 2), "aim": 2.0}


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
