"""Making, unlocking and re-keying a desk: passphrases and the recovery key go in, an open `Desk` comes out."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import insert

from dpdesk.domain.audit import GENESIS, Anchor
from dpdesk.domain.errors import (
    DatabaseDamaged,
    DeskError,
    FolderTaken,
    HeaderAltered,
    NotWritable,
    RolledBack,
    WrongPassphrase,
)
from dpdesk.domain.ids import new_id
from dpdesk.domain.secret import Secret
from dpdesk.store import header as headers
from dpdesk.store.desk import Desk, check_file, check_freshness
from dpdesk.store.disk import private_folder, writable
from dpdesk.store.engine import connect, database_refusals, engine, make_database, raw_key
from dpdesk.store.header import DATABASE, NAME, SPARE, Header
from dpdesk.store.keys import (
    KEY,
    Identity,
    Kdf,
    Slot,
    calibrated,
    least,
    make_slot,
    new_recovery_key,
    open_slot,
    seal_key,
    unseal_key,
)
from dpdesk.store.lock import HOLDER, LOCK, DeskLock
from dpdesk.store.schema import bring_up
from dpdesk.store.tables import secret, setting

OFFICER, RECOVERY = "officer", "recovery"
SECRETS = ("audit", "values", "stops")


@dataclass(frozen=True)
class Opened:
    """What a passphrase opened. `notices` are codes: `header_restored`, `rekey_resumed`, `loss_accepted`."""

    desk: Desk
    slot: Slot
    notices: tuple[str, ...]


def create(folder: Path, passphrase: Secret, label: str, kdf: Kdf | None = None) -> tuple[Desk, Secret]:
    """A new desk in `folder` (made if need be) for one officer with fresh keys, and its recovery key.

    The caller records the officer and the founding entry in its first change.
    """
    _check_free(folder)
    private_folder(folder)
    desk_id, identity, data_key = new_id(), Identity.new(new_id()), os.urandom(KEY)
    recovery = new_recovery_key()
    slots = (make_slot(desk_id, new_id(), OFFICER, label, identity, passphrase, data_key, kdf or calibrated()),
             make_slot(desk_id, new_id(), RECOVERY, label, identity, recovery, data_key, least()))
    header = Header(desk_id, os.urandom(16), 1, slots, Anchor(0, GENESIS)).sealed(data_key)
    lock = DeskLock(folder)
    lock.take()
    try:
        make_database(folder / DATABASE, data_key, header.salt)
        _found(folder, header, data_key)
        headers.write(folder, header, keys_changed=True)
        return Desk(folder, header, data_key, identity, lock=lock), recovery
    except BaseException:
        lock.release()
        abandon(folder)
        raise


def _check_free(folder: Path) -> None:
    if (folder / NAME).exists() or (folder / DATABASE).exists():
        raise FolderTaken(str(folder), "desk")
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(str(folder), "other")


def abandon(folder: Path) -> None:
    """Take away a desk whose founding failed half-way."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", NAME, SPARE, LOCK, HOLDER):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _found(folder: Path, header: Header, data_key: bytes) -> None:
    made = engine(folder / DATABASE, data_key, header.salt, writing=True)
    try:
        with database_refusals(folder / DATABASE), made.begin() as connection:
            bring_up(connection)
            connection.execute(insert(setting), [{"key": "desk", "value": header.desk},
                                                 {"key": "epoch", "value": str(header.epoch)}])
            connection.execute(insert(secret), [{"key": name, "value": os.urandom(KEY)} for name in SECRETS])
    finally:
        made.dispose()


def unlock(folder: Path, passphrase: Secret, key_id: str | None = None, *, kind: str = OFFICER,
           read_only: bool = False, accept_loss: bool = False) -> Opened:
    """Open the desk in `folder` with the slot `key_id`, or the first that the passphrase fits.

    Raises `WrongPassphrase`, `HeaderDamaged`, `HeaderAltered`, `ForeignHeader`, `DatabaseDamaged`, `RolledBack`
    (unless `accept_loss`), `DeskInUse`, `NotWritable`, `TooNew`.
    """
    header, spare_used = headers.read(folder)
    slot, identity = _fitting(folder, header, passphrase, key_id, kind)
    data_key = key_of(header, slot, identity)
    lock = None if read_only else _take_lock(folder)
    notices = ["header_restored"] if spare_used else []
    try:
        wal = _wal_size(folder)
        header, data_key = _settled_key(folder, header, slot, identity, data_key, notices, read_only)
        desk = Desk(folder, header, data_key, identity, lock=lock)
        _check(desk, wal, accept_loss, notices)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Opened(desk, slot, tuple(notices))


def _take_lock(folder: Path) -> DeskLock:
    if not writable(folder):
        raise NotWritable(str(folder))
    lock = DeskLock(folder)
    lock.take()
    headers.remove_lock_leftovers(folder)
    return lock


def _fitting(folder: Path, header: Header, passphrase: Secret, key_id: str | None, kind: str
             ) -> tuple[Slot, Identity]:
    """The slot that the passphrase opens; where none does, the spare header tells an altered slot from a slip."""
    wanted = [s for s in header.slots if s.kind == kind and key_id in (None, s.id)]
    for slot in wanted:
        identity = open_slot(header.desk, slot, passphrase)
        if identity is not None:
            return slot, identity
    spare = headers.spare(folder)
    for slot in (spare.slots if spare and spare.desk == header.desk else ()):
        if slot.kind == kind and header.slot(slot.id) != slot and open_slot(spare.desk, slot, passphrase) is not None:
            raise HeaderAltered("mac")
    raise WrongPassphrase()


