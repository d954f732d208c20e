"""Retention that runs: what is due by the policy's rules, a dry run, its approval, and carrying it out batch by batch (S1 §9, §26).

Nothing goes without an approved run; a hold and an approval of longer keeping keep what they name. The log and the stops stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.clocks import months_before
from dpdesk.domain.errors import Declined
from dpdesk.domain.ids import new_id
from dpdesk.domain.retention import ERASING, NEXT, Action, Due, Part, Rule, Run, RunState
from dpdesk.domain.roles import Right
from dpdesk.services.imports_rows import Pace
from dpdesk.services.retention_categories import CATEGORIES, Category, Doing
from dpdesk.services.session import Session, policy_mark, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class Line:
    """One rule as it stands today: what is due, how much a hold keeps, how much an approval keeps longer, who may carry it out."""

    rule: Rule
    months: int
    due: tuple[Due, ...]
    held: int = 0
    longer: int = 0
    hold: str = ""
    mine: bool = True
    by_hand: bool = False

    @property
    def erases(self) -> bool:
        """Whether a run takes it away; otherwise it is for looking at, or done by hand."""
        return self.rule.action in ERASING and not self.by_hand


def overview(session: Session) -> list[Line]:
    """Every rule of the policy that this program has a category for, with what is due."""
    session.require(Right.RETENTION_SEE)
    with session.desk.read() as connection:
        return _lines(session, connection)


def _lines(session: Session, connection) -> list[Line]:
    rules = {rule.category: rule for rule in session.policy.retention}
    return [_line(session, connection, rules[code], category) for code, category in CATEGORIES.items() if code in rules]


def _line(session: Session, connection, rule: Rule, category: Category) -> Line:
    from dpdesk.store import holds, retention
    months = session.policy.months_of(rule)
    hold = holds.of_category(connection, rule.category) or ("" if rule.action is not Action.LEGAL_HOLD else rule.why)
    found = category.due(session, connection, rule.before(today(), months))
    kept = {each.subject for each in retention.longer(connection, today().isoformat(), rule.category)}
    people = category.people(connection, [each.id for each in found])
    held = holds.people(connection)
    due, under, later = [], 0, 0
    for each in found:
        if hold or people.get(each.id, "") in held:
            under += 1
        elif "" in kept or each.id in kept:
            later += 1
        else:
            due.append(each)
    return Line(rule, months, tuple(due), under, later, hold, session.may(category.right), category.by_hand)


def propose(session: Session, reviewed: Mapping[str, Sequence[str]] | None = None) -> Run:
    """The dry run: set down what would go, and show it. `reviewed` are items that were looked at and are not kept, by category.

    Raises `Declined` where a run is open already, or nothing is due.
    """
    from dpdesk.store import retention
    session.require(Right.RETENTION_PLAN)
    chosen = {code: set(ids) for code, ids in (reviewed or {}).items()}
    with session.desk.read() as connection:
        if retention.open_run(connection) is not None:
            raise Declined("retention.open_run")
        lines = _lines(session, connection)
    items: dict[str, list[str]] = {}
    parts = []
    for line in lines:
        code, action = line.rule.category, line.rule.action
        ids = [each.id for each in line.due] if line.erases else [each.id for each in line.due if each.id in chosen.get(code, ())]
        if ids and line.mine and not line.by_hand:
            items[code] = ids
            parts.append(Part(code, action if line.erases else Action.DELETE, line.rule.clause, line.months, len(ids)))
    if not parts:
        raise Declined("retention.nothing_due")
    with session.change("retention.planned") as unit:
        run = Run(new_id(), RunState.PROPOSED, _mark(session), unit.at, session.officer.name, tuple(parts))
        retention.add(unit.connection, run, session.officer.id, items, unit.seq)
        unit.about("retention_run", run.id)
        unit.facts(due={part.category: part.due for part in parts}, policy=run.policy)
    return run


def _mark(session: Session) -> str:
    return f"{policy_mark(session.policy)} #{session.policy.edition}"


def get(session: Session, identity: str = "") -> Run:
    """One run, the newest where none is named; raises `NotFound`, `Declined` where there never was one."""
    from dpdesk.store import retention
    session.require(Right.RETENTION_SEE)
    if not identity and not runs(session):
        raise Declined("retention.no_run")
    return session.one("retention_run", identity, retention.listing)[0]


def runs(session: Session) -> list[Run]:
    """Every run, newest first."""
    from dpdesk.store import retention
    session.require(Right.RETENTION_SEE)
    with session.desk.read() as connection:
        return retention.listing(connection)


def open_run(session: Session) -> Run | None:
    """The run that is not finished, if any."""
    return next((run for run in runs(session) if NEXT[run.state]), None)


def approve(session: Session, identity: str = "") -> Run:
    """The accountable person lets a run erase (S1 §9.b, §26); raises `Declined` where it does not stand for that."""
    session.require(Right.RETENTION_APPROVE)
    run = _standing(session, identity, RunState.APPROVED)
    if run.policy != _mark(session):
        raise Declined("retention.rules_changed")
    return _turn(session, run, "retention.approved", RunState.APPROVED, approved_by=session.officer.id)


def withdraw(session: Session, identity: str = "") -> Run:
    """Let a run go that is not under way: nothing is erased."""
    from dpdesk.store import retention
    session.require(Right.RETENTION_PLAN)
    run = _standing(session, identity, RunState.WITHDRAWN)
    return _turn(session, run, "retention.withdrawn", RunState.WITHDRAWN, then=lambda unit: retention.forget_items(unit.connection, run.id))


def _standing(session: Session, identity: str, wanted: RunState) -> Run:
    run = get(session, identity)
    if wanted not in NEXT[run.state]:
        raise Declined("retention.state")
    return run


def _turn(session: Session, run: Run, action: str, state: RunState, then: Callable[[Unit], object] = lambda unit: None,
          **values: str) -> Run:
    from dpdesk.store import retention
    with session.change(action) as unit:
        at = {RunState.APPROVED: {"approved_at": unit.at}, RunState.WITHDRAWN: {"ended_at": unit.at},
              RunState.UNDER_WAY: {"certificate": f"{today().year}-{unit.seq}"}}.get(state, {})
        retention.change(unit.connection, run.id, state=state.value, **values, **at)
        then(unit)
        unit.about("retention_run", run.id)
        unit.facts(due=run.due)
    return get(session, run.id)


def apply(session: Session, identity: str = "", progress: Callable[[int, int], None] | None = None,
          cancelled: Callable[[], bool] | None = None, transfer: Path | None = None, accepted: str = "") -> Run:
    """Carry an approved run out, or go on with one that was broken off; one change per batch. Stopping keeps what is done.

    What was held, kept longer or in contact again meanwhile stays. `transfer` is the file for headquarters where a rule hands over.
    """
    from dpdesk.store import erasing
    session.require(Right.RETENTION_PLAN)
    run = get(session, identity)
    if run.state is not RunState.UNDER_WAY:
        run = _begin(session, run)
    if transfer is None and any(part.action is Action.TRANSFER_TO_HQ for part in run.parts):
        raise Declined("retention.transfer_place")
    pace, done = Pace(run.due, progress, cancelled), [0]
    pace.at(0)

    def step(n: int) -> None:
        done[0] += n
        pace.at(done[0])
    for part in run.parts:
        _carry_part(session, run, part, step, transfer, accepted)
    run = _finish(session, run)
    erasing.compact(session.desk)
    return run


def require_ready(session: Session, run: Run) -> None:
    """Raise `Declined` where a run can neither be carried out nor gone on with: not approved, over, or by rules that changed."""
    if run.state is RunState.UNDER_WAY:
        return
    if RunState.UNDER_WAY not in NEXT[run.state]:
        raise Declined("retention.state")
    if run.policy != _mark(session):
        raise Declined("retention.rules_changed")


def _begin(session: Session, run: Run) -> Run:
    """From here on its certificate has a number, which stands for every batch."""
    require_ready(session, run)
    return _turn(session, run, "retention.begun", RunState.UNDER_WAY)


def _carry_part(session: Session, run: Run, part: Part, step: Callable[[int], None], transfer: Path | None, accepted: str) -> None:
    from dpdesk.store import retention
    category, rule = CATEGORIES[part.category], session.policy.rule_for(part.category)
    session.require(category.right)
    with session.desk.read() as connection:
        waiting = retention.waiting(connection, run.id, part.category)
        line = _line(session, connection, rule, category) if rule else None
    due = {each.id for each in line.due} if line else set()
    stays = [each for each in waiting if each not in due]
    if part.action is Action.TRANSFER_TO_HQ and transfer is not None:
        from dpdesk.services import retention_transfer
        told = retention_transfer.hand_over(session, [each for each in waiting if each in due], transfer, accepted)
        stays += [each for each in waiting if each in due and each not in told]
    _stayed(session, run, part, stays)
    step(part.due - len(waiting) + len(stays))
    going = [each for each in waiting if each in due and each not in set(stays)]
    why = tr("Retention: {clause}", clause=part.clause)
    before = rule.before(today(), part.months) if rule else months_before(today(), part.months).isoformat()
    also = partial(_gone, run.id, part.category)
    for at in range(0, len(going), category.batch):
        some = going[at:at + category.batch]
        category.carry(session, some, Doing(part.action, before, why, also, run.certificate))
        step(len(some))
    with session.desk.read() as connection:
        left = retention.waiting(connection, run.id, part.category)
    _stayed(session, run, part, left)


def _gone(run: str, category: str, unit: Unit, ids: Sequence[str]) -> None:
    from dpdesk.store import retention
    retention.mark(unit.connection, run, category, ids, retention.GONE)
    unit.facts(retention_run=run)


def _stayed(session: Session, run: Run, part: Part, ids: Sequence[str]) -> None:
    from dpdesk.store import retention
    if ids:
        with session.desk.jot() as connection:
            retention.mark(connection, run.id, part.category, ids, retention.STAYED)


def _finish(session: Session, run: Run) -> Run:
    from dpdesk.store import retention
    with session.change("retention.finished") as unit:
        tally = retention.tally(unit.connection, run.id)
        parts = tuple(replace(part, done=tally.get(part.category, {}).get(retention.GONE, 0),
                              stayed=tally.get(part.category, {}).get(retention.STAYED, 0)) for part in run.parts)
        number = run.certificate or f"{today().year}-{unit.seq}"
        retention.change(unit.connection, run.id, state=RunState.DONE.value, parts=parts, ended_at=unit.at, certificate=number)
        retention.forget_items(unit.connection, run.id)
        unit.about("retention_run", run.id)
        unit.facts(done={part.category: part.done for part in parts}, stayed={part.category: part.stayed for part in parts},
                   certificate=number)
    return get(session, run.id)
