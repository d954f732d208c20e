"""What an officer typed for the fields of a register, as it is stored: days by British habit, moments by British clocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from dpdesk.domain.clocks import british, utc_of
from dpdesk.domain.errors import Invalid
from dpdesk.domain.registers.declaring import Field, Kind, Register
from dpdesk.services.details_dates import read_day
from dpdesk.services.session import today
from dpdesk.services.translation import tr

_CLOCK = re.compile(r"^(?:(?P<day>.+?)(?:\s*(?:T|,|\bat\b|\s)\s*))?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})$")
_NEAR = {"today": 0, "yesterday": 1}
_TICKS = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "", "n": "", "false": "", "0": ""}


def read(register: Register, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as stored, and field code -> problem code for what cannot be read."""
    known = {each.code: each for each in register.fields}
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for code, value in typed.items():
        if code not in known:
            problems[code] = "field_unknown"
            continue
        found[code], wrong = stored(known[code], value.strip())
        if wrong:
            problems[code] = wrong
    return found, problems


def stored(field: Field, value: str) -> tuple[str, str]:
    """One value as stored, and its problem code."""
    if not value:
        return "", ""
    if field.kind is Kind.DAY:
        return _day(value)
    if field.kind is Kind.MOMENT:
        return read_moment(value)
    if field.kind is Kind.CHOICE:
        return chosen(field, value), ""
    if field.kind is Kind.SEVERAL:
        return " ".join(dict.fromkeys(each for part in _parts(field, value) for each in chosen(field, part).split())), ""
    if field.kind is Kind.TICK:
        return _TICKS.get(value.casefold(), ""), "" if value.casefold() in _TICKS else "tick_bad"
    if field.kind is Kind.NUMBER:
        return value.replace(",", ""), ""
    return value, ""


def chosen(field: Field, typed: str) -> str:
    """The code of a choice, typed as code or in its words, or as far as no other begins so; what is none of them stays as typed."""
    said = " ".join(typed.casefold().split())
    names = {code: {code.casefold(), words.casefold(), tr(words).casefold()} for code, words in field.choices}
    for match in (lambda name: name == said, lambda name: len(said) > 2 and name.startswith(said)):
        found = [code for code, known in names.items() if any(map(match, known))]
        if len(found) == 1:
            return found[0]
    return typed


def _parts(field: Field, value: str) -> list[str]:
    """Several choices parted by commas or, as codes, by blanks; words that hold a comma themselves stay whole."""
    known = {code for code, _words in field.choices}
    if set(value.split()) <= known:
        return value.split()
    found, left = [], value.casefold()
    for code, words in field.choices:
        if "," in words and words.casefold() in left:
            found.append(code)
            left = left.replace(words.casefold(), "")
    return [*found, *(each for part in left.split(",") if (each := part.strip()))]


def row_columns(field: Field) -> list[Field]:
    """The columns of a row in the order they are typed in: what is needed, then what is written, then what may be chosen."""
    return sorted(field.columns, key=lambda each: (not each.needed, bool(each.choices)))


def row(field: Field, cells: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """One row of a ROWS field from its cells, in the order of `row_columns` or each as "column=words"; and column -> problem code."""
    columns = row_columns(field)
    known = {each.code: each for each in columns}
    given: dict[str, str] = {}
    for at, cell in enumerate(cells):
        code, sign, words = cell.partition("=")
        named = bool(sign) and code.strip() in known
        code = code.strip() if named else columns[at].code if at < len(columns) else "?"
        given[code] = (words if named else cell).strip()
    if "?" in given:
        return {}, {"": "row_too_long"}
    read = {code: stored(known[code], value) for code, value in given.items()}
    made = {code: value for code, (value, _wrong) in read.items() if value}
    problems = {code: wrong for code, (_value, wrong) in read.items() if wrong} | {
        each.code: "missing" for each in columns if each.needed and not made.get(each.code)} | {
        each.code: "unknown" for each in columns if each.choices and made.get(each.code) and made[each.code] not in dict(each.choices)}
    return made, problems


def _day(typed: str) -> tuple[str, str]:
    days = _NEAR.get(typed.casefold())
    return ((today() - timedelta(days=days)).isoformat(), "") if days is not None else read_day(typed, today())


def read_moment(typed: str) -> tuple[str, str]:
    """A day and time by British clocks ("24/11/2026 21:05", "yesterday 21:05", "21:05", "now") as UTC; a UTC moment stays as it is."""
    if typed.endswith("Z"):
        return typed, ""
    if typed.strip().casefold() == "now":
        return datetime.now(UTC).isoformat("T", "milliseconds").replace("+00:00", "Z"), ""
    match = _CLOCK.match(typed.strip())
    if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59 or not (match["day"] or ":" in typed):
        return typed, "moment_bad"
    day, wrong = _day(match["day"] or "today")
    return (typed, "moment_bad") if wrong else (utc_of(f"{day}T{int(match['hour']):02}:{match['minute']}"), "")


def shown_moment(iso: str) -> str:
    """A stored moment as it is typed: "24/11/2026 21:05"."""
    try:
        return british(iso).strftime("%d/%m/%Y %H:%M") if iso else ""
    except ValueError:
        return iso


def day_of(typed: str) -> str:
    """A day as typed, as ISO; raises `Invalid` under `moved_on`."""
    found, wrong = _day(typed) if typed else ("", "")
    if wrong:
        raise Invalid({"moved_on": wrong})
    return found
