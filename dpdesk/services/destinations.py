"""Destinations: where sealed packages are left, how they are signed in to, and whether they still are who they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dpdesk.domain import copies as guard
from dpdesk.domain.copies import Answer
from dpdesk.domain.errors import Declined, Hindered, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.mail_addresses import host_is_sound
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.portal.lines import Line

_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Wish:
    """A destination as an officer enters it; what it is signed in to with comes apart, as a `Secret`."""

    name: str
    kind: str
    address: str
    place: str = ""
    user: str = ""
    region: str = ""


@dataclass(frozen=True)
class Tested:
    """What a test found: the server's fingerprint, whether what lies there can be read, listed and taken away by us."""

    destination: Destination
    reads: bool
    lists: bool
    deletes: bool


def made(wish: Wish, identity: str = "") -> Destination:
    """The destination that a wish is; raises `Invalid`."""
    problems = {} if wish.name.strip() else {"destination_name": "missing"}
    if wish.kind not in {each.value for each in DestinationKind}:
        raise Invalid({**problems, "destination_kind": "unknown"})
    kind, address = DestinationKind(wish.kind), wish.address.strip()
    if kind is DestinationKind.SFTP:
        address = address.removeprefix("sftp://")
    problem = _address_problem(kind, address)
    if problem:
        problems["address"] = problem
    if kind is DestinationKind.S3 and not wish.place.strip("/ "):
        problems["place"] = "missing"
    if kind in (DestinationKind.S3, DestinationKind.SFTP) and not wish.user.strip():
        problems["username"] = "missing"
    if not all(each.isprintable() for each in (wish.place, wish.user, wish.region)):
        problems["place"] = "control"
    elif ".." in wish.place.split("/"):
        problems["place"] = "dots"
    if problems:
        raise Invalid(problems)
    address = address if kind is DestinationKind.FOLDER else address.rstrip("/")
    return Destination(identity or new_id(), wish.name.strip(), kind, address, wish.place.strip(), wish.user.strip(), wish.region.strip())


def _address_problem(kind: DestinationKind, address: str) -> str:
    if not address:
        return "missing"
    if kind is DestinationKind.FOLDER:
        return "" if Path(address).is_absolute() else "folder_bad"
    if kind is DestinationKind.SFTP:
        host, _, port = address.partition(":")
        ok = host in _HERE or host_is_sound(host) or all(part.isdigit() for part in host.split("."))
        return "" if ok and (not port or (port.isdigit() and 0 < int(port) < 65_536)) else "sftp_bad"
    try:
        found = urlsplit(address)
        host, _port = found.hostname or "", found.port
    except ValueError:
        return "address_bad"
    if found.username or found.password or found.query or found.fragment or not host or " " in address or not address.isprintable():
        return "address_bad"
    return "" if found.scheme == "https" or (found.scheme == "http" and host in _HERE) else "https_only"


def save(session: Session, wish: Wish, secret: Secret | None = None, identity: str = "") -> Destination:
    """Keep a destination; `secret` None leaves what it is signed in to with. Another address has to be tested anew."""
    from dpdesk.store import destinations as store
    session.require(Right.DESTINATIONS_MANAGE)
    new = made(wish, identity)
    before = next((each for each in listing(session) if each.id == identity), None)
    if before is not None and (before.kind, before.address) == (new.kind, new.address):
        new = replace(new, pin=before.pin, pinned_at=before.pinned_at, reads=before.reads)
    with session.change("destination.saved") as unit:
        store.put(unit.connection, new, unit.seq)
        if secret is not None:
            store.put_secret(unit.connection, new.id, secret.reveal())
        unit.about("destination", new.id)
        unit.facts(kind=new.kind.value, secret_kept=secret is not None)
        unit.record("destination", new.id, {"address": before.address if before else ""}, {"address": new.address})
    return new


def remove(session: Session, identity: str) -> None:
    """Forget a destination and what it is signed in to with; not while something still has to go there."""
    from dpdesk.domain.transfers import OPEN
    from dpdesk.store import destinations as store
    from dpdesk.store import transfers
    session.require(Right.DESTINATIONS_MANAGE)
    found = get(session, identity)
    with session.desk.read() as connection:
        if any(each.destination == found.id for each in transfers.listing(connection, OPEN)):
            raise Declined("transfers.destination_in_use")
    with session.change("destination.removed") as unit:
        store.remove(unit.connection, found.id)
        unit.about("destination", found.id)
        unit.facts(removed=True)


