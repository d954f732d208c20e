"""The words on the cover sheet of a session, in the language of the program. Nothing here names anybody."""

from __future__ import annotations

from dpdesk.domain.cover_sheets import CoverLabels
from dpdesk.services.translation import tr


def cover_labels() -> CoverLabels:
    """For `Cover.labels`."""
    return CoverLabels(
        columns=(tr("Walk"), tr("Sheet"), tr("Pages"), tr("Doors"), tr("State"), tr("Out"), tr("Back"), tr("Counted"), tr("Scanned")),
        totals=tr("{sheets} sheets, {pages} pages, {doors} doors", sheets="{sheets}", pages="{pages}", doors="{doors}"),
        page_of=tr("Page {page} of {pages}", page="{page}", pages="{pages}"),
        how=tr("Tick a sheet when it goes out and when it is back. Count its pages. No names belong on this page."))
