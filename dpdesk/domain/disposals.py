"""Disposing of devices, media and paper (S1 §28): what an entry of the log has to say, and what stops it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.members import Confidentiality


class Item(StrEnum):
    """What is disposed of."""

    LAPTOP = "laptop"
    DESKTOP = "desktop"
    PHONE = "phone"
    TABLET = "tablet"
    HARD_DISK = "hard_disk"
    SOLID_STATE = "solid_state"
    STICK = "stick"
    CARD = "card"
    DISC = "disc"
    PAPER = "paper"
    OTHER = "other"


class Method(StrEnum):
    """How data is made unreadable, as NIST SP 800-88 calls it."""

    CLEAR = "clear"
    PURGE = "purge"
    DESTROY = "destroy"


class Fate(StrEnum):
    """Where the item goes then."""

    REUSE = "reuse"
    RETURNED = "returned"
    SOLD = "sold"
    REPAIR = "repair"
    RECYCLED = "recycled"
    DESTROYED = "destroyed"
    LOST = "lost"


FLASH = frozenset({Item.LAPTOP, Item.PHONE, Item.TABLET, Item.SOLID_STATE, Item.STICK, Item.CARD})
"""Items in which overwriting may leave old copies behind: to clear them is not enough for confidential data (S1 §28.4)."""
FIELDS = ("item", "description", "serial", "data_class", "means", "tool", "verified", "verified_by", "third_party", "certificate",
          "done_by", "place", "done_on", "fate")
_NEEDED = ("description", "tool", "verified", "verified_by", "done_by", "place", "done_on")
_LONGEST = 200


@dataclass(frozen=True)
class Disposal:
    """An entry of the disposal log. `done_on` is an ISO day; `third_party` who did it where not the branch, with its certificate.

    `authorised_by` is the accountable person, "" until they did (S1 §28.2, §28.3). `number` is `D-2026-003`.
    """

    id: str
    number: str
    item: Item
    description: str
    serial: str
    data_class: Confidentiality
    means: Method
    tool: str
    verified: str
    verified_by: str
    third_party: str
    certificate: str
    done_by: str
    place: str
    done_on: str
    authorised_by: str
    fate: Fate
    device: str
    at: str
    officer: str


@dataclass(frozen=True)
class Repairer:
    """Who may repair media with confidential data (S1 §28.7); `approved_until` an ISO day or ""."""

    id: str
    name: str
    agreement: str
    approved_by: str
    approved_at: str
    approved_until: str
    ended_at: str = ""

    def stands(self, today: date) -> bool:
        """Whether the approval has neither been ended nor run out."""
        return not self.ended_at and (not self.approved_until or date.fromisoformat(self.approved_until) >= today)


def problems(values: Mapping[str, str], today: date, repairers: frozenset[str] = frozenset()) -> dict[str, str]:
    """What is wrong with an entry: field code -> problem code. `repairers` are the names of those approved."""
    found = {code: "missing" for code in _NEEDED if not values.get(code, "").strip()}
    found |= {code: "too_long" for code in FIELDS if len(values.get(code, "")) > _LONGEST}
    for code, kinds in (("item", Item), ("means", Method), ("data_class", Confidentiality), ("fate", Fate)):
        if values.get(code) not in set(kinds):
            found[code] = "unknown"
    _check_day(values.get("done_on", ""), today, found)
    if found:
        return found
    item, method = Item(values["item"]), Method(values["means"])
    if values.get("third_party", "").strip() and not values.get("certificate", "").strip():
        found["certificate"] = "third_party_certificate"
    if item is Item.PAPER and method is not Method.DESTROY:
        found["means"] = "paper_shredded"
    elif item in FLASH and method is Method.CLEAR and values["data_class"] != Confidentiality.ORDINARY:
        found["means"] = "flash_not_cleared"
    if values["fate"] == Fate.REPAIR and values.get("third_party", "").strip() not in repairers:
        found["third_party"] = "not_approved"
    if method is Method.DESTROY and values["fate"] not in (Fate.DESTROYED, Fate.RECYCLED):
        found["fate"] = "is_destroyed"
    return found


def _check_day(day: str, today: date, found: dict[str, str]) -> None:
    if "done_on" in found:
        return
    try:
        if date.fromisoformat(day) > today:
            found["done_on"] = "in_future"
    except ValueError:
        found["done_on"] = "date_bad"
