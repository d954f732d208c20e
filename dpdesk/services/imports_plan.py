"""What bringing a list in would do, worked out against the desk as it is: nothing is written here.

Stops are sticky: a plan adds stops and lets those in force follow a person to a new address; it never takes one away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from dpdesk.domain.contacting import ALL_CHANNELS, Channel
from dpdesk.domain.folding import followed, stop_keys
from dpdesk.domain.imports import Counts, ErasedBefore, Missing, RefusedRow, WholeList
from dpdesk.domain.members import CODES, FIELD, Kind, Status, problems_of
from dpdesk.domain.policies import Policy
from dpdesk.services.imports_match import Keys, match, plain_number
from dpdesk.services.imports_rows import Incoming
from dpdesk.store import archive
from dpdesk.store import imports as store
from dpdesk.store.erased import Erased
from dpdesk.store.stops import Stops

EVERY = frozenset(channel.value for channel in Channel)
_ENDED = frozenset({Status.LAPSED.value, Status.RESIGNED.value})
_STANDING = frozenset({Status.CURRENT.value, Status.PENDING.value, Status.ARREARS.value})
_KEY_FIELDS = frozenset({"email", "mobile", "landline", "forename", "surname", "postcode", "number"})


@dataclass(frozen=True)
class Known:
    """Somebody of the desk whom a row is about; `changed` are the fields that would change, of a contact the kind too.

    `before` is left empty where neither a change nor a wish about contact needs it.
    """

    row: int
    id: str
    before: Mapping[str, str]
    changed: Mapping[str, str]

    @property
    def after(self) -> dict[str, str]:
        """All values as they would be."""
        return {**self.before, **self.changed}

    def known_by(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values with the record itself, as a stop recognises the person."""
        return {**values, "record": self.id}


@dataclass
class Plan:
    """Everything an import would write. `head` is the log's number it was worked out at.

    New people are columns, field code -> values; a consent's person is an identity, or the place of a new row. `listed` are
    those of the desk who are on the list, changed or not.
    """

    head: int
    new: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    changes: list[Known] = field(default_factory=list)
    stops: list[tuple[Mapping[str, str], str, Known | None]] = field(default_factory=list)
    follow: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    consents: list[tuple[str | int, str]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    erased: list[ErasedBefore] = field(default_factory=list)
    returning: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)


