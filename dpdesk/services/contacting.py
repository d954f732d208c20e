"""Consents, sharing permissions and stops of one person: given, withdrawn, set, and lifted by fresh consent alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dpdesk.domain import contacting as rules
from dpdesk.domain.asking import Answer, Asking, share_with
from dpdesk.domain.contacting import ALL_CHANNELS, Channel, Consent, Method, Reach, Sharing, Stop, StopReason
from dpdesk.domain.errors import Invalid, NotFound, StopHolds
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Member, age_on
from dpdesk.domain.roles import Right
from dpdesk.services import giving, members, restrictions
from dpdesk.services.giving import Given
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

ADDRESS_FIELDS = {Channel.EMAIL: ("email",), Channel.PHONE: ("mobile", "landline"), Channel.SMS: ("mobile",),
                  Channel.POST: ("address1", "postcode")}


def stops(session: Session, person: str) -> list[Stop]:
    """The standing stops that concern the person, by whatever they were recognised."""
    return _stops(session, members.get(session, person))


def _stops(session: Session, who: Member) -> list[Stop]:
    from dpdesk.store.stops import Stops
    with session.desk.read() as connection:
        return Stops(connection, session.desk.key("stops")).of(who.known_by())


def stop(session: Session, person: str, channel: str, reason: StopReason, source: str) -> None:
    """Stop contact by a channel or by `all`; standing consents for it are withdrawn with it, by `all` permissions to share too
    (S1 13.3): none of them comes back by itself when the stop is lifted."""
    session.require(Right.STOPS_ADD)
    if channel != ALL_CHANNELS and channel not in set(Channel):
        raise Invalid({"channel": "unknown"})
    if not source.strip():
        raise Invalid({"source": "missing"})
    who = members.get(session, person)
    with session.change("stop.set") as unit:
        stop_within(session, unit, who, channel, reason, source)


def stop_within(session: Session, unit: Unit, who: Member, channel: str, reason: StopReason, source: str) -> None:
    """Set a checked stop in a change that is under way."""
    from dpdesk.store import contacting
    from dpdesk.store.stops import NewStop, Stops
    day = today().isoformat()
    added = Stops(unit.connection, session.desk.key("stops")).add([NewStop(who.known_by(), channel, reason, day, source.strip())], unit.seq)
    unit.about("member", who.id)
    unit.record("member", who.id, {}, {"stop": channel, "stop_reason": reason.value, "source": source.strip()})
    unit.facts(stop=added[0], channel=channel)
    contacting.withdraw_stopped(unit.connection, who.id, channel, day)


def lift(session: Session, person: str, stop_id: str, consent_id: str) -> None:
    """Lift a stop on the strength of a consent given since, with evidence; anything less raises `StopHolds`."""
    from dpdesk.store import contacting
    session.require(Right.STOPS_LIFT)
    held = _held(session, person, stop_id)
    with session.desk.read() as connection:
        consent = contacting.consent_by_id(connection, consent_id)
    if consent is None or consent.person != person:
        raise StopHolds("no_consent")
    rules.check_lifts(consent, held, today().isoformat())
    with session.change("stop.lifted") as unit:
        _lift(session, unit, person, held, consent)


def lift_with(session: Session, person: str, stop_id: str, given: Given) -> None:
    """Record a fresh consent and lift a stop with it, in one step: where it does not suffice neither is done."""
    session.require(Right.STOPS_LIFT)
    held, consent = _held(session, person, stop_id), giving.make_consent(session, person, given)
    rules.check_lifts(consent, held, today().isoformat())
    with session.change("stop.lifted") as unit:
        giving.give(unit, consent)
        _lift(session, unit, person, held, consent)


def _held(session: Session, person: str, stop_id: str) -> Stop:
    held = next((s for s in stops(session, person) if s.id == stop_id), None)
    if held is None:
        raise NotFound("stop", stop_id)
    return held


def _lift(session: Session, unit: Unit, person: str, held: Stop, consent: Consent) -> None:
    from dpdesk.store.stops import NewStop, Stops
    table = Stops(unit.connection, session.desk.key("stops"))
    table.lift(held.id, consent.id, today().isoformat(), unit.seq)
    if left := _channels_left(held, consent):
        values = members.get(session, person).known_by()
        table.add([NewStop(values, channel, held.reason, held.since, held.source) for channel in left], unit.seq)
    unit.about("member", person)
    unit.record("member", person, {"stop": held.channel}, {"stop": ""})
    unit.facts(stop=held.id, consent=consent.id)


def _channels_left(held: Stop, consent: Consent) -> list[str]:
    """A consent speaks for one channel: a stop on all of them goes on for the others."""
    if held.channel != ALL_CHANNELS:
        return []
    return [c.value for c in Channel if c is not consent.channel]


def consents(session: Session, person: str) -> list[Consent]:
    """Every consent on record, newest first, withdrawn ones included."""
    from dpdesk.store import contacting
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return contacting.consents(connection, person)


def give_consent(session: Session, person: str, given: Given) -> Consent:
    """Record a consent (S1 16.1-16.8): a day not in the future, the wording shown, the evidence kept."""
    session.require(Right.MEMBERS_EDIT)
    consent = giving.make_consent(session, person, given)
    with session.change("consent.given") as unit:
        giving.give(unit, consent)
    return replace(consent, recorded_by=session.officer.name)


def withdraw_consent(session: Session, consent_id: str, how: str = "") -> None:
    """Withdraw a consent, as easily as it was given (S1 17); `NotFound` where none of that identity stands."""
    from dpdesk.store import contacting
    _withdraw(session, "consent.withdrawn", contacting.consent_by_id, consent_id, how)


def withdraw_sharing(session: Session, sharing_id: str) -> None:
    """Withdraw a permission to share; `NotFound` where none of that identity stands."""
    from dpdesk.store import contacting
    _withdraw(session, "sharing.withdrawn", contacting.sharing_by_id, sharing_id)


def _withdraw(session: Session, action: str, find: Callable[[Any, str], Consent | Sharing | None], identity: str,
              how: str = "") -> None:
    session.require(Right.STOPS_ADD)
    with session.desk.read() as connection:
        found = find(connection, identity)
    if found is None or found.withdrawn_on:
        raise NotFound(action.partition(".")[0], identity)
    with session.change(action) as unit:
        giving.end(unit, found, how)


def sharings(session: Session, person: str) -> list[Sharing]:
    """Every sharing permission on record; a body that is not there may not be told (S3 l.22)."""
    from dpdesk.store import contacting
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return contacting.sharings(connection, person)


def permit(session: Session, person: str, body: str, given_on: str, wording: str, expires_on: str = "",
           method: Method | None = None) -> Sharing:
    """Record a member's permission to share with one body of the policy's list; `method` is how it reached us, where told."""
    from dpdesk.store import asking
    session.require(Right.MEMBERS_EDIT)
    sharing = giving.make_sharing(session, person, body, given_on, wording, expires_on)
    with session.change("sharing.permitted") as unit:
        giving.share(unit, sharing)
        if method is not None:
            asking.add(unit.connection, Asking(new_id(), person, share_with(body), given_on, method.value, Answer.YES, given_on,
                                               sharing.wording_id), unit.seq)
    return replace(sharing, recorded_by=session.officer.name)


def reaches(session: Session, person: str) -> list[Reach]:
    """For each channel whether the person may be reached for marketing, and why (not)."""
    who = members.get(session, person)
    closed = {channel for held in _stops(session, who) for channel in held.closes}
    if restrictions.of(session, person):
        closed |= {channel.value for channel in Channel}
    given = consents(session, person)
    found = []
    for channel in Channel:
        has = any(getattr(who, code) for code in ADDRESS_FIELDS[channel])
        held = [Stop("", channel.value, StopReason.OPT_OUT, "", "", ("person",))] if channel.value in closed else []
        found.append(rules.reach(channel, has, given, held, today().isoformat(), under_age=under_age(session, who)))
    return found


def under_age(session: Session, who: Member) -> bool:
    """Whether a yes of theirs counts only with their parent's consent, and that is not on record (S1 6.1)."""
    age = age_on(who.date_of_birth, today())
    return age is not None and age < session.policy.parental_consent_under and not who.parent_consent_on
