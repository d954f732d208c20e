"""Who is told of a case at once: whom the party wants it handed on to, or who in the branch answers it (S0 l.11-12; S3 l.16; S1 24)."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.policy_duties import Forwarded
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
    """Whom to tell: name, address, page."""
    found = session.policy.address_for(register)
    if found is None or (register == Forwarded.INCIDENTS.value and not handed_on(session, register)):
        return session.policy.report_incidents_to
    return ", ".join(filter(None, (found.name, found.email, found.url)))


def words(session: Session, register: str) -> str:
    """Who is told of a case of that register, and by when; "" for registers that nobody has to be told of."""
    if register not in {each.value for each in Forwarded}:
        return ""
    to = whom(session, register)
    if handed_on(session, register):
        return tr("{party} handles these itself: record it here, and hand it on at once: {whom}. The time runs from when it reached "
                  "the branch, not from when it was handed on.", party=session.policy.name, whom=to)
    if register == Forwarded.INCIDENTS.value:
        return tr("Whoever learns of one tells at once: {whom}. Headquarters is to know within {hours} hours.", whom=to,
                  hours=session.policy.incident_report_hours)
    return tr("Your branch answers these itself. Whoever gets one tells on the same day: {whom}. The time runs from when it reached "
              "anybody in the branch.", whom=to)


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
