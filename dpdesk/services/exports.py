"""Members out of the desk as a CSV file: the fewest columns, for a named recipient and purpose, recorded in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dpdesk.domain.errors import Cancelled, Invalid
from dpdesk.domain.members import FIELD
from dpdesk.domain.roles import Right
from dpdesk.services import members as people
from dpdesk.services.members import Query
from dpdesk.services.names import field_name
from dpdesk.services.session import Session

FEWEST = ("number", "forename", "surname")
WITHIN = "branch"
"""`whom` for use inside the branch; otherwise the code of one of the policy's recipient bodies."""
_BATCH = 500

Progress = Callable[[int, int], None]


def members(session: Session, path: Path, columns: Sequence[str], query: Query, whom: str, why: str,
            progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> int:
    """Write the people of `query` to `path` and return how many.

    For a body outside the branch only those who permitted sharing with it are written (S3 l.22). The log learns for whom,
    how many and which columns; the purpose, being free text, goes to the erasable history.
    """
    from dpdesk.files.cells import write_rows
    from dpdesk.store.disk import whole_file
    session.require(Right.MEMBERS_EXPORT)
    _check(session, columns, whom, why)
    numbers = people.spine(session, query)
    tally = _Tally(len(numbers), progress, cancelled)
    with whole_file(path) as file:
        headings = [field_name(code) for code in columns]
        write_rows(file, _rows(session, numbers, columns, whom, headings, tally))
        with session.change("members.exported") as unit:
            unit.about("desk", session.desk_id)
            unit.facts(people=tally.written, columns=list(columns), whom=whom)
            unit.record("export", session.desk_id, {}, {"why": why.strip()})
    return tally.written


def _check(session: Session, columns: Sequence[str], whom: str, why: str) -> None:
    bodies = {body.code for body in session.policy.recipient_bodies}
    problems = {}
    if not columns or len(set(columns)) < len(columns) or not set(columns) <= FIELD.keys():
        problems["columns"] = "unknown" if columns else "missing"
    if whom != WITHIN and whom not in bodies:
        problems["whom"] = "unknown"
    if not why.strip():
        problems["why"] = "missing"
    if problems:
        raise Invalid(problems)


class _Tally:
    """How far an export is."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self.total, self.written, self.seen = total, 0, 0
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
    from dpdesk.store import contacting
    from dpdesk.store import members as store
    yield headings
    permitted: set[str] = set()
    if whom != WITHIN:
        with session.desk.read() as connection:
            permitted = contacting.permitting(connection, whom)
    for at in range(0, len(numbers), _BATCH):
        with session.desk.read() as connection:
            batch = store.page(connection, numbers[at:at + _BATCH])
        tally.batch(len(batch))
        for person in batch:
            if whom == WITHIN or person.id in permitted:
                tally.written += 1
                yield [getattr(person, code) for code in columns]
