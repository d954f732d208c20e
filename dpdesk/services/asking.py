"""Asking people for a consent or a permission: the words, version by version, who was asked and what they said (S1 16.1-16.8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain import asking as rules
from dpdesk.domain.asking import CONFIRMATION, LEFT_IN_PEACE_MONTHS, Answer, Asking, Wording
from dpdesk.domain.clocks import months_before
from dpdesk.domain.contacting import Channel, Consent, Method, Sharing
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services import giving, members
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

LONGEST = 2_000


def purposes(session: Session) -> tuple[str, ...]:
    """Every purpose of the desk: each channel, then each body of the policy."""
    return rules.purposes(body.code for body in session.policy.recipient_bodies)


def _check_purpose(session: Session, purpose: str) -> dict[str, str]:
    return {} if purpose in purposes(session) else {"purpose": "unknown"}


def wordings(session: Session, purpose: str = "") -> list[Wording]:
    """Every version of the desk's words, the newest of each purpose first."""
    from dpdesk.store import asking
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return asking.wordings(connection, purpose)


def current(session: Session) -> dict[str, Wording]:
    """The words in use, by purpose; a purpose without any is left out."""
    from dpdesk.store import asking
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return asking.current(connection)


def word(session: Session, purpose: str, text: str) -> Wording:
    """Put words in use for a purpose: a new version, earlier ones stay. The words in use already are no new version."""
    from dpdesk.store import asking
    session.require(Right.WORDINGS_EDIT)
    said = text.strip()
    problems = _check_purpose(session, purpose)
    if not said:
        problems["wording"] = "missing"
    elif len(said) > LONGEST:
        problems["wording"] = "too_long"
    if problems:
        raise Invalid(problems)
    known = current(session).get(purpose)
    if known is not None and known.text == said:
        return known
    with session.change("wording.changed") as unit:
        new = Wording(new_id(), purpose, asking.next_version(unit.connection, purpose), said, today().isoformat())
        asking.add_wording(unit.connection, new, unit.seq)
        unit.about("wording", new.id)
        unit.facts(purpose=purpose, version=new.version)
        unit.record("wording", new.id, {"wording": known.text if known else ""}, {"wording": said})
    return replace(new, recorded_by=session.officer.name)


def askings(session: Session, person: str) -> list[Asking]:
    """What a person was asked and what was confirmed to them, newest first."""
    from dpdesk.store import asking
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return asking.askings(connection, person)


@dataclass(frozen=True)
class Question:
    """A question as an officer records it: for what, on which day (ISO), how. The words are those in use then."""

    purpose: str
    asked_on: str
    how: Method


@dataclass(frozen=True)
class Reply:
    """What the person said, on which day; for a yes the words they agreed to ("" for those asked with), and where the proof is."""

    answer: Answer
    on: str
    wording: str = ""
    evidence: str = ""
    expires_on: str = ""


def ask(session: Session, person: str, question: Question, reply: Reply | None = None) -> Asking:
    """Record that a person was asked, and what they said where they did; a yes becomes a consent or permission in the same step.

    Who said no is left in peace for `LEFT_IN_PEACE_MONTHS`: asking them again raises `Invalid`.
    """
    from dpdesk.store import asking
    session.require(Right.MEMBERS_EDIT)
    who = members.get(session, person)
    problems = _check_purpose(session, question.purpose)
    if not giving.is_day(question.asked_on):
        problems["asked_on"] = "date_bad" if question.asked_on else "missing"
    elif question.asked_on > today().isoformat():
        problems["asked_on"] = "in_future"
    elif _said_no_lately(session, who.id, question):
        problems["purpose"] = "said_no"
    if problems:
        raise Invalid(problems)
    words = current(session).get(question.purpose)
    asked = Asking(new_id(), who.id, question.purpose, question.asked_on, question.how.value, wording_id=words.id if words else "",
                   version=words.version if words else 0)
    result = _result(session, asked, reply) if reply is not None else None
    with session.change("consent.asked") as unit:
        asking.add(unit.connection, asked, unit.seq)
        unit.about("member", who.id)
        unit.record("member", who.id, {}, {"purpose": asked.purpose, "asked_on": asked.asked_on, "method": asked.how})
        if reply is not None:
            _answered(session, unit, asked, reply, result)
    return replace(asked, recorded_by=session.officer.name, **_shown(reply))


