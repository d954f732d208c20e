"""Canvassing sessions: planned, authorised, run at a table, and closed once every page is accounted for (S0 l.8-9; S1 23)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dpdesk.domain import custody
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import (
    CanvassSession,
    Of,
    Part,
    Participant,
    Protected,
    SessionState,
    session_problems,
)
from dpdesk.services.dates import british, utc_at
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.store.unit import Unit

FIELDS = ("on_day", "starts", "back_time", "place", "storage", "storage_kind", "protected")
PIN_LEAST = 4


@dataclass(frozen=True)
class Named:
    """Somebody who is to take part: a member, contact or officer by identity, or a name that is typed."""

    of: Of
    person: str = ""
    name: str = ""


def find_people(session: Session, text: str, limit: int = 8) -> list[Named]:
    """Members, contacts and officers whose name fits, by name alone: who runs a session sees no more of them than that."""
    from dpdesk.domain.folding import fold
    from dpdesk.store import archive, members, officers
    from dpdesk.store import search as store
    session.require(Right.SHEETS_RUN)
    words = fold(text).split()
    if not words:
        return []
    with session.desk.read() as connection:
        aside = archive.rows(connection)
        rows = [row for row in store.find(connection, text, [kind.value for kind in Kind], 40) if row not in aside]
        found = [Named(Of.OFFICER, each.id, each.name) for each in officers.listing(connection)
                 if all(word in fold(each.name) for word in words) and each.standing.value == "active"]
        for person in members.page(connection, rows):
            if all(any(part.startswith(word) for part in fold(person.name).split()) for word in words):
                found.append(Named(Of.MEMBER, person.id, person.name))
    return found[:limit]


def listing(session: Session, campaign: str = "") -> list[CanvassSession]:
    """Sessions with their people, the latest day first."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return sessions.listing(connection, campaign=campaign)


def get(session: Session, identity: str) -> CanvassSession:
    """One session; raises `NotFound`."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        found = next(iter(sessions.listing(connection, identity)), None)
    if found is None:
        raise NotFound("canvass_session", identity)
    return found


def values_of(found: CanvassSession) -> dict[str, str]:
    """A session's details as a form shows them."""
    back = british(found.back_by).strftime("%H:%M") if found.back_by else ""
    return {"on_day": found.on_day, "starts": found.starts, "back_time": back, "place": found.place, "storage": found.storage,
            "storage_kind": found.storage_kind, "protected": found.protected.value}


def add(session: Session, campaign: str, values: Mapping[str, str], senior: Named, people: Sequence[tuple[Named, Part]] = ()
        ) -> CanvassSession:
    """Plan a session; raises `Invalid`. There is one most senior individual, to whom every sheet comes back (S0 l.9)."""
    from dpdesk.services import campaigns
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    for_what = campaigns.get(session, campaign)
    if for_what.closed:
        raise Declined("sessions.campaign_closed", {"name": for_what.name})
    clean = _checked(values)
    made = CanvassSession(new_id(), for_what.id, clean["on_day"], clean["starts"], clean["place"], "",
                          utc_at(clean["on_day"], clean["back_time"]), clean["storage"], clean["storage_kind"],
                          Protected(clean["protected"]))
    parts = [(senior, Part.SENIOR), *people]
    taking = [_participant(session, made.id, who, part) for who, part in parts]
    made = replace(made, senior=taking[0].id, people=tuple(taking))
    with session.change("session.planned") as unit:
        made = replace(made, made_at=unit.at)
        sessions.add(unit.connection, made, unit.seq)
        sessions.add_people(unit.connection, taking, unit.seq)
        unit.about("canvass_session", made.id)
        unit.facts(campaign=for_what.id, people=len(taking))
        unit.record("canvass_session", made.id, {}, clean)
    return made


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    clean = {code: str(values.get(code, "")).strip() for code in FIELDS}
    problems = session_problems(clean, today())
    if problems:
        raise Invalid(problems)
    return clean


