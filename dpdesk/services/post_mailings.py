"""A letter becomes a mailing: its recipients are set down, a second officer approves above the policy's number, it is recorded."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain import post_codes
from dpdesk.domain.clocks import months_before
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.ids import new_id
from dpdesk.domain.post import GROUNDS
from dpdesk.domain.post_states import REACHED, Mailing, Outcome, Route, State
from dpdesk.domain.roles import Right
from dpdesk.services.post import Letter
from dpdesk.services.post_plan import Plan, plan
from dpdesk.services.post_press import Sender
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class Got:
    """One person of a mailing: their name now ("" where erased), what became of it, the server's code, when, how many tries."""

    row: int
    person: str
    name: str
    outcome: Outcome
    code: str
    at: str
    tries: int


def prepare(session: Session, letter: Letter, route: Route, sender: Sender, *, account: str = "", draft: str = "") -> tuple[Mailing, Plan]:
    """Set down a mailing and who it is for; nothing goes out yet. Raises `MailingRefused` where it would be for nobody.

    It stands `READY`, or `AWAITING` a second officer where the policy asks for one (S3 l.23; S1 §22).
    """
    from dpdesk.store import post, post_files
    session.require(Right.POST_SEND)
    planned = plan(session, letter)
    if not planned.people:
        raise MailingRefused("nobody", count=len(planned.left_out))
    clear(session)
    identity, key = draft or new_id(), session.desk.key("post")
    state = State.AWAITING if planned.approval else State.READY
    with session.change("post.prepared") as unit:
        made = Mailing(identity, letter.purpose.value, GROUNDS[letter.purpose].art6, letter.subject, letter.body, route.value, state,
                       letter.template, json.dumps(letter.audience.as_data()), session.officer.id, unit.at, "", "", "", account,
                       sender.mailbox.name, str(sender.mailbox.address), letter.classification.value, "",
                       {Outcome.WAITING.value: len(planned.people)})
        if draft:
            post.remove(unit.connection, draft)
        post.add(unit.connection, made, unit.seq)
        post_files.replace(unit.connection, identity, letter.attachments, unit.seq)
        post.add_people(unit.connection, identity, [(p.id, post_codes.make(key, identity, p.id)) for p in planned.people])
        reasons = {reason.value: n for reason, n in planned.reasons.items()}
        post.note_left_out(unit.connection, identity, reasons)
        unit.about("mailing", identity)
        unit.facts(purpose=made.purpose, basis=made.basis, route=route.value, template=made.template, people=len(planned.people),
                   left_out=reasons, awaits=planned.approval)
    return made, planned


def get(session: Session, identity: str) -> Mailing:
    """One mailing; raises `NotFound`."""
    from dpdesk.store import post
    session.require(Right.POST_SEE)
    return session.one("mailing", identity, post.get)


def listing(session: Session) -> list[Mailing]:
    """Every mailing but drafts, newest first."""
    from dpdesk.store import post
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        return post.listing(connection, [state.value for state in State if state is not State.DRAFT])


def approve(session: Session, identity: str) -> Mailing:
    """A second officer lets a mailing go out; raises `MailingRefused` for the one who wrote it."""
    from dpdesk.store import post
    session.require(Right.POST_APPROVE)
    found = get(session, identity)
    if found.state is not State.AWAITING:
        raise MailingRefused("state")
    if found.made_by == session.officer.id:
        raise MailingRefused("own_approval")
    with session.change("post.approved") as unit:
        post.change(unit.connection, identity, state=State.READY.value, approved_by=session.officer.id)
        unit.about("mailing", identity)
        unit.facts(template=found.template, people=found.people)
    return replace(found, state=State.READY, approved_by=session.officer.id)


def cancel(session: Session, identity: str) -> Mailing:
    """Let nobody else get a mailing; who has it has it."""
    from dpdesk.store import post
    session.require(Right.POST_SEND)
    found = get(session, identity)
    if found.state not in (State.AWAITING, State.READY, State.PAUSED):
        raise MailingRefused("state")
    with session.change("post.cancelled") as unit:
        post.turn(unit.connection, identity, [Outcome.WAITING, Outcome.DEFERRED], Outcome.DROPPED, unit.at)
        post.change(unit.connection, identity, state=State.CANCELLED.value, ended_at=unit.at)
        unit.about("mailing", identity)
        unit.facts(**post.counts(unit.connection, identity))
    return get(session, identity)


