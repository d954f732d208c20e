"""Which lists on a disk look like a register of electors or a list of members, by their headers alone (S1 §27.6, §27.8)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from dpdesk.domain import import_headers, register_layouts

ENDINGS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods"})
PASSED_BY = frozenset({".cache", ".git", ".venv", "__pycache__", "node_modules"})
"""Folders that hold programs and their leavings, never lists that somebody saved."""
_REACHES = frozenset({"email", "mobile", "landline", "postcode", "address1", "date_of_birth", "membership_type", "joined_on", "renewal_on"})


class Kind(StrEnum):
    """What a list looks like."""

    REGISTER = "register"
    PEOPLE = "people"


def kind_of(headers: Sequence[str]) -> Kind | None:
    """A known layout, or elector numbers, is a register; names with two ways to reach or know them are people."""
    layout = register_layouts.layout_of(headers)
    register = set(register_layouts.propose(headers, layout).values())
    named = register & {"surname", "full_name"}
    if layout != "generic" or ({"district", "number"} <= register and named) or (_says_elector(headers) and named):
        return Kind.REGISTER
    people = set(import_headers.propose(headers).values())
    return Kind.PEOPLE if people & {"surname", "full_name"} and len(people & _REACHES) >= 2 else None


def _says_elector(headers: Sequence[str]) -> bool:
    """Whether a column is of elector numbers, and says so."""
    return any({"elector", "electoral", "eno", "roll"} & set(register_layouts.plain(each).split()) for each in headers)
