"""Entering what stands on sheets: row by row in the order of the paper, saved at once, and undone at once.

`rows`, `enter`, `enter_page`, `finish` are what scanning calls too, with `Source.SCAN`: `boxes` are the letters ticked or a code written
by hand ("D9/T"); nothing ticked means that nobody called there. An answer is never changed: a new one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk.domain import custody as rules
from dpdesk.domain.campaigns import CodeSet, Outcome
from dpdesk.domain.custody import Move
from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_ids
from dpdesk.domain.results import NOTE_LONGEST, Fact, Read, Source, read_boxes
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Sheet, SheetRow
from dpdesk.services import custody, leaving_alone
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page as it was printed: who stands there, and what is entered of them.

    `elector` is None on a blank line, and for one who is not to be shown any more.
    """

    sheet: str
    page: int
    line: int
    blank: bool
    elector: Elector | None
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was read of one row."""

    line: int
    boxes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """A sheet with all that entering needs: its codes and letters of questions, its walk, when and by whom it was taken out."""

    sheet: Sheet
    codes: CodeSet
    questions: tuple[str, ...]
    walk: str
    taken_on: str
    taken_by: str


def paper(session: Session, connection, identity: str) -> Paper:
    """What is known of a sheet for entering; raises `NotFound`."""
    from dpdesk.store import campaigns, sessions, sheets
    sheet = sheets.get(connection, identity)
    if sheet is None:
        raise NotFound("sheet", identity)
    codes = campaigns.codes(connection, sheet.codes)
    assert codes is not None, sheet.codes
    known = {code.letter for code in codes.codes}
    allotted = sessions.allotment_of(connection, sheet.allotment)
    parent = next(iter(sessions.listing(connection, sheet.session)), None)
    return Paper(sheet, codes, tuple(box.letters for box in sheet.boxes if box.letters not in known), allotted.walk if allotted else "",
                 parent.on_day if parent else sheet.made_at[:10], allotted.holder if allotted else "")


def rows(session: Session, sheet: str, page: int = 0) -> list[Row]:
    """The rows of a sheet, or of one of its pages, in the order they are printed, with what is entered; raises `NotFound`."""
    from dpdesk.services import sheets
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    found = sheets.get(session, sheet)
    lines = sheets.rows_of(session, found.id, page)
    with session.desk.read() as connection:
        facts = results.of_sheet(connection, found.id, page)
    return [Row(found.id, each.row.page, each.line, each.blank, each.elector, facts.get((each.row.page, each.line))) for each in lines]


def enter(session: Session, row: Row, boxes: Sequence[str], note: str = "", source: Source = Source.SHEET) -> Fact:
    """Enter one row, in place of what was entered before. It is saved when this returns.

    Raises `Invalid` (field `boxes`: see `domain/results.py`; `note`), `Declined`: results.blank_line, results.not_back.
    """
    return enter_page(session, row.sheet, row.page, [Ticked(row.line, tuple(boxes), note)], source)[0]


def enter_page(session: Session, sheet: str, page: int, ticked: Iterable[Ticked], source: Source = Source.SHEET) -> list[Fact]:
    """Enter several rows of a page in one change: all of them or none. Raises as `enter`."""
    session.require(Right.RESULTS_ENTER)
    with session.change("results.entered") as unit:
        return _enter(session, unit, sheet, page, list(ticked), source)


def _enter(session: Session, unit: Unit, sheet: str, page: int, ticked: Sequence[Ticked], source: Source) -> list[Fact]:
    from dpdesk.store import results, sheets
    known = paper(session, unit.connection, sheet)
    require_here(unit.connection, sheet, page)
    if _work(unit.connection, sheet, page) == "verified":
        session.require(Right.RESULTS_SETTLE)
    lines = {each.line: each for each in sheets.lines(unit.connection, sheet, page)}
    before, people = results.of_sheet(unit.connection, sheet, page), _people(unit.connection, lines.values())
    made = []
    ticked = list({each.line: each for each in ticked}.values())
    for identity, each in zip(new_ids(len(ticked)), ticked, strict=True):
        row = lines.get(each.line)
        if row is None:
            raise NotFound("row", f"{page}/{each.line}")
        if row.blank:
            raise Declined("results.blank_line", {"line": each.line})
        made.append(_fact(session, unit, known, row, each, source, identity, before.get((page, each.line)), people.get(row.elector)))
    replaced = [each.before for each in made if each.before]
    results.end(unit.connection, replaced, unit.seq)
    results.add(unit.connection, made)
    for old in replaced:
        leaving_alone.unnoted(session, unit, old)
    _note_wishes(session, unit, made)
    unit.about("sheet", sheet)
    unit.facts(page=page, rows=len(made), replaced=len(replaced), source=source.value)
    unit.commit_to("\n".join(f"{each.id} {each.elector} {each.raw} {each.answers}" for each in made).encode())
    return made


def _note_wishes(session: Session, unit: Unit, facts: Sequence[Fact]) -> None:
    """Who asked at the door not to be contacted is left alone from now on."""
    from dpdesk.store import electors
    asked = {each.elector: each.id for each in facts if each.outcome is Outcome.DNC_REQUEST and each.elector}
    for elector in electors.by_ids(unit.connection, list(asked), gone=True) if asked else ():
        leaving_alone.noted(session, unit, elector, fact=asked[elector.id])


def _people(connection, lines: Iterable[SheetRow]) -> dict[str, Elector]:
    from dpdesk.store import electors
    return {each.id: each for each in electors.by_ids(connection, [row.elector for row in lines if not row.blank], gone=True)}


def _fact(session: Session, unit: Unit, known: Paper, row: SheetRow, ticked: Ticked, source: Source, identity: str, before: Fact | None,
          elector: Elector | None) -> Fact:
    read = checked(known, ticked.boxes, ticked.note)
    reading = read.reading
    return Fact(identity, row.elector, known.sheet.campaign, known.sheet.id, row.page, row.line, elector.district if elector else "",
                known.walk, known.sheet.codes, read.raw, read.outcome, reading.party, reading.strength, reading.scale, reading.wont,
                reading.voted, read.answers, ticked.note.strip(), source, known.taken_on, known.taken_by, session.officer.id, unit.at,
                before=before.id if before else "", seq=unit.seq)


def checked(known: Paper, boxes: Iterable[str], note: str) -> Read:
    """What boxes of a sheet mean; raises `Invalid`."""
    read = read_boxes(boxes, known.codes, known.questions)
    if problems := ({"boxes": read.problem} if read.problem else {}) | ({"note": "too_long"} if len(note.strip()) > NOTE_LONGEST else {}):
        raise Invalid(problems)
    return read


def require_here(connection, sheet: str, page: int) -> None:
    """Raise `Declined` (results.not_back) unless the page has come back: only what lies before one can be entered."""
    from dpdesk.store import sheets
    copies = [each for each in sheets.copies(connection, [sheet]) if each.piece.page == page]
    if not any(rules.may(each, Move.ENTER) or each.work in ("entered", "verified") for each in copies):
        raise Declined("results.not_back", {"page": page})


def rest_not_home(session: Session, sheet: str, page: int, first: int = 1, source: Source = Source.SHEET) -> list[Fact]:
    """Nobody was home on the rest of the page: every row from line `first` on that has nothing entered yet."""
    from dpdesk.store import results, sheets
    session.require(Right.RESULTS_ENTER)
    with session.desk.read() as connection:
        known = paper(session, connection, sheet)
        done = results.of_sheet(connection, sheet, page)
        open_rows = [each.line for each in sheets.lines(connection, sheet, page)
                     if each.line >= first and not each.blank and (page, each.line) not in done]
    letter = next((code.letter for code in known.codes.codes if code.outcome is Outcome.NOT_HOME), "")
    if not open_rows or not letter:
        raise Declined("results.nothing_open", {"page": page})
    return enter_page(session, sheet, page, [Ticked(line, (letter,)) for line in open_rows], source)


def undo(session: Session, sheet: str, page: int) -> list[Fact]:
    """Take back what the officer entered last on a page (a bulk entry whole); what stood there before stands again.

    Raises `Declined`: results.nothing_to_undo, results.page_done (enter the row anew then).
    """
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    with session.change("results.undone") as unit:
        if _work(unit.connection, sheet, page) != "open":
            raise Declined("results.page_done", {"page": page})
        last = results.newest_of(unit.connection, sheet, page, session.officer.id)
        if last is None:
            raise Declined("results.nothing_to_undo")
        gone = results.entered_with(unit.connection, last.seq)
        results.end(unit.connection, [each.id for each in gone], unit.seq)
        results.stand_again(unit.connection, [each.before for each in gone if each.before])
        for each in gone:
            leaving_alone.unnoted(session, unit, each.id)
        _note_wishes(session, unit, [fact for each in gone if each.before and (fact := results.get(unit.connection, each.before))])
        unit.about("sheet", sheet)
        unit.facts(page=page, rows=len(gone))
    return gone


def _work(connection, sheet: str, page: int) -> str:
    """How far a page has come: open, entered or verified."""
    from dpdesk.store import sheets
    works = {each.work for each in sheets.copies(connection, [sheet]) if each.piece.page == page}
    return next((work for work in ("verified", "entered") if work in works), "open")


def open_rows(session: Session, sheet: str, page: int) -> list[int]:
    """Lines of a page with nobody's answer entered yet."""
    from dpdesk.store import results, sheets
    session.require(Right.RESULTS_ENTER)
    with session.desk.read() as connection:
        done = results.of_sheet(connection, sheet, page)
        return [each.line for each in sheets.lines(connection, sheet, page) if not each.blank and (page, each.line) not in done]


