"""Mail that came back: suggestions to confirm, and addresses that do not work."""

from alembic import op

from dpdesk.store.tables_replies import REPLY_TABLES

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    for table in REPLY_TABLES:
        table.create(op.get_bind())
