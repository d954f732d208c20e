"""Transfers, their parts and their receipts in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.transfers import Part, TransferState
from dpdesk.store.tables_transfers import receipt, transfer, transfer_part


@dataclass(frozen=True)
class Transfer:
    """A package on its way to a destination. `problem` is the code of what stopped it last; `done` and `size` are bytes verified there."""

    id: str
    package: str
    destination: str
    state: TransferState
    problem: str = ""
    tries: int = 0
    next_try: str = ""
    queued_at: str = ""
    sent_at: str = ""
    ended_at: str = ""
    done: int = 0
    size: int = 0


@dataclass(frozen=True)
class Receipt:
    """A receipt got (`way` in) or given (out), or a confirmation recorded: `by` a card, or who said it; `how` its wording."""

    id: str
    way: str
    package: str
    transfer: str
    by: str
    at: str
    how: str = ""
    content: bytes = b""
    signature: bytes = b""

    @property
    def code(self) -> str:
        """Its short code, as it is printed and read out."""
        return hashlib.sha256(self.content).hexdigest()[:16] if self.content else self.id[-16:]


_OWN = [name for name in Transfer.__dataclass_fields__ if name not in ("done", "size")]


def listing(connection: Connection, states: Iterable[TransferState] = ()) -> list[Transfer]:
    """Transfers, the newest first."""
    query = select(transfer).order_by(transfer.c.queued_at.desc(), transfer.c.id.desc())
    wanted = [state.value for state in states]
    return _with_sizes(connection, connection.execute(query.where(transfer.c.state.in_(wanted)) if wanted else query))


def being_sent(connection: Connection) -> bool:
    """Whether a transfer says that it is under way."""
    return connection.execute(select(transfer.c.id).where(transfer.c.state == TransferState.SENDING.value).limit(1)).first() is not None


def of_package(connection: Connection, package: str) -> list[Transfer]:
    """The transfers of one package."""
    return _with_sizes(connection, connection.execute(select(transfer).where(transfer.c.package == package)))


def get(connection: Connection, identity: str) -> Transfer | None:
    """One transfer."""
    found = _with_sizes(connection, connection.execute(select(transfer).where(transfer.c.id == identity)))
    return found[0] if found else None


def _with_sizes(connection: Connection, rows) -> list[Transfer]:
    found = [row._mapping for row in rows]
    part = transfer_part.c
    query = (select(part.transfer, func.sum(part.size).label("size"), func.sum(part.size * part.verified).label("done"))
             .where(part.transfer.in_([row["id"] for row in found])).group_by(part.transfer))
    sizes = {row.transfer: (int(row.done or 0), int(row.size or 0)) for row in connection.execute(query)} if found else {}
    return [Transfer(**{name: row[name] for name in _OWN} | {"state": TransferState(row["state"])},
                     **dict(zip(("done", "size"), sizes.get(row["id"], (0, 0)), strict=True))) for row in found]


def add(connection: Connection, new: Transfer, parts: Sequence[Part], seq: int) -> None:
    """Queue a transfer."""
    connection.execute(insert(transfer), [{**{name: getattr(new, name) for name in _OWN}, "state": new.state.value, "seq": seq}])
    connection.execute(insert(transfer_part), [{"transfer": new.id, **part.__dict__, "verified": 0} for part in parts])


def change(connection: Connection, identity: str, **values: object) -> None:
    """Change where a transfer stands."""
    connection.execute(update(transfer).where(transfer.c.id == identity).values(**values))


def parts(connection: Connection, identity: str) -> list[tuple[Part, bool]]:
    """(part, whether it lies verified on the server) in order."""
    query = select(transfer_part).where(transfer_part.c.transfer == identity).order_by(transfer_part.c.number)
    return [(Part(row.number, row.size, row.sha256), bool(row.verified)) for row in connection.execute(query)]


def set_verified(connection: Connection, identity: str, numbers: Sequence[int], value: bool = True) -> None:
    """Note that parts lie whole on the server, or do not after all."""
    connection.execute(update(transfer_part).where(transfer_part.c.transfer == identity, transfer_part.c.number.in_(list(numbers)))
                       .values(verified=int(value)))


def receipts(connection: Connection, package: str = "", way: str = "") -> list[Receipt]:
    """Receipts, the newest first."""
    query = select(receipt).order_by(receipt.c.at.desc(), receipt.c.id.desc())
    if package:
        query = query.where(receipt.c.package == package)
    if way:
        query = query.where(receipt.c.way == way)
    return [Receipt(*(row._mapping[name] for name in Receipt.__dataclass_fields__)) for row in connection.execute(query)]


def add_receipt(connection: Connection, new: Receipt, seq: int) -> None:
    """Keep a receipt."""
    connection.execute(insert(receipt), [{**new.__dict__, "seq": seq}])
