"""Members and contacts in the store: pages, single records and counts; the order of a list is made in `spines.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dpdesk.domain.folding import plain_email, sort_name
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import CODES, STORED, Kind, Member
from dpdesk.store.search import forget_person, index_people, search_row
from dpdesk.store.spines import young
from dpdesk.store.standing import standing
from dpdesk.store.tables import consent, member

_STORED = [member.c[name] for name in STORED]
INSERTED = ("row", "id", "kind", *CODES, "added", "changed", "sort_name", "match_email")


_PAGE = f"SELECT {', '.join(STORED)} FROM member WHERE row IN ({{}})"
_ROW = STORED.index("row")
_KIND = STORED.index("kind")
_AT_ONCE = 5000


def page(connection: Connection, rows: Sequence[int]) -> list[Member]:
    """The people in those rows, in that order; rows that are gone are left out. Plain SQL: scrolling waits for it."""
    found: dict[int, Member] = {}
    cursor = connection.connection.cursor()
    for at in range(0, len(rows), _AT_ONCE):
        some = list(rows[at:at + _AT_ONCE])
        cursor.execute(_PAGE.format(",".join("?" * len(some))), some)
        found.update((row[_ROW], _plain(row)) for row in cursor.fetchall())
    return [found[row] for row in rows if row in found]


_KINDS = {kind.value: kind for kind in Kind}


def _plain(row: tuple) -> Member:
    return Member(*row[:_KIND], _KINDS[row[_KIND]], *row[_KIND + 1:])


def _member(row) -> Member:
    return _plain(tuple(row))


def get(connection: Connection, person: str) -> Member | None:
    """One person by identity."""
    row = connection.execute(select(*_STORED).where(member.c.id == person)).first()
    return _member(row) if row else None


def by_ids(connection: Connection, people: Sequence[str]) -> list[Member]:
    """The people of those identities who are there, in no order."""
    found: list[Member] = []
    for at in range(0, len(people), _AT_ONCE):
        query = select(*_STORED).where(member.c.id.in_(people[at:at + _AT_ONCE]))
        found += map(_member, connection.execute(query))
    return found


_COMPARED = "id, forename, known_as, surname, email, mobile, landline, date_of_birth, postcode, address1, number"


def comparable(connection: Connection) -> list[tuple]:
    """Of everybody: identity, names, addresses, birthday and number, for telling twins."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT {_COMPARED} FROM member ORDER BY row")
    return cursor.fetchall()


def by_number(connection: Connection, number: str, kind: Kind = Kind.MEMBER) -> Member | None:
    """The member with that membership number, or the contact who once had it."""
    row = connection.execute(select(*_STORED).where(member.c.kind == kind.value, member.c.number == number)
                             ).first()
    return _member(row) if row else None


def next_row(connection: Connection) -> int:
    """The first free row number."""
    return (connection.execute(select(func.max(member.c.row))).scalar() or 0) + 1


def derived(values: Mapping[str, str]) -> dict[str, str]:
    """The columns that follow from the others."""
    email = values.get("email") or ""
    return {"sort_name": sort_name(values.get("surname") or "", values.get("forename") or ""),
            "match_email": plain_email(email) if email else ""}


def add(connection: Connection, kind: Kind, values: Mapping[str, str], seq: int, person: str = "") -> Member:
    """One new person, searchable at once."""
    full = {code: values.get(code, "") for code in CODES}
    row = next_row(connection)
    stored = {"row": row, "id": person or new_id(), "kind": kind.value, **full, "added": seq, "changed": seq}
    connection.execute(insert(member), [{**stored, **derived(full)}])
    index_people(connection, [(row, *search_row(full))])
    return Member(**{**stored, "kind": kind})


def change(connection: Connection, person: Member, values: Mapping[str, str], seq: int) -> Member:
    """Store changed fields of one person; `kind` may be among them."""
    full = {**person.values(), **values}
    connection.execute(update(member).where(member.c.id == person.id)
                       .values({**values, **derived(full), "changed": seq}))
    index_people(connection, [(person.row, *search_row(full))])
    return Member(**{**person.__dict__, **values, "kind": Kind(values.get("kind", person.kind)), "changed": seq})


def remove(connection: Connection, person: Member) -> None:
    """Take one person out (the undo of an addition)."""
    connection.execute(delete(member).where(member.c.id == person.id))
    forget_person(connection, person.row)


def count_by_status(connection: Connection) -> dict[tuple[str, str], int]:
    """How many people of each (kind, status)."""
    query = select(member.c.kind, member.c.status, func.count()).group_by(member.c.kind, member.c.status)
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def count_born_after(connection: Connection, day: str) -> int:
    """Members born after `day`."""
    query = select(func.count()).where(*young(Kind.MEMBER.value, day))
    return connection.execute(query).scalar() or 0


def count_with_consent(connection: Connection, channel: str, today: str) -> int:
    """Members with a consent for `channel` in force on `today`."""
    query = (select(func.count(consent.c.person.distinct())).select_from(consent)
             .join(member, member.c.id == consent.c.person)
             .where(consent.c.channel == channel, *standing(consent, today), member.c.kind == Kind.MEMBER.value))
    return connection.execute(query).scalar() or 0


def names(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    """The names of people by identity, for showing who an entry is about."""
    query = select(member.c.id, member.c.forename, member.c.known_as, member.c.surname).where(
        member.c.id.in_(bindparam("people", expanding=True)))
    return {row.id: " ".join(filter(None, (row.known_as or row.forename, row.surname)))
            for row in connection.execute(query, {"people": list(people)})}
