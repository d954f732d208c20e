"""Two people check a scanned page where that is asked: a row one of them decided is looked at by another, in whatever order they come."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from dpdesk.domain.results import Check
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import unseen
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.scans import Page


def two_people(session: Session) -> bool:
    """Whether a page is looked through by somebody else than who decided its rows; as the policy asks, unless the desk says otherwise."""
    asked = "yes" if session.policy.results_check is Check.BLIND else "no"
    return session.desk.setting("scan_two_people", asked) == "yes"


def set_two_people(session: Session, wanted: bool) -> None:
    """Whether two people check every page."""
    from dpdesk.store import settings
    session.require(Right.DESK_SETTINGS)
    before, now = "yes" if two_people(session) else "no", "yes" if wanted else "no"
    if before == now:
        return
    with session.change("scans.settings") as unit:
        settings.put(unit.connection, scan_two_people=now)
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {"scan_two_people": before}, {"scan_two_people": now})


def left_after(session: Session, connection: Any, page: str) -> Collection[int] | None:
    """The rows of a page that another officer has to look at even once this one has; None where this one's look settles nothing."""
    from dpdesk.store import scan_rows
    if not two_people(session):
        return ()
    decided, looks = scan_rows.decided(connection, page), scan_rows.looks(connection, page)
    before, after = unseen(decided, looks), unseen(decided, [*looks, (session.officer.id, _NOW)])
    return None if after and after == before else after


_NOW = 1 << 62  # a look that comes after every entry of the log


def split(session: Session, connection: Any, pages: list[Page]) -> tuple[list[Page], list[Page]]:
    """(pages this officer may look through, pages that wait for another one)."""
    if not two_people(session):
        return pages, []
    waits = {page.id for page in pages if left_after(session, connection, page.id) is None}
    return [page for page in pages if page.id not in waits], [page for page in pages if page.id in waits]
