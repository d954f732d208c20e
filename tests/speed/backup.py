"""A backup of 80,000 members while an import runs, restored and compared by content; and against copying the file.

`file_s` is the least any backup could take: reading the database and writing it again, flushed to the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
from pathlib import Path

from sqlalchemy import select

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import backups, imports
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store.keys import least
from dpdesk.store.tables import consent, member, stop, stop_key
from tests.speed.people import write_csv

ROWS = 80_000
PASSPHRASE = Secret("the ferret sang on tuesday")


def content(session) -> str:
    """A digest of every member, consent and stop."""
    digest = hashlib.sha256()
    with session.desk.read() as connection:
        for table in (member, consent, stop, stop_key):
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def _bring(session, path: Path, started: threading.Event | None = None) -> None:
    shown = imports.preview(session, imports.open_list(session, path))
    imports.apply(session, shown, progress=lambda *_: started and started.set())


def _copied(source: Path, target: Path) -> float:
    began = time.perf_counter()
    with source.open("rb") as old, target.open("wb") as new:
        while block := old.read(1 << 20):
            new.write(block)
        new.flush()
        os.fsync(new.fileno())
    return time.perf_counter() - began


def bench(rows: int = ROWS) -> dict:
    """Seconds of a quiet backup, of one while as many people again come in, of a check and of a restore."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = Desks(Machine(), least())
        session, _ = desks.create(folder / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "green", "Anytown", PASSPHRASE))
        _bring(session, write_csv(folder / "first.csv", rows))
        before, marks = content(session), [time.perf_counter()]
        backups.back_up(session, folder / "quiet.dpdesk")
        marks.append(time.perf_counter())
        second, started = write_csv(folder / "second.csv", rows * 2), threading.Event()
        importing = threading.Thread(target=_bring, args=(session, second, started))
        importing.start()
        started.wait()
        marks.append(time.perf_counter())
        made = backups.back_up(session, folder / "busy.dpdesk")
        marks.append(time.perf_counter())
        still = importing.is_alive()
        importing.join()
        after = content(session)
        marks.append(time.perf_counter())
        again, _ = backups.restore(desks, made.path, folder / "again", PASSPHRASE)
        marks.append(time.perf_counter())
        same = {before: "before the import", after: "after the import"}.get(content(again), "NEITHER")
        again.close()
        session.close()
        plain = _copied(folder / "desk" / "desk.db", folder / "copy.db")
        return {"name": "backup", "rows": rows, "mb": round(made.size / 1e6, 1), "quiet_s": round(marks[1] - marks[0], 2),
                "busy_s": round(marks[3] - marks[2], 2), "import_still_running": still, "content": same,
                "restore_s": round(marks[5] - marks[4], 2), "file_s": round(plain, 2)}
