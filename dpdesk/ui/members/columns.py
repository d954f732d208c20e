"""The columns of the list: what each says, by what it sorts, and the flags that stand beside a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from dpdesk.domain.members import Kind
from dpdesk.ui import assets
from dpdesk.ui.members import sentences
from dpdesk.ui.widgets.fit import fit_columns
from dpdesk.ui.widgets.paged import Column, PagedModel
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, capacity_name, field_name, status_name

if TYPE_CHECKING:
    from dpdesk.services.members import Row


ALWAYS = ("name", "stops")
"""Shown whatever was chosen: who it is, and that they are not to be contacted."""
_USUAL = {Kind.MEMBER: ("name", "number", "status", "place", "email", "phone", "joined", "stops"),
          Kind.CONTACT: ("name", "capacity", "place", "email", "phone", "last_contact", "stops")}
_PLAIN = {"ward": 14, "branch": 14, "membership_type": 13, "town": 14, "address1": 20, "title": 6, "known_as": 12}
_DAYS = ("renewal_on",)


def every(kind: Kind, words: Callable[[str, str], str]) -> tuple[Column, ...]:
    """Every column a list of members or contacts can have. `words(code, value)` gives what may show of a contact detail now."""
    made = (
        Column("name", _("Name"), _name, "name", 24),
        Column("number", _("Number"), lambda row: row.member.number, "number", 9),
        Column("status", field_name("status"), lambda row: status_name(row.member.status), "status", 9),
        Column("place", _("Postcode, town"), _place, "postcode", 16),
        Column("email", field_name("email"), lambda row: words("email", row.member.email), letters=23),
        Column("phone", _("Phone"), lambda row: _phone(row, words), letters=12),
        Column("capacity", field_name("capacity"), lambda row: ", ".join(map(capacity_name, row.capacities)), letters=20),
        Column("last_contact", field_name("last_contact_on"), lambda row: sentences.short_day(row.last_contact), letters=11),
        Column("joined", field_name("joined_on"), lambda row: sentences.short_day(row.member.joined_on), "joined", 11),
        *(Column(code, field_name(code), _plain(code), letters=wide) for code, wide in _PLAIN.items()),
        *(Column(code, field_name(code), _day_of(code), letters=11) for code in _DAYS),
        Column("date_of_birth", field_name("date_of_birth"), lambda row: _born(row, words), letters=11),
        Column("stops", _("Stops"), lambda row: sentences.stops_words(row.stopped), letters=15))
    only = ("status", "membership_type", "renewal_on", "joined")
    return tuple(column for column in made if kind is Kind.MEMBER or column.code not in only)


def usual(kind: Kind, words: Callable[[str, str], str]) -> tuple[Column, ...]:
    """The columns until an officer chooses others, from left to right."""
    return chosen(kind, words, ())


def chosen(kind: Kind, words: Callable[[str, str], str], codes: Sequence[str]) -> tuple[Column, ...]:
    """The columns of `codes`, from left to right, name first and stops last where they are not among them; none: the usual ones."""
    known = {column.code: column for column in every(kind, words)}
    wanted = [code for code in dict.fromkeys(codes or _USUAL[kind]) if code in known]
    wanted = ["name"] * ("name" not in wanted) + wanted + ["stops"] * ("stops" not in wanted)
    return tuple(known[code] for code in wanted)


# Where there is no room for all, those at the end go first; the panel and the person's page have them.
NEEDED = ("name", "stops", "capacity", "last_contact", "status", "place", "number", "joined", "email", "phone")


def fit(table: PagedTable, by_order: bool = False) -> None:
    """Show as many columns as there is room for: the most needed, or with `by_order` the first ones."""
    codes = [column.code for column in table.paged.columns]
    fit_columns(table, (*ALWAYS, *(code for code in codes if code not in ALWAYS)) if by_order else NEEDED, ALWAYS)


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
    """"Under 18" beside a name, in a word, or that the use of their data is restricted; "" for most."""
    if "restricted" in row.flags:
        return _("Use restricted")
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


def _plain(code: str) -> Callable[[Row], str]:
    return lambda row: getattr(row.member, code)


def _day_of(code: str) -> Callable[[Row], str]:
    return lambda row: sentences.short_day(getattr(row.member, code))


def _born(row: Row, words: Callable[[str, str], str]) -> str:
    value = row.member.date_of_birth
    shown = words("date_of_birth", value)
    return sentences.short_day(value) if shown == value else shown


def _place(row: Row) -> str:
    return ", ".join(part for part in (row.member.postcode, row.member.town) if part)
