"""What the party wants handed on to headquarters instead of answered by the branch, and to whom (S0 l.11-12; S3 l.16)."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.registers.declaring import Move
from dpdesk.domain.roles import Role
from dpdesk.services import duties
from dpdesk.services.duties import Shown
from dpdesk.services.names import role_name
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


def handed_on(session: Session, register: str) -> bool:
    """Whether the party has a register's cases handed on to it."""
    return register in {each.value for each in session.policy.forwarded}


def waits(session: Session, shown: Shown) -> bool:
    """Whether an entry is one to hand on that was not handed on yet."""
    move = next((each for each in shown.register.moves_from(shown.duty.state) if each.hands_on), None)
    return move is not None and handed_on(session, shown.register.code) and not all(shown.duty.values.get(each) for each in move.needs)


def whom(session: Session, register: str) -> str:
    """Whom to write to: name, address, page."""
    found = session.policy.address_for(register)
    return ", ".join(filter(None, (found.name, found.email, found.url))) if found else session.policy.report_incidents_to


def words(session: Session, register: str) -> str:
    """One sentence where a register's cases are handed on, with whom to write to; "" where the branch answers itself."""
    if not handed_on(session, register):
        return ""
    return tr("{party} handles these itself: record it here, and hand it on at once to {whom}.", party=session.policy.name,
              whom=whom(session, register))


def filled(session: Session, shown: Shown, move: Move) -> dict[str, str]:
    """What a move can be filled in with beforehand: whom it is handed on to."""
    return {"forwarded_to": whom(session, shown.register.code)} if "forwarded_to" in move.asks and handed_on(
        session, shown.register.code) and not shown.duty.values.get("forwarded_to") else {}


def ordered(session: Session, shown: Shown) -> list[tuple[Move, bool]]:
    """The moves of an entry with whether this officer may make each: handing on first where it waits, what is not theirs last."""
    first = waits(session, shown)
    moves = [(each, duties.may_move(session, shown, each)) for each in shown.register.moves_from(shown.duty.state)]
    return sorted(moves, key=lambda each: (not each[1], not (first and each[0].hands_on)))


def others_decide(session: Session, shown: Shown, moves: Sequence[Move]) -> str:
    """Who decides what this officer may not: a sentence, or ""."""
    found: dict[tuple[Role, ...], list[str]] = {}
    for each in moves:
        if roles := duties.movers(session, shown.register, each):
            found.setdefault(roles, []).append(tr(each.label))
    return " ".join(tr("{moves}: only for {roles}.", moves=", ".join(f"“{each}”" for each in labels),
                       roles=" / ".join(role_name(each.value) for each in roles)) for roles, labels in found.items())
