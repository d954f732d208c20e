"""Change a field of many people at once: a plan that tells who changes and who does not, one audited unit, and its undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dpdesk.domain.bulk import FIELDS, NEEDED, changes_of, refusal
from dpdesk.domain.errors import CannotUndo, Invalid
from dpdesk.domain.members import FIELD, Member, problems_of
from dpdesk.domain.roles import Right
from dpdesk.services.imports_rows import Pace
from dpdesk.services.session import Session, today

ACTION, UNDONE = "members.edited", "members.undone"
SHOWN = 200  # people named of those refused or left alone
SAMPLE = 8
_BATCH = 2_000

Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None


@dataclass(frozen=True)
class One:
    """One person of a plan: what changes (field, before, after), or the codes of why not."""

    person: str
    name: str
    number: str
    changes: tuple[tuple[str, str, str], ...] = ()
    codes: tuple[str, ...] = ()


@dataclass
class Plan:
    """What a change would do to `total` people; `refused` names the first SHOWN of them, `why` counts all by reason."""

    values: Mapping[str, str]
    total: int = 0
    changed: int = 0
    already: int = 0
    why: Counter[str] = field(default_factory=Counter)
    refused: list[One] = field(default_factory=list)
    sample: list[One] = field(default_factory=list)
    seq: int = 0

    @property
    def outcome(self) -> tuple[int, int, int]:
        """The numbers an officer was shown."""
        return self.changed, self.already, sum(self.why.values())


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """The new values as they would be stored ("" takes one away); raises `Invalid`."""
    from dpdesk.services.details import clean
    problems: dict[str, str] = {} if values else {"values": "missing"}
    stored: dict[str, str] = {}
    for code, typed in values.items():
        if code not in FIELDS:
            problems[code] = "not_in_bulk"
            continue
        stored[code], wrong = clean(FIELD[code], typed)
        wrong = wrong or ("missing" if code in NEEDED and not stored[code] else "")
        problems |= {code: wrong} if wrong else {}
    found = problems_of({"surname": "-", "status": "-", **stored}, today())
    problems |= {code: wrong for code, wrong in found.items() if code in values and code not in problems}
    if problems:
        raise Invalid(problems)
    return stored


def plan(session: Session, rows: Sequence[int], values: Mapping[str, str], progress: Progress = None, cancelled: Stopper = None
         ) -> Plan:
    """What the change would do to the people in those rows; nothing is written."""
    session.require(Right.MEMBERS_EDIT)
    made = Plan(checked(values), len(rows))
    with session.desk.read() as connection:
        for _changed in _work(connection, made, rows, Pace(len(rows), progress, cancelled)):
            pass
    return made


def apply(session: Session, rows: Sequence[int], values: Mapping[str, str], shown: Plan | None = None, progress: Progress = None,
          cancelled: Stopper = None) -> Plan:
    """Make the change in one unit of work: all of it or, where it is stopped, nothing.

    In the order of the rows, in which the store and its search take them quickest. With `shown`, the plan the officer saw,
    raises `Invalid` where the people have changed since.
    """
    from dpdesk.store import bulk
    session.require(Right.MEMBERS_EDIT)
    made = Plan(checked(values), len(rows))
    if shown is not None and not shown.changed:
        return shown
    with session.change(ACTION) as unit, bulk.gathering(unit.connection):
        for people in _work(unit.connection, made, sorted(rows), Pace(len(rows), progress, cancelled)):
            for person, changes in people:
                unit.record_change("member", person.id, changes, {c: [getattr(person, c), v] for c, v in changes.items()})
            bulk.change(unit.connection, people, unit.seq)
        if not made.changed or (shown is not None and made.outcome != shown.outcome):
            raise Invalid({"values": "changed_meanwhile" if made.changed else "already_so"})
        unit.about("list", "")
        unit.facts(people=made.changed, refused=sum(made.why.values()))
        made.seq = unit.seq
    return made


def _work(connection, made: Plan, rows: Sequence[int], pace: Pace) -> Iterator[list[tuple[Member, dict[str, str]]]]:
    """Batch by batch the people who change, while the plan counts; no more than a batch is held."""
    from dpdesk.store import members
    for at in range(0, len(rows), _BATCH):
        pace.at(at)
        some = rows[at:at + _BATCH]
        people = members.page(connection, some)
        made.why["gone"] += len(some) - len(people)
        yield [pair for person in people if (pair := _judged(made, person)) is not None]
    made.why += Counter()  # without the reasons nobody has
    pace.at(len(rows))


def _judged(made: Plan, person: Member) -> tuple[Member, dict[str, str]] | None:
    changes = changes_of(person, made.values)
    if not changes:
        made.already += 1
        return None
    if reason := refusal(person, changes):
        made.why[reason] += 1
        if len(made.refused) < SHOWN:
            made.refused.append(One(person.id, person.name, person.number, codes=(reason,)))
        return None
    made.changed += 1
    if len(made.sample) < SAMPLE:
        made.sample.append(One(person.id, person.name, person.number,
                               tuple((code, getattr(person, code), value) for code, value in changes.items())))
    return person, changes


@dataclass
class Undoing:
    """What undoing a change to many would do: `left` are those changed, erased or gone since, told and left alone."""

    seq: int
    at: str
    officer: str
    back: int = 0
    left_count: int = 0
    left: list[One] = field(default_factory=list)


def plan_undo(session: Session, seq: int) -> Undoing:
    """What undoing entry `seq` would do; raises `CannotUndo`."""
    session.require(Right.MEMBERS_EDIT)
    with session.desk.read() as connection:
        made = _undoable(connection, seq)
        for _batch in _backwards(connection, made, Pace(1, None, None)):
            pass
    return made


def undo(session: Session, seq: int, progress: Progress = None, cancelled: Stopper = None) -> Undoing:
    """Put back what entry `seq` changed, field by field, wherever nobody changed it since; in one unit of work."""
    from dpdesk.store import bulk
    session.require(Right.MEMBERS_EDIT)
    with session.change(UNDONE) as unit, bulk.gathering(unit.connection):
        made = _undoable(unit.connection, seq)
        total = int(_entry(unit.connection, seq).facts.get("people", 0))
        for people in _backwards(unit.connection, made, Pace(max(1, total), progress, cancelled)):
            for person, changes in people:
                unit.record_change("member", person.id, changes, {c: [getattr(person, c), v] for c, v in changes.items()})
            bulk.change(unit.connection, people, unit.seq)
        if not made.back:
            raise CannotUndo("changed_since")
        unit.about("list", "")
        unit.facts(undoes=seq, people=made.back, left=made.left_count)
    return made


def _entry(connection, seq: int):
    from dpdesk.store import audit
    found = audit.entry(connection, seq)
    if found is None or found.action != ACTION:
        raise CannotUndo("not_an_edit")
    return found


def _undoable(connection, seq: int) -> Undoing:
    from dpdesk.store import audit, officers
    found = _entry(connection, seq)
    if audit.undone(connection, seq):
        raise CannotUndo("already_undone")
    names = {officer.id: officer.name for officer in officers.listing(connection)}
    return Undoing(seq, found.at, names.get(found.officer, ""))


def _backwards(connection, made: Undoing, pace: Pace) -> Iterator[list[tuple[Member, dict[str, str]]]]:
    from dpdesk.store import list_imports, members
    after, done = 0, 0
    while batch := list_imports.changes_after(connection, made.seq, after, _BATCH):
        pace.at(done)
        there = {person.id: person for person in members.by_ids(connection, [person for _, person, _ in batch])}
        found = [_reversed(made, person, there.get(person), change) for _, person, change in batch]
        yield [pair for pair in found if pair is not None]
        after, done = batch[-1][0], done + len(batch)
    pace.at(done)


def _reversed(made: Undoing, identity: str, person: Member | None, change: Mapping[str, Sequence] | None
              ) -> tuple[Member, dict[str, str]] | None:
    if person is None or change is None:
        _leave(made, One(identity, person.name if person else "", person.number if person else "",
                         codes=("erased" if person else "gone",)))
        return None
    since = tuple(code for code, (_, after) in change.items() if getattr(person, code) != after)
    if since:
        _leave(made, One(identity, person.name, person.number, codes=since))
    back = {code: str(before or "") for code, (before, _) in change.items() if code not in since}
    made.back += bool(back)
    return (person, back) if back else None


def _leave(made: Undoing, one: One) -> None:
    made.left_count += 1
    if len(made.left) < SHOWN:
        made.left.append(one)
