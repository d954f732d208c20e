"""Post: mailings with an outcome per person, mail accounts, agreements with processors, and the key of the codes."""

import os

from alembic import op
from sqlalchemy import insert

from dpdesk.store import tables

revision = "0003"
down_revision = "0002"

THIRD = ("mailing", "mail_recipient", "mail_left_out", "mail_account", "processor")


def upgrade() -> None:
    """Make the tables of post, and the secret by which the code in a message is made."""
    bind = op.get_bind()
    for name in THIRD:
        tables.metadata.tables[name].create(bind)
    bind.execute(insert(tables.secret), [{"key": "post", "value": os.urandom(32)}])
