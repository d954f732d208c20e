"""A member or contact: the fields a branch needs, their kinds, and the rules a record must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Why the desk knows the person."""

    MEMBER = "member"
    CONTACT = "contact"


class Status(StrEnum):
    """Where a membership stands; a contact has none."""

    CURRENT = "current"
    PENDING = "pending"
    ARREARS = "arrears"
    LAPSED = "lapsed"
    RESIGNED = "resigned"
    DECEASED = "deceased"


class Confidentiality(StrEnum):
    """Classes of a note (S4 §5)."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"
    STRICT = "strictly_confidential"


@dataclass(frozen=True)
class Field:
    """One thing known of a person: its code, what kind of value, the group it is shown in, and its longest length."""

    code: str
    kind: str  # text | name | email | phone | postcode | date | status | number
    group: str  # identity | contact | address | membership
    longest: int = 120


FIELDS: tuple[Field, ...] = (
    Field("number", "number", "membership", 40),
    Field("title", "text", "identity", 30),
    Field("forename", "name", "identity"),
    Field("surname", "name", "identity"),
    Field("known_as", "name", "identity"),
    Field("date_of_birth", "date", "identity", 10),
    Field("parent_consent_on", "date", "identity", 10),
    Field("email", "email", "contact", 254),
    Field("mobile", "phone", "contact", 40),
    Field("landline", "phone", "contact", 40),
    Field("address1", "text", "address"),
    Field("address2", "text", "address"),
    Field("address3", "text", "address"),
    Field("town", "text", "address"),
    Field("postcode", "postcode", "address", 12),
    Field("branch", "text", "membership"),
    Field("ward", "text", "membership"),
    Field("membership_type", "text", "membership"),
    Field("status", "status", "membership", 10),
    Field("joined_on", "date", "membership", 10),
    Field("renewal_on", "date", "membership", 10),
)
FIELD = {f.code: f for f in FIELDS}
CODES = tuple(FIELD)


@dataclass(frozen=True)
class Member:
    """One person as stored. Text fields are "" where unknown, dates are ISO text; `row` is the local row number.

    `id` is the lasting identity (UUIDv7, 32 hex digits). `added` and `changed` are audit sequence numbers.
    """

    id: str
    row: int
    kind: Kind
    number: str = ""
    title: str = ""
    forename: str = ""
    surname: str = ""
    known_as: str = ""
    date_of_birth: str = ""
    parent_consent_on: str = ""
    email: str = ""
    mobile: str = ""
    landline: str = ""
    address1: str = ""
    address2: str = ""
    address3: str = ""
    town: str = ""
    postcode: str = ""
    branch: str = ""
    ward: str = ""
    membership_type: str = ""
    status: str = ""
    joined_on: str = ""
    renewal_on: str = ""
    added: int = 0
    changed: int = 0

    @property
    def name(self) -> str:
        """Forename and surname as spoken, with the known-as name where it differs."""
        first = self.known_as or self.forename
        return " ".join(part for part in (first, self.surname) if part)

    @property
    def address(self) -> str:
        """The address on one line."""
        parts = (self.address1, self.address2, self.address3, self.town, self.postcode)
        return ", ".join(part for part in parts if part)

    def values(self) -> dict[str, str]:
        """The field codes and values, without identity and bookkeeping."""
        return {code: getattr(self, code) for code in CODES}

    def known_by(self) -> dict[str, str]:
        """All that a stop may recognise the person by: the values, and the record itself, which stays when every value goes."""
        return {**self.values(), "record": self.id}


STORED = tuple(f.name for f in fields(Member))


def age_on(date_of_birth: str, today: date) -> int | None:
    """Age in whole years on `today`; None where the date of birth is unknown. Born 29 Feb counts from 1 March."""
    if not date_of_birth:
        return None
    born = date.fromisoformat(date_of_birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def problems_of(values: Mapping[str, str], today: date, *, kind: Kind = Kind.MEMBER,
                parental_consent_under: int = 13) -> dict[str, str]:
    """Rules across fields that are already well-formed: field code -> problem code.

    S1 6.1: nobody under `parental_consent_under` without a parent's consent on record.
    """
    found: dict[str, str] = {}
    if not (values.get("forename") or values.get("surname")):
        found["surname"] = "name_missing"
    if kind is Kind.MEMBER and not values.get("status"):
        found["status"] = "missing"
    for code in ("date_of_birth", "joined_on", "parent_consent_on"):
        if values.get(code, "") > today.isoformat():
            found[code] = "in_future"
    born, joined = values.get("date_of_birth", ""), values.get("joined_on", "")
    if born and born < "1890-01-01":
        found["date_of_birth"] = "too_long_ago"
    if born and joined and joined < born:
        found["joined_on"] = "before_birth"
    age = None if "date_of_birth" in found else age_on(born, today)
    if age is not None and age < parental_consent_under and not values.get("parent_consent_on"):
        found["parent_consent_on"] = "parent_consent_missing"
    return found
