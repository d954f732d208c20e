"""Editions of the policy, retention, the yearly audit, restrictions, and searches for what is held on a person."""

from alembic import op

from dpdesk.store import tables_retention

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables."""
    bind = op.get_bind()
    for table in tables_retention.TABLES:
        table.create(bind)
