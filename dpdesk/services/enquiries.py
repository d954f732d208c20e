"""The log of enquiries: who asked what, the last contact, holds, and erasing what its time is up for (S2 l.12-22).

What was asked is kept in the enquiry alone, never in history or log, so that erasing it leaves nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dpdesk.domain import enquiries as rules
from dpdesk.domain.capacities import Capacity, Held
from dpdesk.domain.clocks import months_before
from dpdesk.domain.enquiries import LINE_LONGEST, Enquiry, Stage, Way
from dpdesk.domain.errors import Invalid
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Field, Kind, Member
from dpdesk.domain.roles import Right
from dpdesk.services import capacities, members
from dpdesk.services.members import Row
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

TEXTS = ("handle", "place", "query")
_LINES = {code: Field(code, "text", "", LINE_LONGEST) for code in ("handle", "place")}
_DAY = Field("asked_on", "date", "", 10)


@dataclass(frozen=True)
class Asked:
    """An enquiry as an officer records it (S2 l.13-18): how and when it came, what was asked, a handle and a place."""

    way: str
    query: str
    asked_on: str = ""
    handle: str = ""
    place: str = ""


@dataclass(frozen=True)
class Shown:
    """An enquiry as it stands today: until when it is kept (ISO), and the name of who asked, where it was asked for."""

    enquiry: Enquiry
    kept_until: str
    stage: Stage
    name: str = ""
    kind: Kind = Kind.CONTACT


def of(session: Session, person: str) -> list[Shown]:
    """A person's enquiries, the last contact first."""
    from dpdesk.store import enquiries
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return [_shown(session, each) for each in enquiries.of(connection, person)]


def _shown(session: Session, enquiry: Enquiry, who: Member | None = None) -> Shown:
    months = session.policy.enquiries_kept_months
    return Shown(enquiry, enquiry.kept_until(months).isoformat(), enquiry.stage(today(), months),
                 who.name if who else "", who.kind if who else Kind.CONTACT)


def tidy(asked: Asked) -> tuple[Asked, dict[str, str]]:
    """What would be stored, and what is wrong with it: field code -> problem code. Without a day it is today."""
    from dpdesk.services.details import clean
    values, problems = {"way": asked.way, "query": asked.query.strip()}, {}
    for code, field in _LINES.items():
        values[code], wrong = clean(field, getattr(asked, code).strip().lstrip("@") if code == "handle" else getattr(asked, code))
        problems |= {code: wrong} if wrong else {}
    values["asked_on"], wrong = clean(_DAY, asked.asked_on or today().isoformat())
    problems |= {"asked_on": wrong} if wrong else {}
    return Asked(**values), {**rules.problems_of(values, today().isoformat()), **problems}


def likely(session: Session, values: Mapping[str, str], limit: int = 5) -> list[Row]:
    """People of the desk whom these contact details or this name may be: by mailbox, number, or whole name."""
    session.require(Right.MEMBERS_SEE)
    clean, _problems = members.tidy(session, values, Kind.CONTACT)
    name = " ".join(filter(None, (clean.get("forename"), clean.get("surname"))))
    found: dict[str, Row] = {}
    for text in (clean.get("email"), clean.get("mobile"), clean.get("landline"), name if clean.get("surname") else ""):
        if text:
            found.update({row.member.id: row for row in members.search(session, text, limit)})
    return list(found.values())[:limit]


def log(session: Session, person: str, asked: Asked) -> Enquiry:
    """Record an enquiry of somebody on the desk; raises `Invalid`."""
    session.require(Right.MEMBERS_EDIT)
    who = members.get(session, person)
    new = _checked(who.id, asked)
    enquirer = any(each.capacity is Capacity.ENQUIRER and each.stands(today().isoformat())
                   for each in capacities.of(session, who.id))
    with session.change("enquiry.logged") as unit:
        _put(unit, new, enquirer=enquirer)
    return new


def log_new(session: Session, values: Mapping[str, str], asked: Asked) -> tuple[Member, Enquiry]:
    """Record an enquiry of somebody new, who becomes a contact, in one step; raises `Invalid` with the problems of both."""
    from dpdesk.store import members as store
    _plain, problems = tidy(asked)
    clean = members.checked(session, Kind.CONTACT, values, others=problems)
    with session.change("enquiry.logged") as unit:
        person = store.add(unit.connection, Kind.CONTACT, clean, unit.seq)
        unit.record("member", person.id, {}, {code: value for code, value in person.values().items() if value})
        new = _checked(person.id, asked)
        _put(unit, new, enquirer=False)
    return person, new


def _checked(person: str, asked: Asked) -> Enquiry:
    plain, problems = tidy(asked)
    if problems:
        raise Invalid(problems)
    return Enquiry(new_id(), person, plain.asked_on, Way(plain.way), plain.handle, plain.place, plain.query, plain.asked_on)


