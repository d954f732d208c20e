"""How the values of a policy file are read: each reader takes a value and where it stands, and returns it as the policy keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any

from dpdesk.domain.headings import header_words


class Fault(StrEnum):
    """What can be wrong at one place of a policy file."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong_type"
    BLANK = "blank"
    NOT_ONE_LINE = "not_one_line"
    NOT_A_CODE = "not_a_code"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    NOT_HTTPS = "not_https"
    NOT_PLAIN_WORDS = "not_plain_words"
    OUT_OF_RANGE = "out_of_range"
    OUT_OF_ORDER = "out_of_order"
    REPEATED = "repeated"
    NOT_TOML = "not_toml"
    TOO_LARGE = "too_large"


class PolicyProblem(ValueError):
    """A policy does not hold: `where` is a path such as `refused_columns[2].words[0]`, `problem` a `Fault` value."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, str(problem))
        self.where = where
        self.problem = str(problem)


Reader = Callable[[Any, str], Any]
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def of_type(kind: type, value: Any, where: str) -> Any:
    """The value itself, where it is of just that type."""
    if type(value) is not kind:  # not isinstance: True is no number of minutes
        raise PolicyProblem(where, Fault.WRONG_TYPE)
    return value


def yes_or_no(value: Any, where: str) -> bool:
    """True or false."""
    return bool(of_type(bool, value, where))


def prose(value: Any, where: str) -> str:
    """Text of any length."""
    if not of_type(str, value, where).strip():
        raise PolicyProblem(where, Fault.BLANK)
    return value.strip()


def line(value: Any, where: str) -> str:
    """Text on one line."""
    text = prose(value, where)
    if not text.isprintable():
        raise PolicyProblem(where, Fault.NOT_ONE_LINE)
    return text


def line_or_none(value: Any, where: str) -> str:
    """Text on one line, or nothing."""
    return line(value, where) if value != "" else ""


def https(value: Any, where: str) -> str:
    """An address that begins with https."""
    text = line(value, where)
    if not re.fullmatch(r"https://[a-z0-9.-]+(/\S*)?", text):
        raise PolicyProblem(where, Fault.NOT_HTTPS)
    return text


def code(value: Any, where: str) -> str:
    """A lasting code: lower-case letters, digits and underscores."""
    if not _CODE.fullmatch(of_type(str, value, where)):
        raise PolicyProblem(where, Fault.NOT_A_CODE)
    return value


def iso_date(value: Any, where: str) -> str:
    """A day, YYYY-MM-DD."""
    if _DATE.fullmatch(of_type(str, value, where)):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    raise PolicyProblem(where, Fault.NOT_A_DATE)


def plain_words(value: Any, where: str) -> str:
    """Lower-case words without punctuation, as headers are read."""
    if prose(value, where) != " ".join(header_words(value)):
        raise PolicyProblem(where, Fault.NOT_PLAIN_WORDS)
    return value


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`."""
    def read(value: Any, where: str) -> int:
        if not low <= of_type(int, value, where) <= high:
            raise PolicyProblem(where, Fault.OUT_OF_RANGE)
        return value
    return read


def choice(choices: type[StrEnum]) -> Reader:
    """One of the values of an enumeration."""
    def read(value: Any, where: str) -> StrEnum:
        if of_type(str, value, where) not in set(choices):
            raise PolicyProblem(where, Fault.NOT_A_CHOICE)
        return choices(value)
    return read


def each(read_one: Reader, *, by: str = "", least: int = 1) -> Reader:
    """A list of at least `least` things, no two alike (in attribute `by`, where given)."""
    def read(value: Any, where: str) -> tuple[Any, ...]:
        found: dict[Any, Any] = {}
        for index, item in enumerate(of_type(list, value, where)):
            one = read_one(item, f"{where}[{index}]")
            key = getattr(one, by) if by else one
            if key in found:
                raise PolicyProblem(f"{where}[{index}]", Fault.REPEATED)
            found[key] = one
        if len(found) < least:
            raise PolicyProblem(where, Fault.BLANK)
        return tuple(found.values())
    return read


def record(cls: type, **readers: Reader) -> Reader:
    """A table with exactly the keys of `readers`."""
    def read(value: Any, where: str) -> Any:
        prefix = f"{where}." if where else ""
        for key in of_type(dict, value, where):
            if key not in readers:
                raise PolicyProblem(f"{prefix}{key}", Fault.UNKNOWN)
        for key in readers:
            if key not in value:
                raise PolicyProblem(f"{prefix}{key}", Fault.MISSING)
        return cls(**{key: reader(value[key], f"{prefix}{key}") for key, reader in readers.items()})
    return read