def listing(session: Session) -> list[Destination]:
    """Every destination, by name."""
    from dpdesk.store import destinations as store
    session.require(Right.TRANSFERS_SEE)
    with session.desk.read() as connection:
        return store.listing(connection)


def get(session: Session, wanted: str) -> Destination:
    """One destination, by its identity, the end of it, or its name; raises `NotFound`."""
    found = [each for each in listing(session) if wanted and (each.id.endswith(wanted) or each.name == wanted)]
    if len(found) != 1:
        raise NotFound("destination", wanted)
    return found[0]


def _kept(session: Session, identity: str) -> str:
    from dpdesk.store import destinations as store
    with session.desk.read() as connection:
        found = store.secret_of(connection, identity)
    return Secret(found).text() if found else ""


def has_secret(session: Session, identity: str) -> bool:
    """Whether it is kept what a destination is signed in to with."""
    return bool(_kept(session, identity))


def _check_folder(destination: Destination, accepted: str) -> str:
    """The guard's code for a folder (S1 27.15: encrypted drives alone); raises `Declined`, or asks where this machine cannot tell."""
    from dpdesk.services.places import place_of
    place = place_of(Path(destination.address) / "object")
    verdict = guard.judge(place, encrypted_itself=bool(place.synced))
    if verdict.answer is Answer.STOPPED:
        raise Declined("transfers.folder_plain")
    if verdict.answer is Answer.CANNOT_TELL and verdict.code != accepted:
        raise Declined("transfers.folder_unknown", {"fingerprint": verdict.code})
    return verdict.code


def line(session: Session, destination: Destination, opened: Callable[[Callable[[], None]], None] = lambda cut: None) -> Line:
    """An open line to a destination that was tested once; raises `Hindered` and `Declined`. Close it. `opened` as in `Line`."""
    from dpdesk.portal.lines import Line
    if not destination.pinned_at:
        raise Declined("transfers.not_tested", {"place": destination.name})
    if destination.kind is DestinationKind.FOLDER:
        _check_folder(destination, destination.pin)
    return Line(destination, _kept(session, destination.id), opened)


def test(session: Session, wanted: str, accept: str = "") -> Tested:
    """Sign in, leave an object, read it back, list, take it away; what cannot be done is said. The server's key is pinned by that.

    `accept` is the fingerprint (or the guard's code for a folder) that an officer compared; without it a new or changed one raises
    `Hindered` or `Declined` and names it.
    """
    from dpdesk.portal.lines import Line
    from dpdesk.store import destinations as store
    session.require(Right.DESTINATIONS_MANAGE)
    found = get(session, wanted)
    asked = replace(found, pin=accept or found.pin)
    if found.kind is DestinationKind.FOLDER:
        asked = replace(asked, pin=_check_folder(found, accept or found.pin))
    with Line(asked, _kept(session, found.id)) as opened:
        reads, lists, deletes = _try(opened)
        pin = opened.pin
    with session.change("destination.tested") as unit:
        store.change(unit.connection, found.id, pin=pin if found.kind is not DestinationKind.FOLDER else asked.pin, reads=int(reads),
                     tested_at=unit.at, pinned_at=found.pinned_at if pin == found.pin and found.pinned_at else unit.at)
        unit.about("destination", found.id)
        unit.facts(reads=reads, lists=lists, deletes=deletes, fingerprint=pin)
    return Tested(get(session, found.id), reads, lists, deletes)


def _try(opened: Line) -> tuple[bool, bool, bool]:
    name, content = f"{new_id()}.test", b"dpdesk test, to be taken away\n"
    opened.put(name, content, verify=False)
    try:
        reads = opened.get(name, 1_000) == content
    except Hindered as problem:
        _only_forbidden(problem)
        reads = False
    try:
        lists = name in opened.names()
    except Hindered as problem:
        _only_forbidden(problem)
        lists = False
    return reads, lists, opened.delete(name)


def _only_forbidden(problem: Hindered) -> None:
    """A file drop may forbid reading and listing; anything else is a fault."""
    from dpdesk.portal.lines import FORBIDDEN
    if problem.reason not in FORBIDDEN:
        raise problem
