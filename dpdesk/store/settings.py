"""Desk-wide settings in the store: the branch, the policy, the lock, and bookkeeping of the keys."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert

from dpdesk.store.tables import setting


def put(connection: Connection, **values: str) -> None:
    """Store settings, replacing what stood there."""
    connection.execute(delete(setting).where(setting.c.key.in_(list(values))))
    connection.execute(insert(setting), [{"key": key, "value": value} for key, value in values.items()])
