"""The outbox: sealed packages queued offline, sent in parts when there is a network, resumed where a cut or a kill left them."""

from __future__ import annotations

import contextlib
import hashlib
import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Cancelled, Declined, DeskError, Hindered, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import (
    MARKER_SIGNED_AS,
    OPEN,
    PART,
    Destination,
    Marker,
    Part,
    TransferState,
    marker_name,
    next_try,
    part_name,
)
from dpdesk.services import cards, destinations, packages, taking_back
from dpdesk.services.dates import day
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from pathlib import Path

    from dpdesk.portal.lines import Line
    from dpdesk.store.packages import Package
    from dpdesk.store.transfers import Transfer


_NOTE_EVERY = 1.0
"""Seconds between two notes of what is there: on a slow line each part has its own, on a fast one the disk does not hold it up."""


def _no(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Hands:
    """What a run needs from outside: progress in bytes, whether to stop, a way to be cut from another thread, the time."""

    progress: Callable[[int, int], None] = _no
    cancelled: Callable[[], bool] = lambda: False
    opened: Callable[[Callable[[], None]], None] = lambda cut: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True)
class Row:
    """A transfer as it is shown: with its package's purpose and its destination's name."""

    transfer: Transfer
    purpose: str
    destination: str
    recipients: tuple[str, ...]


def queue(session: Session, identity: str, to: Sequence[str]) -> list[Transfer]:
    """Queue a sealed package for one destination or more; nothing is sent yet, and no network is needed."""
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEND)
    found = packages.get(session, identity)
    if found.way != "out":
        raise NotFound("package", identity)
    if date.fromisoformat(found.expires_on) < today():
        raise Declined("transfers.queued_late", {"day": day(found.expires_on)})
    places = list({each.id: each for each in (destinations.get(session, wanted) for wanted in to)}.values())
    if not places:
        raise Declined("transfers.no_destination")
    parts = _parts(packages.path_of(session, found))
    made = []
    with session.change("transfer.queued") as unit:
        for place in places:
            new = store.Transfer(new_id(), found.id, place.id, TransferState.QUEUED, queued_at=unit.at)
            store.add(unit.connection, new, parts, unit.seq)
            made.append(replace(new, size=sum(part.size for part in parts)))
        unit.about("package", found.id)
        unit.facts(destinations=len(places), parts=len(parts), size=found.sealed_size, digest=found.digest)
    return made


def _parts(path: Path) -> list[Part]:
    parts = []
    with path.open("rb") as file:
        while content := file.read(PART):
            parts.append(Part(len(parts) + 1, len(content), hashlib.sha256(content).hexdigest()))
    return parts


def _read(path: Path, part: Part) -> bytes:
    """A part of a sealed file, as it was queued."""
    with path.open("rb") as file:
        file.seek((part.number - 1) * PART)
        content = file.read(part.size)
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise Declined("transfers.spool_gone")
    return content


def rows(session: Session, states: Iterable[TransferState] = ()) -> list[Row]:
    """Transfers for the page and the command line, the newest first."""
    from dpdesk.store import transfers as store
    places = {each.id: each.name for each in destinations.listing(session)}
    known = {each.id: each for each in packages.listing(session, "out")}
    names = {each.id: each.card.name for each in cards.listing(session)}
    with session.desk.read() as connection:
        found = store.listing(connection, states)
    return [Row(each, known[each.package].purpose if each.package in known else "", places.get(each.destination, ""),
                tuple(names.get(card, "") for card in known[each.package].recipients) if each.package in known else ())
            for each in found]


def get(session: Session, identity: str) -> Transfer:
    """One transfer, by its identity or the end of it."""
    found = [row.transfer for row in rows(session) if identity and row.transfer.id.endswith(identity)]
    if len(found) != 1:
        raise NotFound("transfer", identity)
    return found[0]


def waiting(session: Session) -> tuple[int, int]:
    """(how many wait to be sent, how many of those were refused or cut at the last try)."""
    from dpdesk.store import transfers as store
    with session.desk.read() as connection:
        found = store.listing(connection, OPEN)
    return len(found), sum(bool(each.problem) for each in found)


def due(session: Session) -> int:
    """How many are to be sent by now: queued and not tried yet, or tried and their back-off has passed."""
    from dpdesk.store import transfers as store
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with session.desk.read() as connection:
        return sum(each.next_try <= now for each in store.listing(connection, [TransferState.QUEUED]))


def pause(session: Session, identity: str) -> Transfer:
    """Let a transfer rest; one under way stops after the part it is at."""
    return _turn(session, identity, "transfer.paused", TransferState.PAUSED, (TransferState.QUEUED, TransferState.SENDING))


