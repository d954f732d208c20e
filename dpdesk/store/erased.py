"""Recognising somebody who was erased: by keyed hashes of number, address, and name with postcode, and by nothing else (S1 §13.2).

The hashes can be compared and not read back; they are of the same kind as those of the stops, under texts of their own.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert, select

from dpdesk.domain.folding import stop_keys
from dpdesk.store.tables import erasure
from dpdesk.store.tables_erased import erased_key


def _keys(secret: bytes, values: Mapping[str, str]) -> list[bytes]:
    """A telephone alone tells nobody: a household shares one."""
    return [hmac.digest(secret, b"erased:" + text.encode(), "sha256") for basis, text in stop_keys(values) if basis != "phone"]


def keep(connection: Connection, secret: bytes, people: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what people, by identity, are recognised by; to be called before their values go."""
    rows = [{"key": key, "person": person} for person, values in people.items() for key in dict.fromkeys(_keys(secret, values))]
    if rows:
        connection.execute(insert(erased_key), rows)


class Erased:
    """Those who were erased, to be asked for many rows of a list."""

    def __init__(self, connection: Connection, secret: bytes) -> None:
        self._connection, self._secret = connection, secret
        self._known = {bytes(row.key): row.person for row in connection.execute(select(erased_key))}

    def any(self) -> bool:
        """Whether anybody was."""
        return bool(self._known)

    def among(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> dict[int, tuple[str, str, str]]:
        """Of (place, values): place -> (day, why, certificate) of the erasure it looks like."""
        found = {}
        for at, values in rows:
            person = next((self._known[key] for key in _keys(self._secret, values) if key in self._known), None)
            if person is not None:
                found[at] = person
        said = {row.person: (row.on, row.why, row.certificate) for row in self._connection.execute(select(erasure))} if found else {}
        return {at: said[person] for at, person in found.items() if person in said}
