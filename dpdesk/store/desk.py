"""An unlocked desk: reading, changing, locking; and the checks that tell an older or damaged database at the door."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, select

from dpdesk.domain.audit import Anchor
from dpdesk.domain.errors import Broken, DatabaseDamaged, ForeignHeader, ReadOnly, RolledBack
from dpdesk.domain.officers import Officer
from dpdesk.store import header as headers
from dpdesk.store.disk import writable
from dpdesk.store.engine import PAGE, connect, database_refusals, engine
from dpdesk.store.header import DATABASE, Header
from dpdesk.store.keys import Identity
from dpdesk.store.lock import DeskLock
from dpdesk.store.tables import audit, secret, setting
from dpdesk.store.unit import Unit


class Desk:
    """The desk in `folder`, opened with `data_key` by `identity`. Read from any thread; changes queue on one lock."""

    def __init__(self, folder: Path, header: Header, data_key: bytes, identity: Identity, *,
                 lock: DeskLock | None) -> None:
        self.folder, self.header, self.identity = folder, header, identity
        self.data_key = data_key
        self.read_only = lock is None
        self.lock = lock
        self._turn = RLock()
        self._keys: dict[str, bytes] = {}
        self._open_engines()

    @property
    def path(self) -> Path:
        """The database file."""
        return self.folder / DATABASE

    def _open_engines(self) -> None:
        immutable = self.read_only and not writable(self.folder)
        self._reading = engine(self.path, self.data_key, self.header.salt, writing=False, immutable=immutable)
        self._writing = None if self.read_only else engine(self.path, self.data_key, self.header.salt, writing=True)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that can only ask, with one view of the data for as long as it is held."""
        with database_refusals(self.path), self._reading.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def change(self, actor: Officer, action: str) -> Iterator[Unit]:
        """The only way to change data: one transaction, one signed audit entry, then the header's anchor."""
        if self._writing is None:
            raise ReadOnly()
        if actor.id != self.identity.officer:
            raise Broken("not_the_officer")
        with self._turn:
            with database_refusals(self.path), self._writing.begin() as connection:
                unit = Unit(connection, self.identity, action, self.key("audit"), self.key("values"))
                yield unit
                entry = unit.close()
            self.anchor(Anchor(entry.seq, entry.mac))

    @contextlib.contextmanager
    def moment(self) -> Iterator[tuple[Any, Header, bytes]]:
        """One moment of the database on a raw connection, a header no older than it, and the key of both.

        It waits for nobody, and changes go on meanwhile. Keys change in the header first, so one read after the moment
        began knows every key the database knows.
        """
        data_key = self.data_key
        with contextlib.closing(connect(self.path, data_key, self.header.salt, writing=False)) as raw:
            with database_refusals(self.path):
                raw.execute("BEGIN")
                raw.execute("SELECT count(*) FROM setting").fetchone()
            header = self.header
            header.check(data_key)
            yield raw, header, data_key

    @contextlib.contextmanager
    def jot(self) -> Iterator[Connection]:
        """A write that is nobody's record: an officer's drafts and places, and how far a mailing is while it goes out."""
        if self._writing is None:
            raise ReadOnly()
        with self._turn, database_refusals(self.path), self._writing.begin() as connection:
            yield connection

    def key(self, name: str) -> bytes:
        """A random key kept inside the database (`audit`, `values`, `stops`): re-keying leaves it as it is."""
        if name not in self._keys:
            with self.read() as connection:
                self._keys.update({row.key: row.value for row in connection.execute(select(secret))})
        return self._keys[name]

    def anchor(self, anchor: Anchor | None = None, *, opened: bool = True, keys_changed: bool = False) -> None:
        """Write to the header how far the log has come, so that an older database is noticed."""
        self.header = replace(self.header, anchor=anchor or self.header.anchor, opened=opened).sealed(self.data_key)
        headers.write(self.folder, self.header, keys_changed=keys_changed)

    def replace_header(self, header: Header) -> None:
        """Write a header whose keys changed."""
        self.header = header.sealed(self.data_key)
        headers.write(self.folder, self.header, keys_changed=True)

    def setting(self, key: str, default: str = "") -> str:
        """A desk-wide setting."""
        with self.read() as connection:
            found = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
        return default if found is None else found

    def head(self) -> Anchor:
        """The last audit entry."""
        with self.read() as connection:
            last = connection.execute(select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)).first()
        return Anchor(last.seq, last.mac) if last else Anchor(0, b"")

    def last_at(self) -> str:
        """When the last audit entry was made (UTC, ISO); "" where there is none."""
        with self.read() as connection:
            return connection.execute(select(audit.c.at).order_by(audit.c.seq.desc()).limit(1)).scalar() or ""

    def suspend_engines(self) -> None:
        """Close every connection, for re-keying."""
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()

    def resume_engines(self, data_key: bytes) -> None:
        """Open again after re-keying, with the new key."""
        self.data_key = data_key
        self._open_engines()

    def close(self, *, settle: bool = True) -> None:
        """Fold the WAL into the database, note the clean end in the header, forget the keys, let the next one in.

        Without `settle` nothing is written: the desk is being erased.
        """
        with self._turn:
            self.suspend_engines()
            if settle and not self.read_only:
                with contextlib.suppress(DatabaseDamaged):
                    self._settle()
            self.data_key = b""
            self._keys.clear()
            self.identity = replace(self.identity, signing=b"", exchange=b"")
            if self.lock is not None:
                self.lock.release()
                self.lock = None
            self.read_only, self._writing = True, None

    def _settle(self) -> None:
        with contextlib.closing(connect(self.path, self.data_key, self.header.salt, writing=True)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.anchor(opened=False)


def check_file(folder: Path, header: Header, data_key: bytes, *, writing: bool) -> None:
    """Raise what is wrong with the database file itself: missing, empty, of another desk, or unreadable.

    SQLCipher would open an empty file as a new desk, and would call damage in page 1 a wrong passphrase (STORE.md §5).
    """
    path = folder / DATABASE
    if not path.exists():
        raise DatabaseDamaged("missing")
    if path.stat().st_size < PAGE:
        raise DatabaseDamaged("empty")
    immutable = not writing and not writable(folder)
    try:
        raw = connect(path, data_key, header.salt, writing=False, immutable=immutable)
    except DatabaseDamaged as problem:
        if problem.what == "unreadable" and _foreign(path, header):
            raise ForeignHeader() from problem
        raise
    with contextlib.closing(raw), database_refusals(path):
        _check_length(path, raw)
        found = raw.execute("SELECT value FROM setting WHERE key = 'desk'").fetchone()
        if found is None or found[0] != header.desk:
            raise ForeignHeader()


def _check_length(path: Path, raw) -> None:
    """A file cut by whole pages passes SQLCipher's own check; its length does not agree with its first page."""
    if (path.parent / f"{path.name}-wal").exists() and (path.parent / f"{path.name}-wal").stat().st_size:
        return
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    if path.stat().st_size < pages * PAGE:
        raise DatabaseDamaged("cut")


def _foreign(path: Path, header: Header) -> bool:
    """Whether the file carries another desk's salt: damage changes a few bytes of it, another desk nearly all."""
    with path.open("rb") as file:
        differing = sum(a != b for a, b in zip(file.read(16), header.salt, strict=True))
    return differing >= 12


def check_freshness(desk: Desk, wal_seen: int) -> None:
    """Raise `RolledBack` where the database is behind its header: an older copy put back, or a lost or broken WAL.

    `wal_seen` is the size of the WAL file before the database was opened.
    """
    anchor, head = desk.header.anchor, desk.head()
    if head.seq < anchor.seq:
        cause = "older_copy" if not desk.header.opened else "wal_damaged" if wal_seen else "wal_missing"
        raise RolledBack(anchor.seq, head.seq, cause)
    if anchor.seq:
        with desk.read() as connection:
            known = connection.execute(select(audit.c.mac).where(audit.c.seq == anchor.seq)).scalar()
        if known != anchor.head:
            raise RolledBack(anchor.seq, head.seq, "forked")
