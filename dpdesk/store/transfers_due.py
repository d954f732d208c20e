"""Packages and canvass packs that are finished with: which, since when, and taking them away with their transfers and receipts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select

from dpdesk.domain.packages import PackageState, Step
from dpdesk.domain.transfers import OPEN, PROVED, TransferState
from dpdesk.store.tables_sessions import page_copy
from dpdesk.store.tables_transfers import pack, package, package_subject, receipt, transfer, transfer_part

_AT_ONCE = 400
_ENDED = [each.value for each in (*PROVED, TransferState.CANCELLED)]


def finished(connection: Connection, before: str, on: str) -> list[tuple[str, str]]:
    """(identity, day it was finished) of packages and packs finished by the day `before`, as of the day `on`, the oldest first.

    A package is finished once nobody can open it any more (its last day is over, so it cannot be taken in twice either), and that it was
    opened, proved or given up; one that still waits in the outbox, or speaks for sheets whose paper is still about, is not.
    """
    waits = select(transfer.c.package).where(transfer.c.state.in_([each.value for each in OPEN]))
    paper = (select(package_subject.c.package).join(page_copy, page_copy.c.sheet == package_subject.c.subject)
             .where(package_subject.c.kind == "sheet", page_copy.c.paper == 1))
    ended = select(func.max(transfer.c.ended_at)).where(transfer.c.package == package.c.id, transfer.c.state.in_(_ENDED)).scalar_subquery()
    rows = connection.execute(select(package.c.id, package.c.way, package.c.state, package.c.at, package.c.expires_on, ended.label("ended"))
                              .where(package.c.expires_on < on, package.c.id.not_in(waits), package.c.id.not_in(paper)))
    found = []
    for row in rows:
        opened = row.at if row.way == "in" and row.state == PackageState.OPENED.value else row.ended
        found.append((row.id, max(row.expires_on, (opened or "")[:10])))
    packs = connection.execute(select(pack.c.id, pack.c.erased_at).where(pack.c.step == Step.ERASED.value, pack.c.erased_at != ""))
    found += [(row.id, row.erased_at[:10]) for row in packs]
    return sorted((each for each in found if each[1] <= before), key=lambda each: each[1])


def remove(connection: Connection, some: Sequence[str]) -> list[str]:
    """Take packages and packs away, and all that hangs on them; the names of sealed files that are left to be deleted."""
    files: list[str] = []
    for at in range(0, len(some), _AT_ONCE):
        ids = list(some[at:at + _AT_ONCE])
        files += [row.file for row in connection.execute(select(package.c.file).where(package.c.id.in_(ids), package.c.file != ""))]
        moved = select(transfer.c.id).where(transfer.c.package.in_(ids))
        connection.execute(delete(transfer_part).where(transfer_part.c.transfer.in_(moved)))
        for table in (transfer, receipt, package_subject):
            connection.execute(delete(table).where(table.c.package.in_(ids)))
        for table in (package, pack):
            connection.execute(delete(table).where(table.c.id.in_(ids)))
    return files
