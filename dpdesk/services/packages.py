"""Packages: files sealed to officers' cards, and packages opened once all of them has verified (S1 23.5, 27.15)."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.cards import CardState
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Broken, Declined, DiskFull, Hindered, Invalid, NotFound, Unreadable
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.packages import MOST_DAYS, BadPackage, Item, Manifest, PackageKind, PackageState, check_name, folded
from dpdesk.domain.roles import Right
from dpdesk.services import cards
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.domain.copies import Copy
    from dpdesk.sealed.packages import Content
    from dpdesk.store.cards import Kept
    from dpdesk.store.packages import Package
    from dpdesk.store.unit import Unit

ENDING = ".dpsealed.age"
DAYS = 30


def _no(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Hands:
    """Progress in bytes, and whether to stop."""

    progress: Callable[[int, int], None] = _no
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Wish:
    """What is to be sealed: files of the disk or `contents` held by a capability, whom to (cards), what for, until when it may be opened.

    `subjects` are (kind, identity) of what it carries, such as ("sheet", …): a receipt then speaks for them. ("person", …) is whose data
    it is: the copy that is saved is noted as theirs, and erasing them takes the sealed file along.
    """

    to: Sequence[str]
    purpose: str
    paths: Sequence[Path] = ()
    contents: Sequence[Content] = ()
    kind: PackageKind = PackageKind.FILES
    classification: Confidentiality = Confidentiality.STRICT
    days: int = DAYS
    facts: Mapping[str, object] = field(default_factory=dict)
    subjects: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Seen:
    """A package that was checked whole: its manifest, the sender's card here (None: this very officer), when it was opened before."""

    manifest: Manifest
    sender: Kept | None
    opened_at: str = ""


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turn what is wrong with a package into a sentence."""
    try:
        yield
    except BadPackage as problem:
        if problem.code == "disk_full":
            raise DiskFull(tr("the desk’s folder")) from problem
        if problem.code == "worker":
            raise Broken("sealing_worker") from problem
        if problem.code == "unreadable":
            raise Hindered("transfers.unreadable") from problem
        raise Declined(f"transfers.{problem.code}") from problem


def seal(session: Session, wish: Wish, hands: Hands | None = None) -> Package:
    """Seal a package; it lies in the desk's own folder, ready to be sent or saved. Raises `Invalid`, `Declined`, `DiskFull`."""
    from dpdesk.sealed import packages as sealed
    from dpdesk.store import packages as store
    hands = hands or Hands()
    session.require(Right.TRANSFERS_SEND)
    to = cards.to_seal_to(session, wish.to)
    _check(wish)
    contents = [*_of_disk(wish.paths), *wish.contents]
    with refusing():
        items = sealed.measured(contents, hands.cancelled)
    manifest = Manifest(new_id(), wish.kind, wish.purpose.strip(), wish.classification.value, _now(),
                        (today() + timedelta(days=wish.days)).isoformat(), cards.own(session).card,
                        tuple(each.card.age for each in to), items, dict(wish.facts))
    name = manifest.id + ENDING
    with refusing(), store.sealing(session.folder, name) as file:
        sealed.seal(file, manifest, session.desk.identity.sign, contents, hands.progress, hands.cancelled)
    made = store.Package(
        manifest.id, "out", manifest.kind, manifest.purpose, manifest.classification, manifest.made_at, manifest.expires_on, "",
        tuple(each.id for each in to), items, hashlib.sha256(manifest.canonical()).hexdigest(), manifest.size,
        (store.folder(session.folder) / name).stat().st_size, name, PackageState.SEALED, manifest.made_at, facts=manifest.facts)
    try:
        with session.change("package.sealed") as unit:
            store.add(unit.connection, made, unit.seq)
            for kind in {kind for kind, _subject in wish.subjects}:
                store.put_subjects(unit.connection, made.id, kind, [each for of, each in wish.subjects if of == kind])
            unit.about("package", made.id)
            unit.facts(kind=made.kind.value, files=len(items), size=made.size, recipients=len(to), digest=made.digest,
                       classification=made.classification)
            unit.record("package", made.id, {}, {"purpose": made.purpose})
    except BaseException:
        store.discard(session.folder, name)
        raise
    return made


def _now() -> str:
    from dpdesk.store.unit import utc_now
    return utc_now()


