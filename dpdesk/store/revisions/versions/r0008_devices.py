"""Devices, what was seen of them, officers' words and permissions, disposals, approved repairers, and handovers."""

from alembic import op

from dpdesk.store import tables_device

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables of devices."""
    bind = op.get_bind()
    for table in tables_device.TABLES:
        table.create(bind)
