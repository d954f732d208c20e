"""The register of sheets in the store: sheets, who is on which line, pieces of paper, and the key of the codes printed on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select, tuple_, update

from dpdesk.domain.custody import PageCopy, Piece, State
from dpdesk.domain.sessions import Sheet, SheetKind, SheetRow
from dpdesk.domain.sheets import Box, Sort
from dpdesk.store.keys import subkey
from dpdesk.store.tables_register import elector
from dpdesk.store.tables_sessions import page_copy, sheet, sheet_row

if TYPE_CHECKING:
    from dpdesk.store.desk import Desk

_AT_ONCE = 400


def code_key(desk: Desk) -> bytes:
    """The key of the codes on printed sheets. It stays when the desk is re-keyed: paper cannot be."""
    return subkey(desk.key("values"), "sheet codes")


def add(connection: Connection, new: Sequence[Sheet], lines: Iterable[SheetRow], seq: int) -> None:
    """Keep sheets and who is on them."""
    connection.execute(insert(sheet), [{**{name: getattr(each, name) for name in Sheet.__dataclass_fields__},
                                        "columns": json.dumps(each.columns), "seq": seq, "boxes": json.dumps([
                                            [box.letters, box.meaning, box.sort.value] for box in each.boxes], ensure_ascii=False)}
                                       for each in new])
    cursor = connection.connection.cursor()
    cursor.executemany("INSERT INTO sheet_row (sheet, page, line, elector, blank) VALUES (?, ?, ?, ?, ?)",
                       [(each.sheet, each.page, each.line, each.elector, int(each.blank)) for each in lines])


def _sheet(row) -> Sheet:
    values = {name: row._mapping[name] for name in Sheet.__dataclass_fields__}
    boxes = tuple(Box(letters, meaning, Sort(sort)) for letters, meaning, sort in json.loads(row.boxes))
    return Sheet(**{**values, "kind": SheetKind(row.kind), "columns": tuple(json.loads(row.columns)), "boxes": boxes,
                    "state": State(row.state)})


def get(connection: Connection, identity: str) -> Sheet | None:
    """One sheet."""
    row = connection.execute(select(sheet).where(sheet.c.id == identity)).first()
    return _sheet(row) if row else None


def listing(connection: Connection, session: str = "", states: Sequence[State] = (), allotment: str = "") -> list[Sheet]:
    """Sheets in the order they were made: all, a session's, an allotment's, those in some states."""
    query = select(sheet).order_by(sheet.c.seq, sheet.c.session, sheet.c.number)
    if session:
        query = query.where(sheet.c.session == session)
    if allotment:
        query = query.where(sheet.c.allotment == allotment)
    if states:
        query = query.where(sheet.c.state.in_([state.value for state in states]))
    return [_sheet(row) for row in connection.execute(query)]


def change(connection: Connection, identity: str, **values: object) -> None:
    """Store changed columns of a sheet."""
    connection.execute(update(sheet).where(sheet.c.id == identity).values(**values))


def remove(connection: Connection, identities: Sequence[str]) -> None:
    """Take sheets out that were never drawn."""
    cursor = connection.connection.cursor()
    for identity in identities:
        cursor.execute("DELETE FROM sheet_row WHERE sheet = ?", [identity])
        cursor.execute("DELETE FROM sheet WHERE id = ?", [identity])


def lines(connection: Connection, identity: str, page: int = 0) -> list[SheetRow]:
    """The lines of a sheet, or of one of its pages, as they were printed."""
    query = select(sheet_row).where(sheet_row.c.sheet == identity).order_by(sheet_row.c.page, sheet_row.c.line)
    return [SheetRow(row.sheet, row.page, row.line, row.elector, bool(row.blank))
            for row in connection.execute(query.where(sheet_row.c.page == page) if page else query)]


def _copy(row) -> PageCopy:
    return PageCopy(Piece(row.sheet, row.page, row.copy), State(row.state), row.work, row.before, bool(row.paper), bool(row.written_off),
                    row.holder, row.since, row.destruction)


def copies(connection: Connection, identities: Sequence[str]) -> list[PageCopy]:
    """Every piece of paper of some sheets, in order."""
    found: list[PageCopy] = []
    for at in range(0, len(identities), _AT_ONCE):
        query = (select(page_copy).where(page_copy.c.sheet.in_(identities[at:at + _AT_ONCE]))
                 .order_by(page_copy.c.sheet, page_copy.c.page, page_copy.c.copy))
        found += map(_copy, connection.execute(query))
    return found


def pieces(connection: Connection, wanted: Sequence[Piece]) -> list[PageCopy]:
    """Some pieces of paper."""
    found: list[PageCopy] = []
    for at in range(0, len(wanted), _AT_ONCE):
        key = tuple_(page_copy.c.sheet, page_copy.c.page, page_copy.c.copy)
        found += map(_copy, connection.execute(select(page_copy).where(key.in_(list(map(tuple, wanted[at:at + _AT_ONCE]))))))
    return found


def put_copies(connection: Connection, found: Iterable[PageCopy]) -> None:
    """Store pieces of paper as they stand now, new ones and known ones."""
    cursor = connection.connection.cursor()
    cursor.executemany(
        "INSERT INTO page_copy (sheet, page, copy, state, work, before, paper, written_off, holder, since, destruction) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sheet, page, copy) DO UPDATE SET state = excluded.state, "
        "work = excluded.work, before = excluded.before, paper = excluded.paper, written_off = excluded.written_off, "
        "holder = excluded.holder, since = excluded.since, destruction = excluded.destruction",
        [(*each.piece, each.state.value, each.work, each.before, int(each.paper), int(each.written_off), each.holder, each.since,
          each.destruction) for each in found])


def in_states(connection: Connection, states: Sequence[State]) -> list[PageCopy]:
    """Every piece of paper in some states."""
    return [_copy(row) for row in connection.execute(
        select(page_copy).where(page_copy.c.state.in_([state.value for state in states]))
        .order_by(page_copy.c.sheet, page_copy.c.page, page_copy.c.copy))]


def of_elector(connection: Connection, identity: str) -> list[SheetRow]:
    """Every line an elector stands on."""
    return [SheetRow(row.sheet, row.page, row.line, row.elector, bool(row.blank))
            for row in connection.execute(select(sheet_row).where(sheet_row.c.elector == identity))]


def numbered(connection: Connection, session: str) -> int:
    """How many sheets a session has had."""
    return connection.execute(select(func.max(sheet.c.number)).where(sheet.c.session == session)).scalar() or 0


def drop_orphans(connection: Connection) -> int:
    """Take out lines of electors who are gone for good, of sheets no paper of which is left; how many.

    Lines of paper that is still about stay: if a page is lost, it must be known how many were on it.
    """
    cursor = connection.connection.cursor()
    return cursor.execute("DELETE FROM sheet_row WHERE elector NOT IN (SELECT id FROM elector) AND sheet IN "
                          "(SELECT id FROM sheet WHERE state IN ('destroyed', 'drafted'))").rowcount


def known(connection: Connection, identities: Sequence[str]) -> set[str]:
    """Which of some electors are in the store."""
    return set(connection.execute(select(elector.c.id).where(elector.c.id.in_(identities))).scalars())
