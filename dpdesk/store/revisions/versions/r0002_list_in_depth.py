"""The list in depth: imports kept, duplicates and merges, archive and erasure, capacities, enquiries, copies, evidence."""

from alembic import op
from sqlalchemy import Column, Text, inspect

from dpdesk.store import tables

revision = "0002"
down_revision = "0001"

SECOND = (
    "copy",
    "list_import",
    "not_same",
    "merge",
    "archive",
    "erasure",
    "capacity",
    "enquiry",
    "wording",
    "asking",
    "attachment",
)
GROWN = {"consent": ("expires_on", "wording_id"), "sharing": ("expires_on", "wording_id")}


def upgrade() -> None:
    """Make the tables of the second step; a desk from before it gets the new columns too."""
    bind = op.get_bind()
    for name in SECOND:
        tables.metadata.tables[name].create(bind)
    for name, columns in GROWN.items():
        there = {column["name"] for column in inspect(bind).get_columns(name)}
        for column in columns:
            if column not in there:
                op.add_column(name, Column(column, Text, nullable=False, server_default=""))
