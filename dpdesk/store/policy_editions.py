"""Editions of the policy in the store: each one the branch adopted, whole, with the pack's text it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from dpdesk.domain.ids import new_id
from dpdesk.store.tables import audit, officer
from dpdesk.store.tables_retention import policy_edition


@dataclass(frozen=True)
class Edition:
    """One edition: its number for that party (1 …), how often the text had to be read anew, and the whole as data.

    `data` is empty where the branch went back to the party's own pack. `version` is the ISO day of the text officers read.
    """

    code: str
    edition: int
    reading: int
    version: str
    pack_version: str
    pack: Mapping[str, Any]
    data: Mapping[str, Any]
    why: str
    at: str
    officer: str = ""


def listing(connection: Connection, code: str) -> list[Edition]:
    """Every edition of a party's policy, newest first."""
    query = (select(policy_edition, officer.c.name.label("by_name")).outerjoin(audit, audit.c.seq == policy_edition.c.seq)
             .outerjoin(officer, officer.c.id == audit.c.officer).where(policy_edition.c.code == code)
             .order_by(policy_edition.c.edition.desc()))
    return [Edition(row.code, row.edition, row.reading, row.version, row.pack_version, json.loads(row.pack), json.loads(row.data),
                    row.why, row.at, row.by_name or "") for row in connection.execute(query)]


def newest(connection: Connection, code: str) -> Edition | None:
    """The edition in force, or None where the branch keeps to the pack as it comes."""
    return next(iter(listing(connection, code)), None)


def add(connection: Connection, new: Edition, seq: int) -> None:
    """Keep one more."""
    connection.execute(insert(policy_edition), [{
        "id": new_id(), "code": new.code, "edition": new.edition, "reading": new.reading, "version": new.version,
        "pack_version": new.pack_version, "pack": json.dumps(dict(new.pack)), "data": json.dumps(dict(new.data)), "why": new.why,
        "at": new.at, "seq": seq}])
