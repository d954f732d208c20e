"""Transfers: officer cards, packages, destinations, the outbox, receipts."""

from alembic import op

from dpdesk.store import tables_transfers

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables of transfers."""
    bind = op.get_bind()
    for table in tables_transfers.TABLES:
        table.create(bind)
