"""How the fields of a register are typed on the command line: --set FIELD=VALUE, --row FIELD CELL …, and what is said where it is wrong."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from dpdesk.cli.call import Call
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.registers.declaring import Field, Kind, Register, rows_of
from dpdesk.services.words import tr

_RISKS = "risks"


def declare_values(parser) -> None:
    """The options by which fields are given."""
    parser.add_argument("--set", dest="values", action="append", default=[], metavar="FIELD=VALUE", help=tr(
        "a field; days as 24/11/2026 or today, moments as “24/11/2026 21:05”, “21:05” or now, choices as codes or in words, several parted "
        "by commas, another entry by its reference; without a value it is emptied"))
    parser.add_argument("--row", dest="rows", action="append", nargs="+", default=[], metavar=("FIELD", "CELL"), help=tr(
        "one more row of a field that holds rows, its cells in the order that “registers fields” shows, or as COLUMN=WORDS"))
    parser.add_argument("--risk", dest="risks", action="append", nargs="+", default=[], metavar="CELL", help=tr(
        "one more risk of an assessment: RISK LIKELIHOOD SEVERITY [MEASURE], such as --risk \"A stick is lost\" possible severe Encrypted"))
    parser.add_argument("--note", default="", metavar="TEXT")


def asked(register: Register, field: Field) -> str:
    """How a field is typed, in a few words: its choices, its columns, where it points."""
    from dpdesk.services.duty_typed import row_columns
    if field.kind is Kind.ROWS:
        cells = " ".join(each.code.upper() if each.needed else f"[{each.code.upper()}]" for each in row_columns(field))
        return f"--risk {cells}" if field.code == _RISKS else f"--row {field.code} {cells}"
    if field.kind is Kind.ENTRY:
        from dpdesk.services.duties import register_of
        return f"{register_of(field.to).prefix}-1"
    return ", ".join(code for code, _words in field.choices)


@contextlib.contextmanager
def labelled(call: Call, register: Register) -> Iterator[None]:
    """Problems of fields under the names that the register gives them; the choices there are go with them as a note."""
    try:
        yield
    except Invalid as error:
        own = {each.code: each for each in register.fields}
        cells = {f"{each.code}.{cell.code}": cell for each in register.fields for cell in each.columns}
        for code, what in error.problems.items():
            field = own.get(code) or cells.get(code)
            if what == "unknown" and field is not None and field.choices:
                call.out.note(tr("{field}, one of: {choices}", field=tr(field.label), choices=", ".join(
                    f"{each} ({tr(words)})" for each, words in field.choices)))
            elif what == "field_unknown":
                call.out.note(tr("“dpdesk registers fields {register}” lists the fields.", register=register.code))
        raise Invalid({f"{register.code}.{code}" if code.partition(".")[0] in own else code: what
                       for code, what in error.problems.items()}) from error


def values(call: Call, session: Any, register: Register, shown: Any = None) -> dict[str, str]:
    """What was given, as it is stored; rows are added to those `shown` has. Raises `Invalid`."""
    from dpdesk.services import duty_typed
    given: dict[str, str] = {}
    for each in call.args.values:
        code, sign, value = each.partition("=")
        if not sign:
            raise Usage(tr("Write --set FIELD=VALUE; “registers fields” lists the fields."))
        given[code.strip()] = value
    found, problems = duty_typed.read(register, given)
    problems |= _entries(session, register, found)
    for code, *cells in [*call.args.rows, *([_RISKS, *each] for each in call.args.risks)]:
        problems |= _add_row(register, code, cells, found, dict(shown.duty.values) if shown else {})
    if problems:
        raise Invalid(problems)
    return found


def _add_row(register: Register, code: str, cells: list[str], found: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """Put one more row into `found`; the problems of its cells, by FIELD.COLUMN."""
    from dpdesk.services import duty_typed
    field = next((each for each in register.fields if each.code == code and each.kind is Kind.ROWS), None)
    if field is None:
        return {code: "field_unknown"}
    made, problems = duty_typed.row(field, cells)
    if not problems:
        found[code] = json.dumps([*rows_of(found.get(code, before.get(code, ""))), made], ensure_ascii=False)
    return {f"{code}.{column}" if column else code: what for column, what in problems.items()}


def _entries(session: Any, register: Register, found: dict[str, str]) -> dict[str, str]:
    """Put the identity of an entry for its reference (RQ-7); the problems of what is none."""
    from dpdesk.services import duties
    problems = {}
    for field in register.fields:
        if field.kind is Kind.ENTRY and found.get(field.code):
            try:
                entry = duties.get(session, found[field.code])
            except NotFound:
                problems[field.code] = "entry_unknown"
                continue
            if entry.register.code == field.to:
                found[field.code] = entry.duty.id
            else:
                problems[field.code] = "entry_unknown"
    return problems
