"""Deciding kept pages again from what was measured, without scanning: when thresholds of a newer version are better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dpdesk.domain.errors import Cancelled
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Page, PageState, RowState
from dpdesk.domain.sheet_codes import PageCode
from dpdesk.services import scans_enter, scans_settle
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Again:
    """What deciding again came to: `pages` looked at, `changed` rows that read otherwise now, `old` pages measured by another version."""

    pages: int
    changed: int
    old: int


def read_again(session: Session, progress: Callable[[int, int], None] | None = None,
               cancelled: Callable[[], bool] | None = None) -> Again:
    """Decide every page again that is still to be checked; rows a person decided stay as they are."""
    from dpdesk.paper.readers import Readers
    from dpdesk.store import scans, sheets
    session.require(Right.SCANS_TAKE)
    with session.desk.read() as connection:
        pages = scans.in_state(connection, PageState.REVIEW, limit=100_000)
        kept = {page.id: scans.features(connection, page.id) for page in pages}
    changed = old = 0
    with Readers(sheets.code_key(session.desk), 1) as readers:
        for number, page in enumerate(pages, 1):
            if cancelled is not None and cancelled():
                raise Cancelled()
            marks, scores = _decided(readers, page, kept[page.id])
            if not marks:
                old += 1
            else:
                changed += _settle(session, page, marks, scores)
            if progress is not None:
                progress(number, len(pages))
    return Again(len(pages), changed, old)


def _decided(readers, page: Page, features: bytes) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    if not features or not page.rows:
        return (), ()
    code = PageCode(page.layout, page.boxes, len(page.rows), page.sheet, page.page, page.copy)
    return readers.again(code, features)


def _settle(session: Session, page: Page, marks, scores) -> int:
    """One page: rows that read otherwise take their place by the rules; how many."""
    from dpdesk.paper.readers import Read
    from dpdesk.store import scan_rows, scans, sheets
    with session.change("scans.read_again") as unit:
        sheet = sheets.get(unit.connection, page.sheet)
        now = scans.get(unit.connection, page.id)
        assert sheet is not None and now is not None
        lines = sheets.lines(unit.connection, page.sheet, page.page)
        made = scans_settle.made_rows(page.id, Read("read", marks=marks, scores=scores, bilevel=page.bilevel), lines,
                                      scans_settle.sorts_of(sheet))
        fresh = {row.line: row for row in made}
        other = {row.line: replace(fresh[row.line], note=row.note) for row in now.rows
                 if row.state is not RowState.PERSON and row.read != fresh[row.line].read}
        rows, changed = [other.get(row.line, row) for row in now.rows], len(other)
        if changed:
            scan_rows.put_some(unit.connection, other.values(), unit.seq)
            scans_enter.follow(session, unit, replace(now, rows=tuple(rows)), sheet)
        unit.about("scan_page", page.id)
        unit.facts(rows=changed)
    return changed
