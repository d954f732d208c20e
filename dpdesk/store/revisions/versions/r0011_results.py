"""What was learnt at the door, second entries, and who is to be left alone."""

from alembic import op

from dpdesk.store.tables_results import TABLES

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        table.create(op.get_bind())
