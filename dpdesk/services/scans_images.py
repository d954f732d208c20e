"""Pictures of checked pages go after the time the policy gives them, and with them what was measured: answers live on as results alone,
by their own rule (S1 §9.b, §26)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

DAYS = 30
"""Days after which pictures go where the policy names no rule."""


def before(session: Session) -> str:
    """The instant before which a page must have been checked for its picture to be due now."""
    rule = session.policy.rule_for("scans")
    months = session.policy.months_of(rule) if rule is not None else 0
    named = rule is not None and (rule.days or months)
    day = rule.before(today(), months) if rule is not None and named else (today() - timedelta(days=DAYS)).isoformat()
    return f"{day}T23:59:59.999Z"


def due(session: Session, until: str = "") -> list[tuple[str, str]]:
    """(page, when it was checked) of pages whose picture is to be erased: those checked before `until`, by default the policy's."""
    from dpdesk.store import scan_images
    session.require_acknowledged()
    catch_up(session)
    with session.desk.read() as connection:
        return scan_images.due(connection, until or before(session))


def catch_up(session: Session) -> None:
    """Pages that were checked on their sheet, without a look at the picture, are done from then on."""
    from dpdesk.store import scans
    with session.desk.read() as connection:
        found = scans.checked_elsewhere(connection)
    if found and not session.read_only:
        with session.desk.jot() as connection:
            for page, since in found:
                scans.change_page(connection, page, done_at=since)


def erase(session: Session, pages: Sequence[str] = (), also: Callable[[Unit], None] | None = None) -> int:
    """Erase the pictures of those pages, by default of all that are due; their cells are overwritten. How many there were.

    `also` adds to the same change.
    """
    from dpdesk.store import erasing, scan_images
    session.require(Right.SCANS_TAKE)
    wanted = list(pages) or [page for page, _day in due(session)]
    if not wanted:
        return 0
    with session.change("scans.images_erased") as unit:
        gone = scan_images.erase(unit.connection, wanted, unit.at)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(pages=gone)
        if also is not None:
            also(unit)
    erasing.compact(session.desk)
    return gone


def weight(session: Session) -> tuple[int, int]:
    """(how many pictures are kept, how many bytes they have)."""
    from dpdesk.store import scan_images
    session.require_acknowledged()
    with session.desk.read() as connection:
        return scan_images.weight(connection)