def answer(session: Session, asking_id: str, reply: Reply) -> Asking:
    """Record what a person said who had been asked; a yes becomes a consent or permission in the same step."""
    from dpdesk.store import asking
    session.require(Right.MEMBERS_EDIT if reply.answer is Answer.YES else Right.STOPS_ADD)
    with session.desk.read() as connection:
        asked = asking.by_id(connection, asking_id)
    if asked is None or asked.answer is not Answer.WAITING or asked.how == CONFIRMATION:
        raise NotFound("asking", asking_id)
    result = _result(session, asked, reply)
    with session.change("consent.answered") as unit:
        _answered(session, unit, asked, reply, result)
    return replace(asked, **_shown(reply))


def _shown(reply: Reply | None) -> dict:
    return {"answer": reply.answer, "answered_on": reply.on} if reply is not None and reply.answer is not Answer.WAITING else {}


def _said_no_lately(session: Session, person: str, question: Question) -> bool:
    from dpdesk.store import asking
    since = months_before(today(), LEFT_IN_PEACE_MONTHS).isoformat()
    with session.desk.read() as connection:
        refused = asking.refusals(connection, question.purpose, since)
    return person in refused


def _result(session: Session, asked: Asking, reply: Reply) -> Consent | Sharing | None:
    """What a yes makes; None for another answer. Raises `Invalid`."""
    if reply.answer is Answer.WAITING:
        return None
    if reply.answer is Answer.NO:
        giving.check_given(session, reply.on)
    if reply.on < asked.asked_on:
        raise Invalid({"given_on": "before_asked"})
    if reply.answer is Answer.NO:
        return None
    words = reply.wording or next((each.text for each in wordings(session, asked.purpose) if each.id == asked.wording_id), "")
    if body := rules.body_of(asked.purpose):
        return giving.make_sharing(session, asked.person, body, reply.on, words, reply.expires_on)
    return giving.make_consent(session, asked.person, giving.Given(
        Channel(asked.purpose), reply.on, Method(asked.how), words, reply.evidence, reply.expires_on))


def _answered(session: Session, unit: Unit, asked: Asking, reply: Reply, result: Consent | Sharing | None) -> None:
    """Store the answer; a no also ends what was given before for the same purpose."""
    from dpdesk.store import asking
    from dpdesk.store import contacting as store
    if reply.answer is Answer.WAITING:
        return
    asking.answer(unit.connection, asked.id, reply.answer, reply.on)
    unit.about("member", asked.person)
    unit.record("member", asked.person, {"answer": Answer.WAITING.value}, {"answer": reply.answer.value, "answered_on": reply.on})
    if isinstance(result, Consent):
        giving.give(unit, result)
    elif result is not None:
        giving.share(unit, result)
    else:
        given = [*store.consents(unit.connection, asked.person), *store.sharings(unit.connection, asked.person)]
        for each in given:
            if rules.purpose_of(each) == asked.purpose and not each.withdrawn_on:
                giving.end(unit, each, "no")


def confirm(session: Session, given_id: str, sent_on: str) -> None:
    """Record that a yes given by word of mouth was confirmed to the person in writing (S1 16.8)."""
    from dpdesk.store import asking
    from dpdesk.store import contacting as store
    session.require(Right.MEMBERS_EDIT)
    with session.desk.read() as connection:
        given = store.consent_by_id(connection, given_id) or store.sharing_by_id(connection, given_id)
    if given is None or given.withdrawn_on:
        raise NotFound("consent", given_id)
    problem = ("missing" if not sent_on else "date_bad" if not giving.is_day(sent_on)
               else "in_future" if sent_on > today().isoformat() else "before_given" if sent_on < given.given_on else "")
    if problem:
        raise Invalid({"sent_on": problem})
    with session.change("consent.confirmed") as unit:
        asking.add(unit.connection, Asking(new_id(), given.person, rules.purpose_of(given), sent_on, CONFIRMATION, Answer.YES, sent_on,
                                           given.wording_id), unit.seq)
        unit.about("member", given.person)
        unit.record("member", given.person, {}, {"purpose": rules.purpose_of(given), "sent_on": sent_on})
