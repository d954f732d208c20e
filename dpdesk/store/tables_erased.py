"""The table of what an erased person is recognised by when a later list brings them back: keyed hashes, nothing readable."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, Text

from dpdesk.store.tables import metadata

erased_key = Table(
    "erased_key", metadata, Column("key", LargeBinary, primary_key=True), Column("person", Text, primary_key=True))

TABLES = (erased_key,)
