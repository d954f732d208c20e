"""What entering sheets asks for today."""

from __future__ import annotations

from collections import Counter

from dpdesk.domain.roles import Right
from dpdesk.services import entering_pages
from dpdesk.services.session import Session
from dpdesk.services.today_item import Item


def items(session: Session) -> list[Item]:
    """Pages to enter, to check (by somebody else than who entered them), and to settle."""
    if not (session.acknowledged and session.may(Right.RESULTS_ENTER)):
        return []
    waiting = Counter(each.step for each in entering_pages.waiting(session) if each.step != "check" or not each.mine)
    return [Item(code, urgency, "entering", {"count": waiting[step]}) for code, step, urgency in (
        ("results_to_enter", "enter", 1), ("results_to_check", "check", 2), ("results_differ", "differ", 1)) if waiting[step]]
