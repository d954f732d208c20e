"""Pages, answers and destructions of a return, also of a later one: the lead’s last word counts, but for what was decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

Row = Mapping[str, Any]


def end(unit: Unit, facts: Sequence[Row]) -> None:
    """Answers the lead replaced or took back since an earlier return count no more here either."""
    from dpdesk.store import packs as store
    from dpdesk.store import results
    over = store.rows(unit.connection, "canvass_fact", "id", {row["id"] for row in facts if row["ended"]})
    results.end(unit.connection, [row["id"] for row in over if not row["ended"]], unit.seq)


def destroyed(unit: Unit, batches: Sequence[Row], card: str) -> None:
    """Within a change: paper the lead destroyed, under the number of the lead's certificate and the end of the lead's card."""
    from dpdesk.store import packs as store
    store.put_new(unit.connection, "destruction", [{**row, "number": f"{row['number']}-{card[-4:]}"} for row in batches], ("id",),
                  seq=unit.seq)


def take(unit: Unit, tables: Mapping[str, Sequence[Row]]) -> None:
    """Within a change: keep pages with their rows and pictures. One decided, checked or erased here stays so."""
    from dpdesk.store import packs as store
    kept = {row["id"]: row for row in store.rows(unit.connection, "scan_page", "id", [row["id"] for row in tables["scan_page"]])}
    decided = {row["page"] for row in store.rows(unit.connection, "scan_row", "page", kept) if row["answered"]}
    checked = {row["id"] for row in tables["scan_page"] if row["done_at"]}
    stays = {page for page, row in kept.items() if row["erased_at"] or page in decided or (row["done_at"] and page not in checked)}
    for table, column in (("scan_row", "page"), ("scan_image", "page"), ("scan_page", "id")):
        store.drop(unit.connection, table, column, set(kept) - stays)
        found = [row for row in tables[table] if row[column] not in stays]
        if table == "scan_row":  # the lead's log is not this desk's: there is nothing here to be taken back
            found = [{**row, "answered": 0} for row in found]
        store.put_new(unit.connection, table, found, (column, "line") if table == "scan_row" else (column,),
                      **({"seq": unit.seq} if table == "scan_page" else {}))
