"""A page the machine could not place: a person drags its four corners, or types its number, and it is read once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dpdesk.domain import scans as rules
from dpdesk.domain import sheet_codes
from dpdesk.domain.custody import Piece
from dpdesk.domain.errors import Declined, Hindered, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Fate, Page, PageState
from dpdesk.domain.sheet_codes import PageCode
from dpdesk.services import scans_settle
from dpdesk.services.session import Session

Corner = tuple[float, float]


def line_up(session: Session, identity: str, corners: Sequence[Corner] = (), number: str = "") -> Page:
    """Read a page again with the paper's `corners` (in the picture as shown, clockwise from the sheet's top left) or its typed `number`.

    Takes a second or two. Raises `Declined` where it still cannot be read, and `NotFound` for a number no page has; nothing changes then.
    """
    from dpdesk.paper.decoding import Decoder, Unread
    from dpdesk.paper.readers import Asked, Readers
    from dpdesk.store import scan_images, scans, sheets
    session.require(Right.SCANS_REVIEW)
    with session.desk.read() as connection:
        page, kept = scans.get(connection, identity), scan_images.get(connection, identity)
    if page is None or page.state is not PageState.LINE_UP:
        raise Declined("scans.not_waiting")
    if kept is None:
        raise Hindered("scans.no_picture")
    code = _typed(session, number) if number.strip() else _known(session, page)
    with Decoder() as decoder, Readers(sheets.code_key(session.desk), 1) as readers:
        decoder.open(kept[2])
        pixels = decoder.page(0)
        if isinstance(pixels, Unread):
            raise Hindered(f"scans.{pixels.reason}")
        readers.put(pixels, Asked(tuple(corners), code))
        read = readers.get()
    if read.fate != "read" or read.code is None:
        raise Declined("scans.no_code" if read.code is None else "scans.not_lined_up")
    return _kept(session, page, replace(read, bilevel=read.bilevel or page.bilevel))


def _typed(session: Session, number: str) -> PageCode:
    """The page of a number printed on it; raises `NotFound`, `Declined`."""
    from dpdesk.services import sheets
    try:
        found = sheets.expected(session, *sheet_codes.typed(number))
    except sheet_codes.NotOurs as problem:
        raise Declined("scans.number_wrong") from problem
    if found is None:
        raise NotFound("page", number)
    return found.code


def _known(session: Session, page: Page) -> PageCode | None:
    """What the page's own code said, where it could be read."""
    from dpdesk.services import sheets
    found = sheets.expected(session, page.sheet, page.page, page.copy) if page.sheet else None
    return found.code if found is not None else None


def _kept(session: Session, page: Page, read) -> Page:
    """The page takes its place among the others of its sheet, or turns out to be one that is in already."""
    from dpdesk.store import scans, sheets
    code = read.code
    with session.change("scans.lined_up") as unit:
        sheet = sheets.get(unit.connection, code.sheet)
        if sheet is None or not sheets.pieces(unit.connection, [Piece(code.sheet, code.page, code.copy)]):
            raise NotFound("page", code.label)
        rows = scans_settle.made_rows("", read, sheets.lines(unit.connection, code.sheet, code.page), scans_settle.sorts_of(sheet))
        there = [(before, ink) for before, ink in scans.of_piece(unit.connection, code.sheet, code.page, code.copy)
                 if before.state is not PageState.LINE_UP]
        letters = [row.read for row in rows]
        same = next((before for before, ink in there if (before.done_at and not ink) or rules.same_paper(
            ink, read.ink, [row.read for row in before.rows], letters)), None)
        others = [before.id for before, _ink in there]
        made = replace(page, id=new_id(), sheet=code.sheet, page=code.page, copy=code.copy, layout=code.layout, boxes=code.boxes,
                       state=PageState.REVIEW, quality=read.quality, markers=read.markers, bilevel=read.bilevel, streaked=read.streaked,
                       instead_of="" if same or not others else others[0])
        if same is None:
            scans_settle.keep_page(session, unit, made, read, rows, sheet)
        kept = same.id if same is not None else made.id
        scans.change_arrived(unit.connection, page.id, Fate.AGAIN if same else Fate.DIFFERS if made.instead_of else Fate.TAKEN, page=kept,
                             sheet=code.sheet, number=code.page, copy=code.copy)
        scans.remove(unit.connection, [page.id])
        unit.about("scan_page", kept)
        unit.facts(rows=len(rows))
        found = scans.get(unit.connection, kept)
    assert found is not None
    return found


def set_aside(session: Session, identity: str) -> None:
    """A page that waits to be lined up is no sheet, or is scanned again: its picture goes for good."""
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.set_aside") as unit:
        page = scans.get(unit.connection, identity)
        if page is None or page.state is not PageState.LINE_UP:
            raise Declined("scans.not_waiting")
        scans.change_arrived(unit.connection, identity, Fate.FOREIGN, page="", reason="set_aside")
        scans.remove(unit.connection, [identity])
        unit.about("scan_page", identity)
        unit.facts(pages=1)
