"""The same fields of many people changed within one unit of work, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from dpdesk.domain.members import Member
from dpdesk.store.search import index_people, search_row

SEARCHED = frozenset({"town", "ward"})
"""Fields of `domain.bulk.FIELDS` that a search finds people by."""

_SEARCH_HASH = "INSERT INTO member_search(member_search, rank) VALUES ('hashsize', ?)"  # how much it gathers before writing
_HASH_USUAL, _HASH_MOST = 1 << 20, 16 << 20

Changed = tuple[Member, dict[str, str]]


@contextmanager
def gathering(connection: Connection) -> Iterator[None]:
    """Let the search gather more in memory before it writes: many people follow."""
    cursor = connection.connection.cursor()
    cursor.execute(_SEARCH_HASH, (_HASH_MOST,))
    yield
    cursor.execute(_SEARCH_HASH, (_HASH_USUAL,))


def change(connection: Connection, people: Sequence[Changed], seq: int) -> None:
    """Store changed fields of one batch; the search follows where it must. Names and addresses are not changed so."""
    by_fields: dict[tuple[str, ...], list[tuple]] = {}
    for person, values in people:
        by_fields.setdefault(tuple(values), []).append((*values.values(), seq, person.row))
    cursor = connection.connection.cursor()
    for fields, rows in by_fields.items():
        assignments = ", ".join(f'"{name}" = ?' for name in (*fields, "changed"))
        cursor.executemany(f'UPDATE member SET {assignments} WHERE "row" = ?', rows)
    index_people(connection, [(person.row, *search_row({**person.values(), **values})) for person, values in people
                              if SEARCHED & values.keys()])
