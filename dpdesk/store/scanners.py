"""Scanners that were used, and the certificates they showed."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from dpdesk.domain.scanners import Device
from dpdesk.store.tables_scans import scanner


def listing(connection: Connection) -> list[Device]:
    """Every scanner that was used, the last one first."""
    rows = connection.execute(select(scanner).order_by(scanner.c.used_at.desc()))
    return [Device(row.kind, row.id, row.name, row.host, row.port, row.root, bool(row.tls), (), row.pin) for row in rows]


def put(connection: Connection, used: Device, at: str, seq: int) -> None:
    """Remember a scanner as it is now."""
    forget(connection, used.id)
    connection.execute(insert(scanner), [{"id": used.id, "kind": used.kind, "name": used.name, "host": used.host, "port": used.port,
                                          "root": used.root, "tls": int(used.tls), "pin": used.pin, "used_at": at, "seq": seq}])


def forget(connection: Connection, identity: str) -> None:
    """Forget a scanner with its certificate."""
    connection.execute(delete(scanner).where(scanner.c.id == identity))
