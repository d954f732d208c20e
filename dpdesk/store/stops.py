"""Stops on contact: recognised by keyed hashes of address, phone, person and number, so that erasing the person, a new
import or a merge cannot clear them. The tables only grow; a lift is a row of its own."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from dpdesk.domain.contacting import Channel, Stop, StopReason
from dpdesk.domain.folding import stop_keys, stop_texts, stopped_channels
from dpdesk.domain.ids import new_id
from dpdesk.store import restrictions
from dpdesk.store.members import page
from dpdesk.store.tables import stop, stop_key, stop_lift

_BATCH = 5000
_EVERY = frozenset(channel.value for channel in Channel)
_STANDING = ("SELECT k.key, s.id, s.channel, s.reason, s.since, s.source FROM stop_key k JOIN stop s ON s.id = k.stop "
             "LEFT JOIN stop_lift l ON l.stop = s.id WHERE l.stop IS NULL AND k.key IN ({}) ORDER BY s.since, s.id")
_ALL_STANDING = ("SELECT k.key, k.basis, s.channel FROM stop_key k JOIN stop s ON s.id = k.stop "
                 "LEFT JOIN stop_lift l ON l.stop = s.id WHERE l.stop IS NULL")
_FOLDED = "SELECT row, id, match_email, mobile, landline, sort_name, postcode, number FROM member WHERE kind = ?"


@dataclass(frozen=True)
class NewStop:
    """A stop to be set for the person with `values`."""

    values: Mapping[str, str]
    channel: str
    reason: StopReason
    since: str
    source: str


_STRENGTH = ("record", "person", "number", "email", "phone")


def _stop(what: tuple[str, str, str, str, str], bases: set[str]) -> Stop:
    stop_id, channel, reason, since, source = what
    return Stop(stop_id, channel, StopReason(reason), since, source, tuple(sorted(bases, key=_STRENGTH.index)))


class Stops:
    """Asks and adds stops over one connection; `key` is the desk's secret for the hashes."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key

    def keys_of(self, values: Mapping[str, str]) -> dict[bytes, str]:
        """The keyed hashes a person is recognised by, with the basis of each."""
        return {hmac.digest(self._key, text.encode(), "sha256"): basis for basis, text in stop_keys(values)}

    def any(self) -> bool:
        """Whether there is any stop at all."""
        return self._connection.execute(select(stop.c.id).limit(1)).first() is not None

    def of(self, values: Mapping[str, str]) -> list[Stop]:
        """Every standing stop that concerns the person, with all that they are recognised by."""
        return self.of_many({"": values}).get("", [])

    def of_many(self, people: Mapping[str, Mapping[str, str]]) -> dict[str, list[Stop]]:
        """The standing stops of several people at once; people without any are left out.

        A stop that closes nothing to somebody, such as one on e-mail where only the telephone is shared, is not theirs.
        """
        keys: dict[bytes, list[tuple[str, str]]] = {}
        if not self.any():
            return {}
        for person, values in people.items():
            for key, basis in self.keys_of(values).items():
                keys.setdefault(key, []).append((person, basis))
        bases: dict[str, dict[tuple[str, str, str, str, str], set[str]]] = {}
        for key, *what in self._matching(list(keys)):
            for person, basis in keys[bytes(key)]:
                bases.setdefault(person, {}).setdefault(tuple(what), set()).add(basis)
        found = {person: [_stop(what, by) for what, by in stops.items()] for person, stops in bases.items()}
        theirs = {person: [each for each in stops if each.closes] for person, stops in found.items()}
        return {person: stops for person, stops in theirs.items() if stops}

    def _matching(self, keys: list[bytes]) -> Iterator[tuple[bytes, str, str, str, str, str]]:
        """(key, stop, channel, reason, since, source) of the standing stops. Plain SQL: every page of a list asks."""
        cursor = self._connection.connection.cursor()
        for at in range(0, len(keys), _BATCH):
            some = keys[at:at + _BATCH]
            cursor.execute(_STANDING.format(",".join("?" * len(some))), some)
            yield from cursor.fetchall()

    def closed_channels(self, people: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
        """The channels closed to each person, all of them where the use of their data is restricted; others are left out."""
        found = {person: frozenset[str]().union(*(each.closes for each in stops)) for person, stops in self.of_many(people).items()}
        return found | dict.fromkeys(restrictions.among(self._connection, list(people)), _EVERY)

    def closed_to(self, wanted: frozenset[str], kind: str) -> set[str]:
        """Everybody of a kind to whom every channel `wanted` is closed: all are asked at once, by the folded columns."""
        cursor = self._connection.connection.cursor()
        standing = [(bytes(key), basis, stopped_channels(channel, basis)) for key, basis, channel in cursor.execute(_ALL_STANDING)]
        rarest = min(wanted, key=lambda channel: sum(channel in closed for _, _, closed in standing))
        held = {key: basis for key, basis, closed in standing if rarest in closed}  # whoever is closed to all is closed to that
        bases = set(held.values())
        if not bases:
            return set(restrictions.people(self._connection))
        hit, key, digest = set(), self._key, hmac.digest
        for row, identity, *columns in cursor.execute(_FOLDED, (kind,)).fetchall():
            for text in (*((f"record:{identity}",) if "record" in bases else ()), *stop_texts(bases, *columns)):
                if digest(key, text.encode(), "sha256") in held:
                    hit.add(row)
                    break
        found = self.closed_channels({person.id: person.known_by() for person in page(self._connection, sorted(hit))})
        return {person for person, closed in found.items() if wanted <= closed} | restrictions.people(self._connection)

    def add(self, new: Iterable[NewStop], seq: int) -> list[str]:
        """Set stops; returns their identities."""
        rows, keys = [], []
        for each in new:
            identity = new_id()
            rows.append({"id": identity, "channel": each.channel, "reason": each.reason.value, "since": each.since,
                         "source": each.source, "seq": seq})
            keys += [{"key": key, "stop": identity, "basis": basis}
                     for key, basis in self.keys_of(each.values).items()]
        if rows:
            self._connection.execute(insert(stop), rows)
        if keys:
            self._connection.execute(insert(stop_key), keys)
        return [row["id"] for row in rows]

    def extend(self, stop_id: str, values: Mapping[str, str]) -> None:
        """Let a standing stop also recognise the person by `values` (a new address of someone already stopped)."""
        known = set(self._connection.execute(select(stop_key.c.key).where(stop_key.c.stop == stop_id)).scalars())
        fresh = [{"key": key, "stop": stop_id, "basis": basis} for key, basis in self.keys_of(values).items()
                 if key not in known]
        if fresh:
            self._connection.execute(insert(stop_key), fresh)

    def lift(self, stop_id: str, consent_id: str, on: str, seq: int) -> None:
        """Record that a consent lifted a stop; the stop itself stays on record."""
        self._connection.execute(insert(stop_lift), [{"stop": stop_id, "consent": consent_id, "on": on, "seq": seq}])
