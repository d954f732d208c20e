"""What was learnt at the door, in the store: facts that are only added and ended, second entries, and what is counted of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.campaigns import Outcome, Strength
from dpdesk.domain.results import REACHED, Fact, Second, Source
from dpdesk.store.tables_register import elector
from dpdesk.store.tables_results import canvass_fact, canvass_second

_NAMES = tuple(Fact.__dataclass_fields__)
_AT_ONCE = 5_000


def add(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add facts."""
    if facts:
        connection.execute(insert(canvass_fact), [
            {**{name: getattr(each, name) for name in _NAMES}, "outcome": each.outcome.value, "strength": each.strength.value,
             "wont": json.dumps(each.wont), "answers": json.dumps(each.answers), "voted": int(each.voted), "source": each.source.value}
            for each in facts])


def _fact(row) -> Fact:
    values = {name: row._mapping[name] for name in _NAMES}
    return Fact(**{**values, "outcome": Outcome(row.outcome), "strength": Strength(row.strength), "wont": tuple(json.loads(row.wont)),
                   "answers": tuple(json.loads(row.answers)), "voted": bool(row.voted), "source": Source(row.source)})


def of_sheet(connection: Connection, sheet: str, page: int = 0) -> dict[tuple[int, int], Fact]:
    """The facts in force of a sheet, or of one of its pages, by (page, line)."""
    query = select(canvass_fact).where(canvass_fact.c.sheet == sheet, canvass_fact.c.ended == 0)
    rows = connection.execute(query.where(canvass_fact.c.page == page) if page else query)
    return {(row.page, row.line): _fact(row) for row in rows}


def of_elector(connection: Connection, elector: str) -> list[Fact]:
    """The facts in force of an elector, the newest first."""
    query = select(canvass_fact).where(canvass_fact.c.elector == elector, canvass_fact.c.ended == 0)
    return [_fact(row) for row in connection.execute(query.order_by(canvass_fact.c.taken_on.desc(), canvass_fact.c.seq.desc()))]


def get(connection: Connection, identity: str) -> Fact | None:
    """One fact, also one that has ended."""
    row = connection.execute(select(canvass_fact).where(canvass_fact.c.id == identity)).first()
    return _fact(row) if row else None


def newest_of(connection: Connection, sheet: str, page: int, officer: str) -> Fact | None:
    """The fact an officer entered last on a page."""
    query = select(canvass_fact).where(canvass_fact.c.sheet == sheet, canvass_fact.c.page == page, canvass_fact.c.ended == 0,
                                       canvass_fact.c.entered_by == officer).order_by(canvass_fact.c.seq.desc(), canvass_fact.c.id.desc())
    row = connection.execute(query.limit(1)).first()
    return _fact(row) if row else None


def entered_with(connection: Connection, seq: int) -> list[Fact]:
    """The facts in force of one entry of the log."""
    return [_fact(row) for row in connection.execute(select(canvass_fact).where(canvass_fact.c.seq == seq, canvass_fact.c.ended == 0))]


def end(connection: Connection, identities: Iterable[str], seq: int) -> None:
    """Facts count no more: they were replaced or taken back."""
    for identity in identities:
        connection.execute(update(canvass_fact).where(canvass_fact.c.id == identity).values(ended=seq))


def stand_again(connection: Connection, identities: Iterable[str]) -> None:
    """Facts count again that were replaced."""
    for identity in identities:
        connection.execute(update(canvass_fact).where(canvass_fact.c.id == identity).values(ended=0))


def verify(connection: Connection, identities: Iterable[str], officer: str, at: str, how: str) -> None:
    """Note who checked facts, when and how."""
    for identity in identities:
        connection.execute(update(canvass_fact).where(canvass_fact.c.id == identity).values(verified_by=officer, verified_at=at,
                                                                                            verified_how=how))


