"""A sheet that is back from the street, and a second officer: what the tests of entering and results begin with."""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.custody import Move
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.sessions import Sheet
from dpdesk.services import custody, entering, officers, sheets
from dpdesk.services.session import Session
from dpdesk.store import keys
from tests.services import canvassing

SECOND = "bicycle harbour mustard owl"


def back(session: Session, folder: Path, people=canvassing.STREET) -> Sheet:
    """A sheet of the street that came back whole."""
    parent = canvassing.planned(session, folder, people)
    sheet = canvassing.out(session, parent)
    hand_in(session, sheet)
    return sheets.get(session, sheet.id)


def hand_in(session: Session, sheet: Sheet) -> None:
    """Every page comes back."""
    with session.change("sheets.handed_in") as unit:
        custody.apply(session, unit, custody.copies_of(session, sheet.id), Move.HAND_IN)
        unit.about("sheet", sheet.id)
        unit.facts(pages=sheet.pages)


def row(session: Session, sheet: Sheet, page: int, line: int) -> entering.Row:
    return next(each for each in entering.rows(session, sheet.id, page) if each.line == line)


def enter(session: Session, sheet: Sheet, page: int, line: int, *boxes: str, note: str = ""):
    return entering.enter(session, row(session, sheet, page, line), boxes, note)


def whole(session: Session, sheet: Sheet, page: int, box: str = "O") -> None:
    """Enter every open row of a page alike, and say that it is done."""
    lines = entering.open_rows(session, sheet.id, page)
    entering.enter_page(session, sheet.id, page, [entering.Ticked(line, (box,)) for line in lines])
    entering.finish(session, sheet.id, page)


def second_officer(session: Session, reopen, role: Role = Role.DATA_ENTRY) -> Session:
    """Close the desk and open it as somebody else."""
    officers.add(session, "Dee Sample", role, Secret(SECOND), kdf=keys.least())
    session.close()
    other = reopen(SECOND)
    officers.acknowledge(other)
    return other
