"""The first desk: officers, audit and history, members and search, stops, consents, sharing, notes, jottings."""

from alembic import op

from dpdesk.store import tables

revision = "0001"
down_revision = None

FIRST = ("setting", "secret", "officer", "audit", "history", "member", "stop", "stop_key", "stop_lift", "consent",
         "sharing", "note", "jotting")


def upgrade() -> None:
    """Make every table of the first desk; search and guards are SQLite's own."""
    bind = op.get_bind()
    for name in FIRST:
        tables.metadata.tables[name].create(bind)
    if bind.dialect.name == "sqlite":
        for statement in (tables.SEARCH_DDL, *tables.guards()):
            op.execute(statement)
