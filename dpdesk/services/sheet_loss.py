"""A page that is not there: told at once, with exactly whose data was on it, for whoever decides on the incident (S0 l.11; S1 §29).

`Handover` is what an incident is opened with; `link` keeps which incident it became.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dpdesk.domain.custody import Move, PageCopy, Piece, State
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Loss, Sheet
from dpdesk.services import custody, sheets
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Person:
    """Somebody whose data was on a lost page: `elector` their identity; name and address "" where the register has them no more."""

    elector: str
    page: int
    line: int
    number: str = ""
    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class Handover:
    """What an incident is opened with: which pages, whose data and which kinds of it, who had them, since when.

    `categories` are codes: name, address, elector_number, and the columns that were printed. `blank` lines named nobody. Paper is never
    encrypted; a page that was out may hold handwriting about political opinions (`opinions`).
    """

    loss: Loss
    sheet: Sheet
    people: tuple[Person, ...]
    blank: int
    categories: tuple[str, ...]
    opinions: bool
    holder: str
    last_seen: str
    place: str


def report(session: Session, pieces: Sequence[Piece], how: str, missed_at: str = "") -> list[Loss]:
    """Say that pages are lost, one loss a sheet: `how` tells what is known, `missed_at` (UTC) since when. Raises `Declined`, `Invalid`."""
    from dpdesk.store import custody as kept
    from dpdesk.store.unit import utc_now
    session.require(Right.SHEETS_SEE)
    problems = {} if how.strip() else {"how": "missing"}
    if missed_at and missed_at > utc_now():
        problems["missed_at"] = "in_future"
    if problems:
        raise Invalid(problems)
    pages = custody.pages_of(session, sorted(set(pieces)))
    made = []
    with session.change("sheets.lost") as unit:
        custody.apply(session, unit, pages, Move.LOSE, custody.Handing(note=how.strip()))
        for sheet, some in groupby(pages, key=lambda page: page.piece.sheet):
            loss = Loss(new_id(), sheet, tuple(each.piece for each in some), missed_at or unit.at, unit.at, how.strip())
            kept.add_loss(unit.connection, loss, unit.seq)
            made.append(loss)
        unit.about("sheet", made[0].sheet)
        unit.facts(pages=len(pages), sheets=len(made), losses=[each.id for each in made])
    return made


def losses(session: Session, *, sheet: str = "", open_only: bool = False) -> list[Loss]:
    """Losses, the newest first."""
    from dpdesk.store import custody as kept
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return kept.losses(connection, sheet=sheet, open_only=open_only)


def get(session: Session, identity: str) -> Loss:
    """One loss; raises `NotFound`."""
    found = next((each for each in losses(session) if each.id == identity), None)
    if found is None:
        raise NotFound("loss", identity)
    return found


def handover(session: Session, identity: str) -> Handover:
    """Exactly whose data was on the pages of a loss, and what else an incident asks for."""
    from dpdesk.store import custody as kept
    from dpdesk.store import sessions as stored
    loss = get(session, identity)
    sheet = sheets.get(session, loss.sheet)
    wanted = {piece.page for piece in loss.pieces}
    lines = [line for line in sheets.rows_of(session, loss.sheet) if line.row.page in wanted]
    people = tuple(Person(line.row.elector, line.row.page, line.line, *((str(line.elector.key), line.elector.name, line.elector.home)
                                                                        if line.elector else ())) for line in lines if not line.blank)
    with session.desk.read() as connection:
        events = [each for each in kept.of_sheet(connection, loss.sheet) if each.piece in set(loss.pieces) and each.move is not Move.LOSE]
        holders = {each.taker[7:] for each in events if each.move is Move.ISSUE and each.taker.startswith("person:")}
        names = stored.names_of(connection, list(holders))
    before = [each for each in events if each.at <= loss.told_at]
    out = any(each.move is Move.ISSUE for each in before)
    return Handover(loss, sheet, people, sum(line.blank for line in lines), ("name", "address", "elector_number", *sheet.columns), out,
                    ", ".join(filter(None, names.values())), before[-1].at if before else sheet.made_at, before[-1].place if before else "")


def found(session: Session, identity: str, where: str) -> list[PageCopy]:
    """The pages of a loss have turned up; they are handed in, or destroyed, like others. The loss stays on record."""
    return _end(session, "sheets.found", identity, Move.FIND, where)


def write_off(session: Session, identity: str, why: str) -> list[PageCopy]:
    """The search has ended without them. Whoever may destroy paper says so, with a reason; the loss stays on record."""
    session.require(Right.SHEETS_DESTROY)
    return _end(session, "sheets.written_off", identity, Move.WRITE_OFF, why)


def _end(session: Session, action: str, identity: str, move: Move, said: str) -> list[PageCopy]:
    from dpdesk.store import custody as kept
    session.require(Right.SHEETS_SEE)
    if not said.strip():
        raise Invalid({"where" if move is Move.FIND else "why": "missing"})
    loss = get(session, identity)
    pages = [each for each in custody.pages_of(session, loss.pieces)
             if each.state is State.LOST and not (move is Move.WRITE_OFF and each.written_off)]
    if not pages:
        raise Declined("sheets.loss_ended")
    with session.change(action) as unit:
        after = custody.apply(session, unit, pages, move, custody.Handing(note=said.strip()))
        ended = "found" if move is Move.FIND else "written_off"
        kept.change_loss(unit.connection, loss.id, ended=ended, ended_at=unit.at, ended_why=said.strip())
        unit.about("sheet", loss.sheet)
        unit.facts(pages=len(pages), loss=loss.id)
    return after


def link(session: Session, identity: str, incident: str) -> None:
    """Keep which incident a loss became."""
    from dpdesk.store import custody as kept
    session.require(Right.SHEETS_SEE)
    loss = get(session, identity)
    with session.change("sheets.loss_linked") as unit:
        kept.change_loss(unit.connection, loss.id, incident=incident)
        unit.about("sheet", loss.sheet)
        unit.facts(loss=loss.id, incident=incident)
