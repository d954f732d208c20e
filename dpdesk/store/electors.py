"""Electors in the store, for reading: spines, pages, single ones, search and counts. Those who left, and the too young, are kept out.

`born_by` is the latest day of birth shown (domain/electors.py); an unknown day of birth is "" and always shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from dpdesk.domain.electors import STORED, Elector, ElectorNumber, read_number, tight
from dpdesk.domain.folding import fold
from dpdesk.store.search import _words

SORTS = ("number", "name")
CANDIDATES = 400
_AT_ONCE = 5_000
# An expression around a column keeps the planner from the indexes that begin with `gone`: nearly nobody is gone.
_OF_AGE = "coalesce(born_on, '') <= ?"
# Whoever asked that their data be used for nothing for now is in no list, no search and on no sheet (UK GDPR Art 18).
_FREE = ("id NOT IN (SELECT l.elector FROM elector_link l JOIN restriction r ON r.person = l.person "
         "WHERE l.answer = 'same' AND r.lifted_on = '' UNION SELECT person FROM restriction WHERE lifted_on = '')")
_SHOWN = f"gone + 0 = 0 AND {_OF_AGE} AND {_FREE}"
_COLUMNS = ", ".join(f'"{name}"' for name in STORED)
_ORDER = {"number": ("district", "number", "suffix"), "name": ("sort_name", "born_on", "row")}


class Wanted(NamedTuple):
    """Which electors, in which order: `kind`, `absent` (any of its codes, or "any") and `attaining` narrow."""

    born_by: str
    district: str = ""
    kind: str = ""
    attaining_after: str = ""
    absent: bool = False
    sort: str = "number"
    descending: bool = False


def spine(connection: Connection, wanted: Wanted) -> array:
    """Row numbers of all wanted, in order."""
    where, values = _where(wanted)
    turn = " DESC" if wanted.descending else ""
    order = ", ".join(f'"{name}"{turn}' for name in _ORDER[wanted.sort])
    cursor = connection.connection.cursor()
    cursor.execute(f'SELECT "row" FROM elector WHERE {where} ORDER BY {order}', values)
    rows = array("q")
    while batch := cursor.fetchmany(20_000):
        rows.extend([row[0] for row in batch])
    return rows


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    parts, values = ["gone = 0", "born_on <= ?", _FREE], [wanted.born_by]
    for column, value in (("district", wanted.district), ("kind", wanted.kind)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.attaining_after:
        parts.append("attains_on > ?")
        values.append(wanted.attaining_after)
    if wanted.absent:
        parts.append("id IN (SELECT elector FROM elector_absent WHERE ended = 0)")
    return " AND ".join(parts), values


def _electors(rows: Iterable[Sequence]) -> Iterator[Elector]:
    return (Elector(*row) for row in rows)


def page(connection: Connection, rows: Sequence[int], born_by: str) -> list[Elector]:
    """The electors in those rows, in that order; who may not be shown is left out."""
    found: dict[int, Elector] = {}
    cursor = connection.connection.cursor()
    for at in range(0, len(rows), _AT_ONCE):
        some = list(rows[at:at + _AT_ONCE])
        cursor.execute(f'SELECT {_COLUMNS} FROM elector WHERE "row" IN ({",".join("?" * len(some))}) AND {_SHOWN}',
                       [*some, born_by])
        found.update((each.row, each) for each in _electors(cursor.fetchall()))
    return [found[row] for row in rows if row in found]


def by_ids(connection: Connection, ids: Sequence[str], born_by: str = "9999", *, gone: bool = False) -> list[Elector]:
    """The electors of those identities, in no order; with `gone` also those who left."""
    found: list[Elector] = []
    cursor = connection.connection.cursor()
    for at in range(0, len(ids), _AT_ONCE):
        some = list(ids[at:at + _AT_ONCE])
        cursor.execute(f'SELECT {_COLUMNS} FROM elector WHERE id IN ({",".join("?" * len(some))}) AND {_OF_AGE}'
                       + ("" if gone else " AND gone + 0 = 0"), [*some, born_by])
        found += _electors(cursor.fetchall())
    return found


def numbered(connection: Connection, key: ElectorNumber, born_by: str) -> Elector | None:
    """The elector of that number; the district is told from others whatever its case."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT {_COLUMNS} FROM elector WHERE gone = 0 AND district = ? AND number = ? AND suffix = ? AND born_on <= ?",
                   [*key, born_by])
    row = cursor.fetchone()
    if row is None and key.district != key.district.upper():
        return numbered(connection, key._replace(district=key.district.upper()), born_by)
    return Elector(*row) if row else None


