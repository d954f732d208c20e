"""What the demo branch's canvassers found: answers on the sheets that came back, some from weeks before, and who is to be left alone."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from dpdesk.domain.results import Source
from dpdesk.domain.sessions import Sheet
from dpdesk.services import electors, entering, leaving_alone
from dpdesk.services.session import Session, today

_FOUND = "OOOOOOOFFFPPPUUUAAWNM"
_EARLIER, _OLD = 24, 6


def whole(session: Session, sheet: Sheet) -> None:
    """Enter every page of a sheet."""
    rng = Random(f"{sheet.number} {sheet.title}")
    for page in range(1, sheet.pages + 1):
        rows = entering.open_rows(session, sheet.id, page)
        entering.enter_page(session, sheet.id, page, [entering.Ticked(line, (rng.choice(_FOUND),)) for line in rows])
        entering.finish(session, sheet.id, page)


def begun(session: Session, sheet: Sheet, rows: int = 5) -> None:
    """Enter the first rows of a sheet's first page: somebody was called away."""
    rng = Random(f"{sheet.number} begun")
    there = entering.open_rows(session, sheet.id, 1)[:rows]
    entering.enter_page(session, sheet.id, 1, [entering.Ticked(line, (rng.choice(_FOUND),)) for line in there])


def earlier(session: Session, campaign: str) -> None:
    """Answers taken on the phone in the weeks before, some so long ago that they are marked as old; two want to be left alone."""
    rng = Random("earlier")
    rows = electors.rows(session, electors.spine(session, electors.Query())[20:20 + 3 * _EARLIER:3])
    for at, row in enumerate(row for row in rows if row.elector.name):
        old = at < _OLD
        day = today() - timedelta(days=930 if old else rng.randint(3, 24))
        entering.by_hand(session, row.elector.id, campaign, ("F" if old else rng.choice("FFPPUAN"),), source=Source.PHONE,
                         taken_on=day.isoformat())
    for row, household in zip(rows[-2:], (True, False), strict=True):
        leaving_alone.note(session, row.elector.id, household=household, why="Said so on the phone")
