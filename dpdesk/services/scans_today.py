"""What scanning asks for today: rows and pages that wait for a person, piles that are not in whole, pictures whose time is up."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.services.session import Session
from dpdesk.services.today_item import Item


def items(session: Session) -> list[Item]:
    """What waits, where this officer may see to it."""
    from dpdesk.services import scans, scans_images, scans_take
    if not session.acknowledged:
        return []
    found = []
    if session.may(Right.SCANS_REVIEW):
        waits = scans.counts(session)
        rows = waits["waiting"] + waits["strip"]
        found += [Item(code, urgency, "scans_review", {"count": count}) for code, urgency, count in (
            ("scans_review", 0, rows), ("scans_line_up", 0, waits["line_up"]), ("scans_differ", 0, waits["differs"]),
            ("scans_unchecked", 1, waits["unchecked"]), ("scans_sample", 2, waits["sampled"])) if count]
    if session.may(Right.SCANS_TAKE):
        stopped, due = len(scans_take.unfinished(session)), len(scans_images.due(session))
        found += [Item(code, urgency, "scans", {"count": count}) for code, urgency, count in (
            ("scans_stopped", 0, stopped), ("scans_images_due", 1, due)) if count]
    return found
