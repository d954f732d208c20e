"""Whom may we share with a body, or write to by a channel, and why not: counted for everybody, listed by reason (S3 l.22; S1 §22)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dpdesk.domain.asking import Answer, body_of
from dpdesk.domain.clocks import months_before
from dpdesk.domain.contacting import EVERY_CHANNEL
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind, Member
from dpdesk.domain.roles import Right
from dpdesk.domain.sharing import ENDING, ENDING_WITHIN_DAYS, Ground, ground
from dpdesk.services import asking, contacting
from dpdesk.services.session import Session, today


@dataclass(frozen=True)
class Survey:
    """Everybody of a kind by the reason that decides, each list by name; `rows` has `ENDING` too, a part of those permitted."""

    purpose: str
    kind: Kind
    rows: Mapping[str, array]

    def count(self, code: str) -> int:
        """How many there are of a reason."""
        return len(self.rows.get(code, ()))


@dataclass
class _Story:
    """What happened between the desk and one person, for one purpose; days are ISO."""

    standing_until: str = ""
    withdrawn_on: str = ""
    expired_on: str = ""
    refused_on: str = ""
    asked_on: str = ""


def survey(session: Session, purpose: str, kind: Kind = Kind.MEMBER) -> Survey:
    """Everybody by the reason that decides about a purpose: a channel, or `share:<body>`; raises `Invalid` for another."""
    from dpdesk.store import sharing
    from dpdesk.store.imports import last_seq
    from dpdesk.store.stops import Stops
    session.require(Right.MEMBERS_SEE)
    if purpose not in asking.purposes(session):
        raise Invalid({"purpose": "unknown"})
    soon = (today() + timedelta(days=ENDING_WITHIN_DAYS)).isoformat()
    with session.desk.read() as connection:
        seq = last_seq(connection)
        people = session.remembered(("people", kind), seq, lambda: sharing.everybody(connection, kind))
        stories = _stories(connection, purpose)
        aside, young = sharing.aside(connection), sharing.without_parent(connection, _child_born(session))
        wanted, stops = _wanted(purpose), Stops(connection, session.desk.key("stops"))
        stopped = session.remembered((kind, wanted), seq, lambda: stops.closed_to(wanted, kind.value))
    rows: dict[str, array] = {code: array("q") for code in (*Ground, ENDING)}
    plain, none = _Story(), ground()
    for row, person in people:
        story = stories.get(person, plain)
        code = none
        if story is not plain or person in stopped or person in aside or person in young:
            code = _ground(story, person in aside, person in young, person in stopped)
        rows[code].append(row)
        if code is Ground.PERMITTED and story.standing_until <= soon:
            rows[ENDING].append(row)
    return Survey(purpose, kind, rows)


def _wanted(purpose: str) -> frozenset[str]:
    """Channels that have to be closed for a stop to decide: for sharing only a stop on everything does."""
    return EVERY_CHANNEL if body_of(purpose) else frozenset({purpose})


def _child_born(session: Session) -> str:
    return months_before(today(), 12 * session.policy.parental_consent_under).isoformat()


def _ground(story: _Story, archived: bool, under_age: bool, stopped: bool) -> Ground:
    return ground(standing=bool(story.standing_until), withdrawn_on=story.withdrawn_on, expired_on=story.expired_on,
                  refused_on=story.refused_on, asked_on=story.asked_on, archived=archived, under_age=under_age, stopped=stopped)


def _stories(connection, purpose: str) -> dict[str, _Story]:
    from dpdesk.store import sharing
    day, found = today().isoformat(), {}
    for person, withdrawn, expires in sharing.given(connection, purpose):
        story = found.setdefault(person, _Story())
        if withdrawn:
            story.withdrawn_on = max(story.withdrawn_on, withdrawn)
        elif expires and expires <= day:
            story.expired_on = max(story.expired_on, expires)
        else:
            story.standing_until = max(story.standing_until, expires or "9999")
    for person, answer, asked_on, answered_on in sharing.asked(connection, purpose):
        story = found.setdefault(person, _Story())
        if answer == Answer.NO.value:
            story.refused_on = max(story.refused_on, answered_on)
        elif answer == Answer.WAITING.value:
            story.asked_on = max(story.asked_on, asked_on)
    return found


def passing(session: Session, body: str) -> _Gate:
    """What an export to a body asks of every batch of people."""
    return _Gate(session, body)


class _Gate:
    """Lets those through whom the survey calls permitted."""

    def __init__(self, session: Session, body: str) -> None:
        from dpdesk.store import contacting as store
        from dpdesk.store import sharing
        self._session = session
        with session.desk.read() as connection:
            self._permitting = store.permitting(connection, body, today().isoformat())
            self._aside = sharing.aside(connection)

    def among(self, connection, people: Iterable[Member]) -> set[str]:
        """The identities of those who may be told to the body."""
        from dpdesk.store.stops import Stops
        asked = [person for person in people if person.id in self._permitting]
        closed = Stops(connection, self._session.desk.key("stops")).closed_channels({p.id: p.known_by() for p in asked})
        return {p.id for p in asked if ground(
            standing=True, archived=p.id in self._aside, stopped=closed.get(p.id, frozenset()) >= EVERY_CHANNEL,
            under_age=contacting.under_age(self._session, p)) is Ground.PERMITTED}


def ending(session: Session) -> dict[tuple[str, str], int]:
    """How many people, by purpose and kind, have to be asked again: their yes has ended, or ends within `ENDING_WITHIN_DAYS`."""
    from dpdesk.store import sharing
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return sharing.ending(connection, (today() + timedelta(days=ENDING_WITHIN_DAYS)).isoformat())


def page(found: Survey, code: str, at: int = 0, many: int = 100) -> Sequence[int]:
    """Row numbers of some people of one reason."""
    return found.rows.get(code, array("q"))[at:at + many]
