"""The activity log (S1 4): one timeline over every register: notices, weighed interests, case numbers, what was decided, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.domain import registers
from dpdesk.domain.duties import Event, reference
from dpdesk.domain.registers.declaring import Register
from dpdesk.domain.roles import Right
from dpdesk.services.dates import day, moment
from dpdesk.services.duty_words import event_words
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One thing that happened to one entry."""

    event: Event
    register: Register
    ref: str
    heading: str
    officer: str
    case_number: str = ""

    @property
    def words(self) -> str:
        """What happened, in one line."""
        return event_words(self.register, self.event)


def listing(session: Session, register: str = "", limit: int = SHOWN, before: str = "") -> list[Line]:
    """What happened, the newest first; `before` is the moment (UTC) of the last line shown, for the next page."""
    from dpdesk.store import duties, officers
    session.require(Right.DUTIES_SEE)
    known = {each.code: each for each in registers.every()}
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        found = duties.activity(connection, register, limit, before)
    return [Line(event, known[code], reference(known[code], number), heading, names.get(event.officer, ""), case)
            for event, code, number, heading, case in found if code in known]


def rows(session: Session) -> list[list[str]]:
    """The whole timeline as rows for a file: a heading, then a line each."""
    head = [tr("When"), tr("For which day"), tr("Register"), tr("Reference"), tr("What happened"), tr("Note"), tr("By"), tr("Case number")]
    return [head, *([moment(each.event.at), day(each.event.on), tr(each.register.title), each.ref, each.words, each.event.note,
                     each.officer, each.case_number] for each in listing(session, limit=1_000_000))]