def _participant(session: Session, identity: str, who: Named, part: Part) -> Participant:
    """A participant with the name as it stands now; raises `Invalid` or `NotFound`."""
    from dpdesk.store import members, officers
    name = " ".join(who.name.split())
    with session.desk.read() as connection:
        if who.of is Of.MEMBER:
            found = members.get(connection, who.person)
        elif who.of is Of.OFFICER:
            found = officers.get(connection, who.person)
        else:
            found = None
    if who.of is not Of.NAME and found is None:
        raise NotFound("member" if who.of is Of.MEMBER else "officer", who.person)
    name = found.name if found is not None else name
    if not name:
        raise Invalid({"name": "missing"})
    if len(name) > 120:
        raise Invalid({"name": "too_long"})
    return Participant(new_id(), identity, who.of, who.person if found is not None else "", name, part)


def change(session: Session, identity: str, values: Mapping[str, str]) -> CanvassSession:
    """Change when and where, or where paper lies; raises `Invalid`. Of a session that has begun only the return and the storage."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    before = opened(session, identity)
    old = values_of(before)
    wanted = old | {code: str(value).strip() for code, value in values.items()}
    fixed = ("on_day", "starts", "place") if before.state is SessionState.RUNNING else ()
    problems = session_problems(wanted, min(today(), date.fromisoformat(before.on_day)))
    problems |= {code: "already_so" for code in fixed if wanted[code] != old[code]}
    if problems:
        raise Invalid(problems)
    back_by = utc_at(wanted["on_day"], wanted["back_time"])
    with session.change("session.changed") as unit:
        sessions.change(unit.connection, identity, **{code: wanted[code] for code in FIELDS if code != "back_time"}, back_by=back_by)
        sessions.back_by(unit.connection, identity, back_by)
        unit.about("canvass_session", identity)
        unit.facts(fields=sorted(code for code in FIELDS if wanted[code] != old[code]))
        unit.record("canvass_session", identity, old, wanted)
    return get(session, identity)


def opened(session: Session, identity: str) -> CanvassSession:
    """A session that can still be changed; raises `Declined`, `NotFound`."""
    found = get(session, identity)
    if found.state is SessionState.CLOSED:
        raise Declined("sessions.closed")
    return found


def join(session: Session, identity: str, who: Named, part: Part = Part.CANVASSER) -> Participant:
    """Somebody takes part; who is to hold sheets is a responsible individual. Raises `Invalid`."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    found = opened(session, identity)
    if part is Part.SENIOR:
        raise Invalid({"part": "unknown"})
    new = _participant(session, found.id, who, part)
    if any((each.of, each.person, each.name.casefold()) == (new.of, new.person, new.name.casefold()) and each.part is part
           for each in found.people):
        raise Invalid({"name": "name_taken"})
    with session.change("session.joined") as unit:
        sessions.add_people(unit.connection, [new], unit.seq)
        unit.about("canvass_session", found.id)
        unit.facts(participant=new.id, part=part.value)
    return new


def set_senior(session: Session, identity: str, participant: str) -> None:
    """Another participant is the most senior individual from now on."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    found = opened(session, identity)
    new = somebody(found, participant)
    if new.id == found.senior:
        raise Invalid({"senior": "already_so"})
    with session.change("session.senior_set") as unit:
        sessions.change(unit.connection, found.id, senior=new.id)
        if found.senior:
            sessions.change_person(unit.connection, found.senior, role=Part.RESPONSIBLE.value)
        sessions.change_person(unit.connection, new.id, role=Part.SENIOR.value)
        unit.about("canvass_session", found.id)
        unit.facts(participant=new.id)


def somebody(found: CanvassSession, participant: str) -> Participant:
    """A participant of a session; raises `NotFound`."""
    who = found.somebody(participant)
    if who is None:
        raise NotFound("participant", participant)
    return who


def leave(session: Session, identity: str, participant: str) -> None:
    """Somebody does not take part after all; refused where sheets were ever allotted or handed to them, and for the most senior."""
    from dpdesk.store import custody as kept
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    found = opened(session, identity)
    who = somebody(found, participant)
    with session.desk.read() as connection:
        holds = any(each.holder == who.id for each in sessions.allotments(connection, found.id))
        took = bool(kept.acknowledgements(connection, [who.id]))
    if holds or took or who.id == found.senior:
        raise Declined("sessions.holds_sheets")
    with session.change("session.left") as unit:
        sessions.remove_person(unit.connection, who.id)
        unit.about("canvass_session", found.id)
        unit.facts(participant=who.id)


def set_pin(session: Session, identity: str, participant: str, pin: Secret) -> None:
    """A participant chooses a PIN of 4 to 12 digits, with which they acknowledge what they take; only a keyed hash is kept."""
    from dpdesk.store import sessions
    session.require(Right.SHEETS_RUN)
    who = somebody(opened(session, identity), participant)
    text = pin.text()
    if not (PIN_LEAST <= len(text) <= 12 and text.isascii() and text.isdigit()) or len(set(text)) == 1 or text in "0123456789876543210":
        raise Invalid({"pin": "pin_weak"})
    with session.change("session.pin_set") as unit:
        sessions.change_person(unit.connection, who.id, pin=_pin(session, who.id, text))
        unit.about("canvass_session", identity)
        unit.facts(participant=who.id)


def _pin(session: Session, participant: str, text: str) -> str:
    return hmac.digest(session.desk.key("values"), f"dpdesk pin {participant} {text}".encode(), "sha256").hex()


def pin_fits(session: Session, participant: str, pin: Secret) -> bool:
    """Whether it is the participant's PIN."""
    from dpdesk.store import sessions
    with session.desk.read() as connection:
        kept = sessions.pin_of(connection, participant)
    return bool(kept) and hmac.compare_digest(kept, _pin(session, participant, pin.text()))


