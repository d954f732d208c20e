"""Destinations in the store; what they are signed in to with lies in the table of secrets."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.store.tables import secret
from dpdesk.store.tables_transfers import destination


def listing(connection: Connection) -> list[Destination]:
    """Every destination, by name."""
    return [_destination(row) for row in connection.execute(select(destination).order_by(destination.c.name, destination.c.id))]


def get(connection: Connection, identity: str) -> Destination | None:
    """One destination."""
    row = connection.execute(select(destination).where(destination.c.id == identity)).first()
    return _destination(row) if row else None


def _destination(row) -> Destination:
    values = {name: row._mapping[name] for name in Destination.__dataclass_fields__}
    return Destination(**values | {"kind": DestinationKind(row.kind), "reads": bool(row.reads)})


def put(connection: Connection, new: Destination, seq: int) -> None:
    """Keep a destination, in place of the one of that identity."""
    connection.execute(delete(destination).where(destination.c.id == new.id))
    connection.execute(insert(destination), [{**new.__dict__, "kind": new.kind.value, "reads": int(new.reads), "seq": seq}])


def change(connection: Connection, identity: str, **values: object) -> None:
    """Change what is known of a destination."""
    connection.execute(update(destination).where(destination.c.id == identity).values(**values))


def remove(connection: Connection, identity: str) -> None:
    """Take a destination out, and what it is signed in to with."""
    connection.execute(delete(destination).where(destination.c.id == identity))
    put_secret(connection, identity, None)


def put_secret(connection: Connection, identity: str, value: bytes | None) -> None:
    """Keep what a destination is signed in to with; None takes it away."""
    key = f"portal:{identity}"
    connection.execute(delete(secret).where(secret.c.key == key))
    if value is not None:
        connection.execute(insert(secret), [{"key": key, "value": value}])


def secret_of(connection: Connection, identity: str) -> bytes | None:
    """What a destination is signed in to with."""
    return connection.execute(select(secret.c.value).where(secret.c.key == f"portal:{identity}")).scalar()
