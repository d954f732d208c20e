"""How old what was learnt at the door may be: faded after the policy's months, gone after its rule of retention (S1 §9, §20)."""

from __future__ import annotations

from dpdesk.domain.clocks import months_before
from dpdesk.domain.results import Age, age
from dpdesk.services.session import Session, today


def kept_months(session: Session) -> int:
    """Months until a fact loses its name; 0 where the policy names no such rule."""
    rule = session.policy.rule_for("canvass")
    return session.policy.months_of(rule) if rule is not None else 0


def oldest_day(session: Session) -> str:
    """The day (ISO) from which facts still count; "" for all."""
    months = kept_months(session)
    return months_before(today(), months).isoformat() if months else ""


def age_of(session: Session, taken_on: str) -> Age:
    """How old what was taken on a day is by the policy."""
    return age(taken_on, today(), session.policy.intention_fades_months, kept_months(session))
