"""The cover sheet of a session: walks and sheets by number, with room to tick them out and in at a table. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CoverLine:
    """One sheet: its walk (a place, not a person), the short number of the sheet, pages and doors, and where it is now in a word."""

    walk: str
    sheet: str
    pages: int
    doors: int
    state: str = ""


@dataclass(frozen=True)
class CoverLabels:
    """The words printed; `columns` are walk, sheet, pages, doors, state, out, back, pages counted, scanned.

    `totals` holds {sheets}, {pages}, {doors}; `page_of` holds {page}, {pages}.
    """

    columns: tuple[str, str, str, str, str, str, str, str, str]
    totals: str
    page_of: str
    how: str


@dataclass(frozen=True)
class Cover:
    """Everything on the cover sheet, however many pages it takes."""

    labels: CoverLabels
    branch: str
    title: str
    session: str
    lines: tuple[CoverLine, ...]
