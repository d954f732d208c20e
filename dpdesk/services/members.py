"""What an officer does with members and contacts: find, open, add, edit, see who changed what, undo."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dpdesk.domain.capacities import in_order
from dpdesk.domain.errors import CannotUndo, Invalid, NotFound
from dpdesk.domain.folding import followed
from dpdesk.domain.members import Kind, Member, age_on
from dpdesk.domain.queries import FLAGS, SORTS, Query
from dpdesk.domain.roles import Right
from dpdesk.services.dates import utc_of
from dpdesk.services.session import Session, today

__all__ = ["FLAGS", "SORTS", "Query"]
UNDOABLE = ("member.edited", "member.joined", "member.left")
SEARCH_LIMIT = 200


@dataclass(frozen=True)
class Row:
    """A person in a list: `stopped` are closed channels, `flags` of `under_18`, `child`, `email_bad` (mail to it comes back).

    `capacities` are those they hold, in order; `last_contact` is the day (ISO) of the last word about an enquiry of theirs.
    """

    member: Member
    stopped: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    last_contact: str = ""


@dataclass(frozen=True)
class Counts:
    """The sentence of state of the members page."""

    members: int
    contacts: int
    by_status: Mapping[str, int] = field(default_factory=dict)
    email_consents: int = 0
    under_18: int = 0
    archived: int = 0
    archived_contacts: int = 0


@dataclass(frozen=True)
class Change:
    """Something that happened to a record: (field, before, after) rows; `why_not` a code where it cannot be undone.

    `bulk` says that it is undone for everybody it changed, by `services/bulk.py`.
    """

    seq: int
    at: str
    officer: str
    action: str
    fields: tuple[tuple[str, object, object], ...]
    undoable: bool
    erased: bool = False
    why_not: str = ""


def _years_before(day: date, years: int) -> str:
    try:
        return day.replace(year=day.year - years).isoformat()
    except ValueError:
        return day.replace(year=day.year - years, day=28).isoformat()


def _adult_born(session: Session) -> str:
    return _years_before(today(), session.policy.flag_under)


def spine(session: Session, query: Query) -> array:
    """Row numbers in display order; with `text` the best fits first, at most SEARCH_LIMIT."""
    from dpdesk.services import restricted
    from dpdesk.store import archive, search, spines
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        now, aside = _moment(session, connection, query), archive.rows(connection)
        if hidden := restricted.hidden(session, connection):
            aside = hidden | aside if query.flag != "archived" else aside - hidden
        if not query.text.strip():
            return _apart(spines.spine(connection, query, now), aside, query)
        found = search.find(connection, query.text, (query.kind.value,), SEARCH_LIMIT)
        if query.filters():
            allowed = set(spines.spine(connection, query, now, found))
            found = [row for row in found if row in allowed]
        return _apart(found, aside, query)


def _moment(session: Session, connection, query: Query):
    from dpdesk.store import spines
    changed = spines.entry_before(connection, utc_of(query.changed_since)) if query.changed_since else 0
    quiet = utc_of(query.quiet_since)[:19] if query.quiet_since else ""
    return spines.Moment(today().isoformat(), _adult_born(session), changed, quiet)


def _apart(found: Sequence[int], aside: frozenset[int], query: Query) -> array:
    """Those in the archive where they were asked for, else all but those."""
    if query.flag == "archived":
        return array("q", [row for row in found if row in aside])
    return array("q", [row for row in found if row not in aside]) if aside else array("q", found)


def place_of(session: Session, query: Query, row: int) -> int | None:
    """Where a person stands in a list."""
    listed = spine(session, query)
    try:
        return listed.index(row)
    except ValueError:
        return None


def rows(session: Session, numbers: Sequence[int]) -> list[Row]:
    """The people in those rows, in that order."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return _rows(session, connection, members.page(connection, numbers))


