"""Merges in the store: who is not the same, what moves from one record to another, and what is kept to part them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.store.erasing import HANGING
from dpdesk.store.tables import archive, consent, mail_recipient, merge, sharing
from dpdesk.store.tables import not_same as apart
from dpdesk.store.tables_sessions import session_person

MOVING = HANGING | {"mailing": mail_recipient, "session": session_person}


@dataclass(frozen=True)
class Merged:
    """A merge: `before` is what parting them again needs, empty once it is erased; `at` is UTC."""

    id: str
    kept: str
    gone: str
    at: str
    seq: int
    undone_seq: int
    before: Mapping[str, object]


def not_same(connection: Connection) -> set[tuple[str, str]]:
    """Every pair said to be two people."""
    return {(row.a, row.b) for row in connection.execute(select(apart.c.a, apart.c.b))}


def add_not_same(connection: Connection, a: str, b: str, at: str, seq: int) -> None:
    """Remember a pair, in the order of their identities."""
    connection.execute(insert(apart), [{"a": a, "b": b, "at": at, "seq": seq}])


def remove_not_same(connection: Connection, a: str, b: str) -> None:
    """Forget a pair."""
    connection.execute(delete(apart).where(apart.c.a == a, apart.c.b == b))


def hanging(connection: Connection, person: str) -> dict[str, int]:
    """How much hangs on a person, by kind; kinds with nothing are left out."""
    found = {code: connection.execute(select(func.count()).select_from(table).where(table.c.person == person)).scalar() or 0
             for code, table in MOVING.items()}
    return {code: n for code, n in found.items() if n}


def move(connection: Connection, gone: str, kept: str) -> dict[str, list[str]]:
    """Hang everything of `gone` on `kept`; returns the identities that moved, by kind."""
    moved = {}
    for code, table in MOVING.items():
        ids = list(connection.execute(select(table.c.id).where(table.c.person == gone)).scalars())
        if ids:
            moved[code] = ids
            connection.execute(update(table).where(table.c.person == gone).values(person=kept))
    connection.execute(delete(archive).where(archive.c.person == gone))
    return moved


def move_back(connection: Connection, moved: Mapping[str, list[str]], person: str) -> None:
    """Hang what moved on `person` again."""
    for code, ids in moved.items():
        table = MOVING[code]
        connection.execute(update(table).where(table.c.id.in_(ids)).values(person=person))


def stand_again(connection: Connection, given: list[str]) -> None:
    """Let consents and permissions stand that a merge had withdrawn."""
    connection.execute(update(consent).where(consent.c.id.in_(given)).values(withdrawn_on="", withdrawn_how=""))
    connection.execute(update(sharing).where(sharing.c.id.in_(given)).values(withdrawn_on=""))


def add(connection: Connection, new: Merged) -> None:
    """Keep a merge."""
    connection.execute(insert(merge), [{**new.__dict__, "before": json.dumps(new.before, ensure_ascii=False)}])


def listing(connection: Connection, person: str = "", limit: int = 50) -> list[Merged]:
    """Merges, newest first: all, or those a person was kept or went in."""
    query = select(merge).order_by(merge.c.seq.desc()).limit(limit)
    if person:
        query = query.where((merge.c.kept == person) | (merge.c.gone == person))
    return [_merged(row) for row in connection.execute(query)]


def get(connection: Connection, identity: str) -> Merged | None:
    """One merge."""
    row = connection.execute(select(merge).where(merge.c.id == identity)).first()
    return _merged(row) if row else None


def _merged(row) -> Merged:
    return Merged(row.id, row.kept, row.gone, row.at, row.seq, row.undone_seq, json.loads(row.before) if row.before else {})


def mark_undone(connection: Connection, identity: str, seq: int) -> None:
    """Note that a merge was undone, and let go of what was kept of it."""
    connection.execute(update(merge).where(merge.c.id == identity).values(undone_seq=seq, before=""))


def let_go(connection: Connection, before: str) -> int:
    """Erase what merges from before an instant (UTC) kept; how many."""
    return connection.execute(update(merge).where(merge.c.at < before, merge.c.before != "").values(before="")).rowcount