def resume(session: Session, identity: str) -> Transfer:
    """Let it go on with the next sending, at once."""
    return _turn(session, identity, "transfer.resumed", TransferState.QUEUED, OPEN)


def cancel(session: Session, identity: str) -> Transfer:
    """Give a transfer up, one that is on its server too; `taking_back.take_back` takes away what lies there."""
    found = _turn(session, identity, "transfer.cancelled", TransferState.CANCELLED, (*OPEN, TransferState.SENT))
    tidy(session, found.package)
    return found


def _turn(session: Session, identity: str, action: str, state: TransferState, of: tuple[TransferState, ...]) -> Transfer:
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEND)
    found = get(session, identity)
    if found.state not in of:
        raise Declined("transfers.state")
    with session.change(action) as unit:
        store.change(unit.connection, found.id, state=state.value, problem="", tries=0, next_try="",
                     ended_at=unit.at if state is TransferState.CANCELLED else "")
        unit.about("transfer", found.id)
        unit.facts(state=state.value)
    return replace(found, state=state, problem="", tries=0)


def tidy(session: Session, identity: str) -> None:
    """Let a package's sealed file go once nothing waits for it: every transfer proved or cancelled."""
    from dpdesk.domain.transfers import PROVED
    from dpdesk.store import packages as store
    from dpdesk.store import transfers
    with session.desk.read() as connection:
        all_of = transfers.of_package(connection, identity)
        found = store.get(connection, identity)
    if found is not None and found.file and all_of and all(each.state in (*PROVED, TransferState.CANCELLED) for each in all_of):
        with session.desk.jot() as connection:
            store.change(connection, identity, file="")
        store.discard(session.folder, found.file)


@dataclass(frozen=True)
class Run:
    """What a run came to: transfers that are on their server whole now, and failures as (transfer, error)."""

    sent: tuple[str, ...]
    failed: tuple[tuple[str, DeskError], ...]


def send(session: Session, hands: Hands | None = None, *, wanted: str = "", due_only: bool = False) -> Run:
    """Send what waits; `wanted` one transfer alone, `due_only` leaves out those whose back-off has not passed.

    Each destination fails for itself; what was not sent stays queued, with the reason and when it is tried again. Raises `Cancelled`.
    """
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEND)
    hands = hands or Hands()
    now = hands.now().isoformat(timespec="seconds")
    with session.desk.read() as connection:
        found = [each for each in reversed(store.listing(connection, (TransferState.QUEUED, TransferState.SENDING)))
                 if (not wanted or each.id.endswith(wanted)) and not (due_only and each.next_try > now)]
    runner = _Runner(session, hands, sum(each.size - each.done for each in found))
    for place in dict.fromkeys(each.destination for each in found):
        runner.to(destinations.get(session, place), [each for each in found if each.destination == place])
    return Run(tuple(runner.sent), tuple(runner.failed))