def identities(session: Session, numbers: Sequence[int]) -> list[str]:
    """The identities of the people in those rows, in that order."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return [person.id for person in members.page(connection, numbers)]


def _rows(session: Session, connection, people: Sequence[Member]) -> list[Row]:
    from dpdesk.store import enquiries, replies, restrictions
    from dpdesk.store.stops import Stops
    key, ids = session.desk.key("stops"), [person.id for person in people]
    closed, dead = Stops(connection, key).closed_channels({p.id: p.known_by() for p in people}), replies.dead_among(connection, key, people)
    held, last = _capacities(connection, ids), enquiries.last_contacts(connection, ids)

    barred = restrictions.among(connection, ids)

    def marks(person: Member) -> tuple[str, ...]:
        return (*flags(session, person), *(("email_bad",) if person.id in dead else ()), *(("restricted",) if person.id in barred else ()))
    return [Row(person, closed.get(person.id, frozenset()), marks(person), in_order(held.get(person.id, ())), last.get(person.id, ""))
            for person in people]


def _capacities(connection, people: Sequence[str]) -> dict[str, list[str]]:
    """person -> the capacities they hold today."""
    from dpdesk.store import capacities
    day, found = today().isoformat(), defaultdict(list)
    for each in capacities.among(connection, people):
        if each.stands(day):
            found[each.person].append(each.capacity.value)
    return found


def flags(session: Session, person: Member) -> tuple[str, ...]:
    """`child` under the policy's child age (S1 6.1), else `under_18` under its flagging age."""
    age = age_on(person.date_of_birth, today())
    if age is None or age >= session.policy.flag_under:
        return ()
    return ("child",) if age < session.policy.child_age else ("under_18",)


def search(session: Session, text: str, limit: int = 10, kinds: Sequence[Kind] = tuple(Kind)) -> list[Row]:
    """The best fits to what was typed."""
    from dpdesk.services import restricted
    from dpdesk.store import archive, members
    from dpdesk.store import search as store
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        aside = archive.rows(connection) | restricted.hidden(session, connection)
        found = store.find(connection, text, [kind.value for kind in kinds], limit + (SEARCH_LIMIT if aside else 0))
        return _rows(session, connection, members.page(connection, [row for row in found if row not in aside][:limit]))


def get(session: Session, person: str) -> Member:
    """One person; raises `NotFound`."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    return session.one("member", person, members.get)


def numbered(session: Session, number: str) -> Member:
    """The member of that membership number, else the contact who once had it; raises `NotFound`."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found = members.by_number(connection, number) or members.by_number(connection, number, Kind.CONTACT)
    if found is None:
        raise NotFound("member", number)
    return found


def row(session: Session, person: str) -> Row:
    """One person with stops and flags."""
    from dpdesk.store import members
    found = get(session, person)
    with session.desk.read() as connection:
        return _rows(session, connection, members.page(connection, [found.row]))[0]


def counts(session: Session) -> Counts:
    """The numbers of the list; who is in the archive is counted apart."""
    from dpdesk.store import archive, members
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        by = Counter(members.count_by_status(connection))
        aside = archive.count_by_status(connection)
        by.subtract(aside)
        consents = members.count_with_consent(connection, "email", today().isoformat())
        young = members.count_born_after(connection, _adult_born(session))
    of_members = {status: n for (kind, status), n in by.items() if kind == Kind.MEMBER.value and n}
    contacts = sum(n for (kind, _), n in by.items() if kind == Kind.CONTACT.value)
    archived = Counter(dict.fromkeys(Kind, 0))
    for (kind, _), n in aside.items():
        archived[Kind(kind)] += n
    return Counts(sum(of_members.values()), contacts, of_members, consents, young, archived[Kind.MEMBER], archived[Kind.CONTACT])