def _check(wish: Wish) -> None:
    problems = {}
    if not wish.purpose.strip():
        problems["purpose"] = "missing"
    elif len(wish.purpose) > 500 or not wish.purpose.strip().isprintable():
        problems["purpose"] = "control"
    if not 1 <= wish.days <= MOST_DAYS:
        problems["days"] = "out_of_range"
    if not (wish.paths or wish.contents):
        problems["files"] = "missing"
    if problems:
        raise Invalid(problems)


def _of_disk(paths: Sequence[Path]) -> list[Content]:
    """Files of the disk under their own names, the second of one name numbered; raises `Declined` with the name that cannot be."""
    from dpdesk.sealed.packages import file_content
    found: dict[str, Content] = {}
    for path in paths:
        if not path.is_file():
            raise Declined("transfers.a_folder", {"file": path.name}) if path.is_dir() else Unreadable(path.name, "missing")
        name, number = path.name, 1
        while folded(name) in found:
            number += 1
            name = f"{path.stem} ({number}){path.suffix}"
        try:
            check_name(name)
        except BadPackage as problem:
            raise Declined("transfers.name_unfit", {"file": path.name}) from problem
        found[folded(name)] = file_content(path, name)
    return list(found.values())


def save(session: Session, identity: str, path: Path, accepted: str = "", *, action: str = "package.saved",
         tell: Callable[[Unit], None] = lambda unit: None) -> Copy:
    """Write a sealed package to a file, to be carried or attached: it is encrypted, and still a copy with its entry.

    It is noted as `action`, with whose data it carries where the package knows; `tell` adds to the entry.
    """
    from dpdesk.services import copies
    from dpdesk.store import packages as store
    session.require(Right.TRANSFERS_SEND)
    found = get(session, identity)
    source = store.folder(session.folder) / (found.file or "-")
    if not source.is_file():
        raise Declined("transfers.spool_gone")
    leaving = copies.Leaving(CopyKind.SEALED, path, tr("Sealed package"), found.purpose, accepted=accepted,
                             classification=Confidentiality(found.classification))
    with copies.door(session, leaving) as out, source.open("rb") as file:
        while part := file.read(1 << 20):
            out.write(part)
        with session.desk.read() as connection:
            people = [each for kind, each in store.subjects(connection, found.id) if kind == store.PERSON]

        def also(unit: Unit) -> None:
            unit.facts(package=found.id)
            tell(unit)
        return out.note(action, people, also)


def admit(session: Session, manifest: Manifest, *, again: bool = False) -> Kept | None:
    """The sender's card here; raises `Declined` where the package is not to be opened by this officer now.

    Not addressed to them, from a sender nobody verified, past its last day, or opened before (`again` lets that pass).
    """
    from dpdesk.store import packages as store
    mine = cards.own(session).card
    if mine.age not in manifest.recipients:
        raise Declined("transfers.not_addressed")
    sender = None
    if manifest.sender.signing != mine.signing:
        sender = known_sender(session, manifest.sender.signing)
    if manifest.expired(today()):
        raise Declined("transfers.expired", {"day": _day(manifest.expires_on)})
    with session.desk.read() as connection:
        before = store.get(connection, manifest.id)
    if before is not None and before.way == "in" and before.state is PackageState.OPENED and not again:
        raise Declined("transfers.replayed", {"day": _day(before.at)})
    return sender


def known_sender(session: Session, signing: str) -> Kept:
    """The verified card of whoever signs so; raises `Declined` for an unknown, unverified or revoked one."""
    found = cards.by_signing(session, signing)
    if found is None:
        raise Declined("transfers.sender_unknown")
    if found.state is CardState.UNVERIFIED:
        raise Declined("transfers.sender_unverified", {"name": found.card.name})
    if found.state is not CardState.VERIFIED:
        raise Declined("transfers.sender_revoked", {"name": found.card.name})
    return found


def _day(iso: str) -> str:
    from dpdesk.services.dates import day
    return day(iso)


def inspect(session: Session, path: Path, hands: Hands | None = None, *, again: bool = True) -> Seen:
    """Check all of a package and write nothing; raises `Declined` with what is wrong."""
    from dpdesk.sealed import packages as sealed
    from dpdesk.store import packages as store
    session.require(Right.TRANSFERS_RECEIVE)
    hands, senders = hands or Hands(), []
    if not path.is_file():
        raise Unreadable(path.name, "unreadable")
    with refusing():
        manifest = sealed.inspect(path, cards.secret_key(session), lambda found: senders.append(admit(session, found, again=again)),
                                  hands.progress, hands.cancelled)
    with session.desk.read() as connection:
        before = store.get(connection, manifest.id)
    opened = before.at if before is not None and before.way == "in" and before.state is PackageState.OPENED else ""
    return Seen(manifest, senders[0], opened)


