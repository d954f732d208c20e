"""The entries a branch can begin a register with: the duties every branch has, to be made its own."""

from __future__ import annotations

from dpdesk.services import duties
from dpdesk.services.session import Session


def start(session: Session, code: str) -> int:
    """Add the starters that are not there yet, told by what they are called; returns how many."""
    register = duties.register_of(code)
    session.require(register.keep)
    there = {each.heading for each in duties.listing(session, code)}
    new = [each for each in register.starters if register.heading(each) not in there]
    for values in new:
        duties.add(session, code, values)
    return len(new)
