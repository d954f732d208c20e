"""Who gets a letter, who is left out and why, and what to look at before it goes: shown first, never silently decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.folding import plain_email
from dpdesk.domain.mail_addresses import is_role, looks_mistyped, read
from dpdesk.domain.members import Confidentiality, Kind, Member
from dpdesk.domain.post import GROUNDS, Ages, Purpose, Reason, Standing, left_out
from dpdesk.domain.post_fields import FIELDS, Field, campaign_words, mark, stray_fields, values_of
from dpdesk.domain.roles import Right
from dpdesk.services import members, post, post_attachments
from dpdesk.services.post import Letter
from dpdesk.services.session import Session, today

_BATCH = 1000
BIG = 5 * 1024 * 1024


@dataclass(frozen=True)
class LeftOut:
    """Somebody who does not get it, and why; `name` "" where the person is not on the desk any more."""

    person: str
    name: str
    reason: Reason


@dataclass(frozen=True)
class Remark:
    """Something to look at: `code` with a number of people or the words it speaks of."""

    code: str
    count: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What would go out: to whom (in order), to whom not, what to look at, and whether a second officer must approve."""

    letter: Letter
    people: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Remark, ...] = ()
    approval: bool = False
    reasons: dict[Reason, int] = field(default_factory=dict)


class Judge:
    """Answers for many people over one connection; a later question sees what changed since the desk was asked last."""

    def __init__(self, session: Session, connection, purpose: Purpose) -> None:
        from dpdesk.store import archive, replies, restrictions
        from dpdesk.store import post as store
        from dpdesk.store.stops import Stops
        policy = session.policy
        self._purpose, self._today = purpose, today()
        self._ages = Ages(policy.child_age, policy.flag_under, policy.consent_lasts_months)
        self._stops = Stops(connection, session.desk.key("stops"))
        self._consents = store.consents(connection, "email") if GROUNDS[purpose].consent else {}
        self._archived = archive.rows(connection)
        self._restricted = restrictions.people(connection)
        self._dead = replies.dead_keys(connection)
        self._key = session.desk.key("stops")

    def reasons(self, people: Sequence[Member]) -> dict[str, Reason]:
        """Why those of the people who get no e-mail get none; the others are not in it."""
        closed = self._closed(people)
        found = {}
        for person in people:
            standing = Standing(closed.get(person.id, frozenset()), self._consents.get(person.id, ()), person.row in self._archived,
                                self._bounces_for(person))
            if reason := left_out(person, standing, self._purpose, self._ages, self._today):
                found[person.id] = reason
        return found

    def _closed(self, people: Sequence[Member]) -> dict[str, frozenset[str]]:
        """The reasons of the stops that close e-mail, by person."""
        stops = self._stops.of_many({person.id: person.known_by() for person in people})
        closed = {person: frozenset(each.reason.value for each in held if "email" in each.closes) for person, held in stops.items()}
        barred = self._restricted.intersection(person.id for person in people)
        return closed | {person: closed.get(person, frozenset()) | {StopReason.RESTRICTION.value} for person in barred}

    def _bounces_for(self, person: Member) -> bool:
        from dpdesk.store.replies import address_key
        return bool(self._dead and person.email) and address_key(self._key, person.email) in self._dead


def plan(session: Session, letter: Letter) -> Plan:
    """Who would get `letter` now; raises `Invalid` or `MailingRefused` where it cannot go to anybody."""
    session.require(Right.POST_SEE)
    post.check(letter)
    unread = post_attachments.check(session, letter.attachments)
    everybody, gone = audience(session, letter)
    seen: set[str] = set()
    chosen: list[Member] = []
    out = [LeftOut(person, "", Reason.ERASED) for person in gone]
    with session.desk.read() as connection:
        judge = Judge(session, connection, letter.purpose)
        for at in range(0, len(everybody), _BATCH):
            some = everybody[at:at + _BATCH]
            reasons = judge.reasons(some)
            for person in some:
                reason = reasons.get(person.id) or _barred(letter, person)
                if reason is None and (address := plain_email(str(read(person.email)))) in seen:
                    reason = Reason.DUPLICATE
                if reason is None:
                    seen.add(address)
                    chosen.append(person)
                else:
                    out.append(LeftOut(person.id, person.name, reason))
    approval = len(chosen) > session.policy.post_approve_over
    reasons = dict(Counter(each.reason for each in out))
    return Plan(letter, tuple(chosen), tuple(out), tuple(_warnings(session, letter, chosen, unread)), approval, reasons)


def _barred(letter: Letter, person: Member) -> Reason | None:
    """What is confidential goes to members alone (S4 §5(b)-(d), §7)."""
    confidential = letter.classification is not Confidentiality.ORDINARY
    return Reason.NOT_MEMBER if confidential and person.kind is not Kind.MEMBER else None


def audience(session: Session, letter: Letter) -> tuple[list[Member], list[str]]:
    """Everybody the letter is meant for, each once, and those picked by hand who are not on the desk any more."""
    from dpdesk.store import members as store
    numbers = members.spine(session, letter.audience.query) if letter.audience.query else ()
    with session.desk.read() as connection:
        found = {person.id: person for person in store.page(connection, numbers)}
        picked = {person.id: person for person in store.by_ids(connection, list(letter.audience.people))}
    gone = [person for person in dict.fromkeys(letter.audience.people) if person not in picked]
    for person in letter.audience.people:
        if person in picked:
            found.setdefault(person, picked[person])
    return list(found.values()), gone


def _warnings(session: Session, letter: Letter, people: Sequence[Member], unread: Sequence[str]) -> Iterable[Remark]:
    if unread:
        yield Remark("unread", len(unread), tuple(unread))
    if not GROUNDS[letter.purpose].consent and (words := campaign_words(f"{letter.subject} {letter.body}", session.policy.campaign_words)):
        yield Remark("campaigning", words=tuple(words))
    if stray := stray_fields(f"{letter.subject}\n{letter.body}"):
        yield Remark("stray_fields", words=tuple(stray))
    if people and (empty := _empty_fields(letter, people)):
        yield Remark("no_fallback", sum(empty.values()), tuple(empty))
    addresses = [read(person.email) for person in people]
    for code, test in (("role_addresses", is_role), ("mistyped", looks_mistyped)):
        if n := sum(map(test, addresses)):
            yield Remark(code, n)
    size = sum(len(each.content) for each in letter.attachments)
    if size > BIG:
        yield Remark("big", size)


def _empty_fields(letter: Letter, people: Sequence[Member]) -> dict[str, int]:
    """Fields without a fallback that some people have nothing for, with how many."""
    fields: tuple[Field, ...] = mark(letter.body, mark(letter.subject).fields).fields
    bare = [each for each in fields if not each.fallback and each.code in FIELDS]
    found = {each.code: sum(not values_of(person, [each])[0] for person in people) for each in bare}
    return {code: n for code, n in found.items() if n}
