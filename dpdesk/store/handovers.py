"""Handovers in the store: who leaves which device, what was done, and who signed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.handovers import Handover, HandoverKind
from dpdesk.store.tables_device import handover


def _handover(row) -> Handover:
    return Handover(**{**row._mapping, "kind": HandoverKind(row.kind), "steps": json.loads(row.steps)})


def add(connection: Connection, new: Handover) -> None:
    """Keep one more."""
    connection.execute(insert(handover), [{**new.__dict__, "kind": new.kind.value, "steps": json.dumps(dict(new.steps))}])


def change(connection: Connection, identity: str, values: Mapping[str, object]) -> None:
    """Store changed columns of one; `steps` as a mapping."""
    stored = {name: json.dumps(value) if name == "steps" else value for name, value in values.items()}
    connection.execute(update(handover).where(handover.c.id == identity).values(stored))


def get(connection: Connection, identity: str) -> Handover | None:
    """One by its identity."""
    row = connection.execute(select(handover).where(handover.c.id == identity)).first()
    return _handover(row) if row else None


def open_of(connection: Connection, device: str) -> Handover | None:
    """The one under way for a device."""
    row = connection.execute(select(handover).where(handover.c.device == device, handover.c.ended_at == "")
                             .order_by(handover.c.id.desc()).limit(1)).first()
    return _handover(row) if row else None


def listing(connection: Connection) -> list[Handover]:
    """All, newest first."""
    return [_handover(row) for row in connection.execute(select(handover).order_by(handover.c.id.desc()))]
