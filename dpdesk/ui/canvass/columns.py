"""The columns of the register, and the model that puts an icon beside the words of a flag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from dpdesk.services.register_words import absent_name, elector_kind_name
from dpdesk.ui import assets
from dpdesk.ui.widgets.fit import fit_columns
from dpdesk.ui.widgets.paged import Column, PagedModel
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, field_name

if TYPE_CHECKING:
    from dpdesk.services.electors import Row

NEEDED = ("number", "name", "address", "markers", "absent", "postcode")


def columns() -> tuple[Column, ...]:
    """From left to right; where there is no room for all, the last of NEEDED goes first."""
    return (
        Column("number", _("Number"), lambda row: str(row.elector.key), "number", 10),
        Column("name", _("Name"), name, "name", 22),
        Column("address", field_name("address"), lambda row: row.elector.address.replace("\n", ", "), letters=26),
        Column("postcode", field_name("postcode"), lambda row: row.elector.postcode, letters=9),
        Column("markers", field_name("markers"), markers, letters=11),
        Column("absent", _("Votes"), lambda row: ", ".join(map(absent_name, row.absent)), letters=15),
    )


def name(row: Row) -> str:
    """Surname first; what kind of entry it is where there is no name."""
    elector = row.elector
    return ", ".join(part for part in (elector.surname, elector.forename) if part) or elector_kind_name(elector.kind)


def markers(row: Row) -> str:
    """The markers of the register's own file, after a word for an attainer."""
    return ", ".join(part for part in (_("Attainer") if row.attainer else "", row.elector.markers) if part)


def fit(table: PagedTable) -> None:
    """Show as many columns as there is room for."""
    fit_columns(table, NEEDED, ("number", "name"))


class RegisterModel(PagedModel):
    """Electors by page."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As the paged table has it, and an icon for an attainer: colour is never the only sign."""
        if role != Qt.ItemDataRole.DecorationRole:
            return super().data(index, role)
        row = self.row_at(index.row())
        if row is not None and row.attainer and self.columns[index.column()].code == "name":
            return assets.pixmap("clock", "warning", 16)
        return None