class Planner:
    """Works a plan out over one connection."""

    def __init__(self, connection, stops_key: bytes, policy: Policy, today: date, head: int,
                 whole: WholeList | None = None, back: Container[int] = ()) -> None:
        self._connection, self._policy, self._today, self._whole = connection, policy, today, whole
        self._stops, self._erased, self._back = Stops(connection, stops_key), Erased(connection, stops_key), back
        self._any_stop = self._stops.any()
        self.plan = Plan(head)

    def work_out(self, incoming: Incoming) -> Plan:
        """The plan for clean rows; may set further rows of `incoming` aside."""
        plan = self.plan
        plan.remarks = Counter(incoming.remarks)
        known = self._match(incoming)
        known = self._compare(incoming, known)
        self._rules(incoming, known)
        self._erased_before(incoming, known)
        new_at = self._collect(incoming, known)
        self._contact_wishes(incoming, known, new_at)
        self._returning(incoming, known)
        plan.refused = sorted(incoming.refused, key=lambda each: each.row)
        plan.counts = self._counts(incoming, known)
        return plan

    def _match(self, incoming: Incoming) -> dict[int, int]:
        self._names, self._mails = store.derived_columns(incoming.column("surname"), incoming.column("forename"),
                                                         incoming.column("email"))
        keys = Keys(list(map(plain_number, incoming.column("number"))), self._mails, self._names,
                    incoming.column("postcode"), incoming.column("date_of_birth"))
        matches = match(keys, store.matchable(self._connection), store.matchable(self._connection, Kind.CONTACT))
        self._joining = matches.joining
        if self._whole is not None:
            self.plan.missing = store.missing(self._connection, matches.touched, self._whole.day)
        return self._drop(incoming, matches.gone, matches.found)

    def _drop(self, incoming: Incoming, gone: Mapping[int, tuple[str, str]], known: dict) -> dict:
        """Set rows aside everywhere; returns `known` with the places the rows have now."""
        kept = incoming.drop(gone)
        if kept is None:
            return known
        self._names, self._mails = [self._names[at] for at in kept], [self._mails[at] for at in kept]
        return {new: known[old] for new, old in enumerate(kept) if old in known}

    def _compare(self, incoming: Incoming, found: dict[int, int]) -> dict[int, Known]:
        at_row = {row: at for at, row in found.items()}
        known: dict[int, Known] = {}
        columns = incoming.columns.items()
        for row, identity, *values in store.people(self._connection, at_row) if at_row else ():
            before, at = dict(zip(CODES, values, strict=True)), at_row[row]
            changed = {code: column[at] for code, column in columns if column[at] and column[at] != before[code]}
            needed = changed or at in incoming.stops or at in incoming.consents
            known[at] = Known(row, identity, before if needed else {}, changed)
        return known | self._joined(incoming, {row: at for row, at in at_row.items() if row in self._joining})

    def _joined(self, incoming: Incoming, at_row: Mapping[int, int]) -> dict[int, Known]:
        """Contacts who are on the list: the same record, of a member from now on; one the list calls lapsed stays a contact."""
        known = {}
        for row, identity, *values in store.people(self._connection, at_row, Kind.CONTACT) if at_row else ():
            before, at = dict(zip(CODES, values, strict=True)) | {"kind": Kind.CONTACT.value}, at_row[row]
            said = {"status": Status.CURRENT.value, **incoming.values(at), "kind": Kind.MEMBER.value}
            if said["status"] in _ENDED:
                said = {code: value for code, value in said.items() if code in CODES and FIELD[code].group != "membership"}
            known[at] = Known(row, identity, before, {code: value for code, value in said.items() if value != before[code]})
        return known

    def _rules(self, incoming: Incoming, known: dict[int, Known]) -> None:
        """Refuse rows that would break a rule, as they would be stored."""
        gone: dict[int, tuple[str, str]] = {}
        suspects = self._suspects(incoming)
        for at in sorted(suspects - known.keys() | {at for at, person in known.items() if person.changed}):
            values = known[at].after if at in known else {"status": Status.CURRENT.value, **incoming.values(at)}
            problems = problems_of(values, self._today, kind=Kind(values.get("kind", Kind.MEMBER)),
                                   parental_consent_under=self._policy.parental_consent_under)
            if problems:
                code, problem = next(iter(problems.items()))
                gone[at] = (problem, code)
        for at in incoming.stops:
            if at not in gone and not stop_keys(self._values_of(incoming, known, at)):
                gone[at] = ("stop_unkeyed", "")
        self._set_aside(incoming, gone, known)

    def _set_aside(self, incoming: Incoming, gone: Mapping[int, tuple[str, str]], known: dict[int, Known]) -> None:
        kept = self._drop(incoming, gone, known)
        if kept is not known:
            known.clear()
            known.update(kept)

    def _erased_before(self, incoming: Incoming, known: dict[int, Known]) -> None:
        """Somebody new who was erased here comes in only where the officer said so: the lines in `back`."""
        if not self._erased.any():
            return
        new = ((at, incoming.values(at)) for at in range(len(incoming.lines)) if at not in known)
        found = self._erased.among(new)
        for at, said in sorted(found.items()):
            values = incoming.values(at)
            name = " ".join(filter(None, (values.get("forename"), values.get("surname"))))
            self.plan.erased.append(ErasedBefore(incoming.lines[at], name, *said))
        self._set_aside(incoming, {at: ("erased_before", "") for at in found if incoming.lines[at] not in self._back}, known)

    def _suspects(self, incoming: Incoming) -> set[int]:
        """The rows that could break a rule at all, found quickly; a superset."""
        today, young = self._today.isoformat(), f"{self._today.year - self._policy.parental_consent_under - 1:04}"
        found = {at for at, name in enumerate(self._names) if not name}
        born, joined = incoming.columns.get("date_of_birth"), incoming.columns.get("joined_on")
        if born:
            found |= {at for at, day in enumerate(born) if day and (day > young or day < "1890")}
        if born and joined:
            found |= {at for at, (b, j) in enumerate(zip(born, joined, strict=True)) if j and j < b}
        for code in ("joined_on", "parent_consent_on"):
            found |= {at for at, day in enumerate(incoming.columns.get(code, ())) if day > today}
        return found

    def _collect(self, incoming: Incoming, known: Mapping[int, Known]) -> dict[int, int]:
        """Take changed and new people into the plan; returns the place of each new row in it."""
        plan = self.plan
        plan.changes = [person for _, person in sorted(known.items()) if person.changed]
        plan.listed = [person.id for person in known.values()]
        plan.new = {code: incoming.column(code) for code in CODES}
        plan.new["status"] = [value or Status.CURRENT.value for value in plan.new["status"]]
        plan.names, plan.mails = self._names, self._mails
        if known:
            places = [at for at in range(len(plan.names)) if at not in known]
            plan.new = {code: [column[at] for at in places] for code, column in plan.new.items()}
            plan.names, plan.mails = [plan.names[at] for at in places], [plan.mails[at] for at in places]
            return {at: new for new, at in enumerate(places)}
        return {at: at for at in incoming.consents}

    def _returning(self, incoming: Incoming, known: Mapping[int, Known]) -> None:
        """Those in the archive whom the list has as standing members come back from it."""
        aside = archive.rows(self._connection)
        statuses = incoming.columns.get("status")
        self.plan.returning = [person.id for at, person in known.items() if person.row in aside
                               and (statuses is None or not statuses[at] or statuses[at] in _STANDING)] if aside else []
        joined = sum("kind" in person.changed for person in known.values())
        if joined:
            self.plan.remarks["contact_joins"] += joined
        if self.plan.returning:
            self.plan.remarks["archived_back"] += len(self.plan.returning)

    def _values_of(self, incoming: Incoming, known: Mapping[int, Known], at: int) -> dict[str, str]:
        return known[at].after if at in known else incoming.values(at)

    def _contact_wishes(self, incoming: Incoming, known: Mapping[int, Known], new_at: Mapping[int, int]) -> None:
        """Stops first, then consents, which give way to any stop."""
        asked = incoming.stops.keys() | incoming.consents.keys() if self._any_stop else incoming.stops.keys()
        values = {at: known[at].known_by(known[at].after) if at in known else incoming.values(at) for at in sorted(asked)}
        closed = self._closed({at: [v, known[at].before] if at in known else [v] for at, v in values.items()})
        for at in sorted(incoming.stops):
            for channel in _widest(incoming.stops[at]):
                if not _meant(channel) <= closed[at]:
                    self.plan.stops.append((values[at], channel, known.get(at)))
                    closed[at] |= _meant(channel)
        self._orphans(incoming)
        self._follow()
        self._consents(incoming, known, new_at, closed)

    def _closed(self, people: Mapping[int, list[Mapping[str, str]]]) -> dict[int, set[str]]:
        closed: dict[int, set[str]] = {at: set() for at in people}
        if self._any_stop:
            for turn in (0, 1):
                asked = {str(at): each[turn] for at, each in people.items() if len(each) > turn}
                for at, channels in self._stops.closed_channels(asked).items():
                    closed[int(at)] |= channels
        return closed

    def _orphans(self, incoming: Incoming) -> None:
        """An opt-out in a row that does not come in is an opt-out all the same."""
        asked = {at: [values] for at, (values, _) in enumerate(incoming.orphans)}
        closed = self._closed(asked)
        for at, (values, channel) in enumerate(incoming.orphans):
            if not _meant(channel) <= closed[at] and stop_keys(values):
                self.plan.stops.append((values, channel, None))

    def _follow(self) -> None:
        """A stop in force goes with the person to a new address, number or name."""
        moving = {p.id: p for p in self.plan.changes if _KEY_FIELDS & p.changed.keys()}
        if not moving or not self._any_stop:
            return
        for identity, stops in self._stops.of_many({i: p.known_by(p.before) for i, p in moving.items()}).items():
            self.plan.follow += [(stop.id, followed(stop.bases, moving[identity].known_by(moving[identity].after)))
                                 for stop in stops]

    def _consents(self, incoming: Incoming, known: Mapping[int, Known], new_at: Mapping[int, int],
                  closed: Mapping[int, set[str]]) -> None:
        if not incoming.consents:
            return
        plan, before = self.plan, store.consents_known(self._connection) if known else {}
        for at, channels in incoming.consents.items():
            person = known[at].id if at in known else new_at[at]
            for channel in dict.fromkeys(channels):
                standing = before.get((person, channel)) if at in known else None
                if channel in closed.get(at, ()):
                    plan.remarks["consent_stopped"] += 1
                elif standing is False:
                    plan.remarks["consent_withdrawn"] += 1
                elif standing is None:
                    plan.consents.append((person, channel))

    def _counts(self, incoming: Incoming, known: Mapping[int, Known]) -> Counts:
        plan = self.plan
        members = sum("kind" not in p.before for p in known.values())
        lapsed = sum(p.changed.get("status", "") in _ENDED and p.before["status"] in _STANDING for p in plan.changes)
        return Counts(total=incoming.total, new=len(plan.names), changed=len(plan.changes) - lapsed, lapsed=lapsed,
                      unchanged=len(known) - len(plan.changes), refused=len(incoming.refused), stops=len(plan.stops),
                      consents=len(plan.consents), missing=store.count(self._connection) - members)


def _meant(channel: str) -> frozenset[str]:
    return EVERY if channel == ALL_CHANNELS else frozenset({channel})


def _widest(channels: tuple[str, ...]) -> list[str]:
    return [ALL_CHANNELS] if ALL_CHANNELS in channels else list(dict.fromkeys(channels))

