"""A second person checks what was entered: by a look at the paper, or by entering it again without seeing it (the policy says which).

What two people read differently is shown, and one of them, or the lead, says what the paper says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain import custody as rules
from dpdesk.domain.custody import Move
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.results import Check, Fact, Second, Source
from dpdesk.domain.roles import Right
from dpdesk.services import custody, entering
from dpdesk.services.entering import Row
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class Difference:
    """A row two people read differently: the first entry, the second, and who made them (names)."""

    row: Row
    second: Second
    first_by: str
    second_by: str


def waiting(session: Session) -> list[tuple[str, int]]:
    """(sheet, page) of pages that are entered and wait for a second person, in the order of their sheets."""
    from dpdesk.domain.custody import State
    from dpdesk.store import sheets
    session.require(Right.RESULTS_ENTER)
    with session.desk.read() as connection:
        found = sheets.in_states(connection, [State.ENTERED, State.UPLOADED])
    return sorted({(each.piece.sheet, each.piece.page) for each in found if each.work == "entered"})


def _facts(session: Session, unit: Unit, sheet: str, page: int) -> list[Fact]:
    """The facts of a page that is entered; raises `Declined` where it is not, or where the officer entered some of it."""
    from dpdesk.store import results, sheets
    copies = [each for each in sheets.copies(unit.connection, [sheet]) if each.piece.page == page]
    if not any(rules.may(each, Move.VERIFY) for each in copies):
        raise Declined("results.checked" if any(each.work == "verified" for each in copies) else "results.not_entered", {"page": page})
    found = list(results.of_sheet(unit.connection, sheet, page).values())
    for each in found:
        if each.entered_by == session.officer.id and not _put_right(unit, each):
            raise Declined("results.same_person")
    return found


def _put_right(unit: Unit, fact: Fact) -> bool:
    """Whether a fact puts right what another person entered: two have read that row then."""
    from dpdesk.store import results
    before = results.get(unit.connection, fact.before) if fact.before else None
    return before is not None and before.entered_by != fact.entered_by


def look(session: Session, sheet: str, page: int) -> None:
    """What is entered of a page is what the paper says: a second person has compared them. Raises `Declined`."""
    session.require(Right.RESULTS_ENTER)
    if session.policy.results_check is Check.BLIND:
        raise Declined("results.blind_asked")
    with session.change("sheets.verified") as unit:
        _verify(session, unit, sheet, page, _facts(session, unit, sheet, page), Check.LOOK.value)


def _verify(session: Session, unit: Unit, sheet: str, page: int, facts: Sequence[Fact], how: str) -> None:
    from dpdesk.store import results, sheets
    results.verify(unit.connection, [each.id for each in facts], session.officer.id, unit.at, how)
    fit = [each for each in sheets.copies(unit.connection, [sheet]) if each.piece.page == page and rules.may(each, Move.VERIFY)]
    custody.apply(session, unit, fit, Move.VERIFY)
    unit.about("sheet", sheet)
    unit.facts(page=page, rows=len(facts), how=how)


def rows_again(session: Session, sheet: str, page: int) -> list[tuple[Row, Second | None]]:
    """The rows of a page for entering them again: the first entry is not shown; what the second person entered is."""
    from dpdesk.store import results
    found = entering.rows(session, sheet, page)
    with session.desk.read() as connection:
        seconds = {each.line: each for each in results.seconds(connection, found[0].sheet if found else sheet, page)}
    return [(replace(row, fact=None), seconds.get(row.line)) for row in found]


def enter_again(session: Session, row: Row, boxes: Sequence[str], note: str = "") -> Second:
    """Enter a row a second time, unseen. Whether both agree is not told before the page is done. Raises as `entering.enter`."""
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    with session.change("results.entered_again") as unit:
        facts = {each.line: each for each in _facts(session, unit, row.sheet, row.page)}
        if row.line not in facts:
            raise Declined("results.blank_line", {"line": row.line})
        read = entering.checked(entering.paper(session, unit.connection, row.sheet), boxes, note)
        made = Second(new_id(), row.sheet, row.page, row.line, read.raw, read.answers, note.strip(), session.officer.id, unit.at)
        made = replace(made, kept="same" if made.agrees(facts[row.line]) else "")
        results.drop_second(unit.connection, row.sheet, row.page, row.line)
        results.add_second(unit.connection, made, unit.seq)
        unit.about("sheet", row.sheet)
        unit.facts(page=row.page, rows=1)
        unit.commit_to(f"{made.id} {made.raw} {made.answers}".encode())
    return made


def finish_again(session: Session, sheet: str, page: int) -> int:
    """The page is entered twice: it is checked where both agree everywhere. Returns how many rows differ.

    Raises `Declined` (results.rows_open) while rows are left.
    """
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    with session.change("results.compared") as unit:
        facts = _facts(session, unit, sheet, page)
        seconds = {each.line: each for each in results.seconds(unit.connection, sheet, page)}
        left = [each for each in facts if each.line not in seconds]
        if left:
            raise Declined("results.rows_open", {"page": page, "count": len(left)})
        differing = sum(not each.kept for each in seconds.values())
        if not differing:
            _verify(session, unit, sheet, page, facts, Check.BLIND.value)
        unit.about("sheet", sheet)
        unit.facts(page=page, rows=len(facts), differing=differing)
    return differing


def differences(session: Session, sheet: str = "", page: int = 0) -> list[Difference]:
    """Rows two people read differently and nobody has settled: of a page, or of all. Shown once the page was entered twice whole."""
    from dpdesk.store import officers, results
    session.require(Right.RESULTS_ENTER)
    with session.desk.read() as connection:
        found = results.seconds(connection, sheet, page, open_only=True)
        names = {each.id: each.name for each in officers.listing(connection)}
        ready = {key for key in {(each.sheet, each.page) for each in found} if _twice(connection, *key)}
    shown = []
    for key in sorted(ready):
        rows = {row.line: row for row in entering.rows(session, *key)}
        shown += [Difference(rows[each.line], each, names.get(rows[each.line].fact.entered_by, ""), names.get(each.entered_by, ""))
                  for each in found if (each.sheet, each.page) == key and rows[each.line].fact is not None]
    return shown


def _twice(connection, sheet: str, page: int) -> bool:
    from dpdesk.store import results
    return len(results.seconds(connection, sheet, page)) >= len(results.of_sheet(connection, sheet, page))


def settle(session: Session, identity: str, *, kept: str, boxes: Sequence[str] = (), note: str = "") -> None:
    """Say what the paper says of a row read differently: `kept` is first, second, or other with `boxes`. The last one checks the page.

    One of the two, or an officer who may settle. Raises `NotFound`, `Invalid`, `NotAllowed`.
    """
    from dpdesk.store import results
    session.require(Right.RESULTS_ENTER)
    if kept not in ("first", "second", "other"):
        raise Invalid({"kept": "unknown"})
    with session.change("results.settled") as unit:
        found = results.second(unit.connection, identity)
        if found is None or found.kept:
            raise NotFound("difference", identity)
        first = results.of_sheet(unit.connection, found.sheet, found.page).get((found.page, found.line))
        if first is None:
            raise NotFound("difference", identity)
        if session.officer.id not in (found.entered_by, first.entered_by):
            session.require(Right.RESULTS_SETTLE)
        results.settle(unit.connection, identity, kept, session.officer.id, unit.at)
        if kept != "first":
            said = (*found.raw.split(), *found.answers) if kept == "second" else tuple(boxes)
            ticked = entering.Ticked(found.line, said, found.note if kept == "second" else note)
            entering._enter(session, unit, found.sheet, found.page, [ticked], Source.SHEET)
        left = results.seconds(unit.connection, found.sheet, found.page, open_only=True)
        if not left and _twice(unit.connection, found.sheet, found.page):
            facts = list(results.of_sheet(unit.connection, found.sheet, found.page).values())
            _verify(session, unit, found.sheet, found.page, facts, "settled")
        unit.about("sheet", found.sheet)
        unit.facts(page=found.page, kept=kept)
