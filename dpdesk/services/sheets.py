"""The register of sheets: made for what is allotted, found again by the number on a page, and who stands on which line.

For scanning and entering: `expected`, `rows_of` and `boxes` say what a page is; `services/custody.py` says where it has come to.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.custody import PageCopy, Piece, State
from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import Declined, NotFound
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Allotment, SessionState, Sheet, SheetKind, SheetRow, Variant, paged
from dpdesk.domain.sheet_codes import MOST_PAGES, PageCode, new_sheet
from dpdesk.domain.sheets import LARGE, LAYOUTS, NORMAL, Layout
from dpdesk.services.session import Session
from dpdesk.services.sheet_lines import Going, going

LAYOUT_OF: dict[Variant, Layout] = {Variant.NORMAL: NORMAL, Variant.LARGE: LARGE}


@dataclass(frozen=True)
class Line:
    """A line of a printed page: `line` from 1. `elector` is None for one who is not on the register any more, or is not to be shown.

    A blank line names nobody, whoever looks: only its identity says whom it stands for.
    """

    row: SheetRow
    elector: Elector | None

    @property
    def line(self) -> int:
        """Its place on the page, from 1."""
        return self.row.line

    @property
    def blank(self) -> bool:
        """Whether nobody is printed there."""
        return self.row.blank


@dataclass(frozen=True)
class Expected:
    """A page the desk knows: its sheet, geometry, how many lines are printed on it, and the piece of paper as it stands."""

    sheet: Sheet
    page: PageCopy
    layout: Layout
    lines: int

    @property
    def code(self) -> PageCode:
        """What its QR codes say."""
        return PageCode(self.sheet.layout, len(self.sheet.boxes), self.lines, *self.page.piece)


def make(session: Session, allotments: Sequence[Allotment]) -> list[Sheet]:
    """Make the sheets of what is allotted, one a walk: who stands on them is settled now. Raises `Declined`, `UseRefused`."""
    from dpdesk.services import campaigns, sessions
    from dpdesk.store import sheets
    session.require(Right.SHEETS_RUN)
    if not allotments:
        return []
    parent = sessions.get(session, allotments[0].session)
    if parent.state is SessionState.CLOSED:
        raise Declined("sessions.closed")
    campaign = campaigns.get(session, parent.campaign)
    usual = campaigns.codes(session, campaign.codes)
    drafts = [(each, going(session, each, campaign.id)) for each in allotments]
    empty = next((each for each, lines in drafts if not any(not line.blank for line in lines)), None)
    if empty is not None:
        raise Declined("sheets.nobody", {"title": empty.title})
    with session.change("sheets.made") as unit:
        first = sheets.numbered(unit.connection, parent.id) + 1
        made, rows = [], []
        polling = any(each.kind is SheetKind.KNOCKING_UP for each in allotments)
        sets = {SheetKind.CANVASS: usual, SheetKind.KNOCKING_UP: campaigns.for_polling_day(unit, campaign) if polling else usual}
        for at, (each, lines) in enumerate(drafts):
            layout = LAYOUT_OF[each.variant]
            pages = paged(len(lines), layout.rows)
            if pages > MOST_PAGES:
                raise Declined("sheets.too_long", {"title": each.title, "pages": pages})
            codes = sets[each.kind]
            boxes = campaigns.boxes_of(codes, campaign.questions if codes.id == usual.id else ())
            made.append(Sheet(new_sheet(os.urandom(7)), each.id, parent.id, campaign.id, each.kind, first + at, each.title, layout.code,
                              campaign.columns, boxes, codes.id, pages, sum(not line.blank for line in lines), State.DRAFTED,
                              unit.at, parent.back_by))
            rows += _rows(made[-1].id, lines, layout.rows)
        sheets.add(unit.connection, made, rows, unit.seq)
        unit.about("canvass_session", parent.id)
        unit.facts(sheets=len(made), pages=sum(each.pages for each in made), people=sum(each.people for each in made))
        unit.commit_to("\n".join(f"{row.sheet} {row.page} {row.line} {row.elector} {row.blank}" for row in rows).encode())
    return made


def _rows(sheet: str, lines: Sequence[Going], a_page: int) -> list[SheetRow]:
    return [SheetRow(sheet, at // a_page + 1, at % a_page + 1, line.elector, line.blank) for at, line in enumerate(lines)]




def listing(session: Session, parent: str = "", states: Sequence[State] = ()) -> list[Sheet]:
    """Sheets in the order they were made: all, a session's, those in some states."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return sheets.listing(connection, parent, states)


def get(session: Session, typed: str) -> Sheet:
    """A sheet by its identity, however it is spaced; raises `NotFound`."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_SEE)
    plain = "".join(typed.replace("-", " ").split()).upper()[:10].translate(str.maketrans("ILO", "110"))
    with session.desk.read() as connection:
        found = sheets.get(connection, plain)
    if found is None:
        raise NotFound("sheet", typed)
    return found


def expected(session: Session, sheet: str, page: int, copy: int) -> Expected | None:
    """What the desk knows of a page: None where it was never printed here."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        found = sheets.get(connection, sheet)
        pages = sheets.pieces(connection, [Piece(sheet, page, copy)])
        lines = len(sheets.lines(connection, sheet, page)) if page else 0
    if found is None or not pages or not lines:
        return None
    return Expected(found, pages[0], LAYOUTS[found.layout], lines)


def rows_of(session: Session, sheet: str, page: int = 0) -> list[Line]:
    """The lines of a sheet, or of one of its pages, in the order they are printed."""
    from dpdesk.services.register import shown_born_by
    from dpdesk.store import electors, sheets
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        rows = sheets.lines(connection, sheet, page)
        people = {each.id: each for each in electors.by_ids(connection, [row.elector for row in rows if not row.blank],
                                                            shown_born_by(session), gone=True)}
    return [Line(row, None if row.blank else people.get(row.elector)) for row in rows]


def key(session: Session) -> bytes:
    """The key of the codes on printed sheets, for `sheet_codes.parse` and `payloads`."""
    from dpdesk.store.sheets import code_key
    session.require(Right.SHEETS_SEE)
    return code_key(session.desk)
