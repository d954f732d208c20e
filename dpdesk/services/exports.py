"""Members out of the desk as a CSV file, through the copies door: the fewest columns, for a named recipient and purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import WITHIN, Copy, CopyKind
from dpdesk.domain.errors import Cancelled, Invalid, NobodyToWrite
from dpdesk.domain.members import FIELD
from dpdesk.domain.roles import Right
from dpdesk.services import copies, sharing
from dpdesk.services import members as people
from dpdesk.services.copies import Leaving
from dpdesk.services.members import Query
from dpdesk.services.names import field_name
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

FEWEST = ("number", "forename", "surname")
_BATCH = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """What an officer asks for: where to, which columns, of whom, for whom (WITHIN or a body's code), and what for.

    `accepted` is the guard's code the officer was shown; `keep_days` None keeps to the policy.
    """

    path: Path
    columns: Sequence[str]
    query: Query
    whom: str
    why: str
    accepted: str = ""
    keep_days: int | None = None


@dataclass(frozen=True)
class Written:
    """How it went: the copy on the register, and how many were left out for want of their permission (S3 l.22)."""

    copy: Copy
    people: int
    left_out: int


def members(session: Session, wish: Wish, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Written:
    """Write the people asked for; for a body outside the branch only those who permitted sharing with it (S3 l.22).
    Raises `NobodyToWrite` where nobody is left.

    The log learns for whom, how many and which columns; the purpose, being free text, goes to the erasable history.
    """
    from dpdesk.files.cells import write_rows
    session.require(Right.MEMBERS_EXPORT)
    columns = tuple(wish.columns)
    _check(columns)
    numbers = people.spine(session, wish.query)
    tally = _Tally(len(numbers), progress, cancelled)
    headings = [field_name(code) for code in columns]
    leaving = Leaving(CopyKind.MEMBERS, wish.path, tr("People: {columns}", columns=", ".join(headings)), wish.why, wish.whom,
                      columns=columns, accepted=wish.accepted, keep_days=wish.keep_days)
    with copies.door(session, leaving) as out:
        write_rows(out, _rows(session, numbers, columns, wish.whom, headings, tally))
        if not tally.people:
            raise NobodyToWrite("no_permission" if tally.seen else "nobody", tally.seen)
        copy = out.note("members.exported", tally.people)
    return Written(copy, len(tally.people), tally.seen - len(tally.people))


def _check(columns: Sequence[str]) -> None:
    if not columns or len(set(columns)) < len(columns) or not set(columns) <= FIELD.keys():
        raise Invalid({"columns": "unknown" if columns else "missing"})


class _Tally:
    """How far an export is."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.total, self.seen = total, 0
        self.people: list[str] = []
        self._progress, self._cancelled = progress, cancelled

    def batch(self, size: int) -> None:
        """`size` more people were looked at."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled()
        self.seen += size
        if self._progress is not None:
            self._progress(self.seen, self.total)


def _rows(session: Session, numbers: Sequence[int], columns: Sequence[str], whom: str, headings: list[str],
          tally: _Tally) -> Iterator[Sequence[str]]:
    from dpdesk.store import members as store
    from dpdesk.store import restrictions
    yield headings
    gate = None if whom == WITHIN else sharing.passing(session, whom)
    for at in range(0, len(numbers), _BATCH):
        with session.desk.read() as connection:
            batch = store.page(connection, numbers[at:at + _BATCH])
            permitted = gate.among(connection, batch) if gate else frozenset()
            restricted = restrictions.among(connection, [person.id for person in batch])
        tally.batch(len(batch))
        for person in batch:
            if person.id not in restricted and (gate is None or person.id in permitted):
                tally.people.append(person.id)
                yield [getattr(person, code) for code in columns]
