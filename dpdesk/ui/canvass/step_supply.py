"""Step 2: what kind of file it is, who supplied it, by what right, for what use and until when; and its columns, folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.electors import Absent
from dpdesk.domain.register_files import REGULATIONS, Entitlement, FileKind, Permitted, Supply
from dpdesk.services.register_words import (
    absent_name,
    entitlement_name,
    kind_name,
    layout_name,
    permitted_name,
    regulation_name,
)
from dpdesk.services.words import table_note
from dpdesk.ui import theme
from dpdesk.ui.canvass.matching import ColumnsTable
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, field_name, problem, trn

if TYPE_CHECKING:
    from dpdesk.services.register import Draft, Taking
    from dpdesk.ui.canvass.wizard import TakeInPage

_ONLY = {"polling_day": {FileKind.MARKED}, "how": {FileKind.ABSENT}, "whole": {FileKind.FULL}, "year": {FileKind.FULL}}


class SupplyStep(QWidget):
    """The record of supply as a form (S1 §19)."""

    def __init__(self, page: TakeInPage) -> None:
        super().__init__()
        self._page = page
        self._draft: Draft | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 2)
        self.heading = text("", "heading")
        self.words = text("", "quiet")
        self.form = Form(_specs(), columns=2)
        self.form.edited.connect(self._fit)
        self.columns = ColumnsTable()
        self.section = Section(_("Columns"), open=False)
        self.section.body.addWidget(self.columns)
        for each in (self.heading, self.words, self.form, self.section):
            layout.addWidget(each)

    @property
    def first(self) -> QWidget:
        """Who supplied it comes first."""
        return self.form.field("supplier").control

    def show_draft(self, draft: Draft, file_day: str, last_day: str, kept: Mapping[str, Any]) -> None:
        """Show what the file seems to be."""
        from dpdesk.services.register import register_year
        self._draft = draft
        self.heading.setText(draft.table.name)
        self.words.setText(" ".join((trn("{n} row.", "{n} rows.", draft.row_count), _("It looks like: {kind}; {layout}.",
                                     kind=kind_name(draft.kind.value), layout=layout_name(draft.layout)),
                                     *map(table_note, draft.table.notes))))
        before = self.form.values()
        lasting = {code: before[code] for code in ("supplier", "entitlement", "regulation", "permitted", "area") if before[code]}
        self.form.show({"kind": draft.kind.value, "entitlement": Entitlement.PARTY.value, "regulation": REGULATIONS[0],
                        "permitted": Permitted.ELECTORAL.value, "how": Absent.POSTAL.value, "supplied_on": file_day, "destroy_by": last_day,
                        "year": str(register_year(file_day)), **lasting, **kept.get("form", {})})
        self.columns.show_draft(draft, {int(column): target for column, target in kept.get("mapping", {}).items()})
        left = len(draft.left_out)
        self.section.set_heading(_("Columns: {n} of {all} are used", n=len(draft.headers) - left, all=len(draft.headers)))
        self.section.set_open(draft.layout == "generic" and not draft.remembered)
        self._fit()

    def entered(self) -> dict[str, Any]:
        """What was entered, to come back to."""
        return {"form": self.form.values(), "mapping": {str(column): target for column, target in self.mapping().items()}}

    def open_columns(self) -> None:
        """Show the columns."""
        self.section.set_open(True)

    def kind(self) -> FileKind:
        """The kind of file chosen."""
        return FileKind(self.form.values()["kind"] or FileKind.FULL.value)

    def supply(self) -> Supply:
        """The record of supply as entered."""
        given, kind = self.form.values(), self.kind()
        return Supply(given["supplier"], given["supplied_on"], given["destroy_by"], Entitlement(given["entitlement"]), given["regulation"],
                      Permitted(given["permitted"]), self._year(), given["area"], given["polling_day"] if kind is FileKind.MARKED else "")

    def _year(self) -> int:
        from dpdesk.services.register import register_year
        given = self.form.values()
        typed = given["year"].strip()
        return int(typed) if typed.isdecimal() and self.kind() is FileKind.FULL else register_year(given["supplied_on"])

    def taking(self) -> Taking:
        """How the file is taken."""
        from dpdesk.services.register import Taking
        given = self.form.values()
        return Taking(self.kind(), bool(given["whole"]) and self.kind() is FileKind.FULL, given["district"], Absent(given["how"]),
                      self._year())

    def mapping(self) -> dict[int, str]:
        """What each column becomes."""
        return self.columns.mapping()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Field -> problem code, beside the fields."""
        if problems:
            self.form.show_problems({code: problem(why) for code, why in problems.items()})
        else:
            self.form.clear_problems()

    def _fit(self) -> None:
        """Ask only what this kind of file needs."""
        kind = self.kind()
        for code, kinds in _ONLY.items():
            self.form.field(code).setVisible(kind in kinds)


def _specs() -> tuple[FieldSpec, ...]:
    what, supply = _("What it is"), _("The record of supply")
    return (
        FieldSpec("kind", _("Kind of file"), "choice", choices=tuple((each.value, kind_name(each.value)) for each in FileKind), group=what),
        FieldSpec("year", field_name("year"), "number", longest=4, group=what),
        FieldSpec("how", _("Kind of list"), "choice", choices=tuple((each.value, absent_name(each.value)) for each in Absent), group=what),
        FieldSpec("polling_day", field_name("polling_day"), "date", group=what),
        FieldSpec("district", _("District of bare numbers"), group=what, longest=40,
                  help=_("Only where the file gives numbers without their polling district.")),
        FieldSpec("whole", _("It is the whole register: electors of districts it does not name leave"), "tick", group=what, span=True),
        FieldSpec("supplier", field_name("supplier"), group=supply, longest=200, placeholder=_("Anytown Council, electoral services")),
        FieldSpec("supplied_on", field_name("supplied_on"), "date", group=supply),
        FieldSpec("entitlement", field_name("entitlement"), "choice", group=supply,
                  choices=tuple((each.value, entitlement_name(each.value)) for each in Entitlement)),
        FieldSpec("regulation", field_name("regulation"), "choice", group=supply,
                  choices=tuple((code, regulation_name(code)) for code in REGULATIONS)),
        FieldSpec("permitted", field_name("permitted"), "choice", group=supply,
                  choices=tuple((each.value, permitted_name(each.value)) for each in Permitted)),
        FieldSpec("area", field_name("area"), group=supply, longest=200, placeholder=_("Millbrook ward")),
        FieldSpec("destroy_by", field_name("destroy_by"), "date", group=supply,
                  help=_("It comes up on Today then, or once a newer one is in.")),
    )
