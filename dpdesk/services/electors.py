"""What an officer sees of the register: the list, one elector, and the polling day they are shown for. Nobody too young is shown."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dpdesk.domain.electors import Elector, ElectorNumber
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.roles import Right
from dpdesk.services.register import polling_day, shown_born_by
from dpdesk.services.session import Session, today

SEARCH_LIMIT = 200
FLAGS = ("attainers", "absent", "other", "anonymous")
_FARTHEST = 550  # days to a polling day


@dataclass(frozen=True)
class Query:
    """Which electors and in which order. `flag` is one of FLAGS; `text` searches, and then the order is by fit."""

    district: str = ""
    flag: str = ""
    sort: str = "number"
    descending: bool = False
    text: str = ""


@dataclass(frozen=True)
class Row:
    """An elector in a list: `absent` how they vote otherwise, `attainer` whether they are too young to vote on polling day."""

    elector: Elector
    absent: tuple[str, ...] = ()
    attainer: bool = False


@dataclass(frozen=True)
class Counts:
    """The sentence of state of the register page."""

    electors: int
    districts: Mapping[str, int] = field(default_factory=dict)
    hidden: int = 0
    anonymous: int = 0
    other: int = 0
    attainers: int = 0
    absent: int = 0
    uncertain: int = 0
    due: int = 0
    polling_day: str = ""


@dataclass(frozen=True)
class Record:
    """All that is on record of one elector; `person` is the identity of the member or contact they are, `votes` (day, mark)."""

    row: Row
    earlier: tuple[tuple[ElectorNumber, int], ...]
    votes: tuple[tuple[str, str], ...]
    home: tuple[Elector, ...]
    person: str = ""
    person_name: str = ""
    person_kind: str = ""


def spine(session: Session, query: Query) -> array:
    """Row numbers in display order; with `text` the best fits first, at most SEARCH_LIMIT."""
    from dpdesk.store import electors
    session.require(Right.REGISTER_SEE)
    born = shown_born_by(session)
    wanted = electors.Wanted(born, query.district, query.flag if query.flag in ("other", "anonymous") else "",
                             polling_day(session).isoformat() if query.flag == "attainers" else "", query.flag == "absent", query.sort,
                             query.descending)
    with session.desk.read() as connection:
        if not query.text.strip():
            return electors.spine(connection, wanted)
        found = electors.find(connection, query.text, born, SEARCH_LIMIT)
        allowed = set(electors.spine(connection, wanted)) if query.district or query.flag else None
    return array("q", [row for row in found if allowed is None or row in allowed])


def rows(session: Session, numbers: Sequence[int]) -> list[Row]:
    """The electors in those rows, in that order."""
    from dpdesk.store import electors
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        return _rows(session, connection, electors.page(connection, numbers, shown_born_by(session)))


def _rows(session: Session, connection, found: Sequence[Elector]) -> list[Row]:
    from dpdesk.store import register_files
    absent, day = register_files.absent_of(connection, [each.id for each in found]), polling_day(session)
    return [Row(each, absent.get(each.id, ()), each.attains_after(day)) for each in found]


def search(session: Session, text: str, limit: int = 20) -> list[Row]:
    """The best fits to a number, a postcode, or words of name and address."""
    return rows(session, list(spine(session, Query(text=text)))[:limit])


def get(session: Session, identity: str) -> Record:
    """One elector by identity or number; raises `NotFound`, also for one who is too young to be shown."""
    from dpdesk.domain.electors import read_number
    from dpdesk.store import electors, register_files, register_links
    session.require(Right.REGISTER_SEE)
    born = shown_born_by(session)
    with session.desk.read() as connection:
        found = next(iter(electors.by_ids(connection, [identity], born)), None)
        if found is None and (key := read_number(identity)) is not None:
            found = electors.numbered(connection, key, born)
        if found is None:
            raise NotFound("elector", identity)
        votes = tuple(register_files.said_of(connection, found.id)[1])
        earlier = tuple((ElectorNumber(*number), year) for *number, year in register_files.numbers_of(connection, found.id))
        linked = register_links.person_of(connection, found.id) if session.may(Right.MEMBERS_SEE) else None
        home = tuple(electors.neighbours(connection, found, born))
        return Record(_rows(session, connection, [found])[0], earlier, votes, home, *(linked or ()))


def counts(session: Session) -> Counts:
    """The numbers of the list."""
    from dpdesk.services import register_files as files
    from dpdesk.store import electors, register_files
    session.require(Right.REGISTER_SEE)
    born, day = shown_born_by(session), polling_day(session)
    with session.desk.read() as connection:
        found = electors.counts(connection, born, day.isoformat())
        districts = dict(electors.districts(connection, born))
        uncertain = register_files.count_follows(connection)
    return Counts(found["all"], districts, found["hidden"], found["anonymous"], found["other"], found["attainers"], found["absent"],
                  uncertain,
                  len(files.due(session)), session.desk.setting("polling_day"))


def set_polling_day(session: Session, day: str) -> None:
    """The polling day electors are shown for: who is old enough by then. "" for today; raises `Invalid`."""
    from dpdesk.services.settings import _set
    session.require(Right.REGISTER_IMPORT)
    if day:
        try:
            wanted = date.fromisoformat(day)
        except ValueError:
            raise Invalid({"polling_day": "date_bad"}) from None
        if not today() <= wanted <= today() + timedelta(days=_FARTHEST):
            raise Invalid({"polling_day": "out_of_range"})
    _set(session, "polling_day", day)
