"""What follows once rows of a scanned page are decided: its paper is scanned, entered or checked, and its answers are results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain import custody as rules
from dpdesk.domain.custody import How, Move, PageCopy, Piece, State
from dpdesk.domain.scans import Page, PageState
from dpdesk.services import custody
from dpdesk.services.custody import Handing
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Sheet
    from dpdesk.store.unit import Unit


def follow(session: Session, unit: Unit, page: Page, sheet: Sheet) -> Page:
    """Within a change: bring the page, its paper and its sheet up to date with its rows; the page as it stands then."""
    from dpdesk.store import scans
    _moved(session, unit, page, Move.HAND_IN)
    _moved(session, unit, page, Move.SCAN)
    done = bool(page.rows) and all(row.decided for row in page.rows)
    state = PageState.READ if done else PageState.REVIEW
    scans.change_page(unit.connection, page.id, state=state.value)
    if done:
        _moved(session, unit, page, Move.ENTER)
    return page


def checked(session: Session, unit: Unit, page: Page) -> None:
    """Within a change: a person has looked the page through; its picture has had its day from now on."""
    from dpdesk.store import scans
    _moved(session, unit, page, Move.ENTER)
    _moved(session, unit, page, Move.VERIFY)
    scans.change_page(unit.connection, page.id, done_at=unit.at)


def _piece(unit: Unit, page: Page) -> PageCopy | None:
    from dpdesk.store import sheets
    return next(iter(sheets.pieces(unit.connection, [Piece(page.sheet, page.page, page.copy)])), None)


def _moved(session: Session, unit: Unit, page: Page, move: Move) -> None:
    """The paper takes that step where it can; a page nobody handed out, or that has gone further already, stays as it is."""
    found = _piece(unit, page)
    if found is None or not rules.may(found, move):
        return
    if move is Move.HAND_IN and found.state not in rules.AWAY | {State.LOST}:
        return
    custody.apply(session, unit, [found], move, Handing(how=How.IMAGE))