def authorise(session: Session, identity: str, *, by: str = "", on: str = "", where: str = "") -> None:
    """Record the written authorisation to take paper off the premises (S1 23).

    Who has the right gives it here in their own name; another officer records who gave it, on which day, and where it is written.
    """
    from dpdesk.store import sessions
    session.require(Right.SHEETS_SEE)
    found = opened(session, identity)
    mine = session.may(Right.SHEETS_AUTHORISE) and not by
    if not mine:
        session.require(Right.SHEETS_RUN)
        problems = {code: "missing" for code, value in (("authorised_by", by), ("authorised_where", where)) if not value.strip()}
        try:
            if date.fromisoformat(on or today().isoformat()) > today():
                problems["authorised_on"] = "in_future"
        except ValueError:
            problems["authorised_on"] = "date_bad"
        if problems:
            raise Invalid(problems)
    values = {"authorised_by": session.officer.name if mine else by.strip(), "authorised_on": today().isoformat() if mine else
              on or today().isoformat(), "authorised_where": where.strip()}
    with session.change("session.authorised") as unit:
        sessions.change(unit.connection, found.id, **values)
        unit.about("canvass_session", found.id)
        unit.facts(own=mine)
        unit.record("canvass_session", found.id, {code: getattr(found, code) for code in values}, values)


def begin(session: Session, identity: str) -> CanvassSession:
    """The session sets off: what was issued is out from now on."""
    from dpdesk.services import custody as chain
    from dpdesk.store import sessions, sheets
    session.require(Right.SHEETS_RUN)
    found = opened(session, identity)
    if found.state is SessionState.RUNNING:
        raise Declined("sessions.runs_already")
    with session.change("session.begun") as unit:
        sessions.change(unit.connection, found.id, state=SessionState.RUNNING.value, begun_at=unit.at)
        unit.about("canvass_session", found.id)
        mine = [each.id for each in sheets.listing(unit.connection, found.id)]
        issued = [each for each in sheets.copies(unit.connection, mine) if each.state is custody.State.ISSUED]
        unit.facts(pages=len(issued))
        chain.apply(session, unit, issued, custody.Move.GO_OUT, chain.Handing(place=found.place))
    return get(session, identity)


def close(session: Session, identity: str) -> CanvassSession:
    """End a session; refused while a page is away or missing. The most senior individual has all paper then (S0 l.9)."""
    from dpdesk.store import sheets
    session.require(Right.SHEETS_RUN)
    found = opened(session, identity)
    with session.desk.read() as connection:
        pages = sheets.copies(connection, [each.id for each in sheets.listing(connection, found.id)])
    away = [each for each in pages if each.state in custody.AWAY]
    if away:
        raise Declined("sessions.pages_away", {"count": len(away)})
    with session.change("session.closed") as unit:
        _close(unit, found, pages)
    return get(session, identity)


def _close(unit: Unit, found: CanvassSession, pages: Sequence[custody.PageCopy]) -> None:
    from dpdesk.store import sessions
    sessions.change(unit.connection, found.id, state=SessionState.CLOSED.value, closed_at=unit.at)
    unit.about("canvass_session", found.id)
    unit.facts(pages=len(pages), missing=len(custody.missing(pages)))
