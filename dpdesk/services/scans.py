"""Scanned pages as officers see them: piles and what became of each page, pages that wait, sheets with what is missing, the error rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dpdesk.domain.custody import Piece, State, missing
from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import Hindered, NotFound
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Arrived, Page, PageState, Rate, Row, Sampled
from dpdesk.domain.sessions import Sheet
from dpdesk.domain.sheets import LAYOUTS, Box, Layout
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Batch:
    """A pile: `via` files, scanner, folder or paste; `fates` how many pages became what; `missing` pages of its files not yet in."""

    id: str
    via: str
    state: str
    at: str
    ended_at: str
    fates: Mapping[str, int]
    names: tuple[str, ...] = ()
    missing: int = 0


@dataclass(frozen=True)
class Seen:
    """A page as it is checked: who stands on each line (None: a blank line, or not on the register any more), its boxes and geometry."""

    page: Page
    sheet: Sheet | None
    layout: Layout | None
    people: tuple[Elector | None, ...] = ()
    blanks: tuple[bool, ...] = ()
    decided_by: tuple[str, ...] = field(default=())

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of each row."""
        return self.sheet.boxes if self.sheet else ()


@dataclass(frozen=True)
class Standing:
    """Where a sheet's scanning stands: pages that are in, to check, and printed pages of which no picture has come."""

    sheet: Sheet
    here: tuple[int, ...]
    waiting: tuple[int, ...]
    missing: tuple[Piece, ...]


def batches(session: Session) -> list[Batch]:
    """Every pile, newest first."""
    from dpdesk.store import scans
    _see(session)
    found = []
    with session.desk.read() as connection:
        for each in scans.batches(connection):
            sources = scans.sources(connection, each["id"])
            left = sum(source["pages"] for source in sources) - sum(each["fates"].values())
            found.append(Batch(each["id"], each["via"], each["state"], each["at"], each["ended_at"], each["fates"],
                               tuple(source["name"] for source in sources), max(0, left)))
    return found


def arrived(session: Session, batch: str) -> list[Arrived]:
    """What became of each page of a pile, in its order."""
    from dpdesk.store import scans
    _see(session)
    with session.desk.read() as connection:
        return scans.arrived(connection, batch)


def _see(session: Session) -> None:
    if not session.may(Right.SCANS_REVIEW):
        session.require(Right.SCANS_TAKE)
    session.require_acknowledged()


def counts(session: Session) -> dict[str, int]:
    """What waits: pages `line_up`, `review` and `differs`, rows `waiting` and `strip`, rows `sampled` to be read again.

    Pages `unchecked` are those this officer may look through; those only another one may are `for_another`.
    """
    from dpdesk.services import scans_two
    from dpdesk.store import scans
    _see(session)
    with session.desk.read() as connection:
        found = scans.counts(connection)
        others = len(scans_two.split(session, connection, scans.unchecked(connection))[1]) if found["unchecked"] else 0
    return {**found, "unchecked": found["unchecked"] - others, "for_another": others}


def waiting(session: Session, limit: int = 400) -> list[Page]:
    """Pages with rows to check, in the order they came."""
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.desk.read() as connection:
        return scans.in_state(connection, PageState.REVIEW, limit=limit)


def to_line_up(session: Session) -> list[Page]:
    """Pages that wait for four corners."""
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.desk.read() as connection:
        return scans.in_state(connection, PageState.LINE_UP)


def to_check(session: Session) -> list[Page]:
    """Pages all of whose rows are decided, and which this officer may look through."""
    from dpdesk.services import scans_two
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.desk.read() as connection:
        return scans_two.split(session, connection, scans.unchecked(connection))[0]


def get(session: Session, identity: str) -> Seen:
    """One page, ready to be checked; raises `NotFound`."""
    from dpdesk.services import sheets as register
    from dpdesk.store import scans, sheets
    _see(session)
    with session.desk.read() as connection:
        page = scans.get(connection, identity)
        sheet = sheets.get(connection, page.sheet) if page is not None and page.sheet else None
    if page is None:
        raise NotFound("scan_page", identity)
    if sheet is None:
        return Seen(page, None, None)
    lines = register.rows_of(session, page.sheet, page.page) if session.may(Right.SHEETS_SEE) else []
    return Seen(page, sheet, LAYOUTS[page.layout or sheet.layout], tuple(line.elector for line in lines),
                tuple(line.blank for line in lines))


def picture(session: Session, identity: str) -> bytes:
    """The picture of a page, for the screen alone; raises `Hindered` where its time was up."""
    from dpdesk.store import scan_images
    _see(session)
    with session.desk.read() as connection:
        found = scan_images.get(connection, identity)
    if found is None:
        raise Hindered("scans.no_picture")
    return found[2]


def of_sheet(session: Session, sheet: str) -> list[Page]:
    """Every page of a sheet that is in."""
    from dpdesk.store import scans
    _see(session)
    with session.desk.read() as connection:
        return scans.of_sheet(connection, sheet)


def standings(session: Session, sheets_wanted: Sequence[str]) -> list[Standing]:
    """Where the scanning of some sheets stands, against the register of sheets: which printed pages have no picture yet."""
    from dpdesk.store import scans, sheets
    _see(session)
    found = []
    with session.desk.read() as connection:
        for identity in sheets_wanted:
            sheet = sheets.get(connection, identity)
            if sheet is None:
                continue
            pages = [each for each in scans.of_sheet(connection, identity) if each.state is not PageState.LINE_UP]
            copies = [each for each in sheets.copies(connection, [identity]) if each.counts and each.paper and each.state is not State.LOST]
            here = {(each.page, each.copy) for each in pages}
            away = {each.piece for each in missing(copies)}
            lacking = tuple(each.piece for each in copies if (each.piece.page, each.piece.copy) not in here
                            and (each.piece in away or not each.work))
            found.append(Standing(sheet, tuple(sorted({each.page for each in pages})),
                                  tuple(sorted({each.page for each in pages if each.state is PageState.REVIEW})), lacking))
    return found


def of_batch(session: Session, batch: str) -> list[Standing]:
    """The sheets that a pile holds pages of, and what of them is missing."""
    return standings(session, sorted({each.sheet for each in arrived(session, batch) if each.sheet and each.page}))


def rate(session: Session) -> Rate:
    """How often the machine was wrong in rows it accepted by itself, by those that people read again without seeing its answer."""
    from dpdesk.store import scan_rows
    _see(session)
    with session.desk.read() as connection:
        found = scan_rows.sampled(connection)
    wrong, agreed = found.get(Sampled.WRONG.value, 0), found.get(Sampled.AGREED.value, 0)
    return Rate(wrong, wrong + agreed)


def sample(session: Session) -> list[Row]:
    """Rows that wait for their blind check."""
    from dpdesk.store import scan_rows
    session.require(Right.SCANS_REVIEW)
    with session.desk.read() as connection:
        return scan_rows.sample(connection)
