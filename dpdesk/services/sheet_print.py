"""Printing sheets: drawn, every page read back, looked at, and only then printed or saved; each physical print is a copy of its own.

A page that was drawn waits until somebody says whether it was printed: paper nobody knows of would be the worst of all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.custody import Move, PageCopy, Piece, State
from dpdesk.domain.errors import Cancelled, Declined, Hindered, NotFound
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import SessionState, Sheet
from dpdesk.domain.sheet_codes import MOST_COPIES
from dpdesk.services import allotments, custody, sessions, sheets
from dpdesk.services.imports_rows import Pace
from dpdesk.services.session import Session
from dpdesk.services.sheet_pages import Drawing
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Drawn:
    """Sheets as a PDF that was read back page by page: `pieces` are its pages in order, `sheets` what they belong to."""

    pdf: bytes
    pieces: tuple[Piece, ...]
    sheets: tuple[Sheet, ...]

    @property
    def people(self) -> int:
        """How many electors are on it by name, once for each print."""
        return sum(each.people for each in self.sheets)


def draw(session: Session, wanted: Sequence[str], pages: Mapping[str, Sequence[int]] | None = None,
         progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None) -> Drawn:
    """Draw sheets of one session as a PDF with fresh copy numbers, all pages or those given, and read every page back.

    Raises `Declined`: "sheets.print_unread" where a page cannot be read back, `Hindered` where this machine cannot draw. Nothing of the
    drawing is kept but that those copies are drawn, for `printed` or `not_printed`.
    """
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_RUN)
    found = [sheets.get(session, each) for each in dict.fromkeys(wanted)]
    if not found:
        raise NotFound("sheet", "")
    if len({each.session for each in found}) > 1:
        raise Declined("sheets.one_session")
    parent = sessions.get(session, found[0].session)
    if parent.state is SessionState.CLOSED:
        raise Declined("sessions.closed")
    with session.desk.read() as connection:
        known = store.copies(connection, [each.id for each in found])
    copies = {each.id: _next(each, known, (pages or {}).get(each.id)) for each in found}
    holders = {each.id: parent.somebody(each.holder) for each in allotments.listing(session, parent.id)}
    drawing = Drawing(session, parent)
    made = []
    for each in found:
        holder = holders.get(each.allotment)
        made += drawing.pages(each, copies[each.id], holder.name if holder else "")
    pdf = _checked(made, progress, cancelled)
    pieces = [Piece(each.id, page, copy) for each in found for page, copy in sorted(copies[each.id].items())]
    with session.change("sheets.drawn") as unit:
        if store.pieces(unit.connection, pieces):
            raise Declined("sheets.drawn_meanwhile")
        store.put_copies(unit.connection, [PageCopy(piece, since=unit.at) for piece in pieces])
        custody.settle(unit, copies)
        unit.about("canvass_session", parent.id)
        unit.facts(sheets=len(found), pages=len(pieces))
    return Drawn(pdf, tuple(pieces), tuple(found))


def _next(sheet: Sheet, known: Sequence[PageCopy], pages: Sequence[int] | None) -> dict[int, int]:
    """The copy number of the next print of each page."""
    highest = dict.fromkeys(pages or range(1, sheet.pages + 1), 0)
    for each in known:
        if each.piece.sheet == sheet.id and each.piece.page in highest:
            highest[each.piece.page] = max(highest[each.piece.page], each.piece.copy)
    if any(not 1 <= page <= sheet.pages for page in highest):
        raise NotFound("page", str(next(page for page in highest if not 1 <= page <= sheet.pages)))
    if max(highest.values()) >= MOST_COPIES:
        raise Declined("sheets.copies_many", {"title": sheet.title})
    return {page: copy + 1 for page, copy in highest.items()}


def _checked(pages: list, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None) -> bytes:
    """The pages as a PDF, once each of them was read back as a scanner would see it."""
    from dpdesk.paper import checking, printing
    pace = Pace(len(pages), progress, cancelled)
    out = io.BytesIO()
    printing.draw(pages, out, tr("Campaign sheets"))
    try:
        problems = checking.read_back(out.getvalue(), pages, pace.at)
    except (checking.RenderingFailed, OSError) as problem:
        raise Hindered("sheets.cannot_draw") from problem
    if problems:
        raise Declined("sheets.print_unread", {"page": problems[0].page + 1, "what": problems[0].detail or problems[0].code})
    if cancelled is not None and cancelled():
        raise Cancelled
    return out.getvalue()


def printed(session: Session, pieces: Sequence[Piece], place: str = "") -> list[PageCopy]:
    """The pages came out of the printer."""
    return custody.move(session, "sheets.printed", pieces, Move.PRINT, custody.Handing(place=place), right=Right.SHEETS_RUN)


def not_printed(session: Session, pieces: Sequence[Piece]) -> list[PageCopy]:
    """The pages never came out: those copy numbers are void, and no paper of them is about."""
    return custody.move(session, "sheets.voided", pieces, Move.VOID, custody.Handing(note=tr("Not printed")), right=Right.SHEETS_RUN)


def save(session: Session, drawn: Drawn, path: Path, *, accepted: str = "") -> Copy:
    """Save the drawing as a PDF through the copies door, to be printed elsewhere and deleted today: its pages count as printed."""
    from dpdesk.services import copies
    session.require(Right.SHEETS_RUN)
    people = dict.fromkeys(line.row.elector for each in drawn.sheets for line in sheets.rows_of(session, each.id) if not line.blank)
    leaving = copies.Leaving(CopyKind.SHEETS, path, tr("Campaign sheets of a session"), tr("To print, and hand out"), accepted=accepted,
                             classification=Confidentiality.CONFIDENTIAL, columns=drawn.sheets[0].columns, keep_days=0)
    pages = custody.pages_of(session, drawn.pieces)
    with copies.door(session, leaving) as out:
        out.write(drawn.pdf)
        return out.note("sheets.printed", people, lambda unit: custody.apply(session, unit, pages, Move.PRINT) and None)


def waiting(session: Session) -> list[PageCopy]:
    """Pages that were drawn, and of which nobody said whether they were printed."""
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return store.in_states(connection, (State.DRAFTED,))


@dataclass(frozen=True)
class Look:
    """A page as a picture: grey pixels, a byte each, rows from the top."""

    width: int
    height: int
    grey: bytes


class Pictures:
    """The pages of a drawing as pictures, one child process for all of them; written nowhere. `close` ends it."""

    def __init__(self, drawn: Drawn) -> None:
        from dpdesk.paper import checking
        self._failing = (checking.RenderingFailed, OSError)
        try:
            self._rendering = checking.Rendering(drawn.pdf)
        except self._failing as problem:
            raise Hindered("sheets.cannot_draw") from problem

    def page(self, number: int, scale: float = 1.5) -> Look:
        """Page `number` (from 0), `scale` pixels to a point; raises `Hindered`."""
        try:
            found = self._rendering.picture(number, scale)
        except self._failing as problem:
            raise Hindered("sheets.cannot_draw") from problem
        return Look(found.width, found.height, found.grey)

    def close(self) -> None:
        """End the child process."""
        self._rendering.close()


def preview(drawn: Drawn, page: int, scale: float = 1.5) -> Look:
    """One page of a drawing as a picture."""
    pictures = Pictures(drawn)
    try:
        return pictures.page(page, scale)
    finally:
        pictures.close()
