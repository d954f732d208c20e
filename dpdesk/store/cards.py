"""Officer cards in the store."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from dpdesk.domain.cards import Card, CardState
from dpdesk.store.tables_transfers import officer_card


@dataclass(frozen=True)
class Kept:
    """A card as this desk keeps it: how it stands, and who verified it when."""

    id: str
    card: Card
    state: CardState
    signature: str = ""
    verified_at: str = ""
    verified_by: str = ""
    replaced_by: str = ""


def listing(connection: Connection) -> list[Kept]:
    """Every card, by name; the newest of a name first."""
    return [_kept(row) for row in connection.execute(select(officer_card).order_by(officer_card.c.name, officer_card.c.seq.desc()))]


def get(connection: Connection, identity: str) -> Kept | None:
    """One card."""
    row = connection.execute(select(officer_card).where(officer_card.c.id == identity)).first()
    return _kept(row) if row else None


def _kept(row) -> Kept:
    values = row._mapping
    card = Card(**{name: values[name] for name in Card.__dataclass_fields__})
    return Kept(row.id, card, CardState(row.state), row.signature, row.verified_at, row.verified_by, row.replaced_by)


def put(connection: Connection, kept: Kept, seq: int) -> None:
    """Keep a new card."""
    connection.execute(insert(officer_card), [{
        "id": kept.id, **kept.card.__dict__, "state": kept.state.value, "signature": kept.signature, "verified_at": kept.verified_at,
        "verified_by": kept.verified_by, "replaced_by": kept.replaced_by, "seq": seq}])


def change(connection: Connection, identity: str, **values: str) -> None:
    """Change how a card stands."""
    connection.execute(update(officer_card).where(officer_card.c.id == identity).values(**values))
