"""Files of the electoral register: what each was supplied for, where it stands, and what may be done with it (S1 §19).

Reasons why a row stays out (`RefusedRow.reason`, beside those of `domain/imports.py`):
  number_bad     nothing that could be an elector's number     status_bad   neither A, M nor D
  number_twice   an earlier row of the file has this number
Remarks (counted; the row counts all the same):
  delete_unknown    a deletion of somebody who is not on the register     already_gone    a deletion that was made before
  change_unknown    a change of somebody not on the register: they are added
  add_known         an addition of somebody on the register: they are changed
  created_deleted   came and went within the file: left alone             vote_unmarked   no mark of having voted
  not_found         no elector of that number            name_other      another name stands under that number (a conflict)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is."""

    FULL = "full"
    UPDATE = "update"
    ABSENT = "absent"
    MARKED = "marked"


class Entitlement(StrEnum):
    """By what the branch is entitled to it."""

    PARTY = "registered_party"
    CANDIDATE = "candidate"
    ELECTED = "elected_representative"
    AGENT = "election_agent"


class Permitted(StrEnum):
    """What the law lets it be used for."""

    ELECTORAL = "electoral"
    WITH_DONATIONS = "electoral_and_donations"


class Purpose(StrEnum):
    """What somebody wants to use the register for."""

    CANVASSING = "canvassing"
    POLLING_DAY = "polling_day"
    LEAFLETS = "leaflets"
    ELECTION_LETTERS = "election_letters"
    DONATION_CHECK = "donation_check"
    MEMBERSHIP = "membership"
    FUNDRAISING = "fundraising"
    NEWSLETTER = "newsletter"
    RESEARCH = "research"
    OTHER = "other"


ELECTORAL = frozenset({Purpose.CANVASSING, Purpose.POLLING_DAY, Purpose.LEAFLETS, Purpose.ELECTION_LETTERS})

REGULATIONS = ("ew_2001_102_108", "scotland_2001", "ni_2008", "other_regulation")
"""The rules a supply may rest on (DOMAIN.md §6: England and Wales SI 2001/341 regs 102-108)."""

FILE_REASONS = ("no_number_column", "no_status_column")
"""Why a whole file cannot come in (`ImportRefused.reason`), beside those of `domain/imports.py`."""
ROW_REASONS = ("number_bad", "status_bad", "number_twice")
REMARKS = ("delete_unknown", "already_gone", "change_unknown", "add_known", "created_deleted", "vote_unmarked", "not_found",
           "name_other")
FOLLOW_REASONS = ("number_same", "name_same", "name_alike", "surname_other", "address_same", "uprn_same", "born_same", "postcode_same",
                  "elsewhere")


class FileState(StrEnum):
    """Where a file stands: in force; replaced by a newer register and to be destroyed; destroyed; taken back."""

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    DESTROYED = "destroyed"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True)
class Supply:
    """The record of supply of a file (S1 §19, §3.8): who gave it, when, by what right, for what, and until when it is kept.

    `year` is that of the register; `area` what it covers; `polling_day` the election of a marked register. Days are ISO.
    """

    supplier: str
    supplied_on: str
    destroy_by: str
    entitlement: Entitlement = Entitlement.PARTY
    regulation: str = REGULATIONS[0]
    permitted: Permitted = Permitted.ELECTORAL
    year: int = 0
    area: str = ""
    polling_day: str = ""


def problems_of(supply: Supply, kind: FileKind, today: date, last_day: str) -> dict[str, str]:
    """Field -> problem of a record of supply; `last_day` is the latest the policy lets a register be kept."""
    found = {} if supply.supplier.strip() else {"supplier": "missing"}
    if len(supply.supplier) > 200 or len(supply.area) > 200:
        found["supplier" if len(supply.supplier) > 200 else "area"] = "too_long"
    for code in ("supplied_on", "destroy_by", "polling_day"):
        value = getattr(supply, code)
        if not value and code != "polling_day":
            found[code] = "missing"
        elif value and not _is_day(value):
            found[code] = "date_bad"
    if "supplied_on" not in found and supply.supplied_on > today.isoformat():
        found["supplied_on"] = "in_future"
    if "destroy_by" not in found and not today.isoformat() <= supply.destroy_by <= last_day:
        found["destroy_by"] = "out_of_range"
    if supply.regulation not in REGULATIONS:
        found["regulation"] = "unknown"
    if kind is FileKind.MARKED and not supply.polling_day:
        found["polling_day"] = "missing"
    if supply.year and not 2000 <= supply.year <= today.year + 1:
        found["year"] = "out_of_range"
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True)
class Counts:
    """How the rows of a file ended. `same` were as they are; `following` of the new numbers belong to electors known before.

    `uncertain` are pairs to confirm; `left` have gone; `elsewhere` are electors of districts the file does not name; `hidden` are too
    young to be shown; `conflicts` are rows of a list where another name stands under the number.
    """

    total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    left: int = 0
    following: int = 0
    uncertain: int = 0
    refused: int = 0
    anonymous: int = 0
    other: int = 0
    attainers: int = 0
    hidden: int = 0
    elsewhere: int = 0
    conflicts: int = 0
    districts: int = 0


@dataclass(frozen=True)
class RegisterFile:
    """A file as the desk keeps it: `seq` its entry of the log, `source` the copy of the file on the list of copies."""

    id: str
    seq: int
    kind: FileKind
    file: str
    digest: str
    layout: str
    supply: Supply
    counts: Counts
    state: FileState
    source: str = ""
    ended: int = 0
    at: str = ""
    officer: str = ""

    def is_due(self, today: date) -> bool:
        """Whether it is to be destroyed: replaced by a newer one, or past its day (S1 §19)."""
        if self.state is FileState.SUPERSEDED:
            return True
        return self.state is FileState.APPLIED and self.supply.destroy_by < today.isoformat()


REFUSALS = ("passing_on", "not_electoral", "donations", "expired", "none")


def refusal(files: Mapping[str, Supply] | tuple[Supply, ...], purpose: Purpose, *, within: bool, today: date) -> str:
    """Why the register may not be used so, "" where it may: the strictest of the files in force decides (S1 §19).

    A code of REFUSALS.
    """
    supplies = tuple(files.values()) if isinstance(files, Mapping) else files
    if not within:
        return "passing_on"
    if purpose is not Purpose.DONATION_CHECK and purpose not in ELECTORAL:
        return "not_electoral"
    if not supplies:
        return "none"
    if purpose is Purpose.DONATION_CHECK and any(each.permitted is not Permitted.WITH_DONATIONS for each in supplies):
        return "donations"
    return "expired" if any(each.destroy_by < today.isoformat() for each in supplies) else ""


@dataclass(frozen=True)
class Follow:
    """A pair of numbers that may be one elector: `old` has gone, `new` came with a register; score 0 to 100 and reasons."""

    id: str
    old: str
    new: str
    score: int
    reasons: tuple[str, ...] = field(default_factory=tuple)
