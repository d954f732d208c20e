"""Checking scanned pages: a person decides what the machine left open, can take it back, and looks the page through (S0 l.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import EMPTY, MARKED, Page, PageState, Row, RowState, Sampled, plain
from dpdesk.services import scans_enter, scans_two
from dpdesk.services.session import Session


def answer(session: Session, page: str, answers: Mapping[int, str], notes: Mapping[int, str] | None = None) -> Page:
    """Decide rows of a page: line -> a letter a box, "x" marked, "." not. Raises `Invalid`, `Declined`.

    A row that was decided already may be decided again; its old answer stays in the history.
    """
    session.require(Right.SCANS_REVIEW)
    notes = notes or {}
    with session.change("scans.answered") as unit:
        before = _open_page(unit.connection, page)
        rows = {row.line: row for row in before.rows}
        wrong = [line for line, letters in answers.items()
                 if line not in rows or len(letters) != before.boxes or set(letters) - {EMPTY, MARKED}]
        if wrong or not answers:
            raise Invalid({"marks": "unknown"})
        made = {line: replace(rows[line], answer=letters, state=RowState.PERSON, note=notes.get(line, rows[line].note).strip(),
                              sampled=_after_blind(rows[line], letters)) for line, letters in answers.items()}
        after = _put(session, unit, before, made)
        unit.facts(rows=len(made), changed=sum(_differs(row) for row in made.values()))
    return after


def confirm_strip(session: Session, page: str, lines: Sequence[int] = ()) -> Page:
    """Confirm that rows without a mark have none: all of a page, or some. Raises `Declined` where there are none."""
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.confirmed") as unit:
        before = _open_page(unit.connection, page)
        made = {row.line: replace(row, answer=EMPTY * before.boxes, state=RowState.PERSON) for row in before.rows
                if row.state is RowState.STRIP and (not lines or row.line in lines)}
        if not made:
            raise Declined("scans.not_waiting")
        after = _put(session, unit, before, made)
        unit.facts(rows=len(made))
    return after


def _open_page(connection, identity: str) -> Page:
    """A page whose rows can be decided; raises `NotFound`, `Declined`."""
    from dpdesk.store import scans
    page = scans.get(connection, identity)
    if page is None:
        raise NotFound("scan_page", identity)
    if page.state in (PageState.LINE_UP, PageState.MERGED):
        raise Declined("scans.not_waiting")
    return page


def _differs(row: Row) -> bool:
    """Whether a person decided a row otherwise than the machine would have."""
    return any(a != b for a, b in zip(row.read, row.answer, strict=True) if a in (EMPTY, MARKED))


def _after_blind(row: Row, answer_now: str) -> Sampled:
    """A row whose second reading differed is settled by this answer: the machine was right, or it was wrong."""
    if row.sampled is not Sampled.OPEN:
        return row.sampled
    return Sampled.AGREED if plain(row.read) == answer_now else Sampled.WRONG


def _put(session: Session, unit, page: Page, made: Mapping[int, Row]) -> Page:
    """Within a change: store rows of a page, keep what they were, and let the paper and the results follow."""
    from dpdesk.store import scan_rows, scans, sheets
    seq = unit.seq
    for line, row in made.items():
        scan_rows.change(unit.connection, page.id, [line], answer=row.answer, note=row.note, state=row.state.value, answered=seq,
                         sampled=row.sampled.value, looks=" ".join(row.looks))
    rows = tuple(made.get(row.line, row) for row in page.rows)
    before = {str(row.line): f"{row.state.value} {row.answer}".strip() for row in page.rows if row.line in made}
    now = {str(line): f"{row.state.value} {row.answer}".strip() for line, row in made.items()}
    unit.about("scan_page", page.id)
    unit.record("scan_page", page.id, {"marks": before}, {"marks": now})
    if page.done_at:
        scans.change_page(unit.connection, page.id, done_at="")
    sheet = sheets.get(unit.connection, page.sheet)
    assert sheet is not None
    return scans_enter.follow(session, unit, replace(page, rows=rows, done_at=""), sheet, made)


def retry(session: Session, page: str) -> Page:
    """Take rows as read that waited only because the sheet had not been handed out; raises `Declined` where that is still so."""
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.answered") as unit:
        before = _open_page(unit.connection, page)
        made = {row.line: replace(row, looks=(), answer=plain(row.read), state=RowState.AUTO) for row in before.rows
                if row.looks == (scans_enter.NOT_OUT,) and not row.decided}
        if not made:
            raise Declined("scans.not_waiting")
        after = _put(session, unit, before, made)
        unit.facts(rows=len(made))
    return after


def retry_all(session: Session) -> tuple[int, int]:
    """`retry` for every page that waits so: (rows taken, pages whose sheet is still not out).

    Raises `Declined` where no page waits so, or none of them has been handed out.
    """
    from dpdesk.services import scans
    rows = still = 0
    for page in scans.waiting(session, limit=100_000):
        there = sum(row.looks == (scans_enter.NOT_OUT,) and not row.decided for row in page.rows)
        if not there:
            continue
        try:
            retry(session, page.id)
            rows += there
        except Declined:
            still += 1
    if not rows:
        raise Declined("scans.not_out" if still else "scans.not_waiting")
    return rows, still


def undo(session: Session, page: str) -> Page:
    """Take back what was decided last on a page by a person; raises `Declined` where there is nothing."""
    from dpdesk.store import scan_rows
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.undone") as unit:
        before = _open_page(unit.connection, page)
        last = scan_rows.last_answered(unit.connection, page)
        if not last:
            raise Declined("scans.nothing_to_undo")
        made = {row.line: replace(row, answer="", note="", state=RowState.STRIP if row.looks == ("empty",) else RowState.WAITING)
                for row in before.rows if row.line in last}
        after = _put(session, unit, before, made)
        scan_rows.change(unit.connection, page, list(made), answered=0)
        unit.facts(rows=len(made))
    return after


def check(session: Session, page: str) -> Page:
    """The whole page was looked through, and every row says what its picture says. Raises `Declined`.

    Where two people check, a row a person decided is looked at by another one: it is done once no such row is left.
    """
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.verified") as unit:
        found = _open_page(unit.connection, page)
        if found.state is not PageState.READ or found.done_at:
            raise Declined("scans.not_waiting")
        left = scans_two.left_after(session, unit.connection, page)
        if left is None:
            raise Declined("scans.same_person")
        if not left:
            scans_enter.checked(session, unit, found)
        unit.about("scan_page", page)
        unit.facts(rows=len(found.rows), left=len(left))
        after = scans.get(unit.connection, page)
    assert after is not None
    return after


def blind(session: Session, page: str, line: int, letters: str) -> Sampled:
    """A row read again by somebody who did not see what the machine read. One that differs goes back to be decided."""
    from dpdesk.store import scan_rows
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.blind") as unit:
        found = _open_page(unit.connection, page)
        row = next((each for each in found.rows if each.line == line), None)
        if row is None or row.sampled is not Sampled.WAITING:
            raise Declined("scans.not_waiting")
        if len(letters) != found.boxes or set(letters) - {EMPTY, MARKED}:
            raise Invalid({"marks": "unknown"})
        sampled = Sampled.AGREED if letters == plain(row.read) else Sampled.OPEN
        scan_rows.change(unit.connection, page, [line], blind=letters, blind_by=session.officer.id, blind_at=unit.at, sampled=sampled.value)
        if sampled is Sampled.OPEN:
            _put(session, unit, found, {line: replace(row, answer="", state=RowState.WAITING, sampled=sampled, blind=letters)})
        unit.about("scan_page", page)
        unit.facts(agreed=sampled is Sampled.AGREED)
    return sampled


def merge(session: Session, page: str, answers: Mapping[int, str]) -> Page:
    """Two pictures of the same page and copy say different things: what each row comes to is decided, row by row, on the first of them.

    `page` is the later picture; rows not named keep what the first says. Raises `Declined`, `Invalid`.
    """
    from dpdesk.store import scans
    session.require(Right.SCANS_REVIEW)
    with session.change("scans.merged") as unit:
        later = _open_page(unit.connection, page)
        if not later.instead_of:
            raise Declined("scans.not_waiting")
        first = _open_page(unit.connection, later.instead_of)
        rows = {row.line: row for row in first.rows}
        if any(line not in rows or len(letters) != first.boxes or set(letters) - {EMPTY, MARKED} for line, letters in answers.items()):
            raise Invalid({"marks": "unknown"})
        made = {line: replace(rows[line], answer=letters, state=RowState.PERSON) for line, letters in answers.items()}
        after = _put(session, unit, first, made) if made else first
        scans.change_page(unit.connection, later.id, state=PageState.MERGED.value, done_at=unit.at)
        unit.about("scan_page", first.id)
        unit.facts(rows=len(made), merged=later.id)
    return after
