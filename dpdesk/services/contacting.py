"""Consents, sharing permissions and stops of one person: given, withdrawn, set, and lifted by fresh consent alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from dpdesk.domain import contacting as rules
from dpdesk.domain.contacting import ALL_CHANNELS, Channel, Consent, Method, Reach, Sharing, Stop, StopReason
from dpdesk.domain.errors import Invalid, NotFound, StopHolds
from dpdesk.domain.folding import stopped_channels
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Member
from dpdesk.domain.roles import Right
from dpdesk.services import members
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

T = TypeVar("T", Consent, Sharing)
ADDRESS_FIELDS = {Channel.EMAIL: ("email",), Channel.PHONE: ("mobile", "landline"), Channel.SMS: ("mobile",),
                  Channel.POST: ("address1", "postcode")}


def stops(session: Session, person: str) -> list[Stop]:
    """The standing stops that concern the person, by whatever they were recognised."""
    return _stops(session, members.get(session, person))


def _stops(session: Session, who: Member) -> list[Stop]:
    from dpdesk.store.stops import Stops
    with session.desk.read() as connection:
        return Stops(connection, session.desk.key("stops")).of(who.values())


def stop(session: Session, person: str, channel: str, reason: StopReason, source: str) -> None:
    """Stop contact by a channel or by `all`; standing consents for it are withdrawn with it (S1 13.3)."""
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
    added = Stops(unit.connection, session.desk.key("stops")).add([NewStop(who.values(), channel, reason, day, source.strip())], unit.seq)
    unit.about("member", who.id)
    unit.record("member", who.id, {}, {"stop": channel, "stop_reason": reason.value, "source": source.strip()})
    unit.facts(stop=added[0], channel=channel)
    for given in contacting.consents(unit.connection, who.id):
        if not given.withdrawn_on and channel in (ALL_CHANNELS, given.channel.value):
            contacting.withdraw_consent(unit.connection, given.id, day, "stop")


def lift(session: Session, person: str, stop_id: str, consent_id: str) -> None:
    """Lift a stop on the strength of a consent given since, with evidence; anything less raises `StopHolds`."""
    from dpdesk.store import contacting
    session.require(Right.STOPS_LIFT)
    held = _held(session, person, stop_id)
    with session.desk.read() as connection:
        consent = contacting.consent_by_id(connection, consent_id)
    if consent is None or consent.person != person:
        raise StopHolds("no_consent")
    rules.check_lifts(consent, held)
    with session.change("stop.lifted") as unit:
        _lift(session, unit, person, held, consent)


def lift_with(session: Session, person: str, stop_id: str, given: Given) -> None:
    """Record a fresh consent and lift a stop with it, in one step: where it does not suffice neither is done."""
    session.require(Right.STOPS_LIFT)
    held, consent = _held(session, person, stop_id), _consent(session, person, given)
    rules.check_lifts(consent, held)
    with session.change("stop.lifted") as unit:
        _give(unit, consent)
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
        values = members.get(session, person).values()
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


@dataclass(frozen=True)
class Given:
    """A consent as an officer records it: the day (ISO), how it was given, the wording shown, where its proof is kept."""

    channel: Channel
    given_on: str
    method: Method
    wording: str
    evidence: str


def give_consent(session: Session, person: str, given: Given) -> Consent:
    """Record a consent (S1 16.1-16.8): a day not in the future, the wording shown, the evidence kept."""
    session.require(Right.MEMBERS_EDIT)
    consent = _consent(session, person, given)
    with session.change("consent.given") as unit:
        _give(unit, consent)
    return replace(consent, recorded_by=session.officer.name)


def _consent(session: Session, person: str, given: Given) -> Consent:
    """The consent that `given` makes; raises `Invalid` where a part of it is missing."""
    who = members.get(session, person)
    _check_given(given.given_on, wording=given.wording, evidence=given.evidence)
    return Consent(new_id(), who.id, given.channel, given.given_on, given.method, given.wording.strip(), given.evidence.strip())


def _check_given(given_on: str, problems: dict[str, str] | None = None, **texts: str) -> None:
    """Raise `Invalid` unless every text is there and the day is not still to come."""
    found = {code: "missing" for code, text in {**texts, "given_on": given_on}.items() if not text.strip()} | (problems or {})
    if given_on > today().isoformat():
        found["given_on"] = "in_future"
    if found:
        raise Invalid(found)


def _give(unit: Unit, consent: Consent) -> None:
    from dpdesk.store import contacting
    contacting.add_consents(unit.connection, [consent], unit.seq)
    unit.about("member", consent.person)
    unit.record("member", consent.person, {}, {
        "consent": consent.channel.value, "given_on": consent.given_on, "method": consent.method.value,
        "wording": consent.wording, "evidence": consent.evidence})


def withdraw_consent(session: Session, consent_id: str, how: str = "") -> None:
    """Withdraw a consent: as easy as giving it (S1 17)."""
    from dpdesk.store import contacting
    session.require(Right.STOPS_ADD)
    with session.desk.read() as connection:
        consent = _standing(contacting.consent_by_id(connection, consent_id), "consent", consent_id)
    day = today().isoformat()
    with session.change("consent.withdrawn") as unit:
        contacting.withdraw_consent(unit.connection, consent_id, day, how)
        unit.about("member", consent.person)
        unit.record("member", consent.person, {"consent": consent.channel.value, "withdrawn_on": ""},
                    {"consent": consent.channel.value, "withdrawn_on": day, "how": how})


def _standing(found: T | None, kind: str, identity: str) -> T:
    """What was found, where it is there and not withdrawn yet."""
    if found is None or found.withdrawn_on:
        raise NotFound(kind, identity)
    return found


def sharings(session: Session, person: str) -> list[Sharing]:
    """Every sharing permission on record; a body that is not there may not be told (S3 l.22)."""
    from dpdesk.store import contacting
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return contacting.sharings(connection, person)


def permit(session: Session, person: str, body: str, given_on: str, wording: str) -> Sharing:
    """Record a member's permission to share with one body of the policy's list."""
    from dpdesk.store import contacting
    session.require(Right.MEMBERS_EDIT)
    members.get(session, person)
    known = body in {b.code for b in session.policy.recipient_bodies}
    _check_given(given_on, {} if known else {"body": "unknown"}, wording=wording)
    sharing = Sharing(new_id(), person, body, given_on, wording.strip())
    with session.change("sharing.permitted") as unit:
        contacting.add_sharing(unit.connection, sharing, unit.seq)
        unit.about("member", person)
        unit.record("member", person, {}, {"sharing": body, "given_on": given_on, "wording": sharing.wording})
    return replace(sharing, recorded_by=session.officer.name)


def withdraw_sharing(session: Session, sharing_id: str) -> None:
    """Withdraw a sharing permission."""
    from dpdesk.store import contacting
    session.require(Right.STOPS_ADD)
    with session.desk.read() as connection:
        sharing = _standing(contacting.sharing_by_id(connection, sharing_id), "sharing", sharing_id)
    day = today().isoformat()
    with session.change("sharing.withdrawn") as unit:
        contacting.withdraw_sharing(unit.connection, sharing_id, day)
        unit.about("member", sharing.person)
        unit.record("member", sharing.person, {"sharing": sharing.body, "withdrawn_on": ""},
                    {"sharing": sharing.body, "withdrawn_on": day})


def reaches(session: Session, person: str) -> list[Reach]:
    """For each channel whether the person may be reached for marketing, and why (not)."""
    who = members.get(session, person)
    closed = {channel for held in _stops(session, who) for channel in stopped_channels(held.channel, held.matched)}
    given = consents(session, person)
    found = []
    for channel in Channel:
        has = any(getattr(who, code) for code in ADDRESS_FIELDS[channel])
        held = [Stop("", channel.value, StopReason.OPT_OUT, "", "", "person")] if channel.value in closed else []
        found.append(rules.reach(channel, has, given, held))
    return found
