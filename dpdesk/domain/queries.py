"""Which people, in which order, as a value that can be kept, explained and asked again: the audience of lists and mailings.

A kept query carries its version; what this version does not know is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dpdesk.domain.contacting import Channel
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind, Status

VERSION = 1
SORTS = ("name", "number", "postcode", "joined", "status")
FLAGS = ("under_18", "no_email_consent", "archived")
UNSET = "-"
"""In a filter on a field: nothing on record there."""

NAMED = ("ward", "branch", "membership_type", "town")  # filters on a field's whole value
DAYS = ("joined_since", "joined_until", "renewal_before", "changed_since", "quiet_since")
CHANNELS = ("consent", "no_consent")
FILTERS = ("status", "flag", *NAMED, "postcode", "capacity", *CHANNELS, "shares_with", *DAYS)
LONGEST = 300


@dataclass(frozen=True)
class Query:
    """Every filter given must fit. `text` searches, and then the order is by fit; `flag` is one of FLAGS.

    NAMED fields are compared without case (UNSET: nothing on record), `postcode` is a beginning, `capacity` one that stands now,
    `consent` and `no_consent` a channel with and without standing consent, `shares_with` a body the person permits sharing
    with, DAYS are ISO days (`until` inclusive, `before` exclusive; `quiet_since`: neither written to nor
    in touch about an enquiry on that day or later).
    """

    kind: Kind = Kind.MEMBER
    status: str = ""
    flag: str = ""
    sort: str = "name"
    descending: bool = False
    text: str = ""
    ward: str = ""
    branch: str = ""
    membership_type: str = ""
    town: str = ""
    postcode: str = ""
    capacity: str = ""
    consent: str = ""
    no_consent: str = ""
    shares_with: str = ""
    joined_since: str = ""
    joined_until: str = ""
    renewal_before: str = ""
    changed_since: str = ""
    quiet_since: str = ""

    def filters(self) -> dict[str, str]:
        """The filters given, in their fixed order."""
        return {code: getattr(self, code) for code in FILTERS if getattr(self, code)}

    def narrows(self) -> bool:
        """Whether it asks for less than everybody."""
        return bool(self.text.strip() or self.filters())

    def to_dict(self) -> dict[str, Any]:
        """What differs from everybody by name, with the version: JSON values only."""
        given = {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) != each.default}
        return {"version": VERSION, **{code: value.value if isinstance(value, Kind) else value for code, value in given.items()}}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Query:
        """A kept query; raises `Invalid` for another version, an unknown key, or a value that cannot be."""
        given = {key: value for key, value in data.items() if key != "version"}
        problems = {} if data.get("version") == VERSION else {"version": "unknown"}
        problems |= {key: "unknown" for key in given if key not in _KEYS}
        problems |= {key: "unknown" for key, value in given.items() if key in _KEYS and not _possible(key, value)}
        if problems:
            raise Invalid(problems)
        return Query(**{**given, "kind": Kind(given.get("kind", Kind.MEMBER.value))})


_KEYS = tuple(each.name for each in fields(Query))
_ONE_OF: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind), "status": ("", *Status), "flag": ("", *FLAGS), "sort": SORTS,
    "consent": ("", *Channel), "no_consent": ("", *Channel)}


def _possible(key: str, value: Any) -> bool:
    if key == "descending":
        return isinstance(value, bool)
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    if key in DAYS:
        return not value or _is_day(value)
    return value in _ONE_OF.get(key, (value,))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
