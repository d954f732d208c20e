"""What cards, the outbox, receipts and packages that came in ask for today."""

from __future__ import annotations

from dpdesk.domain.cards import CardState
from dpdesk.domain.packages import PackageState
from dpdesk.domain.roles import Right
from dpdesk.services import cards, outbox, packages, receipts
from dpdesk.services.session import Session
from dpdesk.services.today_item import Item


def items(session: Session) -> list[Item]:
    """Everything that needs this officer."""
    if not (session.acknowledged and session.may(Right.TRANSFERS_SEE)):
        return []
    found = []
    if session.may(Right.CARDS_MANAGE):
        found.append(("cards_unverified", 1, "cards", sum(each.state is CardState.UNVERIFIED for each in cards.listing(session))))
    if session.may(Right.TRANSFERS_SEND):
        waiting, stuck = outbox.waiting(session)
        found += [("outbox_waiting", 1, "outbox", waiting - stuck), ("outbox_stuck", 0, "outbox", stuck),
                  ("receipts_awaited", 1, "outbox", receipts.outstanding(session))]
    if session.may(Right.TRANSFERS_RECEIVE):
        came = [each for each in packages.listing(session, "in") if each.state is PackageState.ARRIVED]
        found.append(("packages_arrived", 0, "packages", len(came)))
    return [Item(code, urgency, page, {"count": n}) for code, urgency, page, n in found if n]
