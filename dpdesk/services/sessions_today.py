"""What canvassing sessions ask for today: pages not back, lost, drawn; sheets to shred; sessions left open."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import SessionState
from dpdesk.services.session import Session, today
from dpdesk.services.today_item import Item


def items(session: Session) -> list[Item]:
    """Everything that needs this officer; counts only, nobody is named."""
    if not (session.may(Right.SHEETS_SEE) and session.acknowledged):
        return []
    from dpdesk.services import hand_in, sessions, sheet_loss
    found = []
    late = hand_in.overdue(session)
    if late and session.may(Right.SHEETS_RUN):
        found.append(Item("sheets_overdue", 0, "session", {"count": sum(each.pages for each in late), "id": late[0].session.id}))
    lost = sum(len(each.pieces) for each in sheet_loss.losses(session, open_only=True))
    if lost:
        found.append(Item("sheets_lost", 0, "sheet_losses", {"count": lost}))
    if session.may(Right.SHEETS_RUN):
        left = [each for each in sessions.listing(session) if each.state is not SessionState.CLOSED and each.on_day < today().isoformat()]
        if left:
            found.append(Item("sessions_open", 1, "session", {"count": len(left), "id": left[0].id}))
        found += _drawn(session)
    return [*found, *_paper(session)]


def _drawn(session: Session) -> list[Item]:
    from dpdesk.services import sheet_print, sheets
    pages = sheet_print.waiting(session)
    if not pages:
        return []
    return [Item("sheets_drawn", 0, "sheets_print", {"count": len(pages), "id": sheets.get(session, pages[0].piece.sheet).session})]


def _paper(session: Session) -> list[Item]:
    from dpdesk.services import destruction
    ready = destruction.to_destroy(session) if session.may(Right.SHEETS_DESTROY) else 0
    return [Item("sheets_to_destroy", 1, "destroy_sheets", {"count": ready})] if ready else []
