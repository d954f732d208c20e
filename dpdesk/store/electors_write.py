"""Writing many electors at once, and putting them back as they were: what the files of the register do to the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from itertools import islice, repeat

from sqlalchemy import Connection, delete, func, select

from dpdesk.domain.electors import VALUES, Elector
from dpdesk.domain.folding import fold, sort_name
from dpdesk.domain.ids import new_ids
from dpdesk.store.tables_register import ELECTOR_INDEXES, elector, elector_before

_BATCH = 5_000
_MANY = 2_000
_CACHE = 160 << 10  # KiB
Step = Callable[[int], None]
_ALL = [column.name for column in elector.c]
_NAMES = ", ".join(f'"{name}"' for name in _ALL)
_INSERT = f"INSERT INTO elector ({_NAMES}) VALUES ({', '.join('?' * len(_ALL))})"
_CHANGE = ("UPDATE elector SET " + ", ".join(f'"{code}" = ?' for code in VALUES)
           + ', register = ?, gone = 0, sort_name = ?, changed = ? WHERE "row" = ?')
_INDEX = "INSERT INTO elector_search(rowid, name, place) VALUES (?, ?, ?)"
_UNINDEX = "DELETE FROM elector_search WHERE rowid = ?"
_HASH = "INSERT INTO elector_search(elector_search, rank) VALUES ('hashsize', ?)"
_SURNAME, _FORENAME, _ADDRESS, _POSTCODE = (VALUES.index(code) for code in ("surname", "forename", "address", "postcode"))


def _learnt(known: dict[str, str], texts: Sequence[str], learn: Callable[[str], str]) -> list[str]:
    for text in set(texts).difference(known):
        known[text] = learn(text)
    return list(map(known.__getitem__, texts))


def _place(postcode: str) -> str:
    folded = fold(postcode)
    return f"{folded} {folded.replace(' ', '')}" if folded else ""


class Words:
    """The words of electors for their search, and their sort names, column by column, remembering what a text gave."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def columns(self, columns: Sequence[Sequence]) -> tuple[list[str], list[str], list[str]]:
        """(sort names, names, places) of electors given as columns in the order of VALUES."""
        surnames = _learnt(self._folded, columns[_SURNAME], fold)
        forenames = _learnt(self._folded, columns[_FORENAME], fold)
        homes = _learnt(self._folded, columns[_ADDRESS], fold)
        codes = _learnt(self._places, columns[_POSTCODE], _place)
        return (list(map("\x1f".join, zip(surnames, forenames, strict=True))), list(map(" ".join, zip(forenames, surnames, strict=True))),
                list(map(" ".join, zip(homes, codes, strict=True))))


def add(connection: Connection, new: Sequence[Sequence], register: int, seq: int, digest, step: Step) -> list[str]:
    """Insert electors given as columns in the order of VALUES; returns their identities. Every value goes into `digest`."""
    total = len(new[0])
    first = (connection.execute(select(func.max(elector.c.row))).scalar() or 0) + 1
    ids, raw, words = sorted(new_ids(total)), connection.connection.cursor(), Words()
    with _many(connection, raw, first - 1, total):
        for at in range(0, total, _BATCH):
            some = slice(at, min(at + _BATCH, total))
            columns = [column[some] for column in new]
            digest.update("\x1e".join("\x1f".join(map(str, column)) for column in columns).encode() + b"\x1d")
            rows = range(first + at, first + some.stop)
            sorts, names, places = words.columns(columns)
            raw.executemany(_INSERT, zip(rows, ids[some], *columns, repeat(register), repeat(seq), repeat(seq), repeat(0), sorts))
            raw.executemany(_INDEX, zip(rows, names, places, strict=True))
            step(len(rows))
    return ids


@contextmanager
def _many(connection: Connection, raw, present: int, coming: int):
    """Many rows at once: indexes are built after them, and more is gathered in memory before it is written."""
    if coming <= _MANY or coming <= present:
        yield
        return
    (cache,) = raw.execute("PRAGMA cache_size").fetchone()
    raw.execute(f"PRAGMA cache_size = -{_CACHE}")
    raw.execute(_HASH, (16 << 20,))
    for index in ELECTOR_INDEXES:
        index.drop(connection)
    try:
        yield
        raw.execute(_HASH, (1 << 20,))
        for index in ELECTOR_INDEXES:
            index.create(connection)
    finally:
        raw.execute(f"PRAGMA cache_size = {cache}")