def everybody(connection: Connection, *, gone: bool = False) -> Iterator[Elector]:
    """All electors on the register, or all who left it; for comparing whole files, never for showing."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT {_COLUMNS} FROM elector WHERE gone {'<>' if gone else '='} 0")
    while batch := cursor.fetchmany(_AT_ONCE):
        yield from _electors(batch)


def find(connection: Connection, typed: str, born_by: str, limit: int) -> list[int]:
    """Row numbers of the electors that fit a number, a postcode, or words of name and address; best first."""
    key = read_number(typed.strip())
    if key is not None and (found := numbered(connection, key, born_by)) is not None:
        return [found.row]
    words = _words(typed)
    if not words or max(map(len, words)) < 2:
        return []
    query = " AND ".join(f'"{word}"' if len(word) == 1 else f'"{word}"*' for word in words)
    cursor = connection.connection.cursor()
    cursor.execute('SELECT e."row", e.sort_name, e.address, e.district, e.number, e.suffix FROM (SELECT rowid AS found FROM elector_search '
                   'WHERE elector_search MATCH ? LIMIT ?) JOIN elector e ON e."row" = found WHERE ' + _SHOWN,
                   [query, 4 * CANDIDATES, born_by])
    return [row[0] for row in sorted(cursor.fetchall(), key=lambda row: _rank(row, words))[:limit]]


def _rank(row: tuple, words: Sequence[str]) -> tuple:
    """Whole surname first, then whole words, then beginnings of words; in the order of the register."""
    names, place = row[1].replace("\x1f", " ").split(), fold(row[2]).split()
    exact = sum(word in names or word in place for word in words)
    return not row[1].startswith(f"{words[0]}\x1f"), -exact, *row[3:]


def counts(connection: Connection, born_by: str, after: str) -> dict[str, int]:
    """all, hidden, anonymous, other, attainers (after a day), absent: how many."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT count(*), sum(born_on > ?), sum(kind = 'anonymous'), sum(kind = 'other'), "
                   "sum(attains_on > ? AND born_on <= ?) FROM elector WHERE gone = 0", [born_by, after, born_by])
    every, hidden, anonymous, other, attainers = (value or 0 for value in cursor.fetchone())
    cursor.execute("SELECT count(DISTINCT a.elector) FROM elector_absent a JOIN elector e ON e.id = a.elector "
                   "WHERE a.ended = 0 AND e.gone = 0 AND e.born_on <= ?", [born_by])
    (absent,) = cursor.fetchone()
    return {"all": every - hidden, "hidden": hidden, "anonymous": anonymous, "other": other, "attainers": attainers, "absent": absent}


def districts(connection: Connection, born_by: str) -> list[tuple[str, int]]:
    """Each polling district with how many electors are shown in it."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT district, count(*) FROM elector WHERE gone = 0 AND born_on <= ? GROUP BY district ORDER BY district", [born_by])
    return cursor.fetchall()


def neighbours(connection: Connection, elector: Elector, born_by: str) -> list[Elector]:
    """Others at the same address."""
    if not elector.address:
        return []
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT {_COLUMNS} FROM elector WHERE postcode = ? AND {_SHOWN} AND coalesce(address, '') = ? "
                   "AND coalesce(id, '') <> ? "
                   "ORDER BY district, number, suffix", [elector.postcode, born_by, elector.address, elector.id])
    return list(_electors(cursor.fetchall()))


def comparable(connection: Connection, born_by: str) -> list[tuple]:
    """(id, forename, surname, postcode, address, day of birth) of all who are shown with a name, for links to people."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT id, forename, surname, postcode, address, born_on FROM elector "
                   "WHERE gone = 0 AND born_on <= ? AND surname <> ''", [born_by])
    return [(identity, forename, surname, tight(postcode), address, born)
            for identity, forename, surname, postcode, address, born in cursor.fetchall()]
