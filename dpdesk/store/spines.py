"""Spines: the row numbers of everybody a query asks for, in its order, eight bytes each.

Two ways through the store. What an index holds whole (kind, status, order, who consented) is read from it. Every other filter
reads the records once, in their own order: 80,000 in some 40 ms, where following the index of names costs ten times that.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from dpdesk.domain.post_states import REACHED
from dpdesk.domain.queries import NAMED, UNSET, Query
from dpdesk.store.capacities import stands
from dpdesk.store.standing import standing
from dpdesk.store.tables import audit, capacity, consent, enquiry, mail_recipient, member, sharing

SORTS = {"name": (member.c.sort_name,), "number": (member.c.number,), "postcode": (member.c.postcode,),
         "joined": (member.c.joined_on,), "status": (member.c.status, member.c.sort_name)}
_READ = (*NAMED, "postcode", "joined_since", "joined_until", "renewal_before", "changed_since")

_REACHED = tuple(sorted(each.value for each in REACHED))


class Moment(NamedTuple):
    """What a query means now: today, the birthday after which people are young, the last entry before `changed_since`, the instant
    (UTC) at which the day `quiet_since` begins."""

    today: str
    born_after: str = ""
    changed_after: int = 0
    quiet_from: str = ""


def spine(connection: Connection, query: Query, now: Moment, among: Sequence[int] | None = None) -> array:
    """Row numbers of everybody asked for, in order; with `among` only those of them. `text` and the archive are the caller's."""
    columns = SORTS[query.sort]
    order = [c.desc() for c in (*columns, member.c.row)] if query.descending else [*columns, member.c.row]
    asked = select(member.c.row).where(*_conditions(query, now, among)).order_by(*order)
    compiled = asked.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    cursor = connection.connection.cursor()
    cursor.execute(str(compiled), [compiled.params[name] for name in compiled.positiontup or ()])
    rows = array("q")
    while batch := cursor.fetchmany(20_000):
        rows.extend([row[0] for row in batch])
    return rows


def entry_before(connection: Connection, instant: str) -> int:
    """The last entry of the log before an instant (UTC, ISO), 0 where there is none."""
    query = select(audit.c.seq).where(audit.c.at < instant).order_by(audit.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or 0


_VALUES = f"SELECT {', '.join(NAMED)} FROM member WHERE coalesce(kind, '') = ?"


def values_of(connection: Connection, kind: str, limit: int) -> dict[str, list[str]]:
    """The values each field of NAMED has among people of a kind, the most frequent `limit`, by name: one look at each record."""
    cursor, together = connection.connection.cursor(), Counter[tuple[str, ...]]()
    cursor.execute(_VALUES, (kind,))
    while batch := cursor.fetchmany(20_000):
        together.update(batch)
    found: dict[str, list[str]] = {}
    for at, code in enumerate(NAMED):
        counted = Counter[str]()
        for values, n in together.items():
            counted[values[at]] += n
        del counted[""]
        found[code] = sorted((value for value, _n in counted.most_common(limit)), key=str.casefold)
    return found


def capacities(connection: Connection, today: str) -> list[str]:
    """The capacities in which anybody stands now."""
    return list(connection.execute(select(capacity.c.capacity).where(stands(today)).distinct()
                                   .order_by(capacity.c.capacity)).scalars())


def young(kind: str, born_after: str) -> list[ColumnElement]:
    """Few people are young: the expression around `kind` keeps the planner to the index of birthdays."""
    return [func.coalesce(member.c.kind, "") == kind, member.c.date_of_birth != "", member.c.date_of_birth > born_after]


def _conditions(query: Query, now: Moment, among: Sequence[int] | None) -> list[ColumnElement]:
    if query.flag == "under_18":
        found = young(query.kind.value, now.born_after)
    elif any(getattr(query, code) for code in _READ):
        found = [func.coalesce(member.c.kind, "") == query.kind.value]  # no index: the records are read in their own order
    else:
        found = [member.c.kind == query.kind.value]
    found += _status(query) + _fields(query) + _days(query, now) + _sets(query, now)
    if among is not None:
        found.append(member.c.row.in_(list(among)))
    return found


def _status(query: Query) -> list[ColumnElement]:
    if not query.status:
        return []
    read = any(getattr(query, code) for code in _READ)
    return [(func.coalesce(member.c.status, "") if read else member.c.status) == query.status]


def _fields(query: Query) -> list[ColumnElement]:
    found: list[ColumnElement] = []
    for code in NAMED:
        if wanted := getattr(query, code):
            found.append(member.c[code] == "" if wanted == UNSET else
                         or_(member.c[code] == wanted, func.lower(member.c[code]) == _lower(wanted)))
    if query.postcode:
        low = query.postcode.upper()
        column = func.coalesce(member.c.postcode, "")
        found += [column >= low, column < low + "\U0010ffff"]
    return found


def _lower(text: str) -> str:
    """As SQLite's own `lower`, which knows the letters of ASCII alone."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def _days(query: Query, now: Moment) -> list[ColumnElement]:
    joined, renewal = func.coalesce(member.c.joined_on, ""), member.c.renewal_on
    found: list[ColumnElement] = []
    if query.joined_since:
        found.append(joined >= query.joined_since)
    if query.joined_until:
        found += [joined != "", joined <= query.joined_until]
    if query.renewal_before:
        found += [renewal != "", renewal < query.renewal_before]
    if query.changed_since:
        found.append(member.c.changed > now.changed_after)
    return found


def _sets(query: Query, now: Moment) -> list[ColumnElement]:
    """Filters by what hangs on people: row numbers from two indexes, without a look at the records."""
    row = member.c.row
    found: list[ColumnElement] = []
    if query.consent:
        found.append(row.in_(_rows(consent, *_consenting(query.consent, now.today))))
    if query.no_consent:
        found.append(row.not_in(_rows(consent, *_consenting(query.no_consent, now.today))))
    if query.flag == "no_email_consent" and query.no_consent != "email":
        found.append(row.not_in(_rows(consent, *_consenting("email", now.today))))
    if query.shares_with:
        found.append(row.in_(_rows(sharing, sharing.c.body == query.shares_with, *standing(sharing, now.today))))
    if query.capacity:
        found.append(row.in_(_rows(capacity, capacity.c.capacity == query.capacity, stands(now.today))))
    if query.quiet_since:
        found.append(row.not_in(_rows(mail_recipient, mail_recipient.c.outcome.in_(_REACHED), mail_recipient.c.at >= now.quiet_from)))
        found.append(row.not_in(_rows(enquiry, enquiry.c.last_contact_on >= query.quiet_since)))
    return found


def _consenting(channel: str, today: str) -> list[ColumnElement]:
    return [consent.c.channel == channel, *standing(consent, today)]


def _rows(table, *conditions: ColumnElement) -> Select:
    person = member.alias()
    return select(person.c.row).join(table, table.c.person == person.c.id).where(*conditions)