def _put(unit: Unit, new: Enquiry, *, enquirer: bool) -> None:
    from dpdesk.store import enquiries
    enquiries.add(unit.connection, new, unit.seq)
    if not enquirer:
        capacities.put(unit, Held(new_id(), new.person, Capacity.ENQUIRER, new.asked_on))
    unit.about("member", new.person)
    unit.record("member", new.person, {}, {"enquiry": new.asked_on, "way": new.channel.value})
    _bind(unit, new)
    unit.facts(enquiry=new.id)


def _bind(unit: Unit, enquiry: Enquiry) -> None:
    """Bind the entry to texts that neither history nor log keep."""
    unit.commit_to(json.dumps([getattr(enquiry, code) for code in (*TEXTS, "hold_reason")]).encode())


def amend(session: Session, identity: str, asked: Asked) -> Enquiry:
    """Put right what was recorded of an enquiry; raises `Invalid`. The last contact is never before the enquiry."""
    before = _get(session, identity)
    plain = _checked(before.person, asked)
    after = replace(plain, id=before.id, last_contact_on=max(before.last_contact_on, plain.asked_on), closed_on=before.closed_on,
                    hold_reason=before.hold_reason, hold_review_on=before.hold_review_on, seq=before.seq)
    return _change(session, "enquiry.amended", before, after) if after != before else before


def contacted(session: Session, identity: str, on: str = "") -> Enquiry:
    """Record a further contact on a day, today where none is said: the time it is kept runs anew (S2 l.20)."""
    before = _get(session, identity)
    day = on or today().isoformat()
    problems = rules.contact_problems(before, day, today().isoformat())
    if problems:
        raise Invalid(problems)
    after = replace(before, last_contact_on=max(day, before.last_contact_on))
    return _change(session, "enquiry.contacted", before, after) if after != before else before


def close(session: Session, identity: str) -> Enquiry:
    """Say that an enquiry is answered; the time it is kept goes on."""
    before = _get(session, identity)
    return before if before.closed_on else _change(session, "enquiry.closed", before, replace(before, closed_on=today().isoformat()))


def reopen(session: Session, identity: str) -> Enquiry:
    """Say that an enquiry is not answered after all."""
    before = _get(session, identity)
    return _change(session, "enquiry.reopened", before, replace(before, closed_on="")) if before.closed_on else before


def hold(session: Session, identity: str, reason: str, review_on: str) -> Enquiry:
    """Keep an enquiry beyond its time for a regulated reason, until a review (S2 l.21); renewing it is the same."""
    before = _get(session, identity)
    problems = rules.hold_problems(reason, review_on, today(), session.policy.data_audit_every_months)
    if problems:
        raise Invalid(problems)
    after = replace(before, hold_reason=reason.strip(), hold_review_on=review_on)
    return _change(session, "enquiry.held", before, after)


def release(session: Session, identity: str) -> Enquiry:
    """End a hold: the enquiry goes when its time is up, which may be at once."""
    before = _get(session, identity)
    after = replace(before, hold_reason="", hold_review_on="")
    return _change(session, "enquiry.released", before, after) if before.hold_reason else before


def _get(session: Session, identity: str) -> Enquiry:
    from dpdesk.store import enquiries
    session.require(Right.MEMBERS_EDIT)
    return session.one("enquiry", identity, enquiries.get)


def _change(session: Session, action: str, before: Enquiry, after: Enquiry) -> Enquiry:
    from dpdesk.store import enquiries
    changed = {code: str(getattr(after, code)) for code in Enquiry.__dataclass_fields__
               if getattr(after, code) != getattr(before, code)}
    days = {code for code in changed if code.endswith("_on")}
    with session.change(action) as unit:
        enquiries.change(unit.connection, before.id, changed)
        unit.about("member", before.person)
        unit.record("member", before.person, {"enquiry": before.asked_on, **{code: getattr(before, code) for code in days}},
                    {"enquiry": before.asked_on, **{code: getattr(after, code) for code in days}})
        _bind(unit, after)
        unit.facts(enquiry=before.id)
    return after


def expired_on(session: Session) -> str:
    """No enquiry whose last contact is after this day (ISO) can have expired: a quick first look, a few days too wide."""
    return (months_before(today(), session.policy.enquiries_kept_months) + timedelta(days=3)).isoformat()


def with_names(session: Session, connection, found: Sequence[Enquiry]) -> list[Shown]:
    """Enquiries as they stand, with the names of who asked."""
    from dpdesk.store import members as store
    people = {person.id: person for person in store.by_ids(connection, list({each.person for each in found}))}
    return [_shown(session, each, people.get(each.person)) for each in found]
