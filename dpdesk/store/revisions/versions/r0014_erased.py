"""What an erased person is recognised by when a later list brings them back."""

from alembic import op

from dpdesk.store import tables_erased

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table."""
    bind = op.get_bind()
    for table in tables_erased.TABLES:
        table.create(bind)