def finish(session: Session, sheet: str, page: int, *, rest_not_visited: bool = False) -> None:
    """A page is entered whole: its paper moves on. Rows left open are refused (`Declined` results.rows_open), or entered as not visited.

    Raises `Declined` (results.page_done) where that was said before.
    """
    from dpdesk.store import results, sheets
    session.require(Right.RESULTS_ENTER)
    with session.change("sheets.entered") as unit:
        copies = [each for each in sheets.copies(unit.connection, [sheet]) if each.piece.page == page and rules.may(each, Move.ENTER)]
        if not copies:
            raise Declined("results.page_done" if _work(unit.connection, sheet, page) != "open" else "results.not_back", {"page": page})
        done = results.of_sheet(unit.connection, sheet, page)
        left = [each.line for each in sheets.lines(unit.connection, sheet, page) if not each.blank and (page, each.line) not in done]
        if left and not rest_not_visited:
            raise Declined("results.rows_open", {"page": page, "count": len(left)})
        if left:
            _enter(session, unit, sheet, page, [Ticked(line) for line in left], Source.SHEET)
        custody.apply(session, unit, copies, Move.ENTER)
        unit.about("sheet", sheet)
        unit.facts(page=page, rows=len(done) + len(left), not_visited=len(left))


def by_hand(session: Session, elector: str, campaign: str, boxes: Sequence[str], *, source: Source = Source.HAND, taken_on: str = "",
            note: str = "") -> Fact:
    """Enter what one elector said away from any sheet: on the phone, at a stall. Raises `Invalid`, `NotFound`."""
    from datetime import date

    from dpdesk.services import campaigns, electors
    from dpdesk.services.session import today
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    found, wanted = electors.get(session, elector).row.elector, campaigns.get(session, campaign)
    codes = campaigns.codes(session, wanted.codes)
    read = read_boxes(boxes, codes, [each.letter for each in wanted.questions if each.letter])
    day = taken_on or today().isoformat()
    problems = {"boxes": read.problem or ("missing" if not read.raw and not read.answers else "")}
    try:
        problems["taken_on"] = "in_future" if date.fromisoformat(day) > today() else ""
    except ValueError:
        problems["taken_on"] = "date_bad"
    problems["note"] = "too_long" if len(note.strip()) > NOTE_LONGEST else ""
    if any(problems.values()):
        raise Invalid({code: what for code, what in problems.items() if what})
    with session.change("results.noted") as unit:
        reading = read.reading
        made = Fact(new_ids(1)[0], found.id, wanted.id, district=found.district, codes=codes.id, raw=read.raw, outcome=read.outcome,
                    party=reading.party, strength=reading.strength, scale=reading.scale, wont=reading.wont, voted=reading.voted,
                    answers=read.answers, note=note.strip(), source=source, taken_on=day, entered_by=session.officer.id,
                    entered_at=unit.at, seq=unit.seq)
        results.add(unit.connection, [made])
        if made.outcome is Outcome.DNC_REQUEST:
            leaving_alone.noted(session, unit, found, fact=made.id)
        unit.about("elector", found.id)
        unit.facts(source=source.value)
        unit.commit_to(f"{made.id} {made.elector} {made.raw} {made.answers}".encode())
    return made


def enter_within(session: Session, unit: Unit, sheet: str, page: int, ticked: Sequence[Ticked], source: Source) -> list[Fact]:
    """As `enter_page`, within a change of another service, which has asked for the right; for scanning."""
    return _enter(session, unit, sheet, page, ticked, source)
