"""A canvassing session: when and where, who is most senior, who holds which walk's sheets, and where paper lies (S0 l.8-9; S1 23.1-23.3).

With it the sheets made for it: which elector stands on which line, and what was lost or destroyed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dpdesk.domain.custody import Piece, State
from dpdesk.domain.sheets import Box


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class Part(StrEnum):
    """What somebody does in a session."""

    SENIOR = "senior"
    RESPONSIBLE = "responsible"
    CANVASSER = "canvasser"


class Of(StrEnum):
    """Where the name of somebody who takes part comes from."""

    MEMBER = "member"
    OFFICER = "officer"
    NAME = "name"


class SheetKind(StrEnum):
    """What a sheet is for."""

    CANVASS = "canvass"
    KNOCKING_UP = "knocking_up"


class Variant(StrEnum):
    """How a sheet is drawn."""

    NORMAL = "normal"
    LARGE = "large"


class Storage(StrEnum):
    """How paper is kept (S1 23.1, 23.2)."""

    LOCKED_ROOM = "locked_room"
    LOCKED_CABINET = "locked_cabinet"


class Protected(StrEnum):
    """Whether water and fire are kept off the paper (S1 23.3)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. `person` is the identity of the member, contact or officer; `has_pin` whether they chose a PIN."""

    id: str
    session: str
    of: Of
    person: str
    name: str
    part: Part
    has_pin: bool = False


@dataclass(frozen=True)
class CanvassSession:
    """A session. `senior` is a participant's identity; days ISO, `starts` HH:MM British time, `back_by` and the like UTC instants.

    `authorised_*` say who let the paper leave the premises, when, and where that is written (S1 23).
    """

    id: str
    campaign: str
    on_day: str
    starts: str
    place: str
    senior: str = ""
    back_by: str = ""
    storage: str = ""
    storage_kind: str = ""
    protected: Protected = Protected.UNKNOWN
    authorised_by: str = ""
    authorised_on: str = ""
    authorised_where: str = ""
    state: SessionState = SessionState.PLANNED
    made_at: str = ""
    begun_at: str = ""
    closed_at: str = ""
    people: tuple[Participant, ...] = field(default=())

    def somebody(self, identity: str) -> Participant | None:
        """The participant of that identity."""
        return next((each for each in self.people if each.id == identity), None)


@dataclass(frozen=True, slots=True)
class Allotment:
    """A walk, or a street of a polling district, given to a responsible individual (`holder`, a participant's identity or "")."""

    id: str
    session: str
    place: int
    kind: SheetKind
    title: str
    walk: str = ""
    district: str = ""
    street: str = ""
    wanted: str = ""
    holder: str = ""
    variant: Variant = Variant.NORMAL


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `id` ten letters, `number` its place among the session's, `layout` the code of its geometry.

    `boxes` are those of each row as printed; `people` how many electors stand on it by name.
    """

    id: str
    allotment: str
    session: str
    campaign: str
    kind: SheetKind
    number: int
    title: str
    layout: str
    columns: tuple[str, ...]
    boxes: tuple[Box, ...]
    codes: str
    pages: int
    people: int
    state: State
    made_at: str
    back_by: str = ""
    entered_at: str = ""
    verified_at: str = ""
    seq: int = 0

    @property
    def spoken(self) -> str:
        """The identity as it is read out and typed: "K7QX2-9M4TB"."""
        return f"{self.id[:5]}-{self.id[5:]}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a sheet: who stands there; a blank one stands for somebody whose name is not printed."""

    sheet: str
    page: int
    line: int
    elector: str
    blank: bool = False


@dataclass(frozen=True)
class Loss:
    """Pages that are not there: `incident` the identity of the incident it became, `ended` "found" or "written_off"."""

    id: str
    sheet: str
    pieces: tuple[Piece, ...]
    missed_at: str
    told_at: str
    how: str
    incident: str = ""
    ended_at: str = ""
    ended: str = ""
    ended_why: str = ""


class Method(StrEnum):
    """How paper is destroyed."""

    SHREDDED = "shredded"
    CONTRACTOR = "contractor"
    INCINERATED = "incinerated"


@dataclass(frozen=True)
class Destruction:
    """A batch of paper destroyed: `shred_class` "P-1".."P-7" (DIN 66399), "" where it was burnt; `by` and `witness` names.

    `contractor` is the number of the contractor's certificate; `reasons` why a sheet went that was not entered and checked, by sheet.
    """

    id: str
    number: str
    method: Method
    shred_class: str
    place: str
    at: str
    by: str
    witness: str
    contractor: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    sheets: int = 0
    pages: int = 0


CLASSES = tuple(f"P-{n}" for n in range(1, 8))


def destruction_problems(values: Mapping[str, str], floor: int, now: str, earliest: str) -> dict[str, str]:
    """What is wrong with how paper is said to be destroyed: field code -> problem code. `floor` is the least shred class, 1-7.

    `at` lies between `earliest` (when the last of the paper came back or was checked; by the minute) and `now`, UTC; a witness is
    somebody else.
    """
    found = {code: "missing" for code in ("method", "place", "at", "by", "witness") if not values.get(code, "").strip()}
    method = values.get("method", "")
    if method and method not in {each.value for each in Method}:
        found["method"] = "unknown"
    if method in (Method.SHREDDED, Method.CONTRACTOR):
        shred = values.get("shred_class", "")
        if shred not in CLASSES:
            found["shred_class"] = "unknown" if shred else "missing"
        elif int(shred[2:]) < floor:
            found["shred_class"] = "class_low"
    if method == Method.CONTRACTOR and not values.get("contractor", "").strip():
        found["contractor"] = "missing"
    at = values.get("at", "")
    if at and at > now:
        found["at"] = "in_future"
    elif at and at[:16] < earliest[:16]:
        found["at"] = "before_back"
    by, witness = (" ".join(values.get(code, "").split()).casefold() for code in ("by", "witness"))
    if by and by == witness:
        found["witness"] = "same_person"
    return found


def session_problems(values: Mapping[str, str], today: date) -> dict[str, str]:
    """What is wrong with a session: field code -> problem code (on_day, starts, place, storage_kind, protected, back_time)."""
    found = {}
    try:
        on = date.fromisoformat(values.get("on_day", ""))
        if on < today:
            found["on_day"] = "in_past"
        elif (on - today).days > 400:
            found["on_day"] = "out_of_range"
    except ValueError:
        found["on_day"] = "date_bad" if values.get("on_day") else "missing"
    for code in ("starts", "back_time"):
        if not _is_time(values.get(code, "")):
            found[code] = "time_bad" if values.get(code) else "missing"
    if not {"starts", "back_time"} & found.keys() and values["back_time"] <= values["starts"]:
        found["back_time"] = "before_start"
    if not values.get("place", "").strip():
        found["place"] = "missing"
    if not values.get("storage", "").strip():
        found["storage"] = "missing"
    if values.get("storage_kind", "") not in {each.value for each in Storage}:
        found["storage_kind"] = "unknown"
    if values.get("protected", "") not in {each.value for each in Protected}:
        found["protected"] = "unknown"
    return found


def _is_time(text: str) -> bool:
    hour, colon, minute = text.partition(":")
    return bool(colon) and len(text) == 5 and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60


def paged(lines: int, a_page: int) -> int:
    """How many pages `lines` need."""
    return max(1, -(-lines // a_page))
