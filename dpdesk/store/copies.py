"""The register of copies in the store: noted when one leaves, closed when it is gone, found by the people on it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.copies import OF_THE_LIST, Copy, CopyKind, CopyState, Look
from dpdesk.domain.members import Confidentiality
from dpdesk.store.tables import copy

_SHOWN = [column for column in copy.c if column.name not in ("persons", "seq")]
_ID = 16


def add(connection: Connection, new: Copy, people: Iterable[str], seq: int) -> None:
    """Note a copy and whose data is on it."""
    values = {**new.__dict__, "columns": json.dumps(new.columns), "seq": seq,
              "persons": b"".join(map(bytes.fromhex, people)) or None}
    connection.execute(insert(copy), [values])


def listing(connection: Connection, *, closed: bool, owner: str = "") -> list[Copy]:
    """The copies, those to be deleted first at the top; `closed` ones only where wanted; one `owner`'s where given."""
    query = select(*_SHOWN).order_by(copy.c.state != CopyState.OPEN.value, copy.c.delete_by == "", copy.c.delete_by, copy.c.seq)
    if not closed:
        query = query.where(copy.c.state == CopyState.OPEN.value)
    if owner:
        query = query.where(copy.c.owner == owner)
    return [_copy(row) for row in connection.execute(query)]


def get(connection: Connection, identity: str) -> Copy | None:
    """One copy."""
    row = connection.execute(select(*_SHOWN).where(copy.c.id == identity)).first()
    return _copy(row) if row else None


def holding(connection: Connection, person: str) -> list[Copy]:
    """The open copies that hold `person`'s data, as far as copies are of people."""
    rows = connection.execute(select(*_SHOWN, copy.c.persons).where(copy.c.state == CopyState.OPEN.value,
                                                                    copy.c.persons.is_not(None)))
    wanted = bytes.fromhex(person)
    return [_copy(row) for row in rows if _among(wanted, bytes(row.persons))]


def ever_holding(connection: Connection, person: str) -> list[Copy]:
    """Every copy that held `person`'s data, gone or not, the newest first: who was given it."""
    rows = connection.execute(select(*_SHOWN, copy.c.persons).where(copy.c.persons.is_not(None)).order_by(copy.c.seq.desc()))
    wanted = bytes.fromhex(person)
    return [_copy(row) for row in rows if _among(wanted, bytes(row.persons))]


def holds_any(connection: Connection, identity: str, wanted: set[str]) -> bool:
    """Whether a copy holds the data of any of the people."""
    persons = bytes(connection.execute(select(copy.c.persons).where(copy.c.id == identity)).scalar() or b"")
    return any(persons[at:at + _ID].hex() in wanted for at in range(0, len(persons), _ID))


def _among(wanted: bytes, persons: bytes) -> bool:
    at = persons.find(wanted)
    while at >= 0 and at % _ID:
        at = persons.find(wanted, at + 1)
    return at >= 0


def _copy(row) -> Copy:
    values = {name: row._mapping[name] for name in Copy.__dataclass_fields__}
    return Copy(**values | {"kind": CopyKind(row.kind), "state": CopyState(row.state), "columns": tuple(json.loads(row.columns)),
                            "classification": Confidentiality(row.classification)})


def close(connection: Connection, identity: str, state: CopyState, at: str, by: str, how: str) -> None:
    """Note that a copy is gone."""
    connection.execute(update(copy).where(copy.c.id == identity).values(
        state=state.value, closed_at=at, closed_by=by, closed_how=how))


def set_delete_by(connection: Connection, identity: str, day: str) -> None:
    """Give a copy another day."""
    connection.execute(update(copy).where(copy.c.id == identity).values(delete_by=day))


def made_due(connection: Connection, day: str, before_seq: int, kinds: Collection[CopyKind] = OF_THE_LIST) -> list[str]:
    """Make open copies of those `kinds` from before an entry of the log due on `day`; returns which (S1 §27.8)."""
    query = select(copy.c.id).where(copy.c.state == CopyState.OPEN.value, copy.c.kind.in_([kind.value for kind in kinds]),
                                    copy.c.seq < before_seq, (copy.c.delete_by == "") | (copy.c.delete_by > day))
    found = list(connection.execute(query).scalars())
    if found:
        connection.execute(update(copy).where(copy.c.id.in_(found)).values(delete_by=day))
    return found


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look(path: Path, digest: str) -> Look:
    """Look for a copy where it was written, and in the wastebaskets that its disk has."""
    try:
        if path.is_dir():  # a folder of drafts is there as long as one of its files is
            return Look.THERE if next(path.glob("*.eml"), None) else Look.GONE
        if path.is_file():
            return Look.THERE if not digest or digest_of(path) == digest else Look.CHANGED
    except OSError:
        return Look.OUT_OF_SIGHT
    if not path.parent.is_dir():
        return Look.OUT_OF_SIGHT
    return Look.IN_WASTEBASKET if any(_holds(basket, path, digest) for basket in _wastebaskets(path)) else Look.GONE


def _wastebaskets(path: Path) -> list[Path]:
    """Where a file manager puts what is deleted at `path`."""
    if sys.platform == "darwin":
        return [Path.home() / ".Trash"]
    if os.name != "posix":
        return []
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    top = path.parent
    while not top.is_mount() and top != top.parent:
        top = top.parent
    return [data / "Trash" / "files", top / f".Trash-{os.getuid()}" / "files", top / ".Trash" / str(os.getuid()) / "files"]


def _holds(basket: Path, path: Path, digest: str) -> bool:
    """Whether something of that name and content lies in a wastebasket (a second of one name gets a number)."""
    try:
        found = [each for each in basket.iterdir() if each.suffix == path.suffix and each.is_file()
                 and (each.name == path.name or each.name.startswith(path.stem))]
        return any(not digest or digest_of(each) == digest for each in found)
    except OSError:
        return False
