"""Scanned pages: batches, what became of each page, pictures, rows, and scanners."""

from alembic import op

from dpdesk.store.tables_scans import TABLES

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        table.create(op.get_bind())
