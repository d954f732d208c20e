"""What an officer decides on the suggestions of replies: confirmed ones take effect at once and everywhere, each on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dpdesk.domain.contacting import ALL_CHANNELS, Channel, StopReason
from dpdesk.domain.errors import Cancelled, CannotUndo, DeskError, Invalid, NotFound
from dpdesk.domain.folding import by_address
from dpdesk.domain.replies import BOUNCES, STOPS, TO_READ, Kind, State
from dpdesk.domain.roles import Right
from dpdesk.services import contacting, members, replies
from dpdesk.services.dates import day
from dpdesk.services.replies import Progress, Stopper
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.replies import Suggestion
    from dpdesk.store.unit import Unit

Failures = list[tuple[str, DeskError]]
ASKED = (Kind.STOP_MAIL, Kind.STOP_ALL, Kind.DEAD)
"""What an officer may make of a mail that was unclear."""


def confirm(session: Session, identity: str, person: str = "", kind: Kind | None = None) -> None:
    """Do what a reply asks. `person` says who it is where nobody was found, `kind` (of ASKED) what an unclear one asks.

    Raises `Invalid` where either is missing, `NotFound` where the suggestion is gone or decided.
    """
    session.require(Right.STOPS_ADD)
    found = _open(session, identity)
    wanted = _wanted(found, kind)
    whose = found.person or person
    if person:
        members.get(session, person)
    if wanted in STOPS:
        _stop(session, found, wanted, whose)
    elif wanted in BOUNCES:
        _bounce(session, found, wanted, whose)
    else:
        _move(session, found, whose)


def _open(session: Session, identity: str) -> Suggestion:
    found = replies.get(session, identity)
    if found.state is not State.OPEN:
        raise NotFound("reply", identity)
    return found


def _wanted(found: Suggestion, kind: Kind | None) -> Kind:
    """What is done: what the reply asks, or what the officer says that an unclear one (or a stop that goes further) does."""
    if kind in (None, found.kind) and found.kind not in TO_READ:
        return found.kind
    if kind in ASKED if found.kind in TO_READ else found.kind in STOPS and kind in STOPS:
        return kind
    raise Invalid({"reply_kind": "unknown" if kind and kind not in TO_READ else "missing"})


def source_of(found: Suggestion) -> str:
    """Where a stop came from: "Reply of Tue 24 Nov 2026"."""
    on = found.wrote_on if found.wrote_on and found.wrote_on <= today().isoformat() else found.at[:10]
    return tr("Reply of {day}", day=day(on))


def _stop(session: Session, found: Suggestion, wanted: Kind, whose: str) -> None:
    """Stop the person; where nobody is known, stop the address, so that whoever comes in with it is stopped."""
    from dpdesk.store.stops import NewStop, Stops
    channel = ALL_CHANNELS if wanted is Kind.STOP_ALL else Channel.EMAIL.value
    reason = StopReason.DO_NOT_CONTACT if wanted is Kind.STOP_ALL else StopReason.OPT_OUT
    if not whose and "@" not in found.address:
        raise Invalid({"person": "missing"})
    if whose and _holds(session, whose, channel):
        with session.change("reply.confirmed") as unit:
            unit.about("member", whose)
            _decided(session, unit, found, State.CONFIRMED, whose)
        return
    with session.change("stop.set") as unit:
        if whose:
            contacting.stop_within(session, unit, members.get(session, whose), channel, reason, source_of(found))
        else:
            added = Stops(unit.connection, session.desk.key("stops")).add(
                [NewStop({"email": found.address}, Channel.EMAIL.value, reason, today().isoformat(), source_of(found))], unit.seq)
            unit.about("stop", added[0])
            unit.facts(stop=added[0], channel=Channel.EMAIL.value, by="address")
        _decided(session, unit, found, State.CONFIRMED, whose)


def _holds(session: Session, whose: str, channel: str) -> bool:
    """Whether such a stop of the person, not only of their address, stands already."""
    return any(stop.channel in (ALL_CHANNELS, channel) and not by_address(stop.matched)
               for stop in contacting.stops(session, whose))


def _bounce(session: Session, found: Suggestion, wanted: Kind, whose: str) -> None:
    from dpdesk.store import replies as store
    address = found.address
    if "@" not in address and whose:
        address = members.get(session, whose).email
    if "@" not in address:
        raise Invalid({"email": "missing"})
    with session.change("address.bouncing" if wanted is Kind.DEAD else "address.failed_once") as unit:
        on = found.wrote_on or unit.at[:10]
        store.note_bounce(unit.connection, store.address_key(session.desk.key("stops"), address), wanted, on, unit.seq)
        if whose:
            unit.about("member", whose)
        _decided(session, unit, found, State.CONFIRMED, whose)


def _move(session: Session, found: Suggestion, whose: str) -> None:
    """Give the person the new address, as an edit that can be undone."""
    if not whose:
        raise Invalid({"person": "missing"})
    before = members.get(session, whose)
    after = members.edit(session, whose, {"email": found.value}, before)
    with session.change("reply.confirmed") as unit:
        unit.about("member", whose)
        _decided(session, unit, found, State.CONFIRMED, whose, after.changed if after.email != before.email else 0)


def _decided(session: Session, unit: Unit, found: Suggestion, state: State, whose: str | None = None, seq: int | None = None) -> None:
    from dpdesk.store import replies as store
    store.decide(unit.connection, found.id, state, unit.at, session.officer.id, unit.seq if seq is None else seq, whose)
    unit.facts(reply=found.id, kind=found.kind.value)


def assign(session: Session, identity: str, person: str) -> None:
    """Say whose a reply is, where nobody was found; what it asks waits on."""
    from dpdesk.store import replies as store
    session.require(Right.STOPS_ADD)
    found, who = _open(session, identity), members.get(session, person)
    with session.change("reply.assigned") as unit:
        store.decide(unit.connection, found.id, State.OPEN, "", "", 0, who.id)
        unit.about("member", who.id)
        unit.facts(reply=found.id, kind=found.kind.value)


def dismiss(session: Session, identity: str) -> None:
    """Say that a suggestion is wrong, or that nothing is to be done; its words are erased after thirty days."""
    session.require(Right.STOPS_ADD)
    found = _open(session, identity)
    with session.change("reply.dismissed") as unit:
        if found.person:
            unit.about("member", found.person)
        _decided(session, unit, found, State.DISMISSED)


def undo(session: Session, identity: str) -> None:
    """Take a decision back: what was dismissed waits again, an address gets its old value, or works again. Raises
    `CannotUndo`: a stop is lifted by fresh consent alone."""
    from dpdesk.store import replies as store
    session.require(Right.STOPS_ADD)
    found = replies.get(session, identity)
    if found.state is State.OPEN:
        raise CannotUndo("already_undone")
    if found.state is State.DISMISSED and not found.excerpt:
        raise CannotUndo("erased")
    if found.state is State.CONFIRMED:
        _take_back(session, found)
    with session.change("reply.reopened") as unit:
        if found.person:
            unit.about("member", found.person)
        if found.state is State.CONFIRMED and found.decided_seq:
            store.clear_bounces(unit.connection, _key_of(session, found), unit.seq, found.decided_seq)
        store.decide(unit.connection, found.id, State.OPEN, "", "", 0)
        unit.facts(reply=found.id, kind=found.kind.value)


def _take_back(session: Session, found: Suggestion) -> None:
    """Undo what a confirmed suggestion did, other than a note that an address fails."""
    from dpdesk.store import replies as store
    if found.kind is Kind.NEW_ADDRESS:
        if found.decided_seq:
            members.undo(session, found.decided_seq)
        return
    with session.desk.read() as connection:
        if not store.noted(connection, _key_of(session, found), found.decided_seq):
            raise CannotUndo("stop" if found.kind not in BOUNCES else "already_undone")


def _key_of(session: Session, found: Suggestion) -> bytes:
    from dpdesk.store import replies as store
    return store.address_key(session.desk.key("stops"), found.address)


def works_again(session: Session, person: str) -> None:
    """Say that the person's address on record works: mail goes to it again."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_EDIT)
    who = members.get(session, person)
    if person not in replies.bouncing(session):
        raise NotFound("address", who.id)
    with session.change("address.works") as unit:
        store.clear_bounces(unit.connection, store.address_key(session.desk.key("stops"), who.email), unit.seq)
        unit.about("member", person)
        unit.facts(address="works")


def confirm_many(session: Session, identities: Sequence[str], progress: Progress = None, cancelled: Stopper = None
                 ) -> tuple[int, Failures]:
    """Confirm several: (how many were done, those that could not be and why). What is done stays done when it is stopped."""
    return _many(identities, lambda each: confirm(session, each), progress, cancelled)


def dismiss_many(session: Session, identities: Sequence[str], progress: Progress = None, cancelled: Stopper = None
                 ) -> tuple[int, Failures]:
    """Dismiss several."""
    return _many(identities, lambda each: dismiss(session, each), progress, cancelled)


def _many(identities: Sequence[str], act: Callable[[str], None], progress: Progress, cancelled: Stopper) -> tuple[int, Failures]:
    done, failed = 0, []
    for place, identity in enumerate(identities):
        if cancelled is not None and cancelled():
            if not done:
                raise Cancelled()
            break
        try:
            act(identity)
            done += 1
        except DeskError as problem:
            failed.append((identity, problem))
        if progress is not None:
            progress(place + 1, len(identities))
    return done, failed
