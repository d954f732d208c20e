"""What a consent or permission has to hold, and how it is stored, ended and given its last day within a unit of work."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpdesk.domain.asking import share_with
from dpdesk.domain.contacting import Channel, Consent, Method, Sharing, ends_on
from dpdesk.domain.errors import Invalid
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services import members
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

_ENDS = "consents_end"  # the setting that says: nothing is left from before consents had an end


@dataclass(frozen=True)
class Given:
    """A consent as an officer records it: the day (ISO), how it was given, the wording shown, where its proof is kept."""

    channel: Channel
    given_on: str
    method: Method
    wording: str
    evidence: str
    expires_on: str = ""
    """The first day it no longer counts; "" for as long as the policy lets it last."""


def make_consent(session: Session, person: str, given: Given) -> Consent:
    """The consent that `given` makes, with its end and the version of its words; raises `Invalid` where a part is missing."""
    who = members.get(session, person)
    expires_on = check_given(session, given.given_on, given.expires_on, wording=given.wording, evidence=given.evidence)
    return Consent(new_id(), who.id, given.channel, given.given_on, given.method, given.wording.strip(), given.evidence.strip(),
                   expires_on=expires_on, wording_id=_version(session, given.channel.value, given.wording))


def _version(session: Session, purpose: str, text: str) -> str:
    """The identity of the desk's wording that says just this."""
    from dpdesk.store import asking
    with session.desk.read() as connection:
        return asking.wording_id(connection, purpose, text.strip())


def check_given(session: Session, given_on: str, expires_on: str = "", problems: dict[str, str] | None = None, **texts: str) -> str:
    """Raise `Invalid` unless every text is there and the days are possible; returns the day on which it ends."""
    found = {code: "missing" for code, text in {**texts, "given_on": given_on}.items() if not text.strip()} | (problems or {})
    found |= {code: "date_bad" for code, text in (("given_on", given_on), ("expires_on", expires_on)) if text and not is_day(text)}
    if "given_on" not in found and given_on > today().isoformat():
        found["given_on"] = "in_future"
    latest = "" if "given_on" in found else ends_on(given_on, session.policy.consent_lasts_months)
    if expires_on and latest and "expires_on" not in found and not given_on < expires_on <= latest:
        found["expires_on"] = "out_of_range"
    if found:
        raise Invalid(found)
    return expires_on or latest


def is_day(text: str) -> bool:
    """Whether it is a day as stored (YYYY-MM-DD)."""
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def give(unit: Unit, consent: Consent) -> None:
    """Store a consent within a unit of work."""
    from dpdesk.store import contacting
    contacting.add_consents(unit.connection, [consent], unit.seq)
    unit.about("member", consent.person)
    unit.record("member", consent.person, {}, {
        "consent": consent.channel.value, "given_on": consent.given_on, "method": consent.method.value,
        "wording": consent.wording, "evidence": consent.evidence, "expires_on": consent.expires_on})


def end(unit: Unit, given: Consent | Sharing, how: str = "") -> None:
    """Withdraw a consent or permission within a unit of work."""
    from dpdesk.store import contacting
    day = today().isoformat()
    unit.about("member", given.person)
    if isinstance(given, Consent):
        contacting.withdraw_consent(unit.connection, given.id, day, how)
        named: dict[str, object] = {"consent": given.channel.value}
    else:
        contacting.withdraw_sharing(unit.connection, given.id, day)
        named = {"sharing": given.body}
    unit.record("member", given.person, {**named, "withdrawn_on": ""}, {**named, "withdrawn_on": day, **({"how": how} if how else {})})


def make_sharing(session: Session, person: str, body: str, given_on: str, wording: str, expires_on: str = "") -> Sharing:
    """The permission that these make, with its end and the version of its words; raises `Invalid`."""
    members.get(session, person)
    known = body in {b.code for b in session.policy.recipient_bodies}
    ends = check_given(session, given_on, expires_on, {} if known else {"body": "unknown"}, wording=wording)
    return Sharing(new_id(), person, body, given_on, wording.strip(), expires_on=ends,
                   wording_id=_version(session, share_with(body), wording))


def share(unit: Unit, sharing: Sharing) -> None:
    """Store a permission within a unit of work."""
    from dpdesk.store import contacting
    contacting.add_sharing(unit.connection, sharing, unit.seq)
    unit.about("member", sharing.person)
    unit.record("member", sharing.person, {}, {"sharing": sharing.body, "given_on": sharing.given_on, "wording": sharing.wording,
                                               "expires_on": sharing.expires_on})


def set_ends(session: Session) -> int:
    """Once, in a desk from before consents had an end: each gets the one the policy gives it; how many."""
    from dpdesk.store import contacting, settings
    if session.read_only or session.desk.setting(_ENDS) or not session.may(Right.MEMBERS_EDIT):
        return 0
    done = 0
    with session.desk.read() as connection:
        due = contacting.endless(connection)
    if due:
        with session.change("consent.ends_set") as unit:
            done = contacting.set_ends(unit.connection, lambda day: ends_on(day, session.policy.consent_lasts_months))
            unit.about("desk", session.desk_id)
            unit.facts(count=done)
    with session.desk.jot() as connection:
        settings.put(connection, **{_ENDS: "yes"})
    return done
