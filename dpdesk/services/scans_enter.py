"""What follows once rows of a scanned page are decided: its answers are entered, and its paper is scanned, entered or checked.

A row that the machine read by itself never takes the place of something else that was entered for its line: a person decides then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dpdesk.domain import custody as rules
from dpdesk.domain.custody import How, Move, PageCopy, Piece, State
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.results import Check, Fact, Source
from dpdesk.domain.scans import Page, PageState, Row, RowState, Sampled, marked
from dpdesk.services import custody, entering
from dpdesk.services.custody import Handing
from dpdesk.services.entering import Paper, Ticked
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Sheet
    from dpdesk.store.unit import Unit

OTHERWISE, NOT_OUT, CODES = "otherwise", "not_out", "codes"
"""Why a row read by itself waits all the same: see `services/scans_words.py`."""


def follow(session: Session, unit: Unit, page: Page, sheet: Sheet, decided: Collection[int] = ()) -> Page:
    """Within a change: bring results, paper and sheet up to date with a page's rows; the page as it stands then.

    `decided` are the lines a person decides in this very change. Raises `Invalid` where what they say cannot be (`boxes`), and
    `Declined` where by the desk's record the sheet was never handed out.
    """
    from dpdesk.store import results, scans
    _moved(session, unit, page, Move.HAND_IN)
    _moved(session, unit, page, Move.SCAN)
    known = entering.paper(session, unit.connection, sheet.id)
    blanks = _blanks(unit, page)
    facts = {line: fact for (_page, line), fact in results.of_sheet(unit.connection, page.sheet, page.page).items()}
    if not _here(unit, page):
        if decided:
            raise Declined("scans.not_out")
        scans.change_page(unit.connection, page.id, state=PageState.REVIEW.value)
        return _held_back(unit, page, {row.line: NOT_OUT for row in page.rows if row.state is RowState.AUTO})
    ticked, doubtful = [], {}
    for row in page.rows:
        if row.line in blanks or not row.decided:
            continue
        wanted = Ticked(row.line, tuple(sheet.boxes[at].letters for at in marked(row.answer)), row.note)
        verdict = _against(known, wanted, facts.get(row.line), row, row.line in decided)
        if verdict == "enter":
            ticked.append(wanted)
        elif verdict:
            doubtful[row.line] = verdict
    undone = [facts[row.line].id for row in page.rows if not row.decided and row.line in facts and facts[row.line].source is Source.SCAN
              and row.answer == "" and row.line in decided]
    if undone:
        results.end(unit.connection, undone, unit.seq)
    if ticked:
        entering.enter_within(session, unit, page.sheet, page.page, ticked, Source.SCAN)
    page = _held_back(unit, page, doubtful)
    done = bool(page.rows) and all(row.decided for row in page.rows)
    scans.change_page(unit.connection, page.id, state=(PageState.READ if done else PageState.REVIEW).value)
    if done:
        _moved(session, unit, page, Move.ENTER)
    return page


def _against(known: Paper, wanted: Ticked, before: Fact | None, row: Row, by_person: bool) -> str:
    """What to do with a decided row: "enter", "" where it says what was entered before, or why a person decides after all."""
    try:
        read = entering.checked(known, wanted.boxes, wanted.note)
    except Invalid:
        if by_person:
            raise
        return CODES
    if before is not None and (before.raw, before.answers, before.note) == (read.raw, read.answers, wanted.note):
        return ""
    if before is None or by_person or row.state is RowState.PERSON:
        return "enter"
    return OTHERWISE


def _blanks(unit: Unit, page: Page) -> set[int]:
    from dpdesk.store import sheets
    return {each.line for each in sheets.lines(unit.connection, page.sheet, page.page) if each.blank}


def _here(unit: Unit, page: Page) -> bool:
    """Whether a piece of this page has come back, by the desk's record: only then can it be entered."""
    from dpdesk.store import sheets
    copies = [each for each in sheets.copies(unit.connection, [page.sheet]) if each.piece.page == page.page]
    return any(rules.may(each, Move.ENTER) or each.work in ("entered", "verified") for each in copies)


def _held_back(unit: Unit, page: Page, why: Mapping[int, str]) -> Page:
    """Rows (line -> reason) that would be taken as read wait for a person instead."""
    from dpdesk.store import scan_rows
    rows = []
    for row in page.rows:
        if row.line in why:
            row = replace(row, state=RowState.WAITING, answer="", looks=(*row.looks, why[row.line]), sampled=Sampled.NO)
            scan_rows.change(unit.connection, page.id, [row.line], state=row.state.value, answer="", answered=0, looks=" ".join(row.looks),
                             sampled=row.sampled.value)
        rows.append(row)
    return replace(page, rows=tuple(rows))


def checked(session: Session, unit: Unit, page: Page) -> None:
    """Within a change: a person has looked the page through; its picture has had its day from now on."""
    from dpdesk.store import results, scans
    _moved(session, unit, page, Move.ENTER)
    _moved(session, unit, page, Move.VERIFY)
    facts = results.of_sheet(unit.connection, page.sheet, page.page).values()
    results.verify(unit.connection, [each.id for each in facts if each.source is Source.SCAN and not each.verified_by], session.officer.id,
                   unit.at, Check.LOOK.value)
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
