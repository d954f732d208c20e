"""What becomes of one page that was read: a page of a sheet on this desk is kept with its rows, once; of anything else nothing stays."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dpdesk.domain import marks
from dpdesk.domain import scans as rules
from dpdesk.domain.custody import Piece
from dpdesk.domain.ids import new_id
from dpdesk.domain.marks import Look, Mark
from dpdesk.domain.scans import Arrived, Fate, Page, PageState, Row, RowState, Sampled
from dpdesk.domain.sheets import Sort
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Sheet, SheetRow
    from dpdesk.paper.readers import Read
    from dpdesk.store.unit import Unit

_FATES = {"blank": Fate.BLANK, "foreign": Fate.FOREIGN, "other_branch": Fate.OTHER_BRANCH, "layout": Fate.NOT_KNOWN,
          "two_sheets": Fate.TWO, "unread": Fate.UNREAD}
_MARKS = {rules.EMPTY: Mark.EMPTY, rules.MARKED: Mark.MARKED, rules.CANCELLED: Mark.CANCELLED, rules.UNSURE: Mark.UNSURE}
BETTER_BY = 0.05
"""By how much the quality of a second picture must exceed the first's to take its place."""
_chance = random.SystemRandom()


def unread(session: Session, batch: str, source: int, at: int, reason: str) -> Arrived:
    """A page that could not even be opened."""
    return _noted(session, Arrived(batch, source, at, Fate.UNREAD, reason))


def fate_of(read: Read) -> Fate | None:
    """The fate of a page of which nothing is kept; None for one that is ours."""
    return _FATES.get(read.fate)


def _noted(session: Session, arrived: Arrived) -> Arrived:
    """That a page came, of which nothing is kept."""
    from dpdesk.store import scans
    with session.desk.jot() as connection:
        scans.add_arrived(connection, arrived, 0)
    return arrived


def settle(session: Session, batch: str, source: int, at: int, read: Read) -> Arrived:
    """Settle one page within one change: its picture, its rows and its paper's state are all in, or nothing is."""
    from dpdesk.store import sheets
    fate = fate_of(read)
    code = read.code
    if fate is not None:
        return _noted(session, Arrived(batch, source, at, fate, read.reason))
    sheet = None
    if code is not None:
        with session.desk.read() as connection:
            sheet = sheets.get(connection, code.sheet)
            printed = sheets.pieces(connection, [Piece(code.sheet, code.page, code.copy)])
        if sheet is None or not printed:
            return _noted(session, Arrived(batch, source, at, Fate.NOT_KNOWN, "", "", code.sheet, code.page, code.copy))
    with session.change("scans.page") as unit:
        arrived = _kept(session, unit, Arrived(batch, source, at, Fate.TAKEN), read, sheet)
        unit.facts(fate=arrived.fate.value)
    return arrived


def _kept(session: Session, unit: Unit, arrived: Arrived, read: Read, sheet: Sheet | None) -> Arrived:
    """Within a change: keep a page of this desk, or note that it is the same paper again."""
    from dpdesk.store import scans
    code = read.code
    if code is None or sheet is None or read.fate == "line_up":
        return _to_line_up(unit, arrived, read)
    arrived = replace(arrived, sheet=code.sheet, number=code.page, copy=code.copy)
    lines = _lines(unit, sheet, code.page)
    rows = made_rows("", read, lines, sorts_of(sheet))
    differing = ""
    for before, ink in scans.of_piece(unit.connection, code.sheet, code.page, code.copy):
        if before.state is PageState.LINE_UP:
            continue
        if not ink and before.done_at:  # checked, and its picture erased since: it has had its day
            return _erased_before(unit, arrived, before)
        if rules.same_paper(ink, read.ink, [row.read for row in before.rows], [row.read for row in rows]):
            return _again(session, unit, arrived, before, read, rows, sheet)
        differing = differing or before.id
    page = Page(new_id(), arrived.batch, code.sheet, code.page, code.copy, code.layout, code.boxes, PageState.REVIEW, unit.at,
                read.bilevel, read.streaked, read.quality, read.markers, differing)
    if differing:
        rows = [replace(row, state=RowState.WAITING, looks=row.looks or ("differs",)) for row in rows]
    keep_page(session, unit, page, read, rows, sheet)
    arrived = replace(arrived, fate=Fate.DIFFERS if differing else Fate.TAKEN, page=page.id)
    scans.add_arrived(unit.connection, arrived, unit.seq)
    unit.about("scan_page", page.id)
    return arrived


