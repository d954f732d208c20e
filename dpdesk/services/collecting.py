"""Collecting: what lies at a destination for this officer is fetched, verified whole, kept sealed, and receipted."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Cancelled, Declined, DeskError, Hindered
from dpdesk.domain.packages import BadPackage
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import (
    LARGEST_PART,
    LONGEST_MARKER,
    MARKER_SIGNED_AS,
    Marker,
    marker_name,
    part_name,
    read_marker,
    transfer_of,
)
from dpdesk.services import cards, destinations, packages, receipts
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.portal.lines import Line
    from dpdesk.services.outbox import Hands
    from dpdesk.store.packages import Package
    from dpdesk.store.transfers import Receipt


@dataclass(frozen=True)
class Collected:
    """What became of one transfer: the package that came in, or what was wrong with it."""

    transfer: str
    package: Package | None = None
    problem: DeskError | None = None


@dataclass(frozen=True)
class Collection:
    """One look at a destination: what came in or was refused, how many were already here, how many are for somebody else."""

    found: tuple[Collected, ...]
    known: int
    others: int


def collect(session: Session, wanted: str, hands: Hands | None = None) -> Collection:
    """Fetch all that lies at a destination for this officer. A line cut raises `Hindered`; what came before is kept."""
    session.require(Right.TRANSFERS_RECEIVE)
    place = destinations.get(session, wanted)
    with destinations.line(session, place, *([hands.opened] if hands else ())) as line:
        collector = _Collector(session, line, place.id, hands)
        for transfer in sorted(filter(None, map(transfer_of, line.names()))):
            collector.look(transfer)
    return Collection(tuple(collector.found), collector.known, collector.others)


class _Collector:
    """One walk over what lies at a destination."""

    def __init__(self, session: Session, line: Line, place: str, hands: Hands | None) -> None:
        self._session, self._line, self._place = session, line, place
        self._progress: Callable[[int, int], None] = hands.progress if hands else lambda done, total: None
        self._cancelled: Callable[[], bool] = hands.cancelled if hands else lambda: False
        self._mine = cards.own(session).card
        self.found: list[Collected] = []
        self.known = self.others = 0

    def look(self, transfer: str) -> None:
        """One marker: whom for, whom from, whether it is here already; else fetch what it marks."""
        sealed = self._line.get(marker_name(transfer), LONGEST_MARKER)
        if sealed is None:
            return
        try:
            with packages.refusing():
                marker = self._marker(transfer, sealed)
            if marker is None:
                self.others += 1
                return
            if not self._again(marker):
                self.found.append(Collected(transfer, self._take(marker)))
        except Declined as problem:
            self.found.append(Collected(transfer, problem=problem))

    def _marker(self, transfer: str, sealed: bytes) -> Marker | None:
        """The marker; None where it is sealed to somebody else or is one of this officer's own."""
        from dpdesk.sealed import notes
        try:
            content, signature = notes.unsigned(notes.unseal(sealed, cards.secret_key(self._session)))
        except BadPackage as problem:
            if problem.code == "not_for_you":
                return None
            raise
        marker = read_marker(content)
        notes.check(content, signature, marker.signing, MARKER_SIGNED_AS)
        if marker.transfer != transfer or self._mine.age not in marker.recipients:
            raise BadPackage("altered")
        return marker

    def _again(self, marker: Marker) -> bool:
        """Whether the package is here already: then its receipt is left once more, for it may have been lost; nothing is taken in twice."""
        from dpdesk.store import packages as store
        from dpdesk.store import transfers
        with self._session.desk.read() as connection:
            before = store.get(connection, marker.package)
            given = [each for each in transfers.receipts(connection, marker.package, "out") if each.transfer == marker.transfer]
        if before is None or before.way != "in":
            return False
        self.known += 1
        sender = self._sender(marker)
        if not given:
            with self._session.change("receipt.given") as unit:
                given = [receipts.given(self._session, unit, before, marker.transfer, before.digest)]
                unit.about("package", before.id)
        self._answer(marker, given[0], sender)
        return True

    def _sender(self, marker: Marker) -> str:
        """The sender's age key, by the verified card of whoever signed."""
        if marker.signing == self._mine.signing:
            return self._mine.age
        return packages.known_sender(self._session, marker.signing).card.age

    def _take(self, marker: Marker) -> Package:
        """Fetch the parts, check the whole, keep it sealed, leave the receipt."""
        from dpdesk.store import packages as store
        sender = self._sender(marker)
        incoming = store.Incoming(self._session.folder, marker.transfer)
        self._fetch(marker, incoming)
        try:
            seen = packages.inspect(self._session, incoming.path, again=False)
            if (seen.manifest.id, seen.manifest.sender.signing) != (marker.package, marker.signing):
                raise Declined("transfers.altered")
        except Declined:
            incoming.drop()
            raise
        name = seen.manifest.id + packages.ENDING
        incoming.finish(name)
        with self._session.change("package.arrived") as unit:
            taken = replace(packages.arrived(seen, marker.size, name), destination=self._place, transfer=marker.transfer, at=unit.at)
            store.add(unit.connection, taken, unit.seq)
            given = receipts.given(self._session, unit, taken, marker.transfer, taken.digest)
            unit.about("package", taken.id)
            unit.facts(kind=taken.kind.value, files=len(taken.items), size=taken.size, digest=taken.digest)
            unit.record("package", taken.id, {}, {"purpose": taken.purpose})
        self._answer(marker, given, sender)
        return taken

    def _fetch(self, marker: Marker, incoming) -> None:
        """The parts that are not here yet, each checked before it is kept."""
        kept = incoming.kept(marker.parts)
        done = sum(part.size for part in marker.parts[:kept])
        for part in marker.parts[kept:]:
            if self._cancelled():
                raise Cancelled()
            content = self._line.get(part_name(marker.transfer, part.number), LARGEST_PART)
            if content is None:
                raise Declined("transfers.part_missing")
            if len(content) != part.size or hashlib.sha256(content).hexdigest() != part.sha256:
                raise Declined("transfers.altered")
            incoming.add(content)
            done += part.size
            self._progress(done, marker.size)

    def _answer(self, marker: Marker, given: Receipt, sender: str) -> None:
        """Leave the receipt; where nobody else waits for the package, take it off the server."""
        try:
            receipts.leave(self._line, given, marker.recipients.index(self._mine.age), sender)
        except Hindered as problem:
            if problem.reason != "transfers.not_allowed":
                raise
            return
        if len(marker.recipients) == 1:
            with contextlib.suppress(Hindered):  # the sender's desk does it, once it has the receipt
                if self._line.delete(marker_name(marker.transfer)):
                    for part in marker.parts:
                        self._line.delete(part_name(marker.transfer, part.number))
