"""The chain of custody as it is kept: every move of a piece of paper is checked, stored with its event, and the sheet's state follows.

`apply` is for services that move paper within a change of their own (scanning, entering); the verbs below open one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk.domain import custody as rules
from dpdesk.domain.custody import Event, How, Move, PageCopy, Piece, Role, State
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_ids
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

_ROLES = {Move.PRINT: Role.PRINTER, Move.ISSUE: Role.RESPONSIBLE, Move.GO_OUT: Role.RESPONSIBLE, Move.HAND_IN: Role.SENIOR,
          Move.SCAN: Role.SCANNER, Move.ENTER: Role.ENTERER, Move.VERIFY: Role.ENTERER, Move.DESTROY: Role.DESTROYER}


@dataclass(frozen=True)
class Handing:
    """How paper changes hands: `taker` "person:<id>" or "officer:<id>" ("" stands for the officer), `holder` a participant who has it then.

    `at` overrides the moment (for what happened before it was recorded), `ack` is the acknowledgement it rests on.
    """

    taker: str = ""
    holder: str = ""
    place: str = ""
    note: str = ""
    how: How = How.BY_DESK
    ack: str = ""
    at: str = ""
    destruction: str = ""


def apply(session: Session, unit: Unit, pages: Sequence[PageCopy], move: Move, handing: Handing | None = None) -> list[PageCopy]:
    """Within a change: move pieces of paper, keep the events, and bring their sheets' states up to date.

    Raises `Declined` ("sheets.not_now") where one of them cannot be moved so; nothing is moved then.
    """
    from dpdesk.store import custody, sheets
    handing = handing or Handing()
    at = handing.at or unit.at
    now = {each.piece: each for each in sheets.pieces(unit.connection, [each.piece for each in pages])}
    pages = [now[each.piece] for each in pages]
    if any(not rules.may(each, move) for each in pages):
        wrong = next(each for each in pages if not rules.may(each, move))
        raise Declined("sheets.not_now", {"page": wrong.piece.page, "state": wrong.state.value, "move": move.value})
    after = [rules.moved(each, move, at, holder=handing.holder, destruction=handing.destruction) for each in pages]
    officer = f"officer:{session.officer.id}"
    events = []
    for identity, old, new in zip(new_ids(len(pages)), pages, after, strict=True):
        giver = f"person:{old.holder}" if old.holder else officer
        taker = handing.taker or (f"person:{new.holder}" if new.holder and move is not Move.LOSE else officer)
        events.append(Event(identity, old.piece, move, new.state, giver, "" if move is Move.LOSE else taker, _ROLES.get(move, ""), at,
                            handing.place, handing.note, handing.how, handing.ack))
    sheets.put_copies(unit.connection, after)
    custody.add(unit.connection, events, unit.seq)
    settle(unit, {each.piece.sheet for each in pages})
    if move in (Move.HAND_IN, Move.FIND):
        _end_losses(unit, pages, at)
    return after


def _end_losses(unit: Unit, came: Sequence[PageCopy], at: str) -> None:
    """Losses all of whose pages have turned up are over, also those that had been written off."""
    from dpdesk.store import custody, sheets
    for sheet in {each.piece.sheet for each in came if each.state is State.LOST}:
        lost = {each.piece for each in sheets.copies(unit.connection, [sheet]) if each.state is State.LOST}
        for loss in custody.losses(unit.connection, sheet=sheet):
            if loss.ended != "found" and not lost & set(loss.pieces):
                custody.change_loss(unit.connection, loss.id, ended="found", ended_at=at)


def settle(unit: Unit, identities: Iterable[str]) -> None:
    """Bring the states of sheets up to date with their paper."""
    from dpdesk.store import sheets
    wanted = sorted(identities)
    found: dict[str, list[PageCopy]] = {identity: [] for identity in wanted}
    for each in sheets.copies(unit.connection, wanted):
        found[each.piece.sheet].append(each)
    for identity, pages in found.items():
        values = {"state": rules.sheet_state(pages).value}
        used = {each.piece.page: each.work for each in pages if each.work or each.state in rules.IN_HAND}
        if used and all(work in ("entered", "verified") for work in used.values()):
            values["entered_at"] = max(each.since for each in pages)
        if used and all(work == "verified" for work in used.values()):
            values["verified_at"] = max(each.since for each in pages)
        sheets.change(unit.connection, identity, **values)


def pages_of(session: Session, pieces: Sequence[Piece]) -> list[PageCopy]:
    """Pieces of paper as they stand; raises `NotFound` for one that was never printed."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        found = {each.piece: each for each in sheets.pieces(connection, list(pieces))}
    for piece in pieces:
        if piece not in found:
            raise NotFound("page", f"{piece.sheet} {piece.page}/{piece.copy}")
    return [found[piece] for piece in pieces]