def tidy(session: Session, values: Mapping[str, str], kind: Kind = Kind.MEMBER) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they would be stored, and what is wrong with them: field code -> problem code."""
    from dpdesk.services import details
    return details.tidy(values, kind, session.policy)


def add(session: Session, kind: Kind, values: Mapping[str, str]) -> Member:
    """A new person; raises `Invalid`."""
    from dpdesk.store import members
    clean = checked(session, kind, values)
    with session.change("member.added") as unit:
        person = members.add(unit.connection, kind, clean, unit.seq)
        unit.record("member", person.id, {}, {k: v for k, v in person.values().items() if v})
    return person


def checked(session: Session, kind: Kind, values: Mapping[str, str], own: str = "", others: Mapping[str, str] | None = None
            ) -> dict[str, str]:
    """The values of a person about to be stored, clean; raises `Invalid`, also for the problems of `others` beside them.

    `own` is the identity of somebody who is there already.
    """
    session.require(Right.MEMBERS_EDIT)
    clean, problems = tidy(session, values, kind)
    problems |= _number_problem(session, kind, clean.get("number", ""), own) | dict(others or {})
    if problems:
        raise Invalid(problems)
    return clean


def _number_problem(session: Session, kind: Kind, number: str, own: str) -> dict[str, str]:
    from dpdesk.store import members
    if not number or kind is not Kind.MEMBER:
        return {}
    with session.desk.read() as connection:
        other = members.by_number(connection, number)
    return {"number": "number_taken"} if other is not None and other.id != own else {}


def edit(session: Session, person: str, values: Mapping[str, str], seen: Member) -> Member:
    """Store changed fields. `seen` is the record the officer looked at: a field changed meanwhile is a problem."""
    session.require(Right.MEMBERS_EDIT)
    now = get(session, person)
    clean, problems = tidy(session, {**now.values(), **values}, now.kind)
    changed = {code: clean[code] for code in values if clean.get(code, "") != getattr(now, code)}
    problems = {code: what for code, what in problems.items() if code in values or code in ("surname", "status")
                or code in ("parent_consent_on", "joined_on")}
    problems |= {code: "changed_meanwhile" for code in changed if getattr(seen, code) != getattr(now, code)}
    problems |= _number_problem(session, now.kind, changed.get("number", ""), now.id)
    if problems:
        raise Invalid(problems)
    return store_changed(session, "member.edited", now, changed) if changed else now


def store_changed(session: Session, action: str, now: Member, changed: Mapping[str, str], **facts: object) -> Member:
    from dpdesk.services import restricted
    from dpdesk.store import members
    from dpdesk.store.stops import Stops
    with session.change(action) as unit:
        restricted.require_free(session, unit.connection, now.id)
        after = members.change(unit.connection, now, changed, unit.seq)
        unit.record("member", now.id, {code: getattr(now, code) for code in changed}, changed)
        if facts:
            unit.facts(**facts)
        stops = Stops(unit.connection, session.desk.key("stops"))
        for stop in stops.of(now.known_by()):
            stops.extend(stop.id, followed(stop.bases, after.known_by()))
    return after


def history(session: Session, person: str) -> list[Change]:
    """Who changed what of a record and when, newest first; an addition by an import is its last line."""
    from dpdesk.store import audit, officers
    found = get(session, person)
    with session.desk.read() as connection:
        names = {o.id: o.name for o in officers.listing(connection)}
        changes = [_change(connection, past, names, found) for past in audit.past_of(connection, subject=person)]
        if all(change.seq != found.added for change in changes):
            entry = audit.entry(connection, found.added)
            if entry is not None:
                changes.append(Change(entry.seq, entry.at, names.get(entry.officer, ""), entry.action, (), False,
                                      why_not="not_an_edit"))
    return changes


def _change(connection, past, names: Mapping[str, str], person: Member) -> Change:
    from dpdesk.store import audit
    bulk = past.entry.action == "members.edited"
    why = "" if bulk or past.entry.action in UNDOABLE else "not_an_edit"
    if not why and past.erased:
        why = "erased"
    if not why and audit.undone(connection, past.entry.seq):
        why = "already_undone"
    if not why and _changed_since(past, person):
        why = "changed_since"
    why = why or ("bulk" if bulk else "")
    return Change(past.entry.seq, past.entry.at, names.get(past.entry.officer, ""), past.entry.action, past.change,
                  not why, past.erased, why)


def _changed_since(past, person: Member) -> tuple[str, ...]:
    return tuple(code for code, _, after in past.change if getattr(person, code, "") != after)


def undo(session: Session, seq: int) -> Member:
    """Put back what an edit changed; raises `CannotUndo` where it was changed again since, erased, or no edit."""
    from dpdesk.store import audit
    session.require(Right.MEMBERS_EDIT)
    with session.desk.read() as connection:
        past = [p for p in audit.past_of(connection, seq=seq) if p.subject_kind == "member"]
        if not past or past[0].entry.action not in UNDOABLE:
            raise CannotUndo("not_an_edit")
        if past[0].erased:
            raise CannotUndo("erased")
        if audit.undone(connection, seq):
            raise CannotUndo("already_undone")
    now = get(session, past[0].subject)
    since = _changed_since(past[0], now)
    if since:
        raise CannotUndo("changed_since", since)
    before = {code: str(value or "") for code, value, _ in past[0].change}
    return store_changed(session, "member.undone", now, before, undoes=seq)
