"""The fields of a register as a form shows them: each with its clause, moments by British clocks, other entries to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dpdesk.domain.registers.declaring import LINE_LONGEST, Field, Kind, Register
from dpdesk.services import duty_typed
from dpdesk.ui.duties.rows import Rows
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.several import Several
from dpdesk.ui.words import _

_KINDS = {Kind.LONG: "long", Kind.DAY: "date", Kind.NUMBER: "number", Kind.CHOICE: "choice", Kind.TICK: "tick", Kind.ENTRY: "choice"}
Names = Mapping[str, Mapping[str, str]]  # register -> identity -> what the entry is called


def specs_of(register: Register, codes: Iterable[str] | None = None, names: Names | None = None) -> list[FieldSpec]:
    """The fields of a register, or those of `codes`, as a form takes them."""
    wanted = None if codes is None else set(codes)
    return [spec_of(each, names) for each in register.fields if wanted is None or each.code in wanted]


def spec_of(field: Field, names: Names | None = None) -> FieldSpec:
    """One field."""
    label, about = _(field.label), _(field.help) if field.help else ""
    group, note = _(field.group) if field.group else "", _(field.clause) if field.clause else ""
    if field.kind is Kind.SEVERAL:
        choices = tuple((code, _(words)) for code, words in field.choices)
        return FieldSpec(field.code, label, help=about, group=group, span=True, note=note,
                         make=lambda on_edit: Several(choices, on_edit))
    if field.kind is Kind.ROWS:
        specs = tuple(spec_of(each, names) for each in field.columns)
        return FieldSpec(field.code, label, help=about, group=group, span=True, note=note,
                         make=lambda on_edit: Rows(field, specs, on_edit))
    choices = ()
    if field.kind is Kind.CHOICE:
        choices = (("", _("Not chosen yet")), *((code, _(words)) for code, words in field.choices))
    elif field.kind is Kind.ENTRY:
        choices = (("", _("None")), *((names or {}).get(field.to, {}).items()))
    moment = field.kind is Kind.MOMENT
    return FieldSpec(field.code, label, _KINDS.get(field.kind, "text"), about, choices, 20 if moment else LINE_LONGEST, group,
                     field.kind in (Kind.LONG, Kind.TICK), _("DD/MM/YYYY HH:MM") if moment else "", note)


def typed(register: Register, values: Mapping[str, str]) -> dict[str, str]:
    """Stored values as they stand in a form."""
    kinds = {each.code: each.kind for each in register.fields}
    return {code: duty_typed.shown_moment(value) if kinds.get(code) is Kind.MOMENT else value for code, value in values.items()}


def stored(register: Register, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What stands in a form as it is stored, and problem codes for what cannot be read."""
    known = {each.code for each in register.fields}
    return duty_typed.read(register, {code: value for code, value in values.items() if code in known})
