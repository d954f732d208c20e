"""The electoral register: electors with their search, files and what they were supplied for, lists, and links to people."""

from alembic import op

from dpdesk.store import tables_register

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables of the register; search is SQLite's own."""
    bind = op.get_bind()
    for table in tables_register.TABLES:
        table.create(bind)
    if bind.dialect.name == "sqlite":
        op.execute(tables_register.ELECTOR_SEARCH_DDL)
