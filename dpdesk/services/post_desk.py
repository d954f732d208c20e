"""What an officer at the desk asks about letters: who would fit before a word is written, what waits for them, what was exposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Invalid, MailingRefused
from dpdesk.domain.members import Member
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_states import Mailing, Outcome, State
from dpdesk.domain.roles import Right
from dpdesk.services import post, post_accounts, post_mailings, post_plan, post_settings
from dpdesk.services.post import Audience, Letter
from dpdesk.services.post_plan import Plan
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.store.post_accounts import Account

_BLANK = "-"


def who(session: Session, purpose: Purpose, audience: Audience) -> Plan:
    """Who would get a letter of that purpose, and who would not and why, before anything is written; raises `Invalid`."""
    return post_plan.plan(session, Letter(purpose, _BLANK, _BLANK, audience))


def people(session: Session, audience: Audience) -> list[Member]:
    """Those chosen by hand who are on the desk, in the order they were chosen."""
    from dpdesk.store import members
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found = {person.id: person for person in members.by_ids(connection, list(audience.people))}
    return [found[person] for person in audience.people if person in found]


def sender_address(session: Session) -> str:
    """The address letters come from: the branch's as it is kept, else that of the first account; "" where there is neither."""
    kept = post_settings.get(session).address
    if kept:
        return kept
    accounts = post_accounts.listing(session)
    return accounts[0].sender_address if accounts else ""


@dataclass(frozen=True)
class Going:
    """The accounts there are, each with whether it can sign in without asking, and the address letters come from otherwise."""

    accounts: tuple[tuple[Account, bool], ...]
    sender: str


def going(session: Session) -> Going:
    """By what a letter could go out."""
    found = post_accounts.listing(session)
    return Going(tuple((each, not each.username or post_accounts.has_secret(session, each.id)) for each in found), sender_address(session))


@dataclass(frozen=True)
class Waiting:
    """How many mailings wait: for this officer's approval, to go on, for a word about somebody unknown; and drafts of their own."""

    approval: int = 0
    paused: int = 0
    unknown: int = 0
    drafts: int = 0


def waiting(session: Session) -> Waiting:
    """What waits for this officer."""
    if not session.may(Right.POST_SEE):
        return Waiting()
    found = post_mailings.listing(session)
    mine, me = session.may(Right.POST_SEND), session.officer.id
    return Waiting(
        sum(each.state is State.AWAITING and each.made_by != me for each in found) if session.may(Right.POST_APPROVE) else 0,
        sum(each.state in (State.PAUSED, State.READY) for each in found) if mine else 0,
        sum(each.counts.get(Outcome.UNKNOWN.value, 0) for each in found if each.state is not State.CANCELLED) if mine else 0,
        sum(each.made_by == me for each in post.drafts(session)) if mine else 0)


def refuse(session: Session, identity: str, why: str) -> Mailing:
    """A second officer does not let a mailing go out; nobody gets it, and the reason is kept. Raises `Invalid`."""
    from dpdesk.store import post as store
    session.require(Right.POST_APPROVE)
    if not why.strip():
        raise Invalid({"why": "missing"})
    found = post_mailings.get(session, identity)
    if found.state is not State.AWAITING:
        raise MailingRefused("state")
    with session.change("post.refused") as unit:
        store.turn(unit.connection, identity, [Outcome.WAITING], Outcome.DROPPED, unit.at)
        store.change(unit.connection, identity, state=State.CANCELLED.value, ended_at=unit.at)
        unit.record("mailing", identity, {}, {"why": why.strip()})
        unit.facts(people=found.people, template=found.template)
    return post_mailings.get(session, identity)


def again(session: Session, identity: str) -> str:
    """A new draft with what an earlier mailing or draft said, for the same people; its identity."""
    return post.save(session, post.letter_of(session, identity))


@dataclass(frozen=True)
class Exposure:
    """Addresses were exposed by a mailing: when it was noted (UTC), as which entry, by whom, how many people, and how."""

    mailing: str
    at: str
    seq: int
    officer: str
    people: int
    how: str = ""

    def until(self, hours: int) -> datetime:
        """When the hours since it was noted are over."""
        return datetime.fromisoformat(self.at) + timedelta(hours=hours)


def exposures(session: Session, identity: str = "") -> list[Exposure]:
    """What was noted as exposed, of one mailing or of all, the newest first."""
    from dpdesk.domain.audit import Filter
    from dpdesk.store import audit
    session.require(Right.POST_SEE)
    names = officers(session)
    with session.desk.read() as connection:
        entries = audit.entries(connection, Filter(action="post.exposed", subject=identity), 100)
        said = {entry.seq: [each for past in audit.past_of(connection, seq=entry.seq) for each in past.change] for entry in entries}
    return [Exposure(entry.subject, entry.at, entry.seq, names.get(entry.officer, ""), int(str(entry.facts.get("people", 0))),
                     next((str(after) for code, _before, after in said[entry.seq] if code == "how"), "")) for entry in entries]


def officers(session: Session) -> dict[str, str]:
    """The names of all officers there ever were, by identity: who wrote, who approved."""
    from dpdesk.store import officers as store
    with session.desk.read() as connection:
        return {each.id: each.name for each in store.listing(connection)}
