"""The words on printed sheets and cover sheets, in the language of the program. Nothing here names anybody."""

from __future__ import annotations

from dpdesk.domain.cover_sheets import CoverLabels
from dpdesk.domain.sheets import Box, SheetLabels, Sort
from dpdesk.services.translation import tr


def sheet_labels(boxes: tuple[Box, ...]) -> SheetLabels:
    """The words of a sheet with these boxes; the box for "no answer" is named in the instruction."""
    how = tr("X one box, black or blue pen. Mistake: black it out completely, X another.")
    nobody = next((box.letters for box in boxes if box.sort is Sort.NO_ANSWER), "")
    if nobody:
        how += " " + tr("No answer? X “{letters}”.").format(letters=nobody)
    return SheetLabels(
        sheet=tr("Sheet"), page_of=tr("Page {page} of {pages}"), copy=tr("copy {copy}"), notes=tr("Notes"),
        blank=tr("Nobody to call on here. Leave this line empty."), how_to_mark=how,
        do_not_photograph=tr("Do not photograph or copy. Hand back at the end of the session to whoever leads it."),
        return_to=tr("If found, return to:"))


def cover_labels() -> CoverLabels:
    """The words of the cover sheet of a session."""
    return CoverLabels(
        columns=(tr("Walk"), tr("Sheet"), tr("Pages"), tr("Doors"), tr("State"), tr("Out"), tr("Back"), tr("Counted"), tr("Scanned")),
        totals=tr("{sheets} sheets, {pages} pages, {doors} doors"), page_of=tr("Page {page} of {pages}"),
        how=tr("Tick a sheet when it goes out and when it is back. Count its pages. No names belong on this page."))
