"""A desk in one encrypted file: a snapshot of the database with the header behind it, under a code of the data key.

    database (whole encrypted pages) | header (JSON, as in desk.json) | facts (JSON) | lengths and MARK | code (HMAC-SHA256)

Nothing in it is legible but the header, which holds nothing personal.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from dpdesk.domain.audit import Anchor
from dpdesk.domain.errors import BackupDamaged, Cancelled, FolderTaken
from dpdesk.store import audit
from dpdesk.store import header as headers
from dpdesk.store.desk import Desk
from dpdesk.store.disk import private_folder, refusals, sync_folder
from dpdesk.store.engine import connect, copy_pages
from dpdesk.store.header import DATABASE, Header
from dpdesk.store.keys import Identity, subkey
from dpdesk.store.schema import every_table

MARK = b"dpdesk backup 1\n"
_LENGTHS = struct.Struct(f">QQQ{len(MARK)}s")
_CODE, _BLOCK = 32, 1 << 20
LONGEST_TEXT = 1 << 20

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


@dataclass(frozen=True)
class Sealed:
    """What a backup says of itself. `facts` hold when it was made (`at`, UTC) and the rows of each table (`counts`)."""

    path: Path
    header: Header
    facts: dict
    pages: int  # bytes of the database


def write(desk: Desk, path: Path, at: str, progress: Progress | None = None, cancelled: Cancel | None = None) -> Sealed:
    """Back the open desk up to `path`, while it is in use; the file has its name only once it is checked.

    Raises `Cancelled`, `DiskFull`, `NotWritable`, and `BackupDamaged` where the copy is not what was read.
    """
    with refusals(path), _beside(path) as folder:
        header, data_key = _snapshot(desk, folder / DATABASE, progress, cancelled)
        counts = _counts_in(folder / DATABASE, data_key, header)
        headers.write(folder, header, keys_changed=False)
        _check_copy(folder, header, data_key, desk.identity, counts)
        facts = {"at": at, "counts": counts}
        made = folder / "backup"
        _append(folder / DATABASE, header, facts, data_key)
        (folder / DATABASE).replace(made)
        read(made, data_key)
        made.replace(path)
        sync_folder(path.parent)
    return replace(inspect(path), path=path)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone at the end however it ends."""
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _snapshot(desk: Desk, copy: Path, progress: Progress | None, cancelled: Cancel | None
              ) -> tuple[Header, bytes]:
    """One moment of the desk, copied page by page while others go on changing it."""
    def step(_status: int, left: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled()
        if progress is not None:
            progress(total - left, total)

    with desk.moment() as (raw, header, data_key):
        copy_pages(raw, copy, data_key, header.salt, step)
    with contextlib.closing(connect(copy, data_key, header.salt, writing=True)) as raw:
        seq, mac = raw.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return replace(header, anchor=Anchor(seq, mac), opened=False).sealed(data_key), data_key


def _counts_in(database: Path, data_key: bytes, header: Header) -> dict[str, int]:
    with contextlib.closing(connect(database, data_key, header.salt, writing=False)) as raw:
        return {name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(every_table())}


def _check_copy(folder: Path, header: Header, data_key: bytes, identity: Identity, counts: dict[str, int]) -> None:
    """Raise `BackupDamaged` unless pages, chain and counts of the desk in `folder` are whole."""
    desk = Desk(folder, header, data_key, identity, lock=None)
    try:
        if audit.check_database(desk):
            raise BackupDamaged("pages")
        if not audit.check(desk).whole:
            raise BackupDamaged("chain")
        with desk.read() as connection:
            found = {name: connection.execute(select(func.count()).select_from(every_table()[name])).scalar()
                     for name in counts if name in every_table()}
        if found != counts:
            raise BackupDamaged("counts")
    finally:
        desk.suspend_engines()


def _append(database: Path, header: Header, facts: dict, data_key: bytes) -> None:
    pages = database.stat().st_size
    texts = headers.to_bytes(header), json.dumps(facts, sort_keys=True).encode()
    with database.open("ab") as file:
        for text in texts:
            file.write(text)
        file.write(_LENGTHS.pack(pages, *map(len, texts), MARK))
        file.flush()
        file.write(_code(database, data_key, database.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _code(path: Path, data_key: bytes, length: int) -> bytes:
    digest = hmac.new(subkey(data_key, "backup"), digestmod="sha256")
    with path.open("rb") as file:
        while length > 0:
            block = file.read(min(_BLOCK, length))
            if not block:
                raise BackupDamaged("cut")
            digest.update(block)
            length -= len(block)
    return digest.digest()


def inspect(path: Path) -> Sealed:
    """What a backup says of itself before any key is at hand; raises `BackupDamaged`, `NotWritable` where it cannot be read."""
    with refusals(path):
        size = path.stat().st_size
        with path.open("rb") as file:
            if size < _LENGTHS.size + _CODE:
                raise BackupDamaged("not_one")
            file.seek(size - _LENGTHS.size - _CODE)
            pages, long, short, mark = _LENGTHS.unpack(file.read(_LENGTHS.size))
            if mark != MARK:
                raise BackupDamaged("not_one")
            if pages + long + short + _LENGTHS.size + _CODE != size or max(long, short) > LONGEST_TEXT:
                raise BackupDamaged("cut")
            file.seek(pages)
            header, text = headers.from_bytes(file.read(long)), file.read(short)
    try:
        return Sealed(path, header, json.loads(text), pages)
    except ValueError as problem:
        raise BackupDamaged("facts") from problem


def read(path: Path, data_key: bytes) -> Sealed:
    """As `inspect`, and every byte checked against the code; raises `BackupDamaged` where one differs."""
    found = inspect(path)
    length = path.stat().st_size - _CODE
    with path.open("rb") as file:
        file.seek(length)
        said = file.read(_CODE)
    if not hmac.compare_digest(said, _code(path, data_key, length)):
        raise BackupDamaged("altered")
    found.header.check(data_key)
    return found


def drill(path: Path, data_key: bytes, identity: Identity) -> Sealed:
    """Unpack the backup into a throw-away folder beside it and check everything; nothing stays."""
    with refusals(path), _beside(path) as folder:
        return _unpack(path, folder, data_key, identity)


def restore(path: Path, folder: Path, data_key: bytes, identity: Identity) -> Sealed:
    """Make the desk of the backup in `folder`, which must be new or empty; it is there whole and checked, or not at all."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(str(folder), "desk" if (folder / DATABASE).exists() else "other")
    with refusals(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _beside(folder) as beside:
            found = _unpack(path, beside, data_key, identity)
            private_folder(folder)
            for each in sorted(beside.iterdir()):
                each.replace(folder / each.name)
            sync_folder(folder)
    return found


def _unpack(path: Path, folder: Path, data_key: bytes, identity: Identity) -> Sealed:
    found = read(path, data_key)
    with path.open("rb") as source, os.fdopen(os.open(folder / DATABASE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        left = found.pages
        while left > 0:
            left -= copy.write(source.read(min(_BLOCK, left)))
        copy.flush()
        os.fsync(copy.fileno())
    headers.write(folder, found.header, keys_changed=True)
    _check_copy(folder, found.header, data_key, identity, found.facts["counts"])
    for left_over in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / left_over).unlink(missing_ok=True)
    return found
