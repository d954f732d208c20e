"""Do-not-contact: noted for a person or a household, by channel, until when; lifted only with a reason (S1 §13.3; DOMAIN.md C7).

`apart` is what every list of people to be called on asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.leaving_alone import CHANNELS, DOOR, EVERY, WHY_LONGEST, LeaveAlone
from dpdesk.domain.roles import Right
from dpdesk.services.register import polling_day
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


def store_of(session: Session, connection):
    """What asks and notes over a connection, with the desk's own key for the digests."""
    from dpdesk.store.keys import subkey
    from dpdesk.store.leaving_alone import LeavingAlone
    return LeavingAlone(connection, subkey(session.desk.key("stops"), "electors left alone"))


def note(session: Session, elector: str, *, household: bool = False, channel: str = EVERY, until: str = "ever", day: str = "",
         why: str = "") -> LeaveAlone:
    """Note that somebody asked to be left alone. `until` is ever, election (the polling day set) or day.

    Raises `Invalid`, `NotFound`; `Declined` for this election where no polling day is set.
    """
    from dpdesk.services import electors
    session.require(Right.RESULTS_ENTER)
    found = electors.get(session, elector).row.elector
    with session.change("elector.left_alone") as unit:
        made = noted(session, unit, found, household=household, channel=channel, until=_last_day(session, until, day), why=why)
        unit.about("elector", found.id)
    return made


def noted(session: Session, unit: Unit, elector: Elector, *, household: bool = False, channel: str = EVERY, until: str = "", why: str = "",
          fact: str = "") -> LeaveAlone:
    """As `note`, within a change; `until` is the last day, "" for ever, and `fact` what it was learnt by."""
    if channel not in CHANNELS:
        raise Invalid({"channel": "unknown"})
    if len(why) > WHY_LONGEST:
        raise Invalid({"why": "too_long"})
    made = LeaveAlone(new_id(), elector.id, household, channel, until, why.strip(), fact, today().isoformat(), session.officer.id)
    store_of(session, unit.connection).add(made, elector, unit.seq)
    unit.facts(channel=channel, household=household, for_ever=not until)
    return made


def _last_day(session: Session, until: str, day: str) -> str:
    if until == "ever":
        return ""
    if until == "election":
        if not session.desk.setting("polling_day"):
            raise Declined("results.no_polling_day")
        return polling_day(session).isoformat()
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Invalid({"day": "date_bad" if day else "missing"}) from None
    if wanted < today():
        raise Invalid({"day": "in_past"})
    return wanted.isoformat()


def of(session: Session, elector: Elector) -> list[LeaveAlone]:
    """What was asked by or for an elector, also what was lifted, the newest first."""
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        return store_of(session, connection).ever_of(elector)


def lift(session: Session, identity: str, why: str) -> None:
    """They may be contacted again: because they said so. Raises `Invalid` without a reason, `NotFound` for one that does not hold."""
    session.require(Right.RESULTS_SETTLE)
    if not why.strip():
        raise Invalid({"why": "missing"})
    with session.change("elector.left_alone_ended") as unit:
        store = store_of(session, unit.connection)
        found = store.get(identity)
        if found is None or found.lifted:
            raise NotFound("leave_alone", identity)
        store.lift([identity], unit.seq, why.strip())
        unit.about("elector", found.elector)
        unit.facts(channel=found.channel, household=found.household)


def unnoted(session: Session, unit: Unit, fact: str) -> None:
    """Within a change: what was noted because of a fact that is taken back at once holds no more."""
    store = store_of(session, unit.connection)
    store.lift([each.id for each in store.of_fact(fact)], unit.seq, "")


def apart(session: Session, connection, electors: Sequence[Elector], channel: str = DOOR) -> dict[str, str]:
    """Who of some electors is to be left alone by a channel, with the reason: no_contact, household, or member (a stop on the desk)."""
    day = today().isoformat()
    found = {elector: "household" if all(each.household for each in asked if each.holds(channel, day)) else "no_contact"
             for elector, asked in store_of(session, connection).of_many(electors).items()
             if any(each.holds(channel, day) for each in asked)}
    for elector in _stopped(session, connection, {each.id for each in electors}):
        found.setdefault(elector, "member")
    return found


def _stopped(session: Session, connection, wanted: set[str]) -> set[str]:
    """Electors who are people of the desk with a stop on every channel."""
    from dpdesk.domain.contacting import ALL_CHANNELS
    from dpdesk.store import members, register_links
    from dpdesk.store.stops import Stops
    linked = {person: elector for elector, person in register_links.pairs(connection) if elector in wanted}
    people = {each.id: each.known_by() for each in members.by_ids(connection, list(linked))}
    stopped = Stops(connection, session.desk.key("stops")).of_many(people)
    return {linked[person] for person, stops in stopped.items() if any(stop.channel == ALL_CHANNELS for stop in stops)}
