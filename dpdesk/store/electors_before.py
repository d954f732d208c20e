"""How an elector was before files of the register changed them, and which files those were."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from dpdesk.domain.electors import STORED, Elector
from dpdesk.store.tables import audit
from dpdesk.store.tables_register import elector_before, register_file


def states(connection: Connection, identity: str) -> list[tuple[int, Elector]]:
    """(the log's number of what changed them, how they were before), the oldest first."""
    columns = [elector_before.c[name] for name in STORED]
    rows = connection.execute(select(elector_before.c.seq, *columns).where(elector_before.c.id == identity).order_by(elector_before.c.seq))
    return [(row[0], Elector(*row[1:])) for row in rows]


def files(connection: Connection, seqs: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(instant, kind of file) of entries of the log that brought files of the register."""
    rows = connection.execute(select(register_file.c.seq, audit.c.at, register_file.c.kind).join(audit, audit.c.seq == register_file.c.seq)
                              .where(register_file.c.seq.in_(list(seqs))))
    return {row.seq: (row.at, row.kind) for row in rows}
