"""The unit of work: the only way to change a desk, which appends the audit entry in the same transaction.

A unit that ends without recording what it changed is a bug and is rolled back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from dpdesk.domain.audit import GENESIS, Entry, commit_rows, commit_values, mac_of
from dpdesk.domain.errors import NothingRecorded
from dpdesk.store.keys import Identity
from dpdesk.store.tables import audit, history

SALT = 16
_HELD = 5_000  # rows of history in memory before they are written


def utc_now() -> str:
    """The instant as stored: UTC, ISO, milliseconds."""
    return datetime.now(UTC).isoformat("T", "milliseconds").replace("+00:00", "Z")


class Unit:
    """One change by one officer. `seq` is the number its audit entry will have."""

    def __init__(self, connection: Connection, identity: Identity, action: str, audit_key: bytes, values_key: bytes
                 ) -> None:
        self.connection = connection
        self.action = action
        self.at = utc_now()
        self._identity = identity
        self._audit_key, self._values_key = audit_key, values_key
        last = connection.execute(select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)).first()
        self.seq = last.seq + 1 if last else 1
        self._prev = last.mac if last else GENESIS
        self._subject = ("", "")
        self._facts: dict[str, object] = {}
        self._fields: dict[str, None] = {}
        self._rows: list[dict] = []
        self._commitments: list[bytes] = []
        self._recorded = False

    def about(self, kind: str, subject: str) -> None:
        """The subject of the entry; the first recorded row's where not said."""
        self._subject = (kind, subject)

    def facts(self, **facts: object) -> None:
        """Details without personal data: counts, versions, codes."""
        self._facts.update(facts)
        self._recorded = True

    def record(self, kind: str, subject: str, before: Mapping[str, object], after: Mapping[str, object]) -> None:
        """One row of history: the values before and after. Only fields that differ are kept."""
        changed = [f for f in {**before, **after} if before.get(f) != after.get(f)]
        self.record_change(kind, subject, tuple(changed),
                           {f: [before.get(f), after.get(f)] for f in changed})

    def record_change(self, kind: str, subject: str, fields: Iterable[str], change: Mapping[str, object]) -> None:
        """As `record`, where the caller already knows the changed fields."""
        values = json.dumps(change, ensure_ascii=False, separators=(",", ":"))
        salt = os.urandom(SALT)
        commitment = commit_values(self._values_key, salt, values.encode())
        names = tuple(fields)
        self._rows.append({"seq": self.seq, "subject_kind": kind, "subject": subject, "fields": json.dumps(names),
                           "change": values, "salt": salt, "commitment": commitment})
        self._commitments.append(commitment)
        self._fields.update(dict.fromkeys(names))
        if not self._subject[1]:
            self._subject = (kind, subject)
        self._recorded = True
        if len(self._rows) >= _HELD:
            self._write_rows()

    def _write_rows(self) -> None:
        if self._rows:
            self.connection.execute(insert(history), self._rows)
            self._rows = []

    def commit_to(self, values: bytes) -> None:
        """Bind the entry to values that get no history row of their own (the new rows of an import)."""
        self._commitments.append(commit_values(self._values_key, b"", values))
        self._recorded = True

    def values_digest(self):
        """A running keyed digest for a long stream of values; hand `.digest()` to `commit_to` at the end."""
        import hmac
        return hmac.new(self._values_key, b"dpdesk stream", "sha256")

    def close(self) -> Entry:
        """Write history and the signed entry; raises `NothingRecorded` where nothing was said."""
        if not self._recorded:
            raise NothingRecorded(self.action)
        self._write_rows()
        commitment = commit_rows(self._values_key, self._commitments)
        content = Entry(self.seq, self.at, self._identity.officer, self.action, *self._subject,
                        tuple(self._fields), self._facts, commitment, self._prev)
        mac = mac_of(self._audit_key, content.canonical())
        entry = Entry(**{**content.__dict__, "mac": mac, "signature": self._identity.sign(mac)})
        self.connection.execute(insert(audit), [row_of(entry)])
        return entry


def row_of(entry: Entry) -> dict:
    """An entry as a row of the audit table."""
    return {**entry.__dict__, "fields": json.dumps(entry.fields), "facts": json.dumps(dict(entry.facts),
                                                                                       sort_keys=True)}


def entry_of(row) -> Entry:
    """A row of the audit table as an entry."""
    values = dict(row._mapping)
    values["fields"] = tuple(json.loads(values["fields"]))
    values["facts"] = json.loads(values["facts"])
    return Entry(**values)
