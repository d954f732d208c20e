"""Pages that came back: which wait to be entered or checked, and one of them with all that entering it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain import custody as rules
from dpdesk.domain.campaigns import CodeSet
from dpdesk.domain.custody import Move, PageCopy, State
from dpdesk.domain.errors import NotFound
from dpdesk.domain.results import Check
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Sheet
from dpdesk.domain.sheets import Box
from dpdesk.services import checking, entering
from dpdesk.services.entering import Row
from dpdesk.services.session import Session

_NOT_BACK = (State.DRAFTED, State.PRINTED, State.ISSUED, State.VERIFIED, State.DESTROYED, State.VOID)
STEPS = ("enter", "check", "differ", "done")


@dataclass(frozen=True)
class Waiting:
    """A page that came back. `step` is what it waits for: enter, check, differ (two entries do not agree), or done.

    `rows` are those with somebody on them, `entered` those that have an answer; `mine` says that the officer entered it.
    """

    sheet: Sheet
    page: int
    step: str
    rows: int
    entered: int
    mine: bool
    on_day: str


@dataclass(frozen=True)
class Page:
    """One page for entering: its `boxes` as printed, all `codes` with their words, letters of `questions`, and the `rows`.

    `following` are pages of the sheet after it that wait for the same step.
    """

    sheet: Sheet
    page: int
    step: str
    boxes: tuple[Box, ...]
    codes: CodeSet
    questions: tuple[str, ...]
    rows: tuple[Row, ...]
    again: tuple[entering.Ticked, ...] = ()
    following: tuple[int, ...] = ()
    check: Check = Check.LOOK
    mine: bool = False

    @property
    def letters(self) -> tuple[str, ...]:
        """All letters that may be typed."""
        return (*(code.letter for code in self.codes.codes), *self.questions)


def waiting(session: Session) -> list[Waiting]:
    """Pages that lie with the branch and are not done, in the order of their sheets: to enter first, then to check."""
    from dpdesk.store import results, sessions, sheets
    session.require(Right.RESULTS_ENTER)
    found = []
    with session.desk.read() as connection:
        here = [each for each in sheets.listing(connection) if each.state not in _NOT_BACK]
        days = {each.id: each.on_day for each in sessions.listing(connection)}
        copies: dict[tuple[str, int], list[PageCopy]] = {}
        for each in sheets.copies(connection, [sheet.id for sheet in here]):
            copies.setdefault((each.piece.sheet, each.piece.page), []).append(each)
        for sheet in here:
            steps = {page: _step(copies.get((sheet.id, page), ()), differing=False) for page in range(1, sheet.pages + 1)}
            if not any(step in STEPS[:3] for step in steps.values()):
                continue
            lines, facts = sheets.lines(connection, sheet.id), results.of_sheet(connection, sheet.id)
            open_second = {each.page for each in results.seconds(connection, sheet.id, open_only=True)}
            for page, step in steps.items():
                if step in STEPS[:3]:
                    there = [fact for key, fact in facts.items() if key[0] == page]
                    found.append(Waiting(sheet, page, "differ" if step == "check" and page in open_second else step,
                                         sum(row.page == page and not row.blank for row in lines), len(there),
                                         any(fact.entered_by == session.officer.id for fact in there), days.get(sheet.session, "")))
    return sorted(found, key=lambda each: (STEPS.index(each.step), each.sheet.seq, each.sheet.number, each.page))


def _step(copies: Sequence[PageCopy], *, differing: bool) -> str:
    """What a page waits for, "" for one that is not back."""
    if any(rules.may(each, Move.ENTER) for each in copies):
        return "enter"
    if any(rules.may(each, Move.VERIFY) for each in copies):
        return "differ" if differing else "check"
    return "done" if any(each.work == "verified" for each in copies) else ""


def page(session: Session, identity: str, number: int) -> Page:
    """One page; raises `NotFound`. Where a second person enters it again unseen, what the first entered is not in it."""
    from dpdesk.services import sheets as register
    from dpdesk.store import results, sheets
    session.require(Right.RESULTS_ENTER)
    sheet = register.get(session, identity)
    rows = tuple(entering.rows(session, sheet.id, number))
    if not rows or not number:
        raise NotFound("page", f"{identity} {number}")
    with session.desk.read() as connection:
        known = entering.paper(session, connection, sheet.id)
        copies: dict[int, list[PageCopy]] = {}
        for each in sheets.copies(connection, [sheet.id]):
            copies.setdefault(each.piece.page, []).append(each)
        seconds = results.seconds(connection, sheet.id, number)
    step = _step(copies.get(number, ()), differing=any(not each.kept for each in seconds))
    mine = any(row.fact is not None and row.fact.entered_by == session.officer.id for row in rows)
    blind = step in ("check", "differ") and session.policy.results_check is Check.BLIND and not mine
    differ = bool(checking.differences(session, sheet.id, number)) if step == "differ" else False
    again: tuple[entering.Ticked, ...] = ()
    if blind and not differ:
        step = "check"
        rows = tuple(row for row, _second in checking.rows_again(session, sheet.id, number))
        again = tuple(entering.Ticked(each.line, (*each.raw.split(), *each.answers), each.note) for each in seconds)
    after = [each for each in range(number + 1, sheet.pages + 1) if _step(copies.get(each, ()), differing=False) == step]
    return Page(sheet, number, step, sheet.boxes, known.codes, known.questions, rows, again, tuple(after), session.policy.results_check,
                mine)
