"""As many columns of a paged table as there is room for, the most needed first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dpdesk.ui.widgets.table import PagedTable


def fit_columns(table: PagedTable, needed: Sequence[str], always: Collection[str], widest: str = "name") -> None:
    """Show columns in the order of `needed` while they fit, those of `always` in any case; what is left goes to `widest`."""
    room = table.viewport().width()
    places = {column.code: at for at, column in enumerate(table.paged.columns)}
    for code in (code for code in needed if code in places):
        at = places[code]
        wide = _wide(table, at)
        shown = code in always or room >= wide
        table.setColumnHidden(at, not shown)
        if shown:
            table.setColumnWidth(at, wide)
            room -= wide
    if room > 0:
        table.setColumnWidth(places[widest], table.columnWidth(places[widest]) + room)


def _wide(table: PagedTable, at: int) -> int:
    """How wide a column likes to be, at the text size in force."""
    column = table.paged.columns[at]
    title = table.horizontalHeader().fontMetrics().horizontalAdvance(column.title) * 12 // 10
    return max(table.fontMetrics().horizontalAdvance("n") * column.letters + 24, title + 40)
