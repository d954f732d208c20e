"""Runs of the retention rules in the store, their items, and what is kept longer with written approval (S1 §9)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.retention import Action, Longer, Part, Run, RunState
from dpdesk.store.tables import officer
from dpdesk.store.tables_retention import retention_item, retention_longer, retention_run

_BATCH = 500
WAITING, GONE, STAYED = "waiting", "gone", "stayed"


def _parts(parts: Iterable[Part]) -> str:
    return json.dumps([{**each.__dict__, "action": each.action.value} for each in parts])


def _run(row) -> Run:
    parts = tuple(Part(**{**each, "action": Action(each["action"])}) for each in json.loads(row.parts))
    return Run(row.id, RunState(row.state), row.policy, row.planned_at, row.planner or "", parts, row.approved_at, row.approver or "",
               row.ended_at, row.certificate)


def add(connection: Connection, new: Run, by: str, items: Mapping[str, Sequence[str]], seq: int) -> None:
    """Keep a run and what it would erase: identities by category."""
    connection.execute(insert(retention_run), [{
        "id": new.id, "state": new.state.value, "policy": new.policy, "planned_at": new.planned_at, "planned_by": by,
        "parts": _parts(new.parts), "seq": seq}])
    rows = [{"run": new.id, "category": category, "subject": subject, "state": WAITING}
            for category, subjects in items.items() for subject in subjects]
    if rows:
        connection.execute(insert(retention_item), rows)


def listing(connection: Connection, identity: str = "") -> list[Run]:
    """Every run, newest first; or one."""
    planner, approver = officer.alias("planner"), officer.alias("approver")
    query = (select(retention_run, planner.c.name.label("planner"), approver.c.name.label("approver"))
             .outerjoin(planner, planner.c.id == retention_run.c.planned_by)
             .outerjoin(approver, approver.c.id == retention_run.c.approved_by).order_by(retention_run.c.seq.desc()))
    if identity:
        query = query.where(retention_run.c.id == identity)
    return [_run(row) for row in connection.execute(query)]


def open_run(connection: Connection) -> Run | None:
    """The run that is not finished, if any."""
    over = (RunState.DONE, RunState.WITHDRAWN)
    return next((run for run in listing(connection) if run.state not in over), None)


def change(connection: Connection, identity: str, **values: Any) -> None:
    """Store what changed of a run: `parts` as Parts, `state` as its value."""
    if "parts" in values:
        values["parts"] = _parts(values["parts"])
    connection.execute(update(retention_run).where(retention_run.c.id == identity).values(values))


def waiting(connection: Connection, run: str, category: str) -> list[str]:
    """What of a category is still to go."""
    return list(connection.execute(select(retention_item.c.subject).where(
        retention_item.c.run == run, retention_item.c.category == category, retention_item.c.state == WAITING)
        .order_by(retention_item.c.subject)).scalars())


def mark(connection: Connection, run: str, category: str, subjects: Sequence[str], state: str) -> None:
    """Note what became of some items."""
    for at in range(0, len(subjects), _BATCH):
        connection.execute(update(retention_item).where(
            retention_item.c.run == run, retention_item.c.category == category,
            retention_item.c.subject.in_(subjects[at:at + _BATCH])).values(state=state))


def tally(connection: Connection, run: str) -> dict[str, dict[str, int]]:
    """category -> state -> how many items."""
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(select(retention_item.c.category, retention_item.c.state, func.count()).where(
            retention_item.c.run == run).group_by(retention_item.c.category, retention_item.c.state)):
        found.setdefault(row[0], {})[row[1]] = row[2]
    return found


def forget_items(connection: Connection, run: str) -> None:
    """A run that is over keeps its counts only."""
    connection.execute(delete(retention_item).where(retention_item.c.run == run))


def add_longer(connection: Connection, new: Longer, by: str, seq: int) -> None:
    """Keep an approval of longer keeping."""
    connection.execute(insert(retention_longer), [{
        "id": new.id, "category": new.category, "subject": new.subject, "until": new.until, "reason": new.reason,
        "approved_on": new.approved_on, "approved_by": by, "seq": seq}])


def longer(connection: Connection, today: str, category: str = "") -> list[Longer]:
    """Approvals in force on a day, of a category where one is given."""
    query = (select(retention_longer, officer.c.name).outerjoin(officer, officer.c.id == retention_longer.c.approved_by)
             .where(retention_longer.c.until >= today).order_by(retention_longer.c.until, retention_longer.c.id))
    if category:
        query = query.where(retention_longer.c.category == category)
    return [Longer(row.id, row.category, row.subject, row.until, row.reason, row.approved_on, row.name or "")
            for row in connection.execute(query)]
