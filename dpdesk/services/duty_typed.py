"""What an officer typed for the fields of a register, as it is stored: days by British habit, moments by British clocks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dpdesk.domain.clocks import british, utc_of
from dpdesk.domain.errors import Invalid
from dpdesk.domain.registers.declaring import Field, Kind, Register
from dpdesk.services.details_dates import read_day
from dpdesk.services.session import today

_CLOCK = re.compile(r"^(?P<day>.+?)(?:\s*(?:T|,|\bat\b|\s)\s*)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})$")


def read(register: Register, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as stored, and field code -> problem code for what cannot be read."""
    known = {each.code: each for each in register.fields}
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for code, value in typed.items():
        if code not in known:
            problems[code] = "unknown"
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
        return read_day(value, today())
    if field.kind is Kind.MOMENT:
        return read_moment(value)
    if field.kind is Kind.SEVERAL:
        return " ".join(dict.fromkeys(re.split(r"[\s,]+", value))), ""
    if field.kind is Kind.TICK:
        return ("yes" if value.casefold() in ("yes", "y", "true", "1") else ""), ""
    if field.kind is Kind.NUMBER:
        return value.replace(",", ""), ""
    return value, ""


def read_moment(typed: str) -> tuple[str, str]:
    """A day and time by British clocks ("24/11/2026 21:05", "2026-11-24T21:05") as UTC; a UTC moment stays as it is."""
    if typed.endswith("Z"):
        return typed, ""
    match = _CLOCK.match(typed.strip())
    if not match or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return typed, "moment_bad"
    day, wrong = read_day(match["day"], today())
    return (typed, "moment_bad") if wrong else (utc_of(f"{day}T{int(match['hour']):02}:{match['minute']}"), "")


def shown_moment(iso: str) -> str:
    """A stored moment as it is typed: "24/11/2026 21:05"."""
    try:
        return british(iso).strftime("%d/%m/%Y %H:%M") if iso else ""
    except ValueError:
        return iso


def day_of(typed: str) -> str:
    """A day as typed, as ISO; raises `Invalid` under `moved_on`."""
    found, wrong = read_day(typed, today()) if typed else ("", "")
    if wrong:
        raise Invalid({"moved_on": wrong})
    return found