def open_to(session: Session, path: Path, target: Path, hands: Hands | None = None, *, again: bool = False, accepted: str = "") -> Package:
    """Open a package into a new folder: all of it is checked before a byte is written there. The folder is a copy to be deleted."""
    from dpdesk.services import copies
    hands = hands or Hands()
    seen = inspect(session, path, hands, again=again)
    leaving = copies.Leaving(CopyKind.RECEIVED, target, tr("Opened package"), seen.manifest.purpose, accepted=accepted,
                             classification=Confidentiality(seen.manifest.classification))
    with copies.folder_door(session, leaving) as folder:
        taken = _unpack(session, path, seen, folder.pour, hands)
        with session.change("package.opened") as unit:
            note_opened(session, unit, taken)
            folder.note(unit)
    return taken


def take(session: Session, path: Path, hands: Hands | None = None) -> tuple[Package, dict[str, bytes]]:
    """A package's files in memory, for a capability that takes them in (packs, returns); nothing is noted yet: `note_opened` does that."""
    hands = hands or Hands()
    seen = inspect(session, path, hands, again=False)
    held: dict[str, bytes] = {}
    taken = _unpack(session, path, seen, lambda name, chunks: held.__setitem__(name, b"".join(chunks)), hands)
    return taken, held


def _unpack(session: Session, path: Path, seen: Seen, pour: Callable[[str, Iterator[bytes]], None], hands: Hands) -> Package:
    from dpdesk.sealed import packages as sealed

    def sink(item: Item, chunks: Iterator[bytes]) -> None:
        pour(item.name, chunks)

    def same(manifest: Manifest) -> None:
        if manifest != seen.manifest:
            raise BadPackage("altered")
    with refusing(), sealed.decrypted(path, cards.secret_key(session)) as source:
        sealed.walk(source, same, sink, hands.progress, hands.cancelled)
    return arrived(seen, path.stat().st_size, "")


def arrived(seen: Seen, sealed_size: int, file: str) -> Package:
    """A package that came in, as the store keeps it."""
    from dpdesk.store.packages import Package
    found = seen.manifest
    return Package(found.id, "in", found.kind, found.purpose, found.classification, found.made_at, found.expires_on,
                   seen.sender.id if seen.sender else "", (), found.items, hashlib.sha256(found.canonical()).hexdigest(), found.size,
                   sealed_size, file, PackageState.ARRIVED, _now(), facts=found.facts)


def note_opened(session: Session, unit, taken: Package) -> None:
    """Within the unit that takes a package in: it is opened, so that nobody takes it in twice."""
    from dpdesk.store import packages as store
    if store.get(unit.connection, taken.id) is None:
        store.add(unit.connection, replace(taken, state=PackageState.OPENED, at=unit.at), unit.seq)
    else:
        store.change(unit.connection, taken.id, state=PackageState.OPENED.value, at=unit.at)
    unit.about("package", taken.id)
    unit.facts(kind=taken.kind.value, files=len(taken.items), size=taken.size, digest=taken.digest)


def forget_sealed(session: Session, which: Callable[[Package], bool]) -> int:
    """Delete the sealed files of the packages `which` picks: what came of them stays on record, what was in them does not. How many."""
    from dpdesk.store import packages as store
    with session.desk.read() as connection:
        found = [each for each in store.listing(connection) if each.file and which(each)]
    for each in found:
        with session.desk.jot() as connection:
            store.change(connection, each.id, file="")
        store.discard(session.folder, each.file)
    return len(found)


def listing(session: Session, way: str = "") -> list[Package]:
    """Packages sealed here (`way` out), and those that came in; the newest first."""
    from dpdesk.store import packages as store
    session.require(Right.TRANSFERS_SEE)
    with session.desk.read() as connection:
        return store.listing(connection, way)


def get(session: Session, identity: str) -> Package:
    """One package, by its identity or the end of it; raises `NotFound`."""
    found = [each for each in listing(session) if identity and each.id.endswith(identity)]
    if len(found) != 1:
        raise NotFound("package", identity)
    return found[0]


def path_of(session: Session, found: Package) -> Path:
    """Where a package's sealed file lies; raises `Declined` where it is gone."""
    from dpdesk.store import packages as store
    path = store.folder(session.folder) / (found.file or "-")
    if not path.is_file():
        raise Declined("transfers.spool_gone")
    return path
