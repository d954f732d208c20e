"""Erasing people, or replacing them by an artificial identifier: shown first, done in one piece, proved by a certificate.

Names go from record, history, search and file; stops stay as keyed hashes, the log keeps who did what (S1 §13.2, §26; S2 l.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.erasing import Erasing, Erasure, artificial_label, without_identity
from dpdesk.domain.errors import Declined, EraseRefused, Invalid, NotFound
from dpdesk.domain.roles import Right
from dpdesk.services import copies
from dpdesk.services.dates import day
from dpdesk.services.imports_rows import Pace
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

SHOWN = 20


@dataclass(frozen=True)
class Plan:
    """What erasing would do. `goes` counts rows by code; `stops` is how many of the people have one, which stays.

    `copies` are open copies that hold them, `backups` how many backups are on the list; `held` are the people with a hold.
    """

    people: tuple[str, ...]
    names: tuple[str, ...]
    goes: Mapping[str, int]
    stops: int
    copies: tuple[Copy, ...]
    backups: int
    held: Mapping[str, str] = field(default_factory=dict)

    @property
    def possible(self) -> bool:
        """Whether nobody must stay for now."""
        return bool(self.people) and not self.held


@dataclass(frozen=True)
class Done:
    """How it ended: the number of the certificate, how many, and whether every trace is cleared from the file by now."""

    certificate: str
    people: int
    cleared: bool


def plan(session: Session, people: Sequence[str]) -> Plan:
    """What erasing `people` would take, what would stay and why; raises `NotFound` where nobody of them is there."""
    from dpdesk.store import copies as registered
    from dpdesk.store import erasing, members
    from dpdesk.store.stops import Stops
    session.require(Right.MEMBERS_ERASE)
    with session.desk.read() as connection:
        found = members.by_ids(connection, list(dict.fromkeys(people)))
        if not found:
            raise NotFound("member", people[0] if people else "")
        ids = [person.id for person in found]
        stopped = Stops(connection, session.desk.key("stops")).of_many({person.id: person.known_by() for person in found})
        wanted = set(ids)
        listed = registered.listing(connection, closed=False)
        holding = tuple(each for each in listed if each.people and registered.holds_any(connection, each.id, wanted))
        backups = sum(each.kind is CopyKind.BACKUP for each in listed)
        return Plan(tuple(ids), tuple(person.name for person in found[:SHOWN]), erasing.counts(connection, ids), len(stopped),
                    holding, backups, erasing.held(connection, ids))


def erase(session: Session, people: Sequence[str], why: str, how: Erasing = Erasing.ERASED,
          progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
          also: Callable[[Unit], None] = lambda unit: None, clear: bool = True, certificate: str = "",
          asked: bool = True) -> Done:
    """Erase people for good, or replace them by artificial identifiers; raises `EraseRefused` where somebody must stay.

    `also` adds to the same change; without `clear` the caller clears the traces; `certificate` is one that stands for more than this.
    Where it was `asked` for, and is not the end of a period, keyed hashes stay: a later list does not bring them back unasked.
    One transaction; then the traces are cleared from the database file (at the next opening, where the program ends first).
    """
    from dpdesk.store import erased, erasing, members
    from dpdesk.store import packages as sealed_files
    if not why.strip():
        raise Invalid({"why": "missing"})
    planned = plan(session, people)
    if planned.held:
        raise EraseRefused("held", len(planned.held))
    kept = {"stops": planned.stops, "copies": len(planned.copies), "backups": planned.backups, "hashes": len(planned.people) * asked}
    pace, done = Pace(len(planned.people), progress, cancelled), [0]

    def step(count: int) -> None:
        done[0] += count
        pace.at(done[0])
    pace.at(0)
    with session.change("members.erased" if how is Erasing.ERASED else "members.pseudonymised") as unit:
        number = certificate or f"{today().year}-{unit.seq}"
        labels = _labels(erasing.labels(unit.connection), len(planned.people))
        gone = [Erasure(person, how, label, today().isoformat(), why.strip(), number, kept)
                for person, label in zip(planned.people, labels, strict=True)]
        found = {person.id: person for person in members.by_ids(unit.connection, planned.people)}
        if asked:
            erased.keep(unit.connection, session.desk.key("stops"), {person.id: person.values() for person in found.values()})
        sealed = erasing.forget(unit.connection, planned.people, step)
        if how is Erasing.ERASED:
            erasing.take_out(unit.connection, planned.people)
        else:
            for each in gone:
                person = found[each.person]
                members.change(unit.connection, person, without_identity(person.values(), tr("Person {label}", label=each.label)),
                               unit.seq)
        erasing.note_erased(unit.connection, gone, unit.seq)
        erasing.ask_compaction(unit.connection)
        unit.about("erasure", number)
        unit.facts(people=len(gone), certificate=number, goes=dict(planned.goes), **kept)
        also(unit)
    for name in sealed:
        sealed_files.discard(session.folder, name)
    return Done(number, len(gone), clear and erasing.compact(session.desk))


def _labels(taken: set[str], wanted: int) -> list[str]:
    """Artificial identifiers nobody has yet; longer ones once the short ones grow scarce."""
    found: list[str] = []
    while len(found) < wanted:
        label = artificial_label()
        if len(taken) > 50_000:
            label += artificial_label()
        if label not in taken:
            taken.add(label)
            found.append(label)
    return found


def finish(session: Session) -> None:
    """Clear traces that an earlier erasure left, where the program ended before it could."""
    from dpdesk.store import erasing
    if not session.read_only and session.desk.setting(erasing.DUE):
        erasing.compact(session.desk)


def of(session: Session, person: str) -> Erasure | None:
    """What is kept of somebody who was erased or replaced."""
    from dpdesk.store import erasing
    with session.desk.read() as connection:
        return next(iter(erasing.erasures(connection, person=person)), None)


def certificates(session: Session) -> list[tuple[Erasure, int]]:
    """Each certificate's first erasure and how many people it is for, newest first."""
    from dpdesk.store import erasing
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found: dict[str, list[Erasure]] = {}
        for each in erasing.erasures(connection):
            found.setdefault(each.certificate, []).append(each)
    return [(group[0], len(group)) for group in found.values()]


def certificate(session: Session, number: str, path: Path, *, accepted: str = "") -> Copy:
    """Write the certificate of an erasure as a PDF; it names nobody. Raises `NotFound`, `Declined` where a retention run has its own."""
    from dpdesk.files import certificates as files
    from dpdesk.services import audit
    from dpdesk.store import erasing, retention
    session.require(Right.MEMBERS_ERASE)
    with session.desk.read() as connection:
        gone = erasing.erasures(connection, number)
        if any(each.certificate == number for each in retention.listing(connection)):
            raise Declined("retention.certificate_of_run")
    if not gone:
        raise NotFound("erasure", number)
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Certificate of erasure {number}", number=number),
                             tr("Evidence that it was done"), accepted=accepted)
    with copies.door(session, leaving) as out:
        copy = out.note("erasure.certified")
        out.write(files.erasure(files.Erased(session.branch, session.officer.name, gone, audit.current_head(session),
                                             day(gone[0].on))))
    return copy
