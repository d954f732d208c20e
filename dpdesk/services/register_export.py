"""Electors out of the desk as a CSV file: for an electoral purpose inside the branch alone, through the copies door (S1 §19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.copies import WITHIN, Copy, CopyKind
from dpdesk.domain.errors import Invalid, NobodyToWrite
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.roles import Right
from dpdesk.services import copies, electors
from dpdesk.services.copies import Leaving
from dpdesk.services.imports_rows import Pace
from dpdesk.services.names import field_name
from dpdesk.services.register import require_use
from dpdesk.services.register_words import absent_name, purpose_name
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

COLUMNS = ("full_number", "surname", "forename", "address", "postcode", "markers", "absent")
FEWEST = ("full_number", "surname", "forename", "address", "postcode")
_BATCH = 500


@dataclass(frozen=True)
class Wish:
    """What an officer asks for: where to, whom, for which purpose. `accepted` is the guard's code the officer was shown."""

    path: Path
    purpose: Purpose
    query: electors.Query = electors.Query()
    columns: Sequence[str] = FEWEST
    whom: str = WITHIN
    accepted: str = ""


def write(session: Session, wish: Wish, progress: Callable[[int, int], None] | None = None,
          cancelled: Callable[[], bool] | None = None) -> tuple[Copy, int]:
    """(the copy, how many electors). Raises `UseRefused` for what is not electoral or is passing on; nobody too young is written."""
    from dpdesk.files.cells import write_rows
    session.require(Right.REGISTER_IMPORT)
    require_use(session, wish.purpose, whom=wish.whom)
    columns = tuple(wish.columns)
    if not columns or not set(columns) <= set(COLUMNS):
        raise Invalid({"columns": "unknown" if columns else "missing"})
    spine = electors.spine(session, wish.query)
    if not spine:
        raise NobodyToWrite("nobody")
    written: list[str] = []
    pace = Pace(len(spine), progress, cancelled)
    leaving = Leaving(CopyKind.REGISTER, wish.path, tr("Electors: {columns}", columns=", ".join(map(column_name, columns))),
                      purpose_name(wish.purpose.value), wish.whom, columns=columns, accepted=wish.accepted)

    def rows() -> Iterator[list[str]]:
        yield list(map(column_name, columns))
        for at in range(0, len(spine), _BATCH):
            for row in electors.rows(session, spine[at:at + _BATCH]):
                written.append(row.elector.id)
                yield [_cell(row, code) for code in columns]
            pace.at(len(written))
    with copies.door(session, leaving) as out:
        write_rows(out, rows())
        copy = out.note("register.exported", written, lambda unit: unit.facts(purpose=wish.purpose.value))
    return copy, len(written)


def column_name(code: str) -> str:
    """The heading of a column."""
    return tr("Votes") if code == "absent" else field_name(code)


def _cell(row: electors.Row, code: str) -> str:
    if code == "absent":
        return ", ".join(map(absent_name, row.absent))
    if code == "full_number":
        return str(row.elector.key)
    return str(getattr(row.elector, code)).replace("\n", ", ")
