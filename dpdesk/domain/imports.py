"""Bringing a list in: what a column may become, what its words say, and how each row and the whole list ended.

Reasons why the whole list is refused (`ImportRefused.reason`, with the headers it speaks of):
  no_name_column    no column gives a name           field_twice      two columns for one field
  refused_column    a column the policy has no purpose for was mapped by hand
  stop_left_out     a column of opt-outs was mapped to something else or to nothing
  unknown_target    a column was mapped to something that does not exist
  list_changed      the file is no longer the one that was looked at
  older_list        it is taken as the whole membership, but a newer whole list is on the desk
Reasons why a row is refused:
  ragged            it has fewer or more cells than the header
  formula           a cell begins like a spreadsheet formula        control     a hidden or control character
  too_long          a value is longer than its field                name_missing  neither forename nor surname
  email_bad phone_bad postcode_bad date_bad status_unknown          the value cannot be read as one
  date_month_first  the day cannot come first, so the column seems to be month first
  date_ambiguous    another row shows that this column is month first, so 1/2 may be either
  in_future too_long_ago before_birth missing                       a rule across fields (domain/members.py)
  parent_consent_missing   under age without a parent's consent (S1 6.1)
  stop_unkeyed      it says "do not contact" but holds nothing to recognise the person by next time
  number_mangled    a spreadsheet has shortened the number: "1.23E+05"
  erased_before     it looks like somebody who was erased here on request
  duplicate_in_file  an earlier row of the list is the same person  ambiguous   two people of the desk fit
Remarks (`remarks` of a preview: counted, the row comes in all the same):
  left_out          a value that cannot be read was left out, as asked     stop_word_unknown  an unknown word in an opt-out
  column counts as an opt-out                                              consent_stopped    a "yes" where a stop holds
  consent_withdrawn a "yes" where the person withdrew consent before       phones_swapped     mobile and landline changed places
  contact_joins     a contact of the desk is on the list, and becomes a member: the same record
  archived_back     somebody of the archive comes back, since the list has them as a member
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.contacting import ALL_CHANNELS, Channel
from dpdesk.domain.errors import ImportRefused
from dpdesk.domain.import_headers import SEVERAL, contact_target, normal
from dpdesk.domain.members import CODES

LIST_REASONS = ("no_name_column", "field_twice", "refused_column", "stop_left_out", "unknown_target", "list_changed", "older_list")
UNREADABLE_VALUES = ("email_bad", "phone_bad", "postcode_bad", "date_bad", "date_month_first", "date_ambiguous",
                     "status_unknown")
ROW_REASONS = ("ragged", "formula", "control", "too_long", "name_missing", *UNREADABLE_VALUES, "in_future",
               "too_long_ago", "before_birth", "missing", "parent_consent_missing", "duplicate_in_file", "ambiguous",
               "stop_unkeyed", "number_mangled", "erased_before")
REMARKS = ("contact_joins", "archived_back", "left_out", "stop_word_unknown", "consent_stopped", "consent_withdrawn", "phones_swapped")
REASONS = (*LIST_REASONS, *ROW_REASONS, *REMARKS)

_CHANNEL_CODES = tuple(channel.value for channel in Channel)
TARGETS: tuple[str, ...] = (
    *CODES, "full_name", "deceased", *(f"stop:{channel}" for channel in (*_CHANNEL_CODES, ALL_CHANNELS)),
    *(f"consent:{channel}" for channel in _CHANNEL_CODES))
"""All a column may become; "" leaves it out."""

_NO = frozenset({"", "no", "n", "false", "f", "0", "0 0", "off", "none", "never", "nil", "null", "na", "n a", "in", "opted in",
                 "opt in", "subscribed", "active", "ok", "okay", "allowed", "not opted out", "on hold bounce", "bounce",
                 "0000 00 00", "0000 00 00 00 00 00", "not set", "unset", "fine"})
_YES = frozenset({"yes", "y", "true", "t", "1", "1 0", "x", "on", "checked", "ticked", "tick", "opted out", "opt out",
                  "out", "unsubscribed", "banned", "stop", "stopped", "do not contact", "do not email", "do not mail",
                  "do not phone", "dnc", "blocked", "suppressed", "objected", "on hold opt out", "refused", "declined"})
_CONSENTS = frozenset({"yes", "y", "true", "t", "1", "1 0", "on", "ok", "okay", "checked", "ticked", "tick", "opted in",
                       "opt in", "in", "subscribed", "consented", "consent given", "agreed", "agree", "allowed",
                       "permitted"})
_TICKS = "✓✔☑✅🗸"
_WORDS = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def stop_says(text: str) -> bool | None:
    """Whether a cell of an opt-out column says stop; None for a word nobody knows, which counts as a stop."""
    if any(tick in text for tick in _TICKS):
        return True
    plain = _plain(text)
    if plain in _NO:
        return False if plain or not text.strip(" -–—.\u00a0\t") else None
    if plain in _YES or re.match(r"(19|20)\d\d |\d\d? \d\d? (19|20)?\d\d\b", plain):
        return True
    return None


def consent_says(text: str) -> bool:
    """Whether a cell of a consent column is a plain yes; anything else, and silence, is no consent."""
    return any(tick in text for tick in _TICKS) or _plain(text) in _CONSENTS


@dataclass(frozen=True)
class Counts:
    """How the rows of a list ended. `stops` and `consents` are those it adds; `missing` the members not in the list."""

    total: int = 0
    new: int = 0
    changed: int = 0
    lapsed: int = 0
    unchanged: int = 0
    refused: int = 0
    stops: int = 0
    consents: int = 0
    missing: int = 0


@dataclass(frozen=True)
class WholeList:
    """That a list is the whole membership as it stood on `day` (ISO): who is not in it has left (S1 §27.8)."""

    day: str


@dataclass(frozen=True)
class Missing:
    """A standing member whom a whole list does not name."""

    row: int
    id: str
    number: str
    name: str
    status: str
    joined_on: str


class ImportState(StrEnum):
    """Where an import stands: in force, taken back, or replaced by a newer whole list (its snapshot is erased)."""

    APPLIED = "applied"
    ROLLED_BACK = "rolled_back"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class KeptImport:
    """An import as the desk keeps it: `seq` its entry in the log, `counts` as it ended, `source` the copy of its file."""

    id: str
    seq: int
    file: str
    whole: bool
    counts: Counts
    state: ImportState
    source: str
    at: str = ""
    officer: str = ""


@dataclass(frozen=True)
class ErasedBefore:
    """A row of a list that looks like somebody who was erased here on request: left out unless the officer says otherwise."""

    row: int
    name: str
    on: str
    why: str
    certificate: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that does not come in: its line in the file, the reason's code, the field, and a detail without personal data."""

    row: int
    reason: str
    field: str = ""
    detail: str = ""


def check_mapping(headers: Sequence[str], mapping: Mapping[int, str], refused: Mapping[int, object]) -> None:
    """Raise `ImportRefused` for a mapping that must not or cannot be followed."""
    used: dict[str, list[int]] = {}
    for column, target in mapping.items():
        if not 0 <= column < len(headers) or (target and target not in TARGETS):
            raise ImportRefused("unknown_target", (headers[column] if 0 <= column < len(headers) else target,))
        if target:
            used.setdefault(target, []).append(column)
    for column, header in enumerate(headers):
        target = mapping.get(column, "")
        if column in refused and target:
            raise ImportRefused("refused_column", (header,))
        if contact_target(normal(header)).startswith("stop:") and not target.startswith("stop:"):
            raise ImportRefused("stop_left_out", (header,))
    for target, columns in used.items():
        if len(columns) > 1 and target not in SEVERAL and ":" not in target:
            raise ImportRefused("field_twice", tuple(headers[column] for column in columns))
    if not used.keys() & {"forename", "surname", "full_name"}:
        raise ImportRefused("no_name_column")
