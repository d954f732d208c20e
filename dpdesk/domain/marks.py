"""What a box on paper says, and when a person must look at a row: the rules of PAPER.md §6, for what is read and what is keyed alike."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from dpdesk.domain.sheets import Sort


class Mark(StrEnum):
    """One box as read. Only a person turns UNSURE into one of the others."""

    EMPTY = "empty"
    MARKED = "marked"
    CANCELLED = "cancelled"
    UNSURE = "unsure"


class Look(StrEnum):
    """Why a person looks at a row, the most pressing first."""

    UNSURE = "unsure"  # a box could not be read
    TWO = "two"  # two answers that exclude each other
    CANCELLED = "cancelled"  # blacked out, and nothing else marked
    NOT_TO_CALL = "not_to_call"  # marked, though nobody was to be called on
    EMPTY = "empty"  # no mark at all: confirmed in one strip a page


class Verdict(StrEnum):
    """What a picture of a page turned out to be. Boxes are read on READ alone; LINE_UP and NO_CODE wait for a person."""

    READ = "read"
    LINE_UP = "line_up"  # a sheet of ours, but where its boxes lie is not certain: its four corners are dragged into place
    NO_CODE = "no_code"  # a sheet by its markers, whose number must be typed
    TWO_SHEETS = "two_sheets"  # one picture, two sheets: taken again
    ALTERED = "altered"  # a code of our form that this desk did not make, or that was edited
    NEWER = "newer"  # a layout that this version does not know
    FOREIGN = "foreign"  # a letter, a leaflet, a photograph
    BLANK = "blank"  # an empty back


def looks(marks: Sequence[Mark], sorts: Sequence[Sort], *, blank: bool = False) -> tuple[Look, ...]:
    """Why a person must look at the row; () takes it as read. `blank` is a line printed for somebody not to be called on."""
    marked = [sort for mark, sort in zip(marks, sorts, strict=True) if mark is Mark.MARKED]
    answers = [sort for sort in marked if sort is not Sort.EXTRA]
    found = []
    if Mark.UNSURE in marks:
        found.append(Look.UNSURE)
    if answers.count(Sort.INTENTION) > 1 or (Sort.NO_ANSWER in answers and Sort.INTENTION in answers):
        found.append(Look.TWO)
    if Mark.CANCELLED in marks and not answers:
        found.append(Look.CANCELLED)
    if blank and any(mark is not Mark.EMPTY for mark in marks):
        found.append(Look.NOT_TO_CALL)
    if not blank and all(mark is Mark.EMPTY for mark in marks):
        found.append(Look.EMPTY)
    return tuple(found)
