"""A list on its way into the store: what is there to match, and writing many people at once as fast as the database can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from dpdesk.domain.folding import fold, plain_email, sort_name
from dpdesk.domain.ids import new_ids
from dpdesk.domain.members import CODES, Kind
from dpdesk.store.members import INSERTED, next_row
from dpdesk.store.search import INSERT, index_people, search_row, sounds
from dpdesk.store.tables import MEMBER_INDEXES, audit, consent, member

_BATCH = 5_000
_MANY = 2_000
Step = Callable[[int], None]
_KEYS = (member.c.row, member.c.number, member.c.match_email, member.c.sort_name, member.c.postcode,
         member.c.date_of_birth)
_FULL = (member.c.row, member.c.id, *(member.c[code] for code in CODES))
_AT = {code: at for at, code in enumerate(CODES)}


def _stream(connection: Connection, columns: Sequence) -> Iterator[tuple]:
    """Rows of all members as plain tuples."""
    query = select(*columns).where(member.c.kind == Kind.MEMBER.value)
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


def matchable(connection: Connection) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Of every member: (row, number, mailbox, folded name, postcode, date of birth)."""
    return _stream(connection, _KEYS)


def people(connection: Connection, rows: Mapping[int, object]) -> Iterator[tuple]:
    """Of every member whose row is in `rows`: (row, id, *fields in the order of CODES)."""
    return (person for person in _stream(connection, _FULL) if person[0] in rows)


def consents_known(connection: Connection) -> dict[tuple[str, str], bool]:
    """(person, channel) -> whether a consent stands; False where all were withdrawn."""
    found: dict[tuple[str, str], bool] = {}
    for row in connection.execute(select(consent.c.person, consent.c.channel, consent.c.withdrawn_on)):
        found[row[0], row[1]] = found.get((row[0], row[1]), False) or not row[2]
    return found


def derived_columns(surnames: Sequence[str], forenames: Sequence[str], emails: Sequence[str]
                    ) -> tuple[list[str], list[str]]:
    """(folded names, mailboxes) of many rows at once, as `store.members.derived` makes them one by one."""
    return list(map(sort_name, surnames, forenames)), [plain_email(email) if email else "" for email in emails]


def add_people(connection: Connection, rows: Sequence[tuple[str, ...]], names: Sequence[str], mails: Sequence[str],
               seq: int, digest, step: Step) -> list[str]:
    """Insert new members (values in the order of CODES); returns their identities. Every value goes into `digest`."""
    first = next_row(connection)
    ids = new_ids(len(rows))
    raw = connection.connection.cursor()
    rebuild = len(rows) > _MANY and len(rows) > 2 * (first - 1)
    if rebuild:
        for index in MEMBER_INDEXES:
            index.drop(connection)
    insert = f"INSERT INTO member ({', '.join(map(_quoted, INSERTED))}) VALUES ({', '.join('?' * len(INSERTED))})"
    kind = Kind.MEMBER.value
    for at in range(0, len(rows), _BATCH):
        batch = rows[at:at + _BATCH]
        digest.update("\x1e".join(map("\x1f".join, batch)).encode() + b"\x1d")
        numbers = range(first + at, first + at + len(batch))
        raw.executemany(insert, [
            (number, identity, kind, *values, seq, seq, name, mail) for number, identity, values, name, mail
            in zip(numbers, ids[at:at + _BATCH], batch, names[at:at + _BATCH], mails[at:at + _BATCH], strict=True)])
        raw.executemany(_INDEX_NEW, zip(numbers, *search_columns(batch), strict=True))
        step(len(batch))
    if rebuild:
        for index in MEMBER_INDEXES:
            index.create(connection)
    return ids


_INDEX_NEW = INSERT.replace("INSERT OR REPLACE", "INSERT")  # nothing can stand there yet


def _quoted(name: str) -> str:
    return f'"{name}"'


def change_people(connection: Connection, changes: Sequence[tuple[int, Mapping[str, str], Mapping[str, str]]], seq: int,
                  step: Step) -> None:
    """Store changed members: (row, all values before, changed values)."""
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


def search_columns(rows: Sequence[tuple[str, ...]]) -> tuple[Sequence[str], ...]:
    """What `search_row` says of each row, made column by column."""
    columns = dict(zip(CODES, zip(*rows, strict=True), strict=True))
    names = list(map(_joined, zip(*(_folded(columns[c]) for c in ("forename", "known_as", "surname")), strict=True)))
    places = zip(*(_folded(columns[c]) for c in ("address1", "address2", "town", "ward", "postcode")), strict=True)
    said: dict[str, str] = {}
    for name in set(names):
        said[name] = " ".join(filter(None, map(sounds, name.split())))
    return (names, list(map(fold, columns["number"])), list(map(str.casefold, columns["email"])),
            list(map(_phones, columns["mobile"], columns["landline"])),
            [_place(parts) for parts in places], list(map(said.__getitem__, names)))


def _folded(texts: Sequence[str]) -> list[str]:
    known = {text: fold(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _joined(parts: tuple[str, ...]) -> str:
    return " ".join(filter(None, parts))


def _place(parts: tuple[str, ...]) -> str:
    place, postcode = " ".join(filter(None, parts[:4])), parts[4]
    return f"{place} {postcode} {postcode.replace(' ', '')}" if postcode else place


_DIGITS = re.compile(r"\D")


def _phones(mobile: str, landline: str) -> str:
    words = []
    for number in (mobile, landline):
        if number:
            digits = _DIGITS.sub("", number)
            national = "0" + digits[2:] if digits.startswith("44") else digits
            words += (national, national[-6:])
    return " ".join(words)
