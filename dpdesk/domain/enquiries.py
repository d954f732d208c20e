"""Enquiries: who asked the branch what, how long it is kept, and what a hold needs (S2 l.12-22)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.capacities import Capacity, Held
from dpdesk.domain.clocks import months_after
from dpdesk.domain.members import Kind, Member

QUERY_LONGEST, LINE_LONGEST = 4_000, 200


class Way(StrEnum):
    """How an enquiry reached the branch (S2 l.10)."""

    WEBSITE = "website"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in_person"
    FACEBOOK = "facebook"
    X = "x"
    OTHER = "other"


class Stage(StrEnum):
    """Where an enquiry stands on a day: at most one thing is to be done about it."""

    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    REVIEW = "review"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Enquiry:
    """One enquiry of one person; days are ISO, "" where there is none. What is held stays beyond its time (S2 l.21)."""

    id: str
    person: str
    asked_on: str
    channel: Way
    handle: str
    place: str
    query: str
    last_contact_on: str
    hold_reason: str = ""
    hold_review_on: str = ""
    closed_on: str = ""
    seq: int = 0

    def kept_until(self, months: int) -> date:
        """The day it is to be erased: so many months after the last contact (S2 l.20: one year)."""
        return months_after(date.fromisoformat(self.last_contact_on), months)

    def stage(self, today: date, months: int) -> Stage:
        """Where it stands: a hold keeps it from expiring, until its review says otherwise."""
        if self.hold_reason:
            return Stage.REVIEW if self.hold_review_on <= today.isoformat() else Stage.HELD
        if self.kept_until(months) <= today:
            return Stage.EXPIRED
        return Stage.CLOSED if self.closed_on else Stage.OPEN


def problems_of(values: Mapping[str, str], today: str) -> dict[str, str]:
    """What is wrong with an enquiry about to be recorded: field code -> problem code. Days are ISO or ""."""
    found: dict[str, str] = {}
    if not values.get("query", "").strip():
        found["query"] = "missing"
    if len(values.get("query", "")) > QUERY_LONGEST:
        found["query"] = "too_long"
    found |= {code: "too_long" for code in ("handle", "place") if len(values.get(code, "")) > LINE_LONGEST}
    if values.get("way", "") not in set(Way):
        found["way"] = "unknown" if values.get("way") else "missing"
    asked = values.get("asked_on", "")
    if not asked:
        found["asked_on"] = "missing"
    elif asked > today:
        found["asked_on"] = "in_future"
    return found


def contact_problems(enquiry: Enquiry, on: str, today: str) -> dict[str, str]:
    """What is wrong with a further contact on a day: it lies between the enquiry and today."""
    if not on:
        return {"last_contact_on": "missing"}
    if on > today:
        return {"last_contact_on": "in_future"}
    return {"last_contact_on": "before_start"} if on < enquiry.asked_on else {}


def hold_problems(reason: str, review_on: str, today: date, months: int) -> dict[str, str]:
    """What is wrong with a hold: it needs a reason, and a review to come within so many months (S2 l.7, l.21)."""
    found: dict[str, str] = {}
    if not reason.strip():
        found["hold_reason"] = "missing"
    elif len(reason) > LINE_LONGEST:
        found["hold_reason"] = "too_long"
    if not review_on:
        found["hold_review_on"] = "missing"
    elif review_on <= today.isoformat():
        found["hold_review_on"] = "in_past"
    elif review_on > months_after(today, months).isoformat():
        found["hold_review_on"] = "review_too_far"
    return found


def known_only_by(person: Member, capacities: Iterable[Held], enquiries: Iterable[Enquiry], going: Iterable[str]) -> bool:
    """Whether the branch knows somebody through enquiries alone, all of which are among `going`: then they go too.

    That is a contact whose record was made with an enquiry and who never was anything but an enquirer.
    """
    held = list(capacities)
    made_so = any(each.seq == person.added for each in held)
    return (person.kind is Kind.CONTACT and made_so and all(each.capacity is Capacity.ENQUIRER for each in held)
            and {each.id for each in enquiries} <= set(going))
