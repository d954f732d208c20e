"""What retention, the yearly audit and the policy's pack ask for today."""

from __future__ import annotations

from dpdesk.domain.retention import RunState
from dpdesk.domain.roles import Right
from dpdesk.services import policies, retention
from dpdesk.services.session import Session, today
from dpdesk.services.today_item import Item

_WAITING = {RunState.PROPOSED: "retention_to_approve", RunState.APPROVED: "retention_to_apply", RunState.UNDER_WAY: "retention_unfinished"}


def items(session: Session) -> list[Item]:
    """Everything that needs this officer."""
    if not session.acknowledged:
        return []
    return [*_policy(session), *_retention(session), *_audit(session)]


def _policy(session: Session) -> list[Item]:
    if not session.may(Right.POLICY_EDIT) or policies.update_waiting(session) is None:
        return []
    return [Item("policy_update", 1, "policy", {})]


def _retention(session: Session) -> list[Item]:
    from dpdesk.store import holds
    if not session.may(Right.RETENTION_PLAN):
        return []
    run = retention.open_run(session)
    with session.desk.read() as connection:
        reviews = holds.due_for_review(connection, today().isoformat())
    found: list[Item] = []
    if run is not None:
        mine = run.state is not RunState.PROPOSED or session.may(Right.RETENTION_APPROVE)
        found += [Item(_WAITING[run.state], 0, "retention", {})] if mine else []
    else:
        erase, look = counts(session)
        found += [Item("retention_due", 1, "retention", {"count": erase})] if erase else []
        found += [Item("retention_reviews", 2, "retention", {"count": look})] if look else []
    return [*found, Item("retention_holds", 1, "retention", {"count": reviews})] if reviews else found


def counts(session: Session) -> tuple[int, int]:
    """(how many things are to be erased, how many to be looked at), worked out once for each state of the log and day.

    Enquiries, registers, copies and scans have lines of their own on Today, and are not counted twice.
    """
    from dpdesk.store.imports import last_seq
    own = {"enquiries", "registers", "copies", "scans"}

    def work() -> tuple[int, int]:
        lines = [line for line in retention.overview(session) if line.mine and line.rule.category not in own]
        look = [line for line in lines if not line.erases and not line.by_hand]
        return sum(len(line.due) for line in lines if line.erases), sum(len(line.due) for line in look)
    with session.desk.read() as connection:
        seq = last_seq(connection)
    return session.remembered(("retention", today().isoformat()), seq, work)


def _audit(session: Session) -> list[Item]:
    from dpdesk.services import data_audits
    if not session.may(Right.DATA_AUDIT):
        return []
    if data_audits.open_audit(session) is not None:
        return [Item("data_audit_open", 1, "data_audit", {})]
    due = data_audits.due(session)
    return [Item("data_audit_due", 1, "data_audit", {})] if due <= today() else []
