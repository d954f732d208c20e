"""The registers of the data-protection duties: entries, what happened to each, and whom they are about."""

from alembic import op

from dpdesk.store import tables_duties

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables; the guards are SQLite's own."""
    bind = op.get_bind()
    for table in tables_duties.TABLES:
        table.create(bind)
    if bind.dialect.name == "sqlite":
        for statement in tables_duties.guards():
            op.execute(statement)
