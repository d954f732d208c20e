"""The columns of the list: what each says, by what it sorts, and the flags that stand beside a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from dpdesk.domain.members import Kind
from dpdesk.ui import assets
from dpdesk.ui.members import sentences
from dpdesk.ui.widgets.fit import fit_columns
from dpdesk.ui.widgets.paged import Column, PagedModel
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, field_name, status_name

if TYPE_CHECKING:
    from dpdesk.services.members import Row


def columns(kind: Kind, words: Callable[[str, str], str]) -> tuple[Column, ...]:
    """The columns for members or contacts, from left to right; the last takes what room is left.

    `words(code, value)` gives what may show of a contact detail now.
    """
    name = Column("name", _("Name"), _name, "name", 24)
    mail = Column("email", field_name("email"), lambda row: words("email", row.member.email), letters=23)
    phone = Column("phone", _("Phone"), lambda row: _phone(row, words), letters=12)
    place = Column("place", _("Postcode, town"), _place, "postcode", 16)
    stops = Column("stops", _("Stops"), lambda row: sentences.stops_words(row.stopped), letters=15)
    if kind is Kind.CONTACT:
        return (name, place, mail, phone, stops)
    return (
        name, Column("number", _("Number"), lambda row: row.member.number, "number", 9),
        Column("status", field_name("status"), lambda row: status_name(row.member.status), "status", 9), place, mail, phone,
        Column("joined", field_name("joined_on"), lambda row: sentences.short_day(row.member.joined_on), "joined", 11),
        stops)


# Where there is no room for all, those at the end go first; the panel and the person's page have them.
NEEDED = ("name", "stops", "status", "place", "number", "joined", "email", "phone")


def fit(table: PagedTable) -> None:
    """Show as many columns as there is room for."""
    fit_columns(table, NEEDED, ("name", "stops"))


class PeopleModel(PagedModel):
    """People by page, with an icon beside the words of a flag: colour is never the only sign."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As the paged table has it, and the icons."""
        if role != Qt.ItemDataRole.DecorationRole:
            return super().data(index, role)
        row, code = self.row_at(index.row()), self.columns[index.column()].code
        if row is not None and code == "name" and age_flag(row):
            return assets.pixmap("triangle-alert", "warning", 16)
        if row is not None and code == "stops" and row.stopped:
            return assets.pixmap("ban", "danger", 16)
        return None


def age_flag(row: Row) -> str:
    """"Under 18" beside a name, in a word; "" for most."""
    if "child" in row.flags:
        return _("Child")
    return _("Under 18") if "under_18" in row.flags else ""


def _name(row: Row) -> str:
    member = row.member
    listed = ", ".join(part for part in (member.surname, member.known_as or member.forename) if part)
    young = age_flag(row)
    name = listed or sentences.name_of(member)
    return _("{name} · {flag}").format(name=name, flag=young) if young else name


def _phone(row: Row, words: Callable[[str, str], str]) -> str:
    code = "mobile" if row.member.mobile else "landline"
    value = getattr(row.member, code)
    shown = words(code, value)
    return sentences.phone_words(value) if shown == value else shown


def _place(row: Row) -> str:
    return ", ".join(part for part in (row.member.postcode, row.member.town) if part)
