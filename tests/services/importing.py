"""Lists for the tests of imports, written and brought in by one call."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dpdesk.domain.members import Kind
from dpdesk.services import imports, members
from dpdesk.services.members import Query


def listed(folder: Path, text: str, name: str = "list.csv") -> Path:
    """A list in a file; `text` may use | between cells for ease of reading."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def look(session, folder: Path, text: str, mapping=None, **how):
    """The preview of a list; `mapping` changes the proposal by header."""
    draft = imports.open_list(session, listed(folder, text))
    chosen = None if mapping is None else {**draft.mapping, **{draft.headers.index(h): to for h, to in mapping.items()}}
    return imports.preview(session, draft, chosen, **how)


def bring(session, folder: Path, text: str, mapping=None, **how):
    """Bring a list in; returns the result."""
    return imports.apply(session, look(session, folder, text, mapping, **how))


def everybody(session, kind: Kind = Kind.MEMBER) -> dict[str, members.Row]:
    """All members by full name."""
    query = Query(kind=kind)
    rows = members.rows(session, members.spine(session, query))
    return {f"{row.member.forename} {row.member.surname}".strip(): row for row in rows}


def of(counts, *names: str) -> tuple[int, ...]:
    """Some counts, by name."""
    return tuple(getattr(counts, name) for name in names)