def add_second(connection: Connection, new: Second, seq: int) -> None:
    """Keep what a second person read."""
    values = {name: getattr(new, name) for name in Second.__dataclass_fields__}
    connection.execute(insert(canvass_second), [{**values, "answers": json.dumps(new.answers), "seq": seq}])


def drop_second(connection: Connection, sheet: str, page: int, line: int) -> None:
    """A row is read a second time anew."""
    connection.execute(canvass_second.delete().where(canvass_second.c.sheet == sheet, canvass_second.c.page == page,
                                                     canvass_second.c.line == line))


def _second(row) -> Second:
    return Second(row.id, row.sheet, row.page, row.line, row.raw, tuple(json.loads(row.answers)), row.note, row.entered_by, row.entered_at,
                  row.kept)


def seconds(connection: Connection, sheet: str = "", page: int = 0, *, open_only: bool = False) -> list[Second]:
    """Second entries in the order of their sheets: all, of a sheet, of a page, those that differ and are not settled."""
    query = select(canvass_second).order_by(canvass_second.c.sheet, canvass_second.c.page, canvass_second.c.line)
    for column, value in ((canvass_second.c.sheet, sheet), (canvass_second.c.page, page)):
        if value:
            query = query.where(column == value)
    return [_second(row) for row in connection.execute(query.where(canvass_second.c.kept == "") if open_only else query)]


def second(connection: Connection, identity: str) -> Second | None:
    """One second entry."""
    row = connection.execute(select(canvass_second).where(canvass_second.c.id == identity)).first()
    return _second(row) if row else None


def settle(connection: Connection, identity: str, kept: str, officer: str, at: str) -> None:
    """Note which of two entries holds."""
    connection.execute(update(canvass_second).where(canvass_second.c.id == identity).values(kept=kept, settled_by=officer, settled_at=at))


def last_reached(connection: Connection, electors: Sequence[str]) -> dict[str, str]:
    """The last day on which somebody opened, of those electors to whom that happened."""
    found: dict[str, str] = {}
    wanted = [each.value for each in REACHED]
    for at in range(0, len(electors), _AT_ONCE):
        rows = connection.execute(select(canvass_fact.c.elector, func.max(canvass_fact.c.taken_on)).where(
            canvass_fact.c.elector.in_(electors[at:at + _AT_ONCE]), canvass_fact.c.ended == 0,
            canvass_fact.c.outcome.in_(wanted)).group_by(canvass_fact.c.elector))
        found.update((row[0], row[1]) for row in rows)
    return found


def last_intentions(connection: Connection, electors: Sequence[str], since: str = "") -> dict[str, tuple[str, str, str]]:
    """(party, strength, day) of the newest intention of electors, of those taken since a day."""
    found: dict[str, tuple[str, str, str]] = {}
    for at in range(0, len(electors), _AT_ONCE):
        fact = canvass_fact.c
        rows = connection.execute(select(fact.elector, fact.party, fact.strength, fact.taken_on).where(
            fact.elector.in_(electors[at:at + _AT_ONCE]), fact.ended == 0, fact.taken_on >= since,
            (fact.party != "") | (fact.strength != "")).order_by(fact.taken_on, fact.seq))
        found.update((row[0], (row[1], row[2], row[3])) for row in rows)
    return found