def require_ready(session: Session, found: Mailing, route: Route) -> None:
    """Raise `MailingRefused` unless the mailing may go out by that route now."""
    if found.state is State.AWAITING:
        raise MailingRefused("not_approved", count=found.people)
    if found.route != route.value or found.state not in (State.READY, State.PAUSED, State.SENDING):
        raise MailingRefused("state")
    if found.people > session.policy.post_approve_over and not found.approved_by:
        raise MailingRefused("not_approved", count=found.people)


def finish(unit: Unit, identity: str, state: State = State.DONE) -> None:
    """Within a unit: the mailing has ended; the log learns how many got what."""
    from dpdesk.store import post
    post.change(unit.connection, identity, state=state.value, ended_at=unit.at, pause="")
    unit.about("mailing", identity)
    unit.facts(**post.counts(unit.connection, identity))


def recipients(session: Session, identity: str) -> list[Got]:
    """Who a mailing was for and what became of it, in order of sending."""
    from dpdesk.store import members, post
    session.require(Right.POST_SEE)
    session.require(Right.MEMBERS_SEE)
    get(session, identity)
    with session.desk.read() as connection:
        rows = post.people(connection, identity)
        names = {p.id: p.name for p in members.by_ids(connection, [row.person for row in rows if row.person])}
    return [Got(row.id, row.person, names.get(row.person, ""), Outcome(row.outcome), row.code, row.at, row.tries) for row in rows]


def left_out(session: Session, identity: str) -> dict[str, int]:
    """How many were left out of a mailing, by reason."""
    from dpdesk.store import post
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        return post.left_out(connection, identity)


def of_person(session: Session, person: str) -> list[tuple[Mailing, Outcome, str]]:
    """Every mailing meant for a person with what became of it and when, for an access request (S1 §13, §32)."""
    from dpdesk.store import post
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return [(found, Outcome(outcome), at) for found, outcome, at in post.of_person(connection, person)]


def by_code(session: Session, text: str) -> tuple[str, str] | None:
    """(mailing, person) of the first code of ours in a text, such as the subject of a reply; person "" where erased."""
    from dpdesk.store import post
    with session.desk.read() as connection:
        for code in post_codes.find(text):
            if found := post.by_token(connection, code):
                return found
    return None


@dataclass(frozen=True)
class Exposed:
    """Addresses were shown to others by mistake: what the register of incidents begins with (S0 l.11; S1 §27.11, §29)."""

    mailing: str
    subject: str
    purpose: str
    people: tuple[str, ...]
    aware_at: str
    seq: int


def exposed(session: Session, identity: str, how: str = "") -> Exposed:
    """Note that a mailing exposed addresses; returns who is exposed, for the incident to be opened with. The clock runs from now."""
    from dpdesk.store import post
    session.require(Right.POST_SEE)
    found = get(session, identity)
    with session.desk.read() as connection:
        people = tuple(row.person for row in post.people(connection, identity, REACHED) if row.person)
    with session.change("post.exposed") as unit:
        unit.about("mailing", identity)
        unit.facts(people=len(people), purpose=found.purpose, template=found.template, by_outcome=dict(Counter(found.counts)))
        unit.record("mailing", identity, {}, {"exposed": list(people), "how": how.strip()})
        at, seq = unit.at, unit.seq
    return Exposed(identity, found.subject, found.purpose, people, at, seq)


def clear(session: Session) -> int:
    """Erase what old mailings said and who got them, as the policy asks; their counts stay (S1 §9.b). How many.

    Every new mailing does so too.
    """
    from dpdesk.store import holds, post
    session.require(Right.POST_SEND)
    before = months_before(today(), session.policy.post_kept_months).isoformat()
    with session.desk.read() as connection:
        if holds.of_category(connection, "mailings") or not post.ended_before(connection, before):
            return 0
    with session.change("post.cleared") as unit:
        n = post.clear(unit.connection, before)
        unit.about("desk", session.desk_id)
        unit.facts(mailings=n)
    return n
