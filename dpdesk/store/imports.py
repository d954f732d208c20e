"""A list on its way into the store: what is there to match, and writing many people at once as fast as the database can."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat

from sqlalchemy import Connection, func, select

from dpdesk.domain.contacting import Method
from dpdesk.domain.folding import fold, plain_email, sort_name
from dpdesk.domain.ids import new_ids
from dpdesk.domain.imports import Missing
from dpdesk.domain.members import CODES, Kind, Status
from dpdesk.store.members import INSERTED, next_row
from dpdesk.store.search import INSERT, index_people, search_row, sounds
from dpdesk.store.tables import MEMBER_INDEXES, archive, audit, consent, member

_BATCH = 5_000
_MANY = 2_000
Step = Callable[[int], None]
_KEYS = (member.c.row, member.c.number, member.c.match_email, member.c.sort_name, member.c.postcode,
         member.c.date_of_birth)
_FULL = (member.c.row, member.c.id, *(member.c[code] for code in CODES))


def _stream(connection: Connection, columns: Sequence, kind: Kind) -> Iterator[tuple]:
    """Rows of all people of a kind as plain tuples."""
    query = select(*columns).where(member.c.kind == kind.value)
    compiled = query.compile(dialect=connection.dialect)
    cursor = connection.connection.cursor()
    cursor.execute(str(compiled), [compiled.params[name] for name in compiled.positiontup or ()])
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def last_seq(connection: Connection) -> int:
    """The number of the last entry of the audit log: what a plan was worked out at."""
    return connection.execute(select(func.max(audit.c.seq))).scalar() or 0


def count(connection: Connection) -> int:
    """How many members the desk has."""
    return connection.execute(select(func.count()).where(member.c.kind == Kind.MEMBER.value)).scalar() or 0


def matchable(connection: Connection, kind: Kind = Kind.MEMBER) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Of everybody of a kind: (row, number, mailbox, folded name, postcode, date of birth)."""
    return _stream(connection, _KEYS, kind)


def people(connection: Connection, rows: Container[int], kind: Kind = Kind.MEMBER) -> Iterator[tuple]:
    """Of everybody of a kind whose row is in `rows`: (row, id, *fields in the order of CODES)."""
    return (person for person in _stream(connection, _FULL, kind) if person[0] in rows)


_STANDING = (Status.CURRENT.value, Status.PENDING.value, Status.ARREARS.value)


def missing(connection: Connection, named: Container[int], day: str) -> list[Missing]:
    """Standing members whom a list of `day` does not name, by name: not those who joined, or came onto the desk, after it."""
    query = (select(member.c.row, member.c.id, member.c.number, member.c.forename, member.c.surname, member.c.status,
                    member.c.joined_on)
             .join(audit, audit.c.seq == member.c.added, isouter=True)
             .where(member.c.kind == Kind.MEMBER.value, member.c.status.in_(_STANDING), member.c.joined_on <= day,
                   member.c.row.not_in(select(archive.c.row)),
                    func.coalesce(audit.c.at, "") < f"{day}T99")
             .order_by(member.c.sort_name, member.c.row))
    return [Missing(row.row, row.id, row.number, " ".join(filter(None, (row.forename, row.surname))), row.status, row.joined_on)
            for row in connection.execute(query) if row.row not in named]


def consents_known(connection: Connection) -> dict[tuple[str, str], bool]:
    """(person, channel) -> whether one was not withdrawn; False where all were. One that has ended is not renewed by a list."""
    found: dict[tuple[str, str], bool] = {}
    for row in connection.execute(select(consent.c.person, consent.c.channel, consent.c.withdrawn_on)):
        found[row[0], row[1]] = found.get((row[0], row[1]), False) or not row[2]
    return found


def derived_columns(surnames: Sequence[str], forenames: Sequence[str], emails: Sequence[str]
                    ) -> tuple[list[str], list[str]]:
    """(folded names, mailboxes) of many rows at once, as `store.members.derived` makes them one by one."""
    return list(map(sort_name, surnames, forenames)), [plain_email(email) if email else "" for email in emails]


def add_people(connection: Connection, people: Mapping[str, Sequence[str]], names: Sequence[str], mails: Sequence[str],
               seq: int, digest, step: Step) -> list[str]:
    """Insert new members, given as columns in the order of CODES; returns their identities.

    Every value goes into `digest`: batch by batch, column by column.
    """
    first, total = next_row(connection), len(names)
    ids = sorted(new_ids(total))  # of one moment: in order, so that indexes grow at their end
    raw = connection.connection.cursor()
    search = SearchRows()
    with _many(connection, raw, first - 1, total):
        for at in range(0, total, _BATCH):
            some = slice(at, min(at + _BATCH, total))
            columns = {code: people[code][some] for code in CODES}
            digest.update("\x1e".join(map("\x1f".join, columns.values())).encode() + b"\x1d")
            numbers = range(first + at, first + some.stop)
            raw.executemany(_INSERT_NEW, zip(
                numbers, ids[some], repeat(Kind.MEMBER.value), *columns.values(), repeat(seq), repeat(seq), names[some],
                mails[some]))
            raw.executemany(_INDEX_NEW, zip(numbers, *search.columns(columns), strict=True))
            step(len(numbers))
    return ids


