"""Queries in words, read from what officers type, kept and asked again: "Current members in ward North, by name"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind
from dpdesk.domain.policies import Policy
from dpdesk.domain.queries import DAYS, NAMED, UNSET, Query
from dpdesk.domain.roles import Right
from dpdesk.services.dates import day
from dpdesk.services.names import capacity_name, channel_name, sort_name
from dpdesk.services.session import Session, today
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

PEOPLE = {"current": _m("Current members"), "pending": _m("Pending members"), "arrears": _m("Members in arrears"),
          "lapsed": _m("Lapsed members"), "resigned": _m("Resigned members"), "deceased": _m("Deceased members")}
UNSET_WORDS = {"ward": _m("without a ward on record"), "branch": _m("without a branch on record"), "town": _m("without a town on record"),
               "membership_type": _m("without a membership type on record")}
NAMED_WORDS = {"ward": _m("in ward {value}"), "branch": _m("of branch {value}"), "town": _m("living in {value}"),
               "membership_type": _m("with membership type {value}"), "postcode": _m("with postcodes beginning {value}"),
               "joined_since": _m("joined since {value}"), "joined_until": _m("joined until {value}"),
               "renewal_before": _m("with renewal due before {value}"), "changed_since": _m("changed since {value}"),
               "quiet_since": _m("without contact since {value}")}
FLAG_WORDS = {"no_email_consent": _m("without consent for e-mail"), "archived": _m("in the archive"), "under_18": _m("under age {age}")}
OFFERED = 200


def describe(query: Query, policy: Policy | None = None) -> str:
    """The whole query as a sentence without its full stop; `policy` knows the bodies' names and who counts as young."""
    people = tr(PEOPLE[query.status]) if query.status else tr("Members") if query.kind is Kind.MEMBER else tr("Contacts")
    said = phrases(query, policy)
    said.pop("status", None)
    parts = list(said.values())
    if query.text.strip():
        parts.insert(0, tr("found by “{text}”", text=query.text.strip()))
    joined = " ".join((people, *parts)) if len(parts) < 3 else f"{people} {', '.join(parts)}"
    return tr("{people}, {order}", people=joined, order=order(query))


def order(query: Query) -> str:
    """In which order: "by name", "the best fits first"."""
    if query.text.strip():
        return tr("the best fits first")
    by = tr("by {field}", field=_low(sort_name(query.sort)))
    return tr("{by}, the last first", by=by) if query.descending else by


def phrases(query: Query, policy: Policy | None = None) -> dict[str, str]:
    """Each filter given, in words that stand after "members": code -> "in ward North"."""
    return {code: _phrase(code, value, policy) for code, value in query.filters().items()}


def _phrase(code: str, value: str, policy: Policy | None) -> str:
    if code == "status":
        return _low(tr(PEOPLE[value]))
    if code == "flag":
        return tr(FLAG_WORDS[value]).replace("{age}", str(policy.flag_under if policy else 18))
    if code == "consent":
        return tr("with consent for {channel}", channel=_low(channel_name(value)))
    if code == "no_consent":
        return tr("without consent for {channel}", channel=_low(channel_name(value)))
    if code == "shares_with":
        return tr("who permit sharing with {body}", body=body_name(value, policy))
    if code == "capacity":
        return tr("who are on record as {capacity}", capacity=_low(capacity_name(value)))
    if code in UNSET_WORDS and value == UNSET:
        return tr(UNSET_WORDS[code])
    return tr(NAMED_WORDS[code]).replace("{value}", day(value).partition(" ")[2] if code in DAYS else value)


def body_name(code: str, policy: Policy | None) -> str:
    """What a recipient body of the policy is called."""
    return next((body.name for body in policy.recipient_bodies if body.code == code), code) if policy else code


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def read(values: Mapping[str, str], base: Query) -> Query:
    """`base` with filters as an officer typed them ("" takes one away); raises `Invalid`, field code -> problem code."""
    from dpdesk.services.details_dates import read_day
    clean, problems = {}, {}
    for code, typed in values.items():
        value = " ".join(typed.split())
        if code in DAYS and value:
            value, wrong = read_day(value, today())
            problems |= {code: wrong} if wrong else {}
        elif code == "postcode":
            value = _postcode(value)
        elif code in NAMED and len(value) > 120:
            problems[code] = "too_long"
        clean[code] = value
    if clean.get("joined_since") and clean.get("joined_until") and clean["joined_until"] < clean["joined_since"]:
        problems.setdefault("joined_until", "before_since")
    if problems:
        raise Invalid(problems)
    return Query.from_dict(replace(base, **clean).to_dict())


def _postcode(typed: str) -> str:
    """The beginning of a postcode as stored: "an12bd" is "AN1 2BD"; a district alone stays as typed."""
    value = typed.upper()
    whole = re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", value)
    return f"{whole[1]} {whole[2]}" if whole else value


def kept(data: Any) -> Query:
    """A query that was kept; raises `Invalid` where this version does not know it."""
    if not isinstance(data, Mapping):
        raise Invalid({"saved_query": "unknown"})
    return Query.from_dict(data)


def offered(session: Session, kind: Kind) -> dict[str, list[str]]:
    """What a field can be filtered by: the most frequent values of NAMED fields, and the capacities people have now."""
    from dpdesk.store import spines
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return {**spines.values_of(connection, kind.value, OFFERED), "capacity": spines.capacities(connection, today().isoformat())}