def counted(connection: Connection, campaign: str = "", since: str = "") -> list[tuple]:
    """(elector, district, day, outcome, party, strength) of every fact in force, oldest first."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT elector, district, taken_on, outcome, party, strength FROM canvass_fact WHERE ended = 0 AND taken_on >= ? "
                   f"{'AND campaign = ?' if campaign else ''} ORDER BY taken_on, seq", [since, *([campaign] if campaign else [])])
    return cursor.fetchall()


def ticked(connection: Connection, since: str = "") -> list[tuple[str, str, list[str]]]:
    """(campaign, elector, letters of questions ticked) of facts in force that have any, oldest first."""
    fact = canvass_fact.c
    rows = connection.execute(select(fact.campaign, fact.elector, fact.answers).where(
        fact.ended == 0, fact.taken_on >= since, fact.answers != "[]").order_by(fact.taken_on, fact.seq))
    return [(row.campaign, row.elector, json.loads(row.answers)) for row in rows]


def of_people(connection: Connection, campaign: str, since: str, born_by: str) -> list[tuple]:
    """(elector, row and district on today's register, outcome, party, strength) of facts in force of electors shown, oldest first."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT f.elector, e.\"row\", e.district, f.outcome, f.party, f.strength FROM canvass_fact f JOIN elector e ON e.id = "
                   "f.elector WHERE f.ended = 0 AND f.taken_on >= ? AND e.gone + 0 = 0 AND coalesce(e.born_on, '') <= ? "
                   f"{'AND f.campaign = ?' if campaign else ''} ORDER BY f.taken_on, f.seq",
                   [since, born_by, *([campaign] if campaign else [])])
    return cursor.fetchall()


def voted(connection: Connection, campaign: str, electors: Sequence[str]) -> set[str]:
    """Which electors are said to have voted in a campaign."""
    found: set[str] = set()
    for at in range(0, len(electors), _AT_ONCE):
        found |= set(connection.execute(select(canvass_fact.c.elector).where(
            canvass_fact.c.elector.in_(electors[at:at + _AT_ONCE]), canvass_fact.c.ended == 0, canvass_fact.c.voted == 1,
            canvass_fact.c.campaign == campaign)).scalars())
    return found


def due(connection: Connection, before: str) -> list[tuple[str, str]]:
    """(identity, day) of facts with a name from before a day."""
    return [tuple(row) for row in connection.execute(select(canvass_fact.c.id, canvass_fact.c.taken_on).where(
        canvass_fact.c.elector != "", canvass_fact.c.taken_on < before).order_by(canvass_fact.c.taken_on))]


def make_nameless(connection: Connection, identities: Sequence[str] = (), electors: Sequence[str] = ()) -> int:
    """Take the name off facts, and what would lead back to it: the counts stay. How many."""
    nameless = {"elector": "", "sheet": "", "page": 0, "line": 0, "note": "", "before": "", "taken_by": ""}
    changed = 0
    for column, wanted in ((canvass_fact.c.id, identities), (canvass_fact.c.elector, electors)):
        for at in range(0, len(wanted), _AT_ONCE):
            mine = (column.in_(wanted[at:at + _AT_ONCE]), canvass_fact.c.elector != "")
            _drop_seconds_of(connection, *mine)
            changed += connection.execute(update(canvass_fact).where(*mine).values(**nameless)).rowcount
    return changed


def _drop_seconds_of(connection: Connection, *mine) -> None:
    """What a second person read on the rows of facts goes with their names: the row would lead back to them."""
    fact, other = canvass_fact.c, canvass_second.c
    there = select(fact.id).where(fact.sheet == other.sheet, fact.page == other.page, fact.line == other.line, fact.sheet != "", *mine)
    connection.execute(canvass_second.delete().where(there.exists()))


def count_of(connection: Connection, electors: Sequence[str]) -> int:
    """How many facts electors have."""
    return connection.execute(select(func.count()).select_from(canvass_fact).where(canvass_fact.c.elector.in_(electors))).scalar() or 0


def drop_orphans(connection: Connection) -> int:
    """Take the name off facts of electors who are gone for good."""
    _drop_seconds_of(connection, canvass_fact.c.elector != "", canvass_fact.c.elector.not_in(select(elector.c.id)))
    cursor = connection.connection.cursor()
    return cursor.execute("UPDATE canvass_fact SET elector = '', sheet = '', page = 0, line = 0, note = '', before = '', taken_by = '' "
                          "WHERE elector <> '' AND elector NOT IN (SELECT id FROM elector)").rowcount