def _to_line_up(unit: Unit, arrived: Arrived, read: Read) -> Arrived:
    """A sheet that lies askew in its picture, or whose code is gone: kept as it came, for a person."""
    from dpdesk.store import scan_images, scans
    code = read.code
    page = Page(new_id(), arrived.batch, code.sheet if code else "", code.page if code else 0, code.copy if code else 0,
                code.layout if code else "", code.boxes if code else 0, PageState.LINE_UP, unit.at, read.bilevel, markers=read.markers)
    scans.add_page(unit.connection, page, (), b"", unit.seq)
    scan_images.put(unit.connection, page.id, "raw", "image/jpeg", read.size, read.picture)
    arrived = replace(arrived, fate=Fate.LINE_UP, reason=read.reason, page=page.id, sheet=page.sheet, number=page.page, copy=page.copy)
    scans.add_arrived(unit.connection, arrived, unit.seq)
    unit.about("scan_page", page.id)
    return arrived


def _lines(unit: Unit, sheet: Sheet, page: int) -> list[SheetRow]:
    from dpdesk.store import sheets
    return sheets.lines(unit.connection, sheet.id, page)


def sorts_of(sheet: Sheet) -> list[Sort]:
    """Of what sort each box of a sheet is."""
    return [box.sort for box in sheet.boxes]


def made_rows(page: str, read: Read, lines: Sequence[SheetRow], sorts: Sequence[Sort]) -> list[Row]:
    """A page's rows by the rules: taken as read, to be confirmed in the strip, or to be looked at."""
    found = []
    for line, letters, scores in zip(lines, read.marks, read.scores, strict=False):
        looks = tuple(look.value for look in marks.looks([_MARKS[letter] for letter in letters], sorts[:len(letters)], blank=line.blank))
        if read.bilevel:
            looks = (*looks, "bilevel")
        state = RowState.AUTO if not looks else RowState.STRIP if looks == (Look.EMPTY.value,) else RowState.WAITING
        answer = rules.plain(letters) if state is RowState.AUTO else ""
        chosen = state is RowState.AUTO and _chance.random() < rules.SAMPLE
        found.append(Row(page, line.line, letters, scores, looks, state, answer, sampled=Sampled.WAITING if chosen else Sampled.NO))
    return found


def keep_page(session: Session, unit: Unit, page: Page, read: Read, rows: Sequence[Row], sheet: Sheet) -> None:
    """Within a change: keep a new page with its picture and rows; its paper is scanned now, its sure rows are entered."""
    from dpdesk.store import scan_images, scan_rows, scans
    scans.add_page(unit.connection, page, read.ink, read.features, unit.seq)
    scan_images.put(unit.connection, page.id, "straight", "image/jpeg", read.size, read.picture)
    scan_rows.put(unit.connection, page.id, rows, unit.seq)
    after(session, unit, replace(page, rows=tuple(replace(row, page=page.id) for row in rows)), sheet)


def after(session: Session, unit: Unit, page: Page, sheet: Sheet) -> None:
    """Within a change: what follows for the paper and for results once rows of a page were decided."""
    from dpdesk.services import scans_enter
    scans_enter.follow(session, unit, page, sheet)


def _erased_before(unit: Unit, arrived: Arrived, before: Page) -> Arrived:
    """A page that was checked long ago: nothing of it is taken anew."""
    from dpdesk.store import scans
    arrived = replace(arrived, fate=Fate.AGAIN, reason="erased", page=before.id)
    scans.add_arrived(unit.connection, arrived, unit.seq)
    unit.about("scan_page", before.id)
    return arrived


def _again(session: Session, unit: Unit, arrived: Arrived, before: Page, read: Read, rows: Sequence[Row], sheet: Sheet) -> Arrived:
    """The same paper as before: the better picture is kept, and what a person decided stands; it counts once."""
    from dpdesk.store import scan_images, scan_rows, scans
    better = read.quality > before.quality + BETTER_BY and not any(row.state is RowState.PERSON for row in before.rows)
    if better:
        page = replace(before, quality=read.quality, markers=read.markers, bilevel=read.bilevel, streaked=read.streaked)
        scans.put_reading(unit.connection, before.id, page, read.ink, read.features)
        scan_images.put(unit.connection, before.id, "straight", "image/jpeg", read.size, read.picture)
        kept = {row.line: row.sampled for row in before.rows}
        rows = [replace(row, page=before.id, sampled=kept.get(row.line) or row.sampled) for row in rows]
        scan_rows.put(unit.connection, before.id, rows, unit.seq)
        after(session, unit, replace(page, rows=tuple(rows)), sheet)
    arrived = replace(arrived, fate=Fate.BETTER if better else Fate.AGAIN, page=before.id)
    scans.add_arrived(unit.connection, arrived, unit.seq)
    unit.about("scan_page", before.id)
    return arrived
