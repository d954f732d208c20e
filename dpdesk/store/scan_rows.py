"""Rows of scanned pages in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.scans import Row, RowState, Sampled
from dpdesk.store.tables import audit
from dpdesk.store.tables_scans import scan_image, scan_row

_AT_ONCE = 400


def put(connection: Connection, page: str, rows: Iterable[Row], seq: int) -> None:
    """Store a page's rows in place of those there were."""
    connection.execute(delete(scan_row).where(scan_row.c.page == page))
    _add(connection, page, rows, seq)


def put_some(connection: Connection, rows: Iterable[Row], seq: int) -> None:
    """Store some rows in place of those there were; the others of their pages stay."""
    for row in rows:
        connection.execute(delete(scan_row).where(scan_row.c.page == row.page, scan_row.c.line == row.line))
        _add(connection, row.page, [row], seq)


def _add(connection: Connection, page: str, rows: Iterable[Row], seq: int) -> None:
    made = [{"page": page, "line": row.line, "read": row.read, "scores": json.dumps(row.scores, separators=(",", ":")),
             "looks": " ".join(row.looks), "state": row.state.value, "answer": row.answer, "note": row.note, "sampled": row.sampled.value,
             "blind": row.blind, "answered": seq if row.decided else 0} for row in rows]
    if made:
        connection.execute(insert(scan_row), made)


def _row(row) -> Row:
    return Row(row.page, row.line, row.read, tuple(json.loads(row.scores or "[]")), tuple(row.looks.split()), RowState(row.state),
               row.answer, row.note, Sampled(row.sampled), row.blind)


def of_pages(connection: Connection, pages: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of some pages, in order."""
    found: dict[str, list[Row]] = {}
    for at in range(0, len(pages), _AT_ONCE):
        query = select(scan_row).where(scan_row.c.page.in_(pages[at:at + _AT_ONCE])).order_by(scan_row.c.page, scan_row.c.line)
        for row in connection.execute(query):
            found.setdefault(row.page, []).append(_row(row))
    return found


def get(connection: Connection, page: str, line: int) -> Row | None:
    """One row."""
    row = connection.execute(select(scan_row).where(scan_row.c.page == page, scan_row.c.line == line)).first()
    return _row(row) if row else None


def change(connection: Connection, page: str, lines: Sequence[int], **values: object) -> None:
    """Store changed columns of some rows of a page."""
    connection.execute(update(scan_row).where(scan_row.c.page == page, scan_row.c.line.in_(lines)).values(**values))


def sample(connection: Connection, limit: int = 50) -> list[Row]:
    """Rows that wait for their blind check, whose picture is still there."""
    query = (select(scan_row).join(scan_image, scan_image.c.page == scan_row.c.page).where(scan_row.c.sampled == Sampled.WAITING.value)
             .order_by(scan_row.c.page, scan_row.c.line).limit(limit))
    return [_row(row) for row in connection.execute(query)]


def sampled(connection: Connection) -> dict[str, int]:
    """How many rows were checked blind, by what came of it."""
    return dict(connection.execute(select(scan_row.c.sampled, func.count()).where(scan_row.c.sampled != "")
                                   .group_by(scan_row.c.sampled)).all())


def last_answered(connection: Connection, page: str) -> set[int]:
    """The lines of a page that a person decided last, all in one go."""
    query = select(scan_row.c.line, scan_row.c.answered).where(scan_row.c.page == page, scan_row.c.state == RowState.PERSON.value,
                                                               scan_row.c.answered > 0)
    rows = list(connection.execute(query))
    latest = max((row.answered for row in rows), default=0)
    return {row.line for row in rows if row.answered == latest}


def decided(connection: Connection, page: str) -> list[tuple[int, str, int]]:
    """(line, officer, entry of the log) of the rows of a page a person decided."""
    query = select(scan_row.c.line, audit.c.officer, audit.c.seq).join(audit, scan_row.c.answered == audit.c.seq).where(
        scan_row.c.page == page, scan_row.c.state == RowState.PERSON.value)
    return [(row.line, row.officer, row.seq) for row in connection.execute(query)]


def looks(connection: Connection, page: str) -> list[tuple[str, int]]:
    """(officer, entry of the log) of everybody who looked a page through."""
    query = select(audit.c.officer, audit.c.seq).where(audit.c.subject == page, audit.c.action == "scans.verified")
    return [(row.officer, row.seq) for row in connection.execute(query)]