def keep_before(connection: Connection, rows: Iterable[int], seq: int) -> None:
    """Keep electors as they are now, before the file of entry `seq` changes them."""
    raw, rest = connection.connection.cursor(), iter(rows)
    while some := list(islice(rest, _BATCH)):
        raw.execute(f'INSERT INTO elector_before (seq, {_NAMES}) SELECT ?, {_NAMES} FROM elector WHERE "row" IN '
                    f'({",".join("?" * len(some))})', [seq, *some])


def change(connection: Connection, changes: Sequence[tuple[int, Sequence, bool]], register: int, seq: int, digest, step: Step,
           *, keep_register: bool = False) -> None:
    """Store electors as a file has them: (row, values in the order of VALUES, whether the search must learn them anew).

    With `keep_register` the file their number comes from stays.
    """
    raw = connection.connection.cursor()
    statement = _CHANGE.replace("register = ?", "register = coalesce(?, register)")
    for at in range(0, len(changes), _BATCH):
        some = changes[at:at + _BATCH]
        digest.update(repr(some).encode())
        raw.executemany(statement, [(*values, None if keep_register else register, sort_name(values[_SURNAME], values[_FORENAME]), seq, row)
                                    for row, values, _ in some])
        reindex(connection, [(row, values) for row, values, words in some if words])
        step(len(some))


def stand_in(connection: Connection, rows: Sequence[int], register: int) -> None:
    """Electors who stand in a newer register just as they were."""
    raw = connection.connection.cursor()
    for at in range(0, len(rows), _BATCH):
        some = rows[at:at + _BATCH]
        raw.execute(f'UPDATE elector SET register = ? WHERE "row" IN ({",".join("?" * len(some))})', [register, *some])


def reindex(connection: Connection, changed: Sequence[tuple[int, Sequence]]) -> None:
    """Put electors into the search anew: (row, values)."""
    if not changed:
        return
    raw = connection.connection.cursor()
    raw.executemany(_UNINDEX, [(row,) for row, _ in changed])
    columns = list(zip(*(values for _, values in changed), strict=True))
    _sorts, names, places = Words().columns(columns)
    raw.executemany(_INDEX, zip((row for row, _ in changed), names, places, strict=True))


def end(connection: Connection, rows: Sequence[int], seq: int, step: Step) -> None:
    """Take electors off the register: they stay hidden until the register that had them is destroyed."""
    raw = connection.connection.cursor()
    for at in range(0, len(rows), _BATCH):
        some = rows[at:at + _BATCH]
        raw.executemany('UPDATE elector SET gone = ?, changed = ? WHERE "row" = ?', [(seq, seq, row) for row in some])
        step(len(some))


def take_back(connection: Connection, seq: int) -> tuple[int, int]:
    """Undo what entry `seq` did to electors: (how many were taken out, how many put back)."""
    raw = connection.connection.cursor()
    out = [row for row, in raw.execute('SELECT "row" FROM elector WHERE added = ?', [seq]).fetchall()]
    raw.executemany(_UNINDEX, [(row,) for row in out])
    raw.execute("DELETE FROM elector WHERE added = ?", [seq])
    back = raw.execute('SELECT "row" FROM elector_before WHERE seq = ?', [seq]).fetchall()
    raw.execute('DELETE FROM elector WHERE "row" IN (SELECT "row" FROM elector_before WHERE seq = ?)', [seq])
    raw.execute(f"INSERT INTO elector ({_NAMES}) SELECT {_NAMES} FROM elector_before WHERE seq = ?", [seq])
    raw.execute("DELETE FROM elector_before WHERE seq = ?", [seq])
    columns = ", ".join(f'"{code}"' for code in VALUES)
    for at in range(0, len(back), _BATCH):
        rows = [row for row, in back[at:at + _BATCH]]
        raw.execute(f'SELECT "row", {columns} FROM elector WHERE "row" IN ({",".join("?" * len(rows))})', rows)
        reindex(connection, [(row[0], row[1:]) for row in raw.fetchall()])
    return len(out), len(back)


