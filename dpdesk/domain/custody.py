"""The chain of custody of campaign sheets, as pure rules: states, moves, when a sheet is where, and when paper may be destroyed.

Every piece of paper (a page of a sheet, printed the first, second, ... time) has its own state; a sheet's state follows from theirs
(S0 l.8-9; DOMAIN.md §4.2, C9-C17).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a piece of paper stands, in the order of its life; then what takes it out of that order."""

    DRAFTED = "drafted"
    PRINTED = "printed"
    ISSUED = "issued"
    OUT = "out"
    RETURNED = "returned"
    SCANNED = "scanned"
    ENTERED = "entered"
    VERIFIED = "verified"
    UPLOADED = "uploaded"
    DESTROYED = "destroyed"
    VOID = "void"
    LOST = "lost"
    FOUND = "found"
    HELD = "held"


class Move(StrEnum):
    """What happens to a piece of paper."""

    PRINT = "print"
    ISSUE = "issue"
    GO_OUT = "go_out"
    HAND_IN = "hand_in"
    SCAN = "scan"
    ENTER = "enter"
    VERIFY = "verify"
    UPLOAD = "upload"
    VOID = "void"
    LOSE = "lose"
    FIND = "find"
    WRITE_OFF = "write_off"
    HOLD = "hold"
    RELEASE = "release"
    DESTROY = "destroy"


class Role(StrEnum):
    """In which part somebody takes paper over."""

    PRINTER = "printer"
    RESPONSIBLE = "responsible_individual"
    SENIOR = "senior"
    SCANNER = "scanner"
    ENTERER = "enterer"
    DESTROYER = "destroyer"
    WITNESS = "witness"


class How(StrEnum):
    """How a hand-over was acknowledged or a page recognised."""

    PIN = "pin"
    SIGNATURE = "signature"
    WORD = "word"
    CODE = "code"
    IMAGE = "image"
    TYPED = "typed"
    TICKED = "ticked"
    BY_DESK = "by_desk"


ACKNOWLEDGED = (How.PIN, How.SIGNATURE, How.WORD)
"""How a responsible individual acknowledges a briefing."""
AWAY = frozenset({State.ISSUED, State.OUT})
"""Paper somebody has with them."""
IN_HAND = frozenset({State.PRINTED, State.RETURNED, State.SCANNED, State.ENTERED, State.VERIFIED, State.UPLOADED, State.FOUND})
"""Paper that lies with the branch."""
_WRITTEN = frozenset({State.RETURNED, State.FOUND, State.SCANNED, State.ENTERED, State.VERIFIED, State.UPLOADED})
_WORK = {Move.SCAN: "scanned", Move.ENTER: "entered", Move.VERIFY: "verified"}

_FROM: dict[Move, frozenset[State]] = {
    Move.PRINT: frozenset({State.DRAFTED}),
    Move.ISSUE: frozenset({State.PRINTED, State.RETURNED}),
    Move.GO_OUT: frozenset({State.ISSUED}),
    Move.HAND_IN: frozenset({State.ISSUED, State.OUT, State.FOUND, State.LOST}),
    Move.SCAN: frozenset({State.RETURNED, State.FOUND}),
    Move.ENTER: frozenset({State.RETURNED, State.FOUND, State.SCANNED, State.UPLOADED}),
    Move.VERIFY: frozenset({State.RETURNED, State.FOUND, State.ENTERED, State.UPLOADED}),
    Move.UPLOAD: frozenset({State.RETURNED, State.FOUND, State.SCANNED, State.ENTERED, State.VERIFIED}),
    Move.VOID: frozenset({State.DRAFTED, State.PRINTED, State.RETURNED, State.FOUND}),
    Move.LOSE: frozenset(State) - {State.DRAFTED, State.LOST, State.DESTROYED},
    Move.FIND: frozenset({State.LOST}),
    Move.WRITE_OFF: frozenset({State.LOST}),
    Move.HOLD: IN_HAND | {State.VOID},
    Move.RELEASE: frozenset({State.HELD}),
    Move.DESTROY: IN_HAND | {State.VOID},
}
_TO: dict[Move, State] = {
    Move.PRINT: State.PRINTED, Move.ISSUE: State.ISSUED, Move.GO_OUT: State.OUT, Move.HAND_IN: State.RETURNED, Move.SCAN: State.SCANNED,
    Move.ENTER: State.ENTERED, Move.VERIFY: State.VERIFIED, Move.UPLOAD: State.UPLOADED, Move.VOID: State.VOID, Move.LOSE: State.LOST,
    Move.FIND: State.FOUND, Move.WRITE_OFF: State.LOST, Move.HOLD: State.HELD, Move.DESTROY: State.DESTROYED,
}


class Piece(NamedTuple):
    """Which piece of paper: a page of a sheet, as printed for the `copy`-th time."""

    sheet: str
    page: int
    copy: int


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A piece of paper and where it stands.

    `work` is how far what is written on it has come ("", scanned, entered, verified), wherever the paper went meanwhile.
    `paper` says that it exists: printed, and not destroyed; `before` is where it stood before it was held; `written_off` that the
    search for a lost one ended.
    """

    piece: Piece
    state: State = State.DRAFTED
    work: str = ""
    before: str = ""
    paper: bool = False
    written_off: bool = False
    holder: str = ""
    since: str = ""
    destruction: str = ""

    @property
    def gone(self) -> bool:
        """Whether nothing of it is left to be kept safe: destroyed, never printed, or lost and written off."""
        return (self.state is State.DESTROYED or (self.state is State.VOID and not self.paper)
                or (self.state is State.LOST and self.written_off))

    @property
    def counts(self) -> bool:
        """Whether the sheet's state hangs on it."""
        return self.state is not State.VOID and not self.gone


