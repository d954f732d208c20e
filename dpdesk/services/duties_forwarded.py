"""What the party wants handed on to headquarters instead of answered by the branch, and to whom (S0 l.11-12; S3 l.16)."""

from __future__ import annotations

from dpdesk.services.session import Session
from dpdesk.services.translation import tr


def words(session: Session, register: str) -> str:
    """One sentence where a register's cases are handed on, with whom to write to; "" where the branch answers itself."""
    policy = session.policy
    if register not in {str(each) for each in policy.forwarded}:
        return ""
    found = policy.address_for(register)
    whom = ", ".join(filter(None, (found.name, found.email, found.url))) if found else policy.report_incidents_to
    return tr("{party} handles these itself: record it here, and hand it on at once to {whom}.", party=policy.name, whom=whom)
