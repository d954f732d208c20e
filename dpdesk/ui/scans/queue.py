"""What there is to check, as a list of small tasks in the order a person does them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dpdesk.domain.scans import RowState, Sampled
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.session import Session


class Task(Enum):
    """A kind of task, in the order they are done."""

    ROW = "row"
    STRIP = "strip"
    DIFFER = "differ"
    LINE_UP = "line_up"
    PAGE = "page"
    BLIND = "blind"


@dataclass(frozen=True)
class Todo:
    """One task: on which page, which row of it, and the other picture where there are two."""

    kind: Task
    page: str
    line: int = 0
    other: str = ""


def name(kind: Task) -> str:
    """The words of a kind."""
    return {Task.ROW: _("Rows to decide"), Task.STRIP: _("Empty rows"), Task.DIFFER: _("Two fills of one page"),
            Task.LINE_UP: _("To line up"), Task.PAGE: _("Pages to look through"), Task.BLIND: _("To read again")}[kind]


def everything(session: Session) -> list[Todo]:
    """All there is to do, unsure rows first."""
    from dpdesk.services import scans
    waiting = scans.waiting(session)
    plain = [page for page in waiting if not page.instead_of]
    rows = [Todo(Task.ROW, page.id, row.line) for page in plain for row in page.rows if row.state is RowState.WAITING]
    strips = [Todo(Task.STRIP, page.id) for page in plain if any(row.state is RowState.STRIP for row in page.rows)]
    differ = [Todo(Task.DIFFER, page.id, other=page.instead_of) for page in waiting if page.instead_of]
    askew = [Todo(Task.LINE_UP, page.id) for page in scans.to_line_up(session)]
    pages = [Todo(Task.PAGE, page.id) for page in scans.to_check(session)]
    blind = [Todo(Task.BLIND, row.page, row.line) for row in scans.sample(session) if row.sampled is Sampled.WAITING]
    return [*rows, *strips, *differ, *askew, *pages, *blind]


def for_another(session: Session) -> int:
    """How many pages wait for somebody else to look them through."""
    from dpdesk.services import scans
    return scans.counts(session)["for_another"]


def counts(todo: Sequence[Todo]) -> dict[Task, int]:
    """How many of each kind there are, in order."""
    found = Counter(each.kind for each in todo)
    return {kind: found[kind] for kind in Task if found[kind]}