def may(page: PageCopy, move: Move) -> bool:
    """Whether that can happen to the piece of paper as it stands. Destroying also asks for the sheet: see `hindrances`."""
    if page.state not in _FROM[move]:
        return False
    if move in (Move.ISSUE, Move.SCAN):
        return not page.work
    if move is Move.ENTER:
        return page.work in ("", "scanned")
    if move is Move.VERIFY:
        return page.work == "entered"
    if move is Move.UPLOAD:
        return bool(page.work)
    if move is Move.WRITE_OFF:
        return not page.written_off
    if move is Move.LOSE or page.state is State.VOID:
        return page.paper
    return True


def moved(page: PageCopy, move: Move, at: str = "", *, holder: str = "", destruction: str = "") -> PageCopy:
    """The piece of paper after `move` at an instant; ValueError where that cannot happen to it."""
    if not may(page, move):
        raise ValueError(f"{page.state} {move}")
    work = _WORK.get(move, page.work)
    if move is Move.RELEASE:
        return replace(page, state=State(page.before), before="", since=at)
    if page.state is State.UPLOADED and move in _WORK:
        return replace(page, work=work)
    kept = page.holder if move in (Move.GO_OUT, Move.LOSE, Move.WRITE_OFF, Move.HOLD) else holder
    return replace(page, state=_TO[move], work=work, before=page.state.value if move is Move.HOLD else "",
                   paper=(page.paper or move is Move.PRINT) and move is not Move.DESTROY, written_off=move is Move.WRITE_OFF, holder=kept,
                   since=at, destruction=destruction)


_RANK = {state: at for at, state in enumerate((State.DRAFTED, State.PRINTED, State.FOUND, State.RETURNED, State.SCANNED, State.ENTERED,
                                               State.VERIFIED, State.UPLOADED))}


def sheet_state(copies: Sequence[PageCopy]) -> State:
    """A sheet's state: what needs most care among its pieces of paper, else how far the slowest page has come."""
    if not copies:
        return State.DRAFTED
    states = {each.state for each in copies if not each.gone}
    for state in (State.LOST, State.HELD, State.OUT, State.ISSUED):
        if state in states:
            return state
    pages: dict[int, State] = {}
    for each in copies:
        if each.counts:
            best = pages.get(each.piece.page, State.DRAFTED)
            pages[each.piece.page] = max(best, each.state, key=_RANK.__getitem__)
    if pages:
        slowest = min(pages.values(), key=_RANK.__getitem__)
        return State.RETURNED if slowest is State.FOUND else slowest
    if any(each.state is State.DESTROYED for each in copies) and all(each.gone for each in copies):
        return State.DESTROYED
    return State.VOID


class Hindrance(NamedTuple):
    """Why paper may not be destroyed: `code`, and whether an officer's reason may overrule it."""

    piece: Piece
    code: str
    reason_will_do: bool = False


def hindrances(copies: Iterable[PageCopy]) -> list[Hindrance]:
    """What stands against destroying a sheet's paper; the sheet is given whole, with all its pieces (DOMAIN.md C16).

    Not to be overruled: `away`, `lost` (neither found nor written off), `held`, `drafted` (nobody said whether it was printed).
    With a reason: `not_entered`, `not_verified`. A page that was never handed out, or is void, holds nothing to enter.
    """
    found = []
    for each in copies:
        if each.gone:
            continue
        if each.state in AWAY:
            found.append(Hindrance(each.piece, "away"))
        elif each.state in (State.LOST, State.HELD, State.DRAFTED):
            found.append(Hindrance(each.piece, each.state.value))
        elif each.state in _WRITTEN and each.work in ("", "scanned"):
            found.append(Hindrance(each.piece, "not_entered", True))
        elif each.state in _WRITTEN and each.work == "entered":
            found.append(Hindrance(each.piece, "not_verified", True))
    return found


def destroyable(copies: Sequence[PageCopy], *, with_reason: bool = False) -> bool:
    """Whether a sheet's paper may be destroyed: something is left to destroy, and nothing stands against it."""
    left = [each for each in copies if not each.gone]
    return bool(left) and all(each.reason_will_do and with_reason for each in hindrances(copies))


def destroyed(copies: Sequence[PageCopy], at: str, destruction: str = "", *, with_reason: bool = False) -> list[PageCopy]:
    """A sheet's pieces of paper after destroying all that is left of it; ValueError where that may not be."""
    if not destroyable(copies, with_reason=with_reason):
        raise ValueError("not destroyable")
    return [each if each.gone else moved(each, Move.DESTROY, at, destruction=destruction) for each in copies]


def missing(copies: Iterable[PageCopy]) -> list[PageCopy]:
    """What was handed out and has not come back: away, or lost and not written off."""
    return [each for each in copies if each.state in AWAY or (each.state is State.LOST and not each.written_off)]


def stretches(pages: Iterable[int]) -> str:
    """Page numbers as one writes them: "1–4, 7, 9–12"."""
    found: list[list[int]] = []
    for page in sorted(set(pages)):
        if found and page == found[-1][-1] + 1:
            found[-1].append(page)
        else:
            found.append([page])
    return ", ".join(str(some[0]) if len(some) == 1 else f"{some[0]}–{some[-1]}" if len(some) > 2 else f"{some[0]}, {some[1]}"
                     for some in found)


@dataclass(frozen=True, slots=True)
class Event:
    """One hand-over or change of a piece of paper.

    `giver` and `taker` are "officer:<id>", "person:<id>" (of a session) or "". `at` is UTC; `ack` the acknowledgement it rests on.
    """

    id: str
    piece: Piece
    move: Move
    state: State
    giver: str
    taker: str
    role: str
    at: str
    place: str = ""
    note: str = ""
    how: How = How.BY_DESK
    ack: str = ""
