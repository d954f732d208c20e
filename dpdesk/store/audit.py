"""The audit log in the store: pages of entries, a person's history, and the check of the whole chain."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, select

from dpdesk.domain.audit import Anchor, Chain, Entry, Filter, Finding, Report, commit_values
from dpdesk.domain.errors import Cancelled
from dpdesk.store.desk import Desk
from dpdesk.store.engine import connect, damage
from dpdesk.store.keys import verify_signature
from dpdesk.store.tables import audit, history
from dpdesk.store.unit import entry_of

STEP = 500  # rows between two looks at the cancel switch


def entries(connection: Connection, wanted: Filter, limit: int, before: int | None = None) -> list[Entry]:
    """The newest `limit` entries that fit, below sequence number `before`."""
    query = select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.seq < before)
    if wanted.officer:
        query = query.where(audit.c.officer == wanted.officer)
    if wanted.action:
        query = query.where(audit.c.action == wanted.action)
    if wanted.subject:
        touched = select(history.c.seq).where(history.c.subject == wanted.subject)
        query = query.where((audit.c.subject == wanted.subject) | audit.c.seq.in_(touched))
    if wanted.since:
        query = query.where(audit.c.at >= wanted.since)
    if wanted.until:
        query = query.where(audit.c.at < wanted.until + "\x7f")
    return [entry_of(row) for row in connection.execute(query)]


def actions(connection: Connection) -> list[str]:
    """Every action that occurs."""
    return list(connection.execute(select(audit.c.action).distinct().order_by(audit.c.action)).scalars())


def last_of(connection: Connection, action: str) -> Entry | None:
    """The newest entry of an action."""
    row = connection.execute(select(audit).where(audit.c.action == action).order_by(audit.c.seq.desc()).limit(1)
                             ).first()
    return entry_of(row) if row else None


def count_later(connection: Connection, seq: int, apart: Collection[str]) -> int:
    """How many entries stand after `seq` whose action is none of `apart`."""
    return connection.execute(select(func.count()).select_from(audit).where(audit.c.seq > seq, audit.c.action.not_in(sorted(apart)))
                              ).scalar_one()


def entry(connection: Connection, seq: int) -> Entry | None:
    """One entry."""
    row = connection.execute(select(audit).where(audit.c.seq == seq)).first()
    return entry_of(row) if row else None


@dataclass(frozen=True)
class Past:
    """A row of history: the entry it belongs to and (field, before, after); `erased` where the values are gone."""

    entry: Entry
    subject_kind: str
    subject: str
    fields: tuple[str, ...]
    change: tuple[tuple[str, object, object], ...]
    erased: bool


def past_of(connection: Connection, subject: str = "", seq: int = 0) -> list[Past]:
    """The history of one subject, or of one entry; newest first."""
    query = (select(history.c.subject_kind.label("h_kind"), history.c.subject.label("h_subject"),
                    history.c.fields.label("h_fields"), history.c.change, audit)
             .join(audit, audit.c.seq == history.c.seq).order_by(history.c.seq.desc(), history.c.id))
    query = query.where(history.c.subject == subject) if subject else query.where(history.c.seq == seq)
    return [_past(row) for row in connection.execute(query)]


def _past(row) -> Past:
    change = json.loads(row.change) if row.change is not None else {}
    return Past(_entry_in(row), row.h_kind, row.h_subject, tuple(json.loads(row.h_fields)),
                tuple((field, before, after) for field, (before, after) in change.items()), row.change is None)


def _entry_in(row) -> Entry:
    values = {name: row._mapping[name] for name in Entry.__dataclass_fields__}
    values["fields"], values["facts"] = tuple(json.loads(row.fields)), json.loads(row.facts)
    return Entry(**values)


def undone(connection: Connection, seq: int) -> bool:
    """Whether the entry was undone by a later one."""
    later = connection.execute(select(audit.c.facts).where(audit.c.seq > seq, audit.c.action.like("%.undone")))
    return any(json.loads(facts).get("undoes") == seq for facts in later.scalars())


def check(desk: Desk, anchors: Iterable[Anchor] = (), progress: Callable[[int, int], None] | None = None,
          cancelled: Callable[[], bool] | None = None) -> Report:
    """Check the chain, the signatures, the anchor in the header, and the history values against their commitments."""
    with desk.read() as connection:
        total = desk.head().seq
        chain = Chain(desk.key("audit"), verify_signature)
        report = chain.walk(_counted(connection, total, progress, cancelled), [desk.header.anchor, *anchors])
        report.findings += _altered_values(connection, desk.key("values"), cancelled)
    return report


def _counted(connection: Connection, total: int, progress: Callable[[int, int], None] | None,
             cancelled: Callable[[], bool] | None) -> Iterator[Entry]:
    rows = connection.execute(select(audit).order_by(audit.c.seq))
    for done, row in enumerate(_until(cancelled, rows), 1):
        if progress and done % STEP == 0:
            progress(done, max(total, done))
        yield entry_of(row)


def _until(cancelled: Callable[[], bool] | None, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, until the officer stops it."""
    for number, row in enumerate(rows):
        if cancelled and number % STEP == 0 and cancelled():
            raise Cancelled()
        yield row


def _altered_values(connection: Connection, key: bytes, cancelled: Callable[[], bool] | None) -> list[Finding]:
    rows = connection.execute(select(history.c.seq, history.c.change, history.c.salt, history.c.commitment)
                              .where(history.c.change.is_not(None)))
    return [Finding(row.seq, "values", row.seq) for row in _until(cancelled, rows)
            if commit_values(key, row.salt or b"", row.change.encode()) != row.commitment]


def check_database(desk: Desk) -> list[str]:
    """What SQLCipher and SQLite say of the database file; empty when it is sound."""
    raw = connect(desk.path, desk.data_key, desk.header.salt, writing=False)
    try:
        return damage(raw)
    finally:
        raw.close()