class _Runner:
    """One run over the outbox."""

    def __init__(self, session: Session, hands: Hands, total: int) -> None:
        from dpdesk.store import transfers as store
        self._session, self._hands, self._store = session, hands, store
        self._done, self._total, self._halted = 0, total, False
        self._fresh: list[int] = []
        self._noted, self._state = 0.0, TransferState.SENDING
        self._left = taking_back.left(session)
        self.sent: list[str] = []
        self.failed: list[tuple[str, DeskError]] = []

    def to(self, place: Destination, some: list[Transfer]) -> None:
        """Send to one destination over one line."""
        try:
            line = destinations.line(self._session, place, self._hands.opened)
        except (Hindered, Declined) as problem:
            for each in some:
                self._failed(each, problem)
            return
        with line:
            for at, each in enumerate(some):
                try:
                    if self._one(line, place, each):
                        self.sent.append(each.id)
                except Cancelled:
                    if not self._halted:
                        raise
                except Declined as problem:
                    self._failed(each, problem)
                except Hindered as problem:
                    for rest in some[at:]:
                        self._failed(rest, problem)
                    return
            with contextlib.suppress(Hindered):
                taking_back.clear(self._session, line, [each for each in self._left if each.destination == place.id])

    def _one(self, line: Line, place: Destination, each: Transfer) -> bool:
        """Send one; False where the officer paused or cancelled it."""
        found = packages.get(self._session, each.package)
        path = packages.path_of(self._session, found)
        self._halted, self._fresh, self._noted, self._state = False, [], time.monotonic(), TransferState.SENDING
        self._begin(each, found, place)
        with self._session.desk.read() as connection:
            parts = self._store.parts(connection, each.id)
        left = {part_name(each.id, part.number): part for part, there in parts if not there}
        with self._marker(each, found, [part for part, _there in parts]) as marker:
            try:
                line.put_all([(name, lambda part=part: _read(path, part)) for name, part in left.items()],
                             lambda name: self._stored(each.id, left[name]), verify=place.reads)
                if self._now(each.id) is not TransferState.SENDING:
                    return False
                with packages.refusing():
                    line.put(marker_name(each.id), marker(), verify=place.reads)
            except BaseException:
                self._note(each.id)
                raise
        with self._session.change("transfer.sent") as unit:
            self._store.set_verified(unit.connection, each.id, self._fresh)
            self._store.change(unit.connection, each.id, state=TransferState.SENT.value, sent_at=unit.at, problem="", tries=0, next_try="")
            unit.about("transfer", each.id)
            unit.facts(parts=len(parts), size=each.size, seen_there=place.reads, digest=found.digest)
        return True

    def _begin(self, each: Transfer, found: Package, place: Destination) -> None:
        """It is under way; from the first time on it is a copy outside the desk."""
        if taking_back.is_listed(self._session, each.id):
            self._jot(each.id, state=TransferState.SENDING.value)
            return
        with self._session.change("transfer.begun") as unit:
            self._store.change(unit.connection, each.id, state=TransferState.SENDING.value)
            taking_back.put_on_list(self._session, unit, each, found, place)
            unit.about("transfer", each.id)

    def _marker(self, each: Transfer, found: Package, parts: list[Part]) -> AbstractContextManager[Callable[[], bytes]]:
        """The marker, sealed while the parts are on their way."""
        from dpdesk.sealed import notes
        keys = tuple(cards.get(self._session, card).card.age for card in found.recipients)
        marker = Marker(each.id, found.id, self._session.officer.signing_key.hex(), keys, tuple(parts))
        return notes.sealing(notes.signed(marker.canonical(), self._session.desk.identity.sign, MARKER_SIGNED_AS), keys)

    def _stored(self, identity: str, part: Part) -> None:
        self._fresh.append(part.number)
        self._done += part.size
        if time.monotonic() - self._noted > _NOTE_EVERY:
            self._note(identity)
        self._hands.progress(self._done, self._total)
        if self._hands.cancelled():
            self._jot(identity, state=TransferState.QUEUED.value)
            raise Cancelled()
        if self._state is not TransferState.SENDING:
            self._halted = True  # the officer paused or cancelled it meanwhile
            raise Cancelled()

    def _now(self, identity: str) -> TransferState:
        """Where the transfer stands by now; where it was paused or cancelled meanwhile, what is there is noted."""
        with self._session.desk.read() as connection:
            state = self._store.get(connection, identity).state
        if state is not TransferState.SENDING:
            self._note(identity)
        return state

    def _note(self, identity: str) -> None:
        """Keep which parts are there by now, and learn whether the officer paused or cancelled meanwhile."""
        with self._session.desk.jot() as connection:
            self._store.set_verified(connection, identity, self._fresh)
            self._state = self._store.get(connection, identity).state
        self._fresh, self._noted = [], time.monotonic()

    def _failed(self, each: Transfer, problem: Hindered | Declined) -> None:
        """Back into the queue, with what went wrong and when it is tried again."""
        if isinstance(problem, Hindered) and problem.reason == "transfers.stopped":
            self._jot(each.id, state=TransferState.QUEUED.value)
            raise Cancelled() from problem
        tries = each.tries + 1
        when = next_try(self._hands.now(), tries, random.random()).isoformat(timespec="seconds")
        self._jot(each.id, state=TransferState.QUEUED.value, problem=problem.reason, tries=tries, next_try=when)
        self.failed.append((each.id, problem))

    def _jot(self, identity: str, **values: object) -> None:
        with self._session.desk.jot() as connection:
            self._store.change(connection, identity, **values)


def settle(session: Session) -> int:
    """What was under way when the program ended waits again, and sealed files of no package go; how many. Called at opening."""
    from dpdesk.store import packages as sealed
    from dpdesk.store import transfers as store
    if session.read_only:
        return 0
    with session.desk.read() as connection:
        sealed.discard_strays(session.folder, connection, packages.ENDING)
    with session.desk.jot() as connection:
        found = store.listing(connection, [TransferState.SENDING])
        for each in found:
            store.change(connection, each.id, state=TransferState.QUEUED.value)
    return len(found)
