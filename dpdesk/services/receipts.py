"""Receipts: signed word of who a package is for that it lies whole at their desk; only then are its sheets uploaded (S0 l.9)."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Declined, DeskError, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.packages import BadPackage
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import (
    LONGEST_RECEIPT,
    PROVED,
    RECEIPT_SIGNED_AS,
    Receipt,
    TransferState,
    read_receipt,
    receipt_name,
)
from dpdesk.services import cards, destinations, outbox, packages, taking_back
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.portal.lines import Line
    from dpdesk.store.packages import Package
    from dpdesk.store.transfers import Receipt as Kept
    from dpdesk.store.transfers import Transfer


def given(session: Session, unit, taken: Package, transfer: str, manifest: str) -> Kept:
    """Within the unit that keeps a package: the receipt for it, signed, with how far this desk's log has come."""
    from dpdesk.sealed import notes
    from dpdesk.store import transfers as store
    receipt = Receipt(new_id(), transfer, taken.id, manifest, unit.at, session.officer.signing_key.hex(),
                      {"seq": unit.seq - 1, "head": session.desk.header.anchor.head.hex()[:16]})
    content = receipt.canonical()
    signature = notes.unsigned(notes.signed(content, session.desk.identity.sign, RECEIPT_SIGNED_AS))[1]
    kept = store.Receipt(receipt.id, "out", taken.id, transfer, session.officer.id, unit.at, "", content, signature)
    store.add_receipt(unit.connection, kept, unit.seq)
    unit.facts(receipt=receipt.id)
    return kept


def leave(line: Line, kept: Kept, number: int, sender_age: str) -> None:
    """Put a receipt beside the transfer it is for, sealed to the sender."""
    from dpdesk.sealed import notes
    with packages.refusing():
        sealed = notes.seal(kept.content + b"\n" + kept.signature.hex().encode(), [sender_age])
    line.put(receipt_name(kept.transfer, number), sealed, verify=False)


def fetch(session: Session, wanted: str = "", hands: outbox.Hands | None = None) -> tuple[list[Kept], list[tuple[str, DeskError]]]:
    """Fetch receipts for what was sent, from one destination or all: (receipts that came, failures as (destination, error))."""
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEND)
    only = destinations.get(session, wanted).id if wanted else ""
    with session.desk.read() as connection:
        open_ = [each for each in store.listing(connection, [TransferState.SENT]) if not only or each.destination == only]
    came, failed = [], []
    left = [each for each in taking_back.left(session) if not only or each.destination == only]
    for place in dict.fromkeys(each.destination for each in [*open_, *left]):
        found = destinations.get(session, place)
        if not found.reads:
            continue
        try:
            with destinations.line(session, found, *([hands.opened] if hands else ())) as line:
                for each in open_:
                    if each.destination == place:
                        came += _of(session, line, each)
                taking_back.clear(session, line, [each for each in taking_back.left(session) if each.destination == place])
        except DeskError as problem:
            failed.append((found.name, problem))
    return came, failed


def _of(session: Session, line: Line, transfer: Transfer) -> list[Kept]:
    """The receipts for one transfer that are there and not yet here."""
    from dpdesk.store import transfers as store
    found = packages.get(session, transfer.package)
    with session.desk.read() as connection:
        known = {each.by for each in store.receipts(connection, found.id, "in") if each.transfer == transfer.id}
    came = []
    for number, card in enumerate(found.recipients):
        sealed = None if card in known else line.get(receipt_name(transfer.id, number), LONGEST_RECEIPT)
        if sealed is not None:
            came.append(_checked(session, found, transfer, card, sealed))
    if came:
        _record(session, found, transfer, came, len(known) + len(came) == len(found.recipients))
    return came


def _checked(session: Session, found: Package, transfer: Transfer, card: str, sealed: bytes) -> Kept:
    """A receipt that is really the recipient's, and for this very package; raises `Declined`."""
    from dpdesk.sealed import notes
    from dpdesk.store import transfers as store
    holder = cards.get(session, card)
    try:
        content, signature = notes.unsigned(notes.unseal(sealed, cards.secret_key(session)))
        notes.check(content, signature, holder.card.signing, RECEIPT_SIGNED_AS)
        receipt = read_receipt(content)
        if (receipt.transfer, receipt.package, receipt.manifest) != (transfer.id, found.id, found.digest):
            raise BadPackage("altered")
    except BadPackage as problem:
        raise Declined("transfers.receipt_bad", {"name": holder.card.name}) from problem
    return store.Receipt(receipt.id, "in", found.id, transfer.id, card, receipt.at, "", content, signature)


