"""What a file of the register would do, worked out against the desk as it is; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dpdesk.domain.electors import VALUES, Elector, ElectorKind, ElectorNumber
from dpdesk.domain.imports import RefusedRow
from dpdesk.domain.register_files import Counts
from dpdesk.services import register_follow as follow
from dpdesk.services.register_rows import ADD, CHANGE, DELETE, IGNORE, Incoming
from dpdesk.store import electors as store

_KIND, _SURNAME, _FORENAME, _BORN, _ATTAINS, _ADDRESS, _POSTCODE, _UPRN = (VALUES.index(code) for code in (
    "kind", "surname", "forename", "born_on", "attains_on", "address", "postcode", "uprn"))
_KNOWN_BY = (_SURNAME, _FORENAME, _ADDRESS, _POSTCODE, _UPRN, _BORN)
_WORDS = (_SURNAME, _FORENAME, _ADDRESS, _POSTCODE)


@dataclass(frozen=True)
class Changed:
    """An elector as the file has them now; `words` where name or address differ, `renumbered` where the number does."""

    old: Elector
    values: tuple

    @property
    def words(self) -> bool:
        """Whether the search has to learn them anew."""
        before = self.old.values()
        return any(before[at] != self.values[at] for at in _WORDS)

    @property
    def renumbered(self) -> bool:
        """Whether their number is another one."""
        return (self.old.district, self.old.number, self.old.suffix) != self.values[:3]


@dataclass
class Plan:
    """Everything a file would write. `head` is the log's number it was worked out at.

    `new` are columns in the order of VALUES; `same` electors only get the register their number is from; `follows` are uncertain pairs
    of (place in `new`, elector who left, score, reasons).
    """

    head: int
    new: list[list] = field(default_factory=lambda: [[] for _ in VALUES])
    changes: list[Changed] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    ended: list[Elector] = field(default_factory=list)
    follows: list[tuple[int, Elector, int, tuple[str, ...]]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    remarked: list[RefusedRow] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    @property
    def coming(self) -> int:
        """How many electors are new."""
        return len(self.new[0])

    @property
    def work(self) -> int:
        """How much there is to write."""
        return self.coming + len(self.changes) + len(self.ended)


def full(connection, incoming: Incoming, head: int, *, renumbered: bool, whole: bool, born_by: str, today: str,
         beat: Callable[[], None] = lambda: None) -> Plan:
    """A full register: those of its districts (of all, with `whole`) whom it does not name leave. `beat` may raise to stop it."""
    incoming.drop(_repeated(incoming.keys()))
    plan, covered = Plan(head), set(incoming.columns[0])
    here, elsewhere = [], 0
    for elector in store.everybody(connection):
        if whole or elector.district in covered:
            here.append(elector)
        else:
            elsewhere += 1
    gone = list(store.everybody(connection, gone=True))
    if here or gone:
        _compare(plan, list(zip(*incoming.columns, strict=True)), here, gone, renumbered=renumbered, beat=beat)
    else:
        plan.new = incoming.columns
    return _closed(plan, incoming, born_by, today, elsewhere, len(covered))


def _repeated(keys: Sequence[ElectorNumber]) -> dict[int, str]:
    """Places of numbers that stood earlier in the file."""
    if len(set(keys)) == len(keys):
        return {}
    seen: set[ElectorNumber] = set()
    found = {}
    for at, key in enumerate(keys):
        if key in seen:
            found[at] = "number_twice"
        seen.add(key)
    return found


def _compare(plan: Plan, news: Sequence[tuple], here: Sequence[Elector], gone: Sequence[Elector], *, renumbered: bool,
             beat: Callable[[], None]) -> None:
    """Tell who of the new ones is who: first of those on the register, then of those who left before."""
    known = [follow.known(ElectorNumber(*values[:3]), *(values[at] for at in _KNOWN_BY)) for values in news]
    matches = follow.match(known, [follow.of_elector(elector) for elector in here], renumbered=renumbered, beat=beat)
    for at, there in matches.same.items():
        _take(plan, here[there], news[at])
    fresh = [at for at in range(len(news)) if at not in matches.same]
    if gone and fresh:
        back = follow.match([known[at] for at in fresh], [follow.of_elector(elector) for elector in gone], renumbered=renumbered, beat=beat)
        for at, there in back.same.items():
            plan.changes.append(Changed(gone[there], news[fresh[at]]))
        fresh = [at for place, at in enumerate(fresh) if place not in back.same]
    plan.new = [list(column) for column in zip(*(news[at] for at in fresh), strict=True)] or [[] for _ in VALUES]
    place, taken = {at: new_at for new_at, at in enumerate(fresh)}, set(matches.same.values())
    plan.ended = [elector for at, elector in enumerate(here) if at not in taken]
    plan.follows = [(place[at], here[there], score, reasons) for at, there, score, reasons in matches.uncertain if at in place]


def _take(plan: Plan, old: Elector, values: tuple) -> None:
    if old.values() == values and not old.gone:
        plan.same.append(old.row)
    else:
        plan.changes.append(Changed(old, values))


def _closed(plan: Plan, incoming: Incoming, born_by: str, today: str, elsewhere: int, districts: int) -> Plan:
    """Count what the plan does."""
    plan.refused = sorted(incoming.refused, key=lambda each: each.row)
    plan.remarks.update(incoming.remarks)
    kinds, born, attains = Counter(incoming.columns[_KIND]), incoming.columns[_BORN], incoming.columns[_ATTAINS]
    hidden = sum(day > born_by for day in born if day)
    plan.counts = Counts(
        total=incoming.total, new=plan.coming, changed=len(plan.changes), same=len(plan.same), left=len(plan.ended),
        following=sum(each.renumbered for each in plan.changes), uncertain=len(plan.follows), refused=len(plan.refused),
        anonymous=kinds[ElectorKind.ANONYMOUS.value], other=kinds[ElectorKind.OTHER.value],
        attainers=sum(day > today for day in attains if day) - hidden, hidden=hidden, elsewhere=elsewhere, districts=districts)
    return plan


def update(connection, incoming: Incoming, head: int, born_by: str, today: str) -> Plan:
    """A monthly update, its rows in their order: the last word about a number counts."""
    plan = Plan(head)
    there = {elector.key: elector for elector in store.everybody(connection)}
    left = list(store.everybody(connection, gone=True))
    went = {elector.key for elector in left}
    state, named = _follow_rows(incoming, there, went, plan)
    news: list[tuple] = []
    ended: list[Elector] = []
    for key in state:
        old, values = there.get(key), state[key]
        if values is None:
            if old is not None:
                ended.append(old)
        elif old is None or (key in named and not _one(old, values)):
            news.append(values)
            if old is not None:
                ended.append(old)
        else:
            _take(plan, old, values)
    _compare(plan, news, ended, left, renumbered=True, beat=lambda: None)
    done = _closed(plan, incoming, born_by, today, 0, len(set(incoming.columns[0])))
    done.same = []  # an update leaves the register their number is from as it was
    return done


def _one(old: Elector, values: tuple) -> bool:
    """Whether a number that was deleted and added again still is the same person."""
    return (old.surname, old.forename) == (values[_SURNAME], values[_FORENAME])


def _follow_rows(incoming: Incoming, there: dict, went: set, plan: Plan) -> tuple[dict[ElectorNumber, tuple | None], set[ElectorNumber]]:
    """What each number named ends as (None: off the register), and the numbers that were taken off and given again."""
    state: dict[ElectorNumber, tuple | None] = {}
    again: set[ElectorNumber] = set()
    for at, (key, op) in enumerate(zip(incoming.keys(), incoming.ops, strict=True)):
        present = state[key] is not None if key in state else key in there
        if op == DELETE:
            if present:
                state[key] = None
            elif key in went or key in state:
                plan.remarks["already_gone"] += 1
            else:
                _remark(plan, incoming.lines[at], "delete_unknown")
        elif op == IGNORE:
            plan.remarks["created_deleted"] += 1
            if present:
                state[key] = None
        elif op in (ADD, CHANGE):
            values = incoming.values(at)
            known = key in there and there[key].values() == values
            if op == CHANGE and not present:
                _remark(plan, incoming.lines[at], "change_unknown")
            elif op == ADD and present and not known:
                _remark(plan, incoming.lines[at], "add_known")
            if state.get(key, ...) is None:
                again.add(key)
            state[key] = values
    return state, again


def _remark(plan: Plan, line: int, code: str) -> None:
    plan.remarks[code] += 1
    plan.remarked.append(RefusedRow(line, code))
