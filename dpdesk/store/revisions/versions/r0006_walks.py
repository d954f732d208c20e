"""Walks: rules of streets, sides and ranges, and houses put into their place by hand."""

from alembic import op

from dpdesk.store.tables_walks import TABLES

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        table.create(op.get_bind())
