"""Handing sheets in: each page by its code, by the number that is printed on it, from a picture, or ticked on a list (S0 l.9).

Everything goes to the most senior individual of the session; what was issued and has not come back is listed at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dpdesk.domain import custody as rules
from dpdesk.domain.custody import How, Move, PageCopy, Piece, State
from dpdesk.domain.errors import Declined, Unreadable
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CanvassSession, Participant, SessionState, Sheet
from dpdesk.domain.sheet_codes import NotOurs, parse, typed
from dpdesk.services import custody, sessions, sheets
from dpdesk.services.session import Session


class Came(StrEnum):
    """What became of a page that was shown: handed in now, handed in before, never handed out, or of another session."""

    IN = "in"
    AGAIN = "again"
    NEVER_OUT = "never_out"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Shown:
    """A page that was shown at the table, and what became of it; `left` is how many pages the session still misses."""

    piece: Piece
    sheet: Sheet
    came: Came
    state: State
    left: int


def read(session: Session, text: str) -> tuple[Piece, How]:
    """The page that a scanner's text or a typed number speaks of; raises `Declined` for one that is not ours, or has a slip in it."""
    plain = text.strip()
    try:
        if plain.upper().startswith("DP") and len(plain) > 20:
            code, _corner = parse(plain.upper(), sheets.key(session))
            return Piece(code.sheet, code.page, code.copy), How.CODE
        return Piece(*typed(plain)), How.TYPED
    except NotOurs as problem:
        raise Declined(f"sheets.code_{problem.reason.value}") from problem


def show(session: Session, parent: str, text: str) -> Shown:
    """Hand in the page a keyboard-wedge reader or a person typed; showing one twice does no harm."""
    piece, how = read(session, text)
    return _take(session, parent, [(piece, how)])[0]


def show_picture(session: Session, parent: str, path: Path) -> list[Shown]:
    """Hand in every page whose code is seen in a picture; raises `Declined` where none of ours is, `Unreadable` for no picture."""
    from dpdesk.paper.decoding import Unread
    from dpdesk.paper.photos import codes_in
    try:
        seen = codes_in(path.read_bytes())
    except OSError as problem:
        raise Unreadable(path.name, "unreadable") from problem
    if isinstance(seen, Unread):
        raise Declined("sheets.no_picture")
    found, foreign = {}, ""
    for text in seen:
        try:
            found[read(session, text)[0]] = How.IMAGE
        except Declined as problem:
            foreign = problem.reason
    if not found:
        raise Declined(foreign or "sheets.code_unseen")
    return _take(session, parent, list(found.items()))


def tick(session: Session, parent: str, pieces: Sequence[Piece]) -> list[Shown]:
    """Hand in pages by ticking them on a list, where no code can be read."""
    return _take(session, parent, [(piece, How.TICKED) for piece in pieces])


def _take(session: Session, parent: str, shown: Sequence[tuple[Piece, How]]) -> list[Shown]:
    session.require(Right.SHEETS_RUN)
    here = sessions.get(session, parent)
    pages = {each.piece: each for each in custody.pages_of(session, [piece for piece, _how in shown])}
    known = {piece.sheet: sheets.get(session, piece.sheet) for piece in pages}
    came = {piece: _judge(pages[piece], known[piece.sheet], here) for piece, _how in shown}
    taken = [(piece, how) for piece, how in shown if came[piece] is Came.IN]
    if taken:
        senior = here.somebody(here.senior)
        with session.change("sheets.handed_in") as unit:
            unit.about("canvass_session", here.id)
            unit.facts(pages=len(taken), how=sorted({how.value for _piece, how in taken}))
            for way in {how for _piece, how in taken}:
                custody.apply(session, unit, [pages[piece] for piece, how in taken if how is way], Move.HAND_IN,
                              custody.Handing(f"person:{senior.id}" if senior else "", place=here.place, how=way))
    left = len(missing(session, here.id))
    now = {each.piece: each.state for each in custody.pages_of(session, list(pages))}
    return [Shown(piece, known[piece.sheet], came[piece], now[piece], left) for piece, _how in shown]


def _judge(page: PageCopy, sheet: Sheet, here: CanvassSession) -> Came:
    if sheet.session != here.id:
        return Came.ELSEWHERE
    if page.state in rules.AWAY or page.state in (State.LOST, State.FOUND):
        return Came.IN
    return Came.NEVER_OUT if page.state in (State.DRAFTED, State.PRINTED) else Came.AGAIN


def missing(session: Session, parent: str) -> list[PageCopy]:
    """Pages of a session that were handed out and have not come back."""
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return rules.missing(store.copies(connection, [each.id for each in store.listing(connection, parent)]))


@dataclass(frozen=True)
class Holding:
    """What one responsible individual took and what they brought back, page by page."""

    who: Participant
    issued: tuple[Piece, ...]
    missing: tuple[Piece, ...]

    @property
    def square(self) -> bool:
        """Whether issued equals returned."""
        return not self.missing


@dataclass(frozen=True)
class Reconciled:
    """Issued against returned, person by person; `overdue` says that the time to be back has passed."""

    holdings: tuple[Holding, ...]
    overdue: bool

    @property
    def missing(self) -> tuple[Piece, ...]:
        """Every page that is not back."""
        return tuple(piece for each in self.holdings for piece in each.missing)


def reconcile(session: Session, parent: str) -> Reconciled:
    """Set issued against returned, page by page, for everybody who took sheets in a session."""
    from dpdesk.store import custody as kept
    from dpdesk.store import sheets as store
    from dpdesk.store.unit import utc_now
    here = sessions.get(session, parent)
    took: dict[str, set[Piece]] = {}
    with session.desk.read() as connection:
        mine = [each.id for each in store.listing(connection, parent)]
        pages = {each.piece: each for each in store.copies(connection, mine)}
        for identity in mine:
            for event in kept.of_sheet(connection, identity):
                if event.move is Move.ISSUE:
                    for others in took.values():
                        others.discard(event.piece)
                    took.setdefault(event.taker.removeprefix("person:"), set()).add(event.piece)
    gone = {each.piece for each in rules.missing(pages.values())}
    holdings = [Holding(who, tuple(sorted(took[who.id])), tuple(sorted(took[who.id] & gone))) for who in here.people if took.get(who.id)]
    return Reconciled(tuple(holdings), bool(gone) and here.back_by < utc_now())


@dataclass(frozen=True)
class Overdue:
    """Pages of a session that should have been back by now."""

    session: CanvassSession
    pages: int


def overdue(session: Session) -> list[Overdue]:
    """Sessions whose pages should be back, the oldest first."""
    from dpdesk.store import sessions as stored
    from dpdesk.store import sheets as store
    from dpdesk.store.unit import utc_now
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        late = [each for each in store.listing(connection, states=(State.ISSUED, State.OUT, State.LOST, State.HELD))
                if each.back_by and each.back_by < utc_now()]
        gone = [each for each in store.copies(connection, [sheet.id for sheet in late]) if each.state in rules.AWAY]
        of = {sheet.id: sheet.session for sheet in late}
        counted: dict[str, int] = {}
        for each in gone:
            counted[of[each.piece.sheet]] = counted.get(of[each.piece.sheet], 0) + 1
        found = stored.listing(connection, *counted) if counted else []
    return [Overdue(each, counted[each.id]) for each in reversed(found) if each.state is not SessionState.CLOSED]
