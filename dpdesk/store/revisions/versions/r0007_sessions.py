"""Campaigns, canvassing sessions, and the register of sheets with their custody."""

from alembic import op

from dpdesk.store.tables_sessions import TABLES

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        table.create(op.get_bind())