def depending(connection: Connection, seq: int) -> int:
    """How many electors that entry `seq` added or changed were changed again since, or have something hanging on them."""
    raw = connection.connection.cursor()
    touched = 'SELECT id FROM elector WHERE added = :seq UNION SELECT id FROM elector_before WHERE seq = :seq'
    raw.execute("SELECT count(*) FROM (SELECT id FROM elector WHERE register = :seq AND added > :seq "
                "UNION SELECT id FROM elector WHERE changed > :seq AND (added = :seq OR \"row\" IN "
                "(SELECT \"row\" FROM elector_before WHERE seq = :seq)) "
                "UNION SELECT elector FROM elector_absent WHERE seq > :seq AND elector IN (SELECT id FROM elector WHERE added = :seq) "
                "UNION SELECT elector FROM elector_vote WHERE seq > :seq AND elector IN (SELECT id FROM elector WHERE added = :seq) "
                "UNION SELECT elector FROM elector_link WHERE elector IN (SELECT id FROM elector WHERE added = :seq) "
                "UNION SELECT elector FROM sheet_row WHERE elector IN (SELECT id FROM elector WHERE added = :seq) "
                "UNION SELECT elector FROM canvass_fact WHERE elector IN (SELECT id FROM elector WHERE added = :seq) "
                "UNION SELECT elector FROM leave_alone WHERE elector IN (SELECT id FROM elector WHERE added = :seq) "
                f"UNION SELECT old FROM elector_follow WHERE answer = 'same' AND old IN ({touched}))", {"seq": seq})
    return raw.fetchone()[0]


def destroy_before(connection: Connection, seq: int) -> int:
    """Destroy what is left of the registers before entry `seq`: who left, and how electors were; how many rows."""
    raw = connection.connection.cursor()
    rows = raw.execute('SELECT "row" FROM elector WHERE gone <> 0 AND gone <= ?', [seq]).fetchall()
    raw.executemany(_UNINDEX, rows)
    ended = raw.execute("DELETE FROM elector WHERE gone <> 0 AND gone <= ?", [seq]).rowcount
    kept = connection.execute(delete(elector_before).where(elector_before.c.seq <= seq)).rowcount
    return ended + kept


def destroy_register(connection: Connection, seq: int) -> int:
    """Destroy a register that nothing replaced: its electors, and how they were before; how many rows."""
    raw = connection.connection.cursor()
    rows = raw.execute('SELECT "row" FROM elector WHERE register = ?', [seq]).fetchall()
    raw.executemany(_UNINDEX, rows)
    ended = raw.execute("DELETE FROM elector WHERE register = ?", [seq]).rowcount
    kept = raw.execute("DELETE FROM elector_before WHERE register = ? OR seq = ?", [seq, seq]).rowcount
    return ended + kept


def one(connection: Connection, old: Elector, new: Elector, seq: int) -> None:
    """Make two electors one: the older identity stands with what the newer row says, and all that hung on either hangs on it."""
    raw = connection.connection.cursor()
    raw.execute("DELETE FROM elector WHERE id = ?", [new.id])
    raw.execute(_UNINDEX, [new.row])
    raw.execute(_CHANGE, [*new.values(), new.register, sort_name(new.surname, new.forename), seq, old.row])
    reindex(connection, [(old.row, new.values())])
    for table in ("elector_absent", "elector_vote", "elector_number"):
        raw.execute(f"UPDATE OR IGNORE {table} SET elector = ? WHERE elector = ?", [old.id, new.id])
        raw.execute(f"DELETE FROM {table} WHERE elector = ?", [new.id])
    raw.execute("UPDATE elector_link SET elector = ? WHERE elector = ?", [old.id, new.id])
    for table in ("sheet_row", "canvass_fact", "leave_alone"):
        raw.execute(f"UPDATE {table} SET elector = ? WHERE elector = ?", [old.id, new.id])
