"""Connections to the encrypted database, with every setting it needs and every silence of SQLCipher given a name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from dpdesk.domain.errors import Broken, DatabaseDamaged, DiskFull, NotWritable
from dpdesk.store.keys import KEY, subkey

PAGE = 4096
COPIED = 2048  # pages of a backup between two looks at the cancel switch
_DENIED_ACTIONS = {24, 25}  # SQLITE_ATTACH, SQLITE_DETACH
_DENIED_FUNCTIONS = {"sqlcipher_export", "load_extension"}


def connect(path: Path, data_key: bytes, salt: bytes, *, writing: bool, immutable: bool = False):
    """A sqlcipher3 connection in autocommit mode; raises `DatabaseDamaged` where page 1 does not open."""
    mode = "rw" if writing else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}" + ("&immutable=1" if immutable else "")
    with database_refusals(path):
        raw = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5,
                                cached_statements=256)
        try:
            _prepare(raw, data_key, salt, writing=writing)
        except BaseException:
            raw.close()
            raise
    return raw


def _prepare(raw, data_key: bytes, salt: bytes, *, writing: bool) -> None:
    if len(data_key) != KEY or len(salt) != 16:
        raise Broken("key_length")
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.set_key(raw_key(data_key, salt))
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in ("temp_store = MEMORY", "cache_size = -65536", "secure_delete = ON", "foreign_keys = ON",
                   "trusted_schema = OFF"):
        raw.execute(f"PRAGMA {pragma}")
    if raw.execute("PRAGMA temp_store").fetchone()[0] != 2:
        raise Broken("temp_store")
    if writing:
        if raw.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise Broken("journal_mode")
        raw.execute("PRAGMA synchronous = FULL")
    else:
        raw.execute("PRAGMA query_only = ON")
    raw.set_authorizer(_authorise)


def _authorise(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _DENIED_ACTIONS or (action == 31 and second in _DENIED_FUNCTIONS):
        return 1
    return 0


def raw_key(data_key: bytes, salt: bytes) -> bytes:
    """The database key as SQLCipher takes it: raw key and explicit salt, so no second key derivation."""
    return f"x'{subkey(data_key, 'database').hex()}{salt.hex()}'".encode()


def copy_pages(raw, path: Path, data_key: bytes, salt: bytes, step: Callable[[int, int, int], None]) -> None:
    """Copy what the transaction of `raw` sees into a new encrypted database; `step(status, pages left, pages)` may raise."""
    with database_refusals(path):
        _private(path)
        copy = sqlcipher.connect(str(path), isolation_level=None)
        try:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.set_key(raw_key(data_key, salt))
            raw.backup(copy, pages=COPIED, progress=step, sleep=0.05)
        finally:
            copy.close()


def _private(path: Path) -> None:
    """A new file nobody else can read, from its first moment; the log beside it gets the same rights (S1 27.7)."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)


def make_database(path: Path, data_key: bytes, salt: bytes) -> None:
    """An empty encrypted database in WAL mode."""
    with database_refusals(path):
        _private(path)
        raw = sqlcipher.connect(str(path), isolation_level=None)
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")
            raw.set_key(raw_key(data_key, salt))
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("CREATE TABLE making (one)")
            raw.execute("DROP TABLE making")
        finally:
            raw.close()


def engine(path: Path, data_key: bytes, salt: bytes, *, writing: bool, immutable: bool = False) -> Engine:
    """A SQLAlchemy engine: one connection for writing, up to four for reading.

    Without the `begin` event a rollback would silently do nothing (STORE.md §3.1). For writing, a file that others could read is
    closed to them.
    """
    if writing:
        for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            with contextlib.suppress(OSError):
                if each.stat().st_mode & 0o077:
                    each.chmod(0o600)
    made = create_engine(
        "sqlite://", module=sqlcipher, poolclass=QueuePool, pool_size=1 if writing else 4,
        max_overflow=0, creator=lambda: connect(path, data_key, salt, writing=writing, immutable=immutable),
        pool_reset_on_return="rollback")
    start = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(made, "begin")
    def _begin(connection) -> None:
        connection.exec_driver_sql(start)

    return made


@contextlib.contextmanager
def database_refusals(path: Path) -> Iterator[None]:
    """Name what SQLCipher says: full disk, damage, no permission; anything else is a bug and stays as it is."""
    try:
        yield
    except DBAPIError as problem:
        named = _named(str(problem.orig), path)
        raise (named or problem) from problem
    except sqlcipher.Error as problem:
        named = _named(str(problem), path)
        raise (named or problem) from problem


def _named(said: str, path: Path) -> Exception | None:
    if "disk is full" in said:
        return DiskFull(str(path.parent))
    if "file is not a database" in said or "file is encrypted" in said:
        return DatabaseDamaged("unreadable")
    if "malformed" in said or "disk I/O error" in said or "vtable constructor failed" in said:
        return DatabaseDamaged("pages")
    if "readonly" in said or "unable to open" in said or "attempt to write" in said:
        return NotWritable(str(path.parent))
    return None


def damage(raw) -> list[str]:
    """What SQLCipher's and SQLite's own checks say of the whole file; both are needed (STORE.md §5)."""
    found: list[str] = []
    for check in ("PRAGMA cipher_integrity_check", "PRAGMA quick_check(20)"):
        try:
            found += [str(row[0]) for row in raw.execute(check).fetchall() if row[0] != "ok"]
        except sqlcipher.Error as problem:
            found.append(str(problem))
    return found[:50]
