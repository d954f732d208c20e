"""Restriction of use (UK GDPR Art 18; S2 l.9): stored, and nothing else until it ends: not listed, not written to, not given out."""

from __future__ import annotations

from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import RestrictionGround
from dpdesk.services import members
from dpdesk.services.session import Session, today


def restrict(session: Session, person: str, ground: str, reason: str):
    """Restrict the use of somebody's data at once, everywhere; raises `Invalid`, `NotFound`. Returns the restriction.

    `person` is the identity of a person of the desk, or of an elector who is none.
    """
    from dpdesk.store import restrictions
    session.require(Right.SUBJECT_RESTRICT)
    problems = {} if reason.strip() else {"reason": "missing"}
    if ground not in set(RestrictionGround):
        problems["ground"] = "unknown"
    if of(session, person):
        problems["ground"] = "already_so"
    if problems:
        raise Invalid(problems)
    kind = _kind(session, person)
    made = restrictions.Restriction(new_id(), person, RestrictionGround(ground), reason.strip(), today().isoformat())
    with session.change("subject.restricted") as unit:
        restrictions.add(unit.connection, made, unit.seq)
        unit.about(kind, person)
        unit.record(kind, person, {"restricted": ""}, {"restricted": made.since, "restriction_ground": ground, "why": made.reason})
        unit.facts(restriction=made.id, ground=ground)
    return made


def _kind(session: Session, identity: str) -> str:
    """Whether somebody is a person of the desk or an elector; raises `NotFound`."""
    from dpdesk.store import electors
    with session.desk.read() as connection:
        if electors.by_ids(connection, [identity], gone=True):
            return "elector"
    return "member" if members.get(session, identity) else ""


def of(session: Session, person: str):
    """The restrictions of a person that stand."""
    from dpdesk.store import restrictions
    with session.desk.read() as connection:
        return [each for each in restrictions.of(connection, person) if not each.lifted_on]


def free(session: Session, person: str, reason: str) -> None:
    """End the restriction of somebody, who is told first (UK GDPR Art 18(3)); raises `Invalid`, `NotFound`."""
    from dpdesk.store import restrictions
    session.require(Right.SUBJECT_RESTRICT)
    standing = of(session, person)
    if not standing:
        raise NotFound("restriction", person)
    if not reason.strip():
        raise Invalid({"reason": "missing"})
    kind = _kind(session, person)
    with session.change("subject.freed") as unit:
        for each in standing:
            restrictions.lift(unit.connection, each.id, today().isoformat())
            unit.record(kind, person, {"restricted": each.since}, {"restricted": "", "why": reason.strip()})
        unit.about(kind, person)


def everybody(session: Session) -> list:
    """Everybody whose data is restricted now, as members."""
    from dpdesk.store import members as store
    from dpdesk.store import restrictions
    session.require(Right.SUBJECT_RESTRICT)
    with session.desk.read() as connection:
        return store.by_ids(connection, sorted(restrictions.people(connection)))