def fitting(header: Header, secret: Secret, key_id: str | None = None, *, kind: str = OFFICER) -> tuple[bytes, Identity]:
    """The data key and identity that `secret` opens in a header that stands in no desk (a backup's)."""
    for slot in header.slots:
        if slot.kind == kind and key_id in (None, slot.id) and (identity := open_slot(header.desk, slot, secret)) is not None:
            return key_of(header, slot, identity), identity
    raise WrongPassphrase()


def key_of(header: Header, slot: Slot, identity: Identity) -> bytes:
    """The data key of a header, checked against its code; raises `HeaderAltered`."""
    data_key = unseal_key(header.desk, slot, identity)
    if data_key is None:
        raise HeaderAltered("mac")
    header.check(data_key)
    return data_key


def _wal_size(folder: Path) -> int:
    path = folder / f"{DATABASE}-wal"
    return path.stat().st_size if path.exists() else 0


def _settled_key(folder: Path, header: Header, slot: Slot, identity: Identity, data_key: bytes, notices: list[str],
                 read_only: bool) -> tuple[Header, bytes]:
    """The key the database really has: a re-keying that was cut off ended with the old key or with the new one."""
    if not slot.sealed_next:
        check_file(folder, header, data_key, writing=not read_only)
        return header, data_key
    following = unseal_key(header.desk, slot, identity, following=True)
    try:
        check_file(folder, header, data_key, writing=not read_only)
        settled, key = _without_next(header), data_key
    except DatabaseDamaged:
        if following is None:
            raise
        check_file(folder, header, following, writing=not read_only)
        settled, key = _with_next(header), following
    notices.append("rekey_resumed")
    return settled.sealed(key), key


def _without_next(header: Header) -> Header:
    return replace(header, slots=tuple(replace(s, sealed_next=b"") for s in header.slots))


def _with_next(header: Header) -> Header:
    return replace(header, slots=tuple(replace(s, sealed=s.sealed_next, sealed_next=b"") for s in header.slots))


def _check(desk: Desk, wal: int, accept_loss: bool, notices: list[str]) -> None:
    try:
        _check_epoch(desk)
        if not desk.read_only:
            _bring_up(desk)
        check_freshness(desk, wal)
    except (RolledBack, HeaderAltered):
        if not accept_loss:
            desk.suspend_engines()
            raise
        notices.append("loss_accepted")
    except BaseException:
        desk.suspend_engines()
        raise
    if not desk.read_only:
        desk.anchor(desk.head(), keys_changed=bool(notices))


def _check_epoch(desk: Desk) -> None:
    if desk.header.epoch < int(desk.setting("epoch", "0")):
        raise HeaderAltered("epoch")


def _bring_up(desk: Desk) -> None:
    with desk.jot() as connection:
        bring_up(connection)


def new_officer_slot(desk: Desk, identity: Identity, label: str, passphrase: Secret, *, kind: str = OFFICER,
                     kdf: Kdf | None = None, slot_id: str = "") -> Slot:
    """A slot for `identity` in an open desk; it counts once the caller has written the header."""
    return make_slot(desk.header.desk, slot_id or new_id(), kind, label, identity, passphrase, desk.data_key,
                     kdf or (least() if kind == RECOVERY else calibrated()))


@contextlib.contextmanager
def changed_keys(desk: Desk, header: Header):
    """Write `header` for the length of a change, and put the old one back if the change fails."""
    before = desk.header
    desk.replace_header(header)
    try:
        yield str(header.epoch)
    except BaseException:
        desk.replace_header(before)
        raise


def rekey(desk: Desk, progress: Callable[[int, int], None] | None = None) -> None:
    """Give the database a new data key, sealed to every slot that is left; a kill at any point leaves it old or new.

    Old backups still open with the old key.
    """
    following = os.urandom(KEY)
    waiting = replace(desk.header, epoch=desk.header.epoch, slots=tuple(
        replace(s, sealed_next=seal_key(desk.header.desk, s.id, s.exchange, following)) for s in desk.header.slots))
    desk.replace_header(waiting)
    if progress:
        progress(1, 3)
    desk.suspend_engines()
    try:
        _change_key(desk, following)
        key, settled = following, _with_next(desk.header)
    except BaseException:
        desk.resume_engines(desk.data_key)
        desk.replace_header(_without_next(desk.header))
        raise
    if progress:
        progress(2, 3)
    desk.resume_engines(key)
    desk.replace_header(settled)
    if progress:
        progress(3, 3)


def lose_key(desk: Desk) -> bool:
    """Give the database a key that is kept nowhere: what is left of its header opens nothing then. False where the disk would not."""
    try:
        _change_key(desk, os.urandom(KEY))
    except DeskError:
        return False
    return True


def _change_key(desk: Desk, following: bytes) -> None:
    with database_refusals(desk.path), contextlib.closing(
            connect(desk.path, desk.data_key, desk.header.salt, writing=True)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.reset_key(raw_key(following, desk.header.salt))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