@contextmanager
def _many(connection: Connection, raw, present: int, coming: int) -> Iterator[None]:
    """Many rows at once: indexes are built after them, and more is gathered in memory before it is written."""
    if coming <= _MANY or coming <= 2 * present:
        yield
        return
    (cache,) = raw.execute("PRAGMA cache_size").fetchone()
    raw.execute(f"PRAGMA cache_size = -{_CACHE}")
    raw.execute(_SEARCH_HASH, (_HASH_MOST,))
    for index in MEMBER_INDEXES:
        index.drop(connection)
    try:
        yield
        raw.execute(_SEARCH_HASH, (_HASH_USUAL,))
        for index in MEMBER_INDEXES:
            index.create(connection)
    finally:
        raw.execute(f"PRAGMA cache_size = {cache}")


_CACHE = 160 << 10  # KiB
_INSERT_NEW = "INSERT INTO member ({}) VALUES ({})".format(", ".join(f'"{name}"' for name in INSERTED),
                                                           ", ".join("?" * len(INSERTED)))
_SEARCH_HASH = "INSERT INTO member_search(member_search, rank) VALUES ('hashsize', ?)"  # how much it gathers before writing
_HASH_USUAL, _HASH_MOST = 1 << 20, 16 << 20
_INDEX_NEW = INSERT.replace("INSERT OR REPLACE", "INSERT")  # nothing can stand there yet


def _quoted(name: str) -> str:
    return f'"{name}"'


def change_people(connection: Connection, changes: Sequence[tuple[int, Mapping[str, str], Mapping[str, str]]], seq: int,
                  step: Step) -> None:
    """Store changed people: (row, all values before, changed values, of which one may be their kind)."""
    raw = connection.connection.cursor()
    by_fields: dict[tuple[str, ...], list[tuple]] = {}
    indexed = []
    for row, before, changed in changes:
        full = {**before, **changed}
        mail = plain_email(full["email"]) if full["email"] else ""
        by_fields.setdefault(tuple(changed), []).append(
            (*changed.values(), seq, sort_name(full["surname"], full["forename"]), mail, row))
        indexed.append((row, *search_row(full)))
    for fields, values in by_fields.items():
        assignments = ", ".join(f"{_quoted(name)} = ?" for name in (*fields, "changed", "sort_name", "match_email"))
        statement = f'UPDATE member SET {assignments} WHERE "row" = ?'
        for at in range(0, len(values), _BATCH):
            raw.executemany(statement, values[at:at + _BATCH])
            step(len(values[at:at + _BATCH]))
    index_people(connection, indexed)


def add_consents(connection: Connection, given: Iterable[tuple[str, str, str]], day: str, evidence: str, seq: int,
                 expires_on: str = "") -> None:
    """Consents a list claims: (person, channel, wording), given on `day`, with the list as evidence."""
    rows = list(given)
    connection.connection.cursor().executemany(
        "INSERT INTO consent (id, person, channel, given_on, method, wording, evidence, seq, expires_on) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(identity, person, channel, day, Method.IMPORTED.value, wording, evidence, seq, expires_on)
         for identity, (person, channel, wording) in zip(sorted(new_ids(len(rows))), rows, strict=True)])


class SearchRows:
    """The words `search.search_row` gives of each person, made column by column and remembering what a text gave."""

    _MOST = 100_000

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}
        self._voiced: dict[str, str] = {}
        self._tight: dict[str, str] = {}
        self._called: dict[str, str] = {}

    def columns(self, columns: Mapping[str, Sequence[str]]) -> tuple[Iterable[str], ...]:
        """The columns name, number, mail, phone, place and sound for people given as columns."""
        names = [self._learnt(self._folded, columns[code], fold) for code in ("forename", "known_as", "surname")
                 if any(columns[code])]
        places = [self._learnt(self._folded, columns[code], fold) for code in
                  ("address1", "address2", "town", "ward", "postcode") if any(columns[code])]
        places.append(self._learnt(self._tight, columns["postcode"], _tight))
        sounding = [self._learnt(self._voiced, column, _voiced) for column in names]
        numbers = [number if number.isascii() and number.isdigit() else fold(number) for number in columns["number"]]
        phones = [self._learnt(self._called, columns[code], _called) for code in ("mobile", "landline")]
        return (_side_by_side(names, numbers), numbers, map(str.casefold, columns["email"]), _side_by_side(phones, numbers),
                _side_by_side(places, numbers), _side_by_side(sounding, numbers))

    def _learnt(self, known: dict[str, str], texts: Sequence[str], learn: Callable[[str], str]) -> list[str]:
        if len(known) > self._MOST:
            known.clear()
        for text in set(texts).difference(known):
            known[text] = learn(text)
        return list(map(known.__getitem__, texts))


def _side_by_side(columns: Sequence[Sequence[str]], rows: Sequence) -> Iterable[str]:
    return map(" ".join, zip(*columns, strict=True)) if columns else repeat("", len(rows))


def _voiced(name: str) -> str:
    return " ".join(filter(None, map(sounds, name.split())))


def _tight(postcode: str) -> str:
    return fold(postcode).replace(" ", "")


def _called(number: str) -> str:
    """A number as people type it, and its last six digits."""
    national = f"0{number[3:]}" if number.startswith("+44") else number.removeprefix("+")
    return f"{national} {national[-6:]}" if national else ""
