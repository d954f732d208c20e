"""A desk made by an earlier dpdesk gets every table and column of today, and loses nothing."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from dpdesk.domain.errors import TooNew
from dpdesk.store import schema, tables
from dpdesk.store.engine import engine, make_database

REVISIONS = Path(schema.__file__).parent / "revisions"
LATER_COLUMNS = {"consent": ("expires_on", "wording_id"), "sharing": ("expires_on", "wording_id")}


@contextmanager
def database(tmp_path):
    key, salt = os.urandom(32), os.urandom(16)
    make_database(tmp_path / "desk.db", key, salt)
    made = engine(tmp_path / "desk.db", key, salt, writing=True)
    try:
        with made.begin() as connection:
            yield connection
    finally:
        made.dispose()


def as_first_made(connection) -> None:
    """The schema as revision 0001 left it."""
    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    for table, columns in LATER_COLUMNS.items():
        for column in columns:
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))


def shape(connection) -> dict:
    seen = inspect(connection)
    return {name: {(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)}
            for name in seen.get_table_names() if not name.startswith(("member_search", "elector_search", "alembic"))}


def test_a_desk_of_the_first_revision_becomes_like_a_new_one(tmp_path) -> None:
    (tmp_path / "old").mkdir(), (tmp_path / "new").mkdir()
    with database(tmp_path / "old") as connection:
        as_first_made(connection)
        assert "copy" not in shape(connection)
        connection.execute(text("INSERT INTO consent (id, person, channel, seq) VALUES ('c', 'p', 'email', 7)"))
        assert schema.bring_up(connection) and schema.revision_of(connection) == schema.NEWEST
        grown = shape(connection)
        kept = connection.execute(text("SELECT person, seq, expires_on FROM consent")).one()
        assert tuple(kept) == ("p", 7, "")
        assert not schema.bring_up(connection)
    with database(tmp_path / "new") as connection:
        schema.bring_up(connection)
        assert shape(connection) == grown
        assert set(grown) == set(tables.metadata.tables)


def test_a_newer_desk_is_refused(tmp_path) -> None:
    with database(tmp_path) as connection:
        schema.bring_up(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(TooNew):
            schema.bring_up(connection)
