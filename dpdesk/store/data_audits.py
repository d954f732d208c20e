"""Audits of the data in the store: one open at a time, and those that were signed."""

from __future__ import annotations

import json

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.data_audit import DataAudit
from dpdesk.store.tables import audit, member, officer
from dpdesk.store.tables_retention import data_audit

_KEPT = ("sample", "looked", "forms", "facts", "statement")


def _audit(row) -> DataAudit:
    return DataAudit(row.id, row.started_at, row.starter or "", **json.loads(row.data), signed_at=row.signed_at, signed_by=row.signer or "")


def listing(connection: Connection) -> list[DataAudit]:
    """Every audit, newest first."""
    starter, signer = officer.alias("starter"), officer.alias("signer")
    query = (select(data_audit, starter.c.name.label("starter"), signer.c.name.label("signer"))
             .outerjoin(starter, starter.c.id == data_audit.c.started_by).outerjoin(signer, signer.c.id == data_audit.c.signed_by)
             .order_by(data_audit.c.seq.desc()))
    return [_audit(row) for row in connection.execute(query)]


def add(connection: Connection, new: DataAudit, by: str, seq: int) -> None:
    """Begin one."""
    connection.execute(insert(data_audit), [{"id": new.id, "state": "open", "started_at": new.started_at, "started_by": by,
                                             "data": _data(new), "seq": seq}])


def change(connection: Connection, now: DataAudit) -> None:
    """Keep its answers."""
    connection.execute(update(data_audit).where(data_audit.c.id == now.id).values(data=_data(now)))


def sign(connection: Connection, now: DataAudit, at: str, by: str) -> None:
    """Finish one."""
    connection.execute(update(data_audit).where(data_audit.c.id == now.id).values(
        data=_data(now), state="signed", signed_at=at, signed_by=by))


def _data(now: DataAudit) -> str:
    return json.dumps({code: dict(value) if isinstance(value := getattr(now, code), dict) else value for code in _KEPT})


def everybody(connection: Connection) -> list[str]:
    """The identities of all people on the desk, to draw a sample from."""
    return list(connection.execute(select(member.c.id).order_by(member.c.id)).scalars())


def founded_on(connection: Connection) -> str:
    """The day of the log's first entry."""
    return (connection.execute(select(func.min(audit.c.at))).scalar() or "")[:10]
