"""Holds on erasing, and longer keeping with the accountable person's written approval (S1 §9.a, §9.c; S2 l.20-21)."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain import retention as rules
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.retention import Hold, Longer
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today


def place(session: Session, reason: str, review_on: str, *, person: str = "", category: str = "") -> Hold:
    """Keep a person, or a whole category, from being erased until the hold is ended; raises `Invalid`, `NotFound`."""
    from dpdesk.services import members
    from dpdesk.store import holds
    session.require(Right.RETENTION_PLAN)
    problems = rules.hold_problems(reason, review_on, today(), session.policy.data_audit_every_months)
    if bool(person) == bool(category):
        problems["category"] = "missing"
    elif category and category not in rules.CATEGORIES:
        problems["category"] = "unknown"
    if problems:
        raise Invalid(problems)
    if person:
        members.get(session, person)
    made = Hold(new_id(), category, person, reason.strip(), review_on, today().isoformat(), session.officer.id)
    with session.change("retention.held") as unit:
        holds.add(unit.connection, made, unit.seq)
        unit.about(*(("member", person) if person else ("retention_hold", made.id)))
        unit.record("member" if person else "retention_hold", person or made.id, {},
                    {"retention_hold": made.reason, "retention_review_on": review_on})
        unit.facts(hold=made.id, category=category)
    return made


def listing(session: Session) -> list[Hold]:
    """Every hold that stands, the earliest review first."""
    from dpdesk.store import holds
    session.require(Right.RETENTION_SEE)
    with session.desk.read() as connection:
        return holds.listing(connection)


def of_person(session: Session, person: str) -> list[Hold]:
    """The holds on one person."""
    return [each for each in listing(session) if each.subject == person]


def renew(session: Session, identity: str, reason: str, review_on: str) -> None:
    """Let a hold go on until its next review; raises `Invalid`, `NotFound`."""
    from dpdesk.store import holds
    session.require(Right.RETENTION_PLAN)
    found = _get(session, identity)
    problems = rules.hold_problems(reason, review_on, today(), session.policy.data_audit_every_months)
    if problems:
        raise Invalid(problems)
    with session.change("retention.held") as unit:
        holds.set_review(unit.connection, identity, reason.strip(), review_on)
        unit.record(*_whose(found), {"retention_hold": found.reason, "retention_review_on": found.review_on},
                    {"retention_hold": reason.strip(), "retention_review_on": review_on})
        unit.facts(hold=identity, renewed=True)


def release(session: Session, identity: str) -> None:
    """End a hold: what its time is up for goes with the next run."""
    from dpdesk.store import holds
    session.require(Right.RETENTION_PLAN)
    found = _get(session, identity)
    with session.change("retention.released") as unit:
        holds.end(unit.connection, identity, today().isoformat())
        unit.record(*_whose(found), {"retention_hold": found.reason}, {"retention_hold": ""})
        unit.facts(hold=identity)


def _whose(hold: Hold) -> tuple[str, str]:
    """Under whom history keeps a hold: the person, with whom it is erased, or the hold of a category."""
    return ("member", hold.subject) if hold.subject else ("retention_hold", hold.id)


def _get(session: Session, identity: str) -> Hold:
    found = next((each for each in listing(session) if each.id == identity), None)
    if found is None:
        raise NotFound("retention_hold", identity)
    return found


def keep_longer(session: Session, category: str, until: str, reason: str, subjects: Sequence[str] = ("",)) -> list[Longer]:
    """The accountable person's written approval to keep a category, or some items of it, until a day (S1 §9.c); raises `Invalid`."""
    from dpdesk.store import retention
    session.require(Right.RETENTION_APPROVE)
    problems = rules.longer_problems(reason, until, today())
    if category not in rules.CATEGORIES:
        problems["category"] = "unknown"
    if problems:
        raise Invalid(problems)
    made = [Longer(new_id(), category, subject, until, reason.strip(), today().isoformat(), session.officer.name) for subject in subjects]
    with session.change("retention.kept_longer") as unit:
        for each in made:
            retention.add_longer(unit.connection, each, session.officer.id, unit.seq)
            unit.record("retention_longer", each.id, {},
                        {"kept_until": until, "why": each.reason, "retention_category": category})
        unit.facts(category=category, until=until, items=len(made), whole=subjects == ("",))
    return made


def longer(session: Session) -> list[Longer]:
    """Every approval of longer keeping in force, the first to end at the top."""
    from dpdesk.store import retention
    session.require(Right.RETENTION_SEE)
    with session.desk.read() as connection:
        return retention.longer(connection, today().isoformat())
