"""What of our packages lies outside: each transfer is a listed copy from its first part on, and goes once it is done with (S1 27.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind, CopyState
from dpdesk.domain.errors import DeskError
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import Destination, TransferState, marker_name, part_name, receipt_name
from dpdesk.services import copies, destinations
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.portal.lines import Line
    from dpdesk.services.outbox import Hands
    from dpdesk.store.packages import Package
    from dpdesk.store.transfers import Transfer

_DONE_WITH = (TransferState.RECEIPTED, TransferState.CANCELLED)


def is_listed(session: Session, transfer: str) -> bool:
    """Whether a transfer is on the register of copies already."""
    from dpdesk.store import copies as store
    with session.desk.read() as connection:
        return store.get(connection, transfer) is not None


def put_on_list(session: Session, unit, transfer: Transfer, package: Package, place: Destination) -> None:
    """Within the unit that begins to send: a copy of the transfer's own identity, to be gone by the last day it may be opened."""
    days = (date.fromisoformat(package.expires_on) - today()).days
    copies.noted(session, unit, copies.Leaving(
        CopyKind.SENT, Path(place.name), tr("Sealed package at {place}", place=place.name), package.purpose,
        classification=Confidentiality(package.classification), keep_days=days, identity=transfer.id))


def left(session: Session) -> list[Transfer]:
    """Transfers that are receipted or cancelled, and whose objects may still lie at their destination."""
    from dpdesk.store import copies as listed
    from dpdesk.store import transfers as store
    with session.desk.read() as connection:
        outside = {each.id for each in listed.listing(connection, closed=False) if each.kind is CopyKind.SENT}
        return [each for each in store.listing(connection, _DONE_WITH) if each.id in outside]


def clear(session: Session, line: Line, some: Sequence[Transfer]) -> int:
    """Take transfers that are done with off their server, the marker first, and off the list; how many went."""
    from dpdesk.store import packages
    from dpdesk.store import transfers as store
    went = 0
    for each in some:
        with session.desk.read() as connection:
            parts = store.parts(connection, each.id)
            package = packages.get(connection, each.package)
            known = store.receipts(connection, each.package, "in")
        names = [marker_name(each.id), *(part_name(each.id, part.number) for part, _there in parts),
                 *(receipt_name(each.id, number) for number in range(len(package.recipients) if package else 0))]
        gone = all(line.delete(name) for name in names)
        went += gone
        if each.state is TransferState.RECEIPTED:
            codes = ", ".join(sorted(found.code for found in known if found.transfer == each.id))
            off_list(session, each.id, gone, tr("Taken in; receipt {codes}", codes=codes))
        elif gone:
            off_list(session, each.id, gone, tr("Cancelled, and taken off the server"))
    return went


def off_list(session: Session, transfer: str, gone: bool, how: str) -> None:
    """Take a transfer off the register: gone from its server, or (a server that lets us take nothing away) taken in by who it is for."""
    from dpdesk.store import copies as store
    with session.desk.read() as connection:
        found = store.get(connection, transfer)
    if found is not None and found.state is CopyState.OPEN:
        copies.ended(session, found, CopyState.DELETED if gone else CopyState.DECLARED, how)


def take_back(session: Session, hands: Hands | None = None) -> tuple[int, list[tuple[str, DeskError]]]:
    """Go to every destination where something done with may lie: (how many went, failures as (destination, error))."""
    session.require(Right.TRANSFERS_SEND)
    went, failed, waiting = 0, [], left(session)
    for place in dict.fromkeys(each.destination for each in waiting):
        found = destinations.get(session, place)
        try:
            with destinations.line(session, found, *([hands.opened] if hands else ())) as line:
                went += clear(session, line, [each for each in waiting if each.destination == place])
        except DeskError as problem:
            failed.append((found.name, problem))
    return went, failed
