"""A desk with a small register, a campaign and a session: what the tests of sheets and custody begin with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.custody import How, Move, PageCopy, State
from dpdesk.domain.sessions import CanvassSession, Of, Part, Sheet
from dpdesk.services import allotments, campaigns, custody, issuing, sessions, sheets
from dpdesk.services.session import Session, today
from tests.services import registers

STREET = [("CV", str(n), "0", "", "", f"Resident{n}", "Ada", "AN1 2AB", f"{(n + 1) // 2} Weir Lane", "Anytown") for n in range(1, 31)]
CAMPAIGN = {"name": "Spring election", "basis_why": "Voters expect a party to ask; assessed and recorded"}


def plan_values(days: int = 3) -> dict[str, str]:
    return {"on_day": (today() + timedelta(days=days)).isoformat(), "starts": "10:30", "back_time": "13:00", "place": "Hall, Weir Lane",
            "storage": "Steel cabinet in the office", "storage_kind": "locked_cabinet", "protected": "yes"}


def campaign(session: Session, **values: str) -> Campaign:
    return campaigns.add(session, CAMPAIGN | values, "labour")


def planned(session: Session, tmp_path: Path, people=STREET) -> CanvassSession:
    """A register of one street, a campaign, and a session with a senior and two responsible individuals, authorised."""
    registers.take(session, tmp_path, registers.xpress(people))
    made = sessions.add(session, campaign(session).id, plan_values(), sessions.Named(Of.NAME, name="Sylvia Senior"), [
        (sessions.Named(Of.NAME, name="Rhys Responsible"), Part.RESPONSIBLE), (sessions.Named(Of.NAME, name="Cara Canvasser"),
                                                                               Part.CANVASSER)])
    sessions.authorise(session, made.id)
    return sessions.get(session, made.id)


def holder(parent: CanvassSession):
    return next(each for each in parent.people if each.part is Part.RESPONSIBLE)


def made(session: Session, parent: CanvassSession, title: str = "CV Weir Lane") -> Sheet:
    allotted = allotments.allot(session, parent.id, [allotments.Allotting(title, district="CV", holder=holder(parent).id)])
    return sheets.make(session, allotted)[0]


def printed(session: Session, sheet: Sheet, copy: int = 1) -> list[PageCopy]:
    """Print all pages of a sheet, without drawing them."""
    from dpdesk.domain.custody import Piece
    with session.change("sheets.drawn") as unit:
        from dpdesk.store import sheets as store
        pages = [PageCopy(Piece(sheet.id, page, copy)) for page in range(1, sheet.pages + 1)]
        store.put_copies(unit.connection, pages)
        unit.about("sheet", sheet.id)
        unit.facts(pages=len(pages))
        return custody.apply(session, unit, pages, Move.PRINT)


def word(session: Session) -> issuing.Acknowledged:
    return issuing.Acknowledged(How.WORD, issuing.briefings(session)[0].version)


def out(session: Session, parent: CanvassSession) -> Sheet:
    """A sheet that is out with the responsible individual."""
    sheet = made(session, parent)
    printed(session, sheet)
    issuing.issue(session, [sheet.id], holder(parent).id, word(session))
    sessions.begin(session, parent.id)
    return sheets.get(session, sheet.id)


def states(session: Session, sheet: Sheet) -> list[State]:
    return [each.state for each in custody.copies_of(session, sheet.id)]