def copies_of(session: Session, sheet: str, pages: Sequence[int] = ()) -> list[PageCopy]:
    """Every piece of paper of a sheet, or of some of its pages."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return [each for each in sheets.copies(connection, [sheet]) if not pages or each.piece.page in pages]


def events(session: Session, sheet: str) -> list[Event]:
    """Everything that happened to a sheet's paper, the oldest first."""
    from dpdesk.store import custody
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return custody.of_sheet(connection, sheet)


def names(session: Session, parties: Iterable[str]) -> dict[str, str]:
    """The names behind "person:<id>" and "officer:<id>"; of somebody erased it is ""."""
    from dpdesk.store import officers, sessions
    wanted = {each for each in parties if each}
    with session.desk.read() as connection:
        people = sessions.names_of(connection, [each[7:] for each in wanted if each.startswith("person:")])
        known = {each.id: each.name for each in officers.listing(connection)}
    return {each: people.get(each[7:], "") if each.startswith("person:") else known.get(each[8:], "") for each in wanted}


def move(session: Session, action: str, pieces: Sequence[Piece], how: Move, handing: Handing | None = None, unit: Unit | None = None,
         *, right: Right = Right.SHEETS_SEE) -> list[PageCopy]:
    """One move of pieces of paper, within `unit` or in a change of its own named `action`."""
    session.require(right)
    if not pieces:
        return []
    pages = pages_of(session, pieces)
    if unit is not None:
        return apply(session, unit, pages, how, handing)
    with session.change(action) as own:
        own.about("sheet", pieces[0].sheet)
        own.facts(pages=len(pieces), sheets=len({each.sheet for each in pieces}))
        return apply(session, own, pages, how, handing)


def scanned(session: Session, piece: Piece, *, note: str = "", unit: Unit | None = None) -> PageCopy:
    """A page was read by the scanner. One that was not handed in yet is handed in by that; one that was scanned before stays as it is."""
    page = pages_of(session, [piece])[0]
    if page.state in rules.AWAY or page.state is State.LOST:
        move(session, "sheets.handed_in", [piece], Move.HAND_IN, Handing(note=note, how=How.IMAGE), unit)
        page = pages_of(session, [piece])[0] if unit is None else rules.moved(page, Move.HAND_IN)
    if not rules.may(page, Move.SCAN):
        return page
    if unit is not None:
        return apply(session, unit, [page], Move.SCAN, Handing(note=note, how=How.IMAGE))[0]
    return move(session, "sheets.scanned", [piece], Move.SCAN, Handing(note=note, how=How.IMAGE), None)[0]


def entered(session: Session, sheet: str, pages: Sequence[int] = (), *, unit: Unit | None = None) -> list[PageCopy]:
    """Every row of a sheet, or of some of its pages, is entered."""
    return _work(session, "sheets.entered", sheet, pages, Move.ENTER, unit)


def verified(session: Session, sheet: str, pages: Sequence[int] = (), *, unit: Unit | None = None) -> list[PageCopy]:
    """What was entered is checked by a second person."""
    return _work(session, "sheets.verified", sheet, pages, Move.VERIFY, unit)


def uploaded(session: Session, sheet: str, pages: Sequence[int] = (), *, note: str = "", unit: Unit | None = None) -> list[PageCopy]:
    """Its results went to headquarters; `note` names the receipt."""
    return _work(session, "sheets.uploaded", sheet, pages, Move.UPLOAD, unit, note)


def _work(session: Session, action: str, sheet: str, pages: Sequence[int], done: Move, unit: Unit | None, note: str = "") -> list[PageCopy]:
    fit = [each.piece for each in copies_of(session, sheet, pages) if rules.may(each, done)]
    if not fit:
        raise Declined("sheets.nothing_to_do", {"move": done.value})
    return move(session, action, fit, done, Handing(note=note), unit)


def void(session: Session, pieces: Sequence[Piece], why: str) -> list[PageCopy]:
    """Pages are of no use: never printed, misprinted, spoiled. What exists on paper is still destroyed like the rest."""
    return move(session, "sheets.voided", pieces, Move.VOID, Handing(note=_said(why)), right=Right.SHEETS_RUN)


def hold(session: Session, pieces: Sequence[Piece], why: str) -> list[PageCopy]:
    """Pages must not be destroyed for now: a complaint, an enquiry, a legal hold."""
    return move(session, "sheets.held", pieces, Move.HOLD, Handing(note=_said(why)), right=Right.SHEETS_RUN)


def release(session: Session, pieces: Sequence[Piece], why: str) -> list[PageCopy]:
    """The hold ends: pages are where they were before."""
    return move(session, "sheets.released", pieces, Move.RELEASE, Handing(note=_said(why)), right=Right.SHEETS_RUN)


def _said(why: str) -> str:
    if not why.strip():
        raise Invalid({"why": "missing"})
    return why.strip()