def _record(session: Session, found: Package, transfer: Transfer, came: Sequence[Kept], all_of_them: bool) -> None:
    from dpdesk.store import transfers as store
    with session.change("receipt.fetched") as unit:
        for each in came:
            store.add_receipt(unit.connection, each, unit.seq)
            unit.commit_to(each.content)
        if all_of_them:
            store.change(unit.connection, transfer.id, state=TransferState.RECEIPTED.value, ended_at=unit.at)
            _tell(session, unit, found)
        unit.about("transfer", transfer.id)
        unit.facts(receipts=len(came), all=all_of_them, digest=found.digest)
    outbox.tidy(session, found.id)


def confirm(session: Session, identity: str, said_by: str, on: str, how: str) -> Transfer:
    """Record a confirmation where a portal gives no receipts: who at headquarters said when and how that it lies there whole."""
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEND)
    transfer = outbox.get(session, identity)
    problems = {name: "missing" for name, value in (("said_by", said_by), ("how", how)) if not value.strip()}
    try:
        if not transfer.sent_at[:10] <= date.fromisoformat(on).isoformat() <= today().isoformat():
            problems["on"] = "out_of_range"
    except ValueError:
        problems["on"] = "date_bad"
    if problems:
        raise Invalid(problems)
    if transfer.state is not TransferState.SENT:
        raise Declined("transfers.not_sent")
    found = packages.get(session, transfer.package)
    with session.change("receipt.confirmed") as unit:
        said = f"{said_by.strip()}: {how.strip()}"
        store.add_receipt(unit.connection, store.Receipt(new_id(), "in", found.id, transfer.id, "", on, said), unit.seq)
        store.change(unit.connection, transfer.id, state=TransferState.CONFIRMED.value, ended_at=unit.at)
        _tell(session, unit, found)
        unit.about("transfer", transfer.id)
        unit.facts(digest=found.digest)
        unit.record("transfer", transfer.id, {}, {"how": how.strip(), "said_by": said_by.strip(), "on": on})
    outbox.tidy(session, found.id)
    taking_back.off_list(session, transfer.id, False, tr("Confirmed: {said}", said=said))
    return replace(transfer, state=TransferState.CONFIRMED)


def _tell(session: Session, unit, found: Package) -> None:
    """Sheets whose package is proved are uploaded; one whose paper is elsewhere by now stays as it is."""
    from dpdesk.services import custody
    from dpdesk.store import packages as store
    sheets = [subject for kind, subject in store.subjects(unit.connection, found.id) if kind == "sheet"]
    for sheet in sheets if session.may(Right.SHEETS_SEE) else ():
        with contextlib.suppress(Declined, NotFound):
            custody.uploaded(session, sheet, note=tr("Package {id}", id=found.id[-8:]), unit=unit)


def proved(session: Session, kind: str, subjects: Sequence[str]) -> dict[str, bool]:
    """For each subject (such as a sheet) whether a package that carries it was receipted, or confirmed by headquarters.

    The destruction gate asks this where the policy wants receipts: paper goes only after proof (S0 l.9).
    """
    from dpdesk.store import packages as store
    from dpdesk.store import transfers
    answer = dict.fromkeys(subjects, False)
    with session.desk.read() as connection:
        for subject in answer:
            answer[subject] = any(each.state in PROVED for package in store.carrying(connection, kind, subject)
                                  for each in transfers.of_package(connection, package))
    return answer


def listing(session: Session, package: str = "", way: str = "") -> list[Kept]:
    """Receipts got and given, the newest first."""
    from dpdesk.store import transfers as store
    session.require(Right.TRANSFERS_SEE)
    with session.desk.read() as connection:
        return store.receipts(connection, package, way)


def outstanding(session: Session) -> int:
    """How many transfers lie on their server without word from who they are for."""
    from dpdesk.store import transfers as store
    with session.desk.read() as connection:
        return len(store.listing(connection, [TransferState.SENT]))


def code_of(kept: Kept) -> str:
    """A receipt's short code, as it is printed and read out."""
    return kept.code
