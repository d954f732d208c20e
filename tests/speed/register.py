"""How long it takes to bring in 80,000 electors, against the csv module and plain SQLite with the same indexes and search.

The plain side parses the same file and inserts its cells as they are: nothing cleaned, matched, encrypted or logged.
"""

from __future__ import annotations

import contextlib
import csv
import gc
import tempfile
import time
from pathlib import Path
from random import Random

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from dpdesk.domain.register_files import Supply
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import demo_register, register
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import today
from dpdesk.store.keys import least
from dpdesk.store.tables_register import ELECTOR_INDEXES, ELECTOR_SEARCH_DDL, elector

ROWS = 80_000
ROUNDS = 3


def written(path: Path, rows: int, **more: int) -> Path:
    """A register of so many electors as a council writes it, in windows-1252."""
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        csv.writer(file).writerows(demo_register.rows(Random("speed"), rows, **more))
    return path


def plainly(path: Path, database: Path) -> None:
    """Parse the file with the csv module and insert its rows into plain SQLite, indexed and searchable."""
    with path.open(encoding="cp1252", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        records, words = [], []
        for row, (district, number, suffix, markers, born, surname, forename, postcode, *lines) in enumerate(rows, 1):
            home = "\n".join(filter(None, lines))
            records.append((row, f"{row:032x}", district, int(number), int(suffix), "resident", surname, forename, markers, born, "", home,
                            postcode, "", 1, 1, 1, 0, f"{surname}\x1f{forename}".lower()))
            words.append((row, f"{forename} {surname}", f"{home} {postcode}"))
    with contextlib.closing(sqlite.connect(str(database), isolation_level=None)) as raw:
        for pragma in ("journal_mode = WAL", "temp_store = MEMORY", "cache_size = -65536", "secure_delete = ON", "synchronous = FULL"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(str(CreateTable(elector).compile(dialect=dialect())))
        raw.execute(ELECTOR_SEARCH_DDL)
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO elector VALUES ({', '.join('?' * len(records[0]))})", records)
        raw.executemany("INSERT INTO elector_search(rowid, name, place) VALUES (?, ?, ?)", words)
        for index in ELECTOR_INDEXES:
            raw.execute(str(CreateIndex(index).compile(dialect=dialect())))
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def through_dpdesk(path: Path, newer: Path, folder: Path) -> dict[str, float]:
    """Found a desk (not counted), then read, preview and apply; then, beside that, a newer register that renumbers everybody."""
    session, _ = Desks(Machine(path=folder.parent / f"{folder.name}.json"), least()).create(folder, Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
    year = today().year
    try:
        marks = [time.perf_counter()]
        draft = register.open_file(session, path)
        marks.append(time.perf_counter())
        shown = register.preview(session, draft, register.Taking(year=year))
        marks.append(time.perf_counter())
        supply = Supply("Anytown Council", today().isoformat(), register.last_day(session), year=year)
        register.apply(session, shown, supply)
        marks.append(time.perf_counter())
        assert shown.counts.new == draft.row_count
        later = register.preview(session, register.open_file(session, newer), register.Taking(year=year + 1))
        register.apply(session, later, Supply("Anytown Council", today().isoformat(), register.last_day(session), year=year + 1))
        assert later.counts.following > draft.row_count * 0.9
        renewed = time.perf_counter() - marks[-1]
    finally:
        session.close()
    steps = [end - start for start, end in zip(marks, marks[1:], strict=False)]
    return {"read": steps[0], "preview": steps[1], "apply": steps[2], "total": marks[-1] - marks[0], "renumbering": renewed}


def bench(rows: int = ROWS, rounds: int = ROUNDS) -> dict:
    """Best of `rounds`, the two sides taking turns."""
    plain: list[float] = []
    ours: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, newer = written(folder / "register.csv", rows), written(folder / "newer.csv", rows, first=7)
        for turn in range(rounds):
            gc.collect()
            began = time.perf_counter()
            plainly(path, folder / f"plain{turn}.db")
            plain.append(time.perf_counter() - began)
            gc.collect()
            ours.append(through_dpdesk(path, newer, folder / f"desk{turn}"))
    best = min(ours, key=lambda each: each["total"])
    return {"name": "register", "rows": rows, "plain_s": round(min(plain), 3), "dpdesk_s": round(best["total"], 3),
            "steps_s": {step: round(best[step], 3) for step in ("read", "preview", "apply")}, "renumbering_s": round(best["renumbering"],
                                                                                                                     3),
            "ratio": round(best["total"] / min(plain), 2), "aim": 2.5}


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
