"""Canvass packs in the store: rows of several tables taken out as they are, put in where they are new, and taken away again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, tuple_, update

from dpdesk.domain.packages import Step
from dpdesk.store.schema import every_table
from dpdesk.store.tables_transfers import pack

_AT_ONCE = 400


@dataclass(frozen=True)
class Pack:
    """A pack this desk sent out (`way` out) or holds for a branch (in). `snapshot` is what was sent, and how it stood then."""

    id: str
    way: str
    session: str
    title: str
    card: str
    step: Step
    out_at: str
    returned_at: str = ""
    taken_at: str = ""
    erased_at: str = ""
    snapshot: Mapping[str, Any] = field(default_factory=dict)


def listing(connection: Connection) -> list[Pack]:
    """Every pack, the newest first."""
    return [_pack(row) for row in connection.execute(select(pack).order_by(pack.c.out_at.desc(), pack.c.id.desc()))]


def get(connection: Connection, identity: str) -> Pack | None:
    """One pack."""
    row = connection.execute(select(pack).where(pack.c.id == identity)).first()
    return _pack(row) if row else None


def _pack(row) -> Pack:
    values = {name: row._mapping[name] for name in Pack.__dataclass_fields__}
    return Pack(**values | {"step": Step(row.step), "snapshot": json.loads(row.snapshot)})


def add(connection: Connection, new: Pack, seq: int) -> None:
    """Keep a pack."""
    connection.execute(insert(pack), [{**new.__dict__, "step": new.step.value, "snapshot": json.dumps(dict(new.snapshot)), "seq": seq}])


def change(connection: Connection, identity: str, **values: str) -> None:
    """Change where a pack stands."""
    connection.execute(update(pack).where(pack.c.id == identity).values(**values))


def rows(connection: Connection, table: str, column: str, wanted: Iterable[str], columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Rows of a table whose `column` is one of `wanted`, as JSON can hold them; all columns or some."""
    found, table_ = [], every_table()[table]
    names = [each.name for each in table_.c if not columns or each.name in columns]
    values = list(dict.fromkeys(wanted))
    for at in range(0, len(values), _AT_ONCE):
        query = select(*(table_.c[name] for name in names)).where(table_.c[column].in_(values[at:at + _AT_ONCE]))
        found += [{name: _plain(value) for name, value in row._mapping.items()} for row in connection.execute(query)]
    return found


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _stored(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def put_new(connection: Connection, table: str, found: Sequence[Mapping[str, Any]], key: Sequence[str],
            **more: Any) -> list[dict[str, Any]]:
    """Insert rows that are not there yet by `key`; returns those that were inserted. Columns this desk does not know are left out."""
    table_ = every_table()[table]
    columns = [table_.c[name] for name in key]
    fresh = []
    for at in range(0, len(found), _AT_ONCE):
        some = [{name: _stored(value) for name, value in row.items() if name in table_.c} | more for row in found[at:at + _AT_ONCE]]
        known = {tuple(row) for row in connection.execute(select(*columns).where(
            tuple_(*columns).in_([tuple(row[name] for name in key) for row in some])))}
        fresh += [row for row in some if tuple(row[name] for name in key) not in known]
    if fresh:
        connection.execute(insert(table_), fresh)
    return fresh


def overwrite(connection: Connection, table: str, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Put a row in the place of the one of that key."""
    table_ = every_table()[table]
    connection.execute(update(table_).where(and_(*(table_.c[name] == value for name, value in key.items()))).values(
        {name: _stored(value) for name, value in row.items() if name in table_.c and name not in key}))


def drop(connection: Connection, table: str, column: str, wanted: Iterable[str]) -> int:
    """Take rows away; how many."""
    gone, table_, values = 0, every_table()[table], list(dict.fromkeys(wanted))
    for at in range(0, len(values), _AT_ONCE):
        gone += connection.execute(delete(table_).where(table_.c[column].in_(values[at:at + _AT_ONCE]))).rowcount
    return gone
