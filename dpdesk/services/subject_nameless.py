"""Erasing what an elector said: their answers lose the name, the counts stay, and a wish to be left alone holds on (S1 §13.2, §20)."""

from __future__ import annotations

from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import Subject
from dpdesk.services.session import Session


def make(session: Session, who: Subject, why: str) -> int:
    """Take the name off the answers of somebody at once; how many there were. Raises `Invalid`, and `Declined` under a hold."""
    from dpdesk.store import erasing, holds, results
    session.require(Right.MEMBERS_ERASE)
    if not why.strip():
        raise Invalid({"why": "missing"})
    with session.desk.read() as connection:
        held = holds.of_people(connection, [who.person]) if who.person else {}
        reason = next(iter(held.values()), "") or holds.of_category(connection, "canvass")
    if reason:
        raise Declined("retention.held", {"reason": reason})
    with session.change("subject.nameless") as unit:
        gone = results.make_nameless(unit.connection, electors=who.electors)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(answers=gone)
        unit.commit_to(why.strip().encode())
    erasing.compact(session.desk)
    return gone
