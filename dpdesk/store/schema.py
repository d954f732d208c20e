"""Brings a desk's schema to the newest revision, and refuses one that is newer than this program."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Table, inspect, text

from dpdesk.domain.errors import TooNew

NEWEST = "0014"
TABLE_MODULES = (  # one line each; a new module of tables is named here
    "tables_register",
    "tables_replies",
    "tables_walks",
    "tables_sessions",
    "tables_results",
    "tables_device",
    "tables_transfers",
    "tables_duties",
    "tables_retention",
    "tables_scans",
    "tables_erased",
)
_REVISIONS = Path(__file__).parent / "revisions"


def revision_of(connection: Connection) -> str:
    """The schema revision of the database, "" where it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def bring_up(connection: Connection) -> bool:
    """Run the revisions that are missing, inside the caller's transaction; returns whether any ran."""
    found = revision_of(connection)
    if found == NEWEST:
        return False
    if found > NEWEST:
        raise TooNew(found)
    from alembic import command
    from alembic.config import Config
    config = Config()
    config.set_main_option("script_location", str(_REVISIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def every_table() -> Mapping[str, Table]:
    """Every table of the newest revision by its name, whichever module declares it."""
    found: dict[str, Table] = {}
    for name in TABLE_MODULES:
        tables = import_module(f"dpdesk.store.{name}").metadata.tables
        found |= {str(table): declared for table, declared in tables.items()}
    return found
