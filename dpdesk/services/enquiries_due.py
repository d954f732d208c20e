"""Enquiries whose time is up, and holds to review: what comes up on Today, and erasing it in one confirmed step (S2 l.20-21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpdesk.domain.capacities import Capacity
from dpdesk.domain.enquiries import Enquiry, Stage, known_only_by
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import EraseRefused, Invalid
from dpdesk.domain.roles import Right
from dpdesk.services import erasing
from dpdesk.services.enquiries import Shown, expired_on, with_names
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

LISTED = 200


@dataclass(frozen=True)
class Due:
    """All that stands: `expired` are to be erased, `reviews` are holds to look at, `held` and `open` go on.

    `leaving` are those (identities) whom the branch knows through expired enquiries alone: they go with them.
    """

    expired: tuple[Shown, ...] = ()
    reviews: tuple[Shown, ...] = ()
    held: tuple[Shown, ...] = ()
    open: tuple[Shown, ...] = ()
    leaving: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Done:
    """How erasing ended: enquiries gone, people gone with them, and the certificate for those, "" where none went."""

    enquiries: int
    people: int
    certificate: str
    cleared: bool


def due(session: Session) -> Due:
    """What stands, the most pressing first; at most LISTED that are open."""
    from dpdesk.store import enquiries
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        expired = _expired(session, connection)
        holds = with_names(session, connection, enquiries.holds(connection))
        going = with_names(session, connection, enquiries.open_ones(connection, "", LISTED))
        leaving = _leaving(connection, [each.enquiry for each in expired])
    return Due(tuple(expired), tuple(each for each in holds if each.stage is Stage.REVIEW),
               tuple(each for each in holds if each.stage is Stage.HELD),
               tuple(each for each in going if each.stage is Stage.OPEN), frozenset(leaving))


def _expired(session: Session, connection) -> list[Shown]:
    from dpdesk.store import enquiries
    found = with_names(session, connection, enquiries.last_before(connection, expired_on(session)))
    return [each for each in found if each.stage is Stage.EXPIRED]


def _leaving(connection, going: Iterable[Enquiry]) -> set[str]:
    """Who is known through these enquiries alone: nothing else hangs on them, and nobody recorded another capacity."""
    from dpdesk.store import capacities, contacting, enquiries
    from dpdesk.store import members as store
    ids = {each.id for each in going}
    people = sorted({each.person for each in going})
    held, asked = capacities.among(connection, people), enquiries.among(connection, people)
    found = {person.id for person in store.by_ids(connection, people) if known_only_by(
        person, [each for each in held if each.person == person.id], [each for each in asked if each.person == person.id], ids)}
    return {person for person in found if not any(
        not each.withdrawn_on for each in (*contacting.consents(connection, person), *contacting.sharings(connection, person)))}


def counts(session: Session) -> tuple[int, int]:
    """How many enquiries are to be erased, and how many holds to review, today."""
    from dpdesk.store import enquiries
    with session.desk.read() as connection:
        months = session.policy.enquiries_kept_months
        expired = [each for each in enquiries.last_before(connection, expired_on(session))
                   if each.stage(today(), months) is Stage.EXPIRED]
        return len(expired), len(enquiries.holds(connection, today().isoformat()))


def erase(session: Session, identities: Sequence[str], why: str, how: Erasing = Erasing.ERASED,
          also: Callable[[Unit, Sequence[str]], None] = lambda unit, gone: None, certificate: str = "") -> Done:
    """Erase expired enquiries, and with them whoever is known through them alone; one that has not expired stays.

    People go first, with their certificate; broken off in between, the rest is still listed. `also` adds to each change, and is told
    which enquiries go with it; `certificate` is one that stands for more than this. Raises `Invalid`.
    """
    from dpdesk.store import erasing as store
    session.require(Right.MEMBERS_ERASE)
    if not why.strip():
        raise Invalid({"why": "missing"})
    wanted = set(identities)
    with session.desk.read() as connection:
        going = [each.enquiry for each in _expired(session, connection) if each.enquiry.id in wanted]
        leaving = sorted(_leaving(connection, going))
    number, cleared = "", True
    if leaving:
        with_them = [each.id for each in going if each.person in leaving]
        done = erasing.erase(session, leaving, why, how, also=lambda unit: also(unit, with_them), certificate=certificate,
                             asked=False)
        number, cleared = done.certificate, done.cleared
    left = [each for each in going if each.person not in leaving]
    if left:
        _erase_texts(session, left, also)
        cleared = store.compact(session.desk)
    return Done(len(going), len(leaving), number, cleared)


def erase_one(session: Session, identity: str) -> bool:
    """Erase one enquiry before its time, on request or recorded by mistake; the person stays (S2 l.25).

    Raises `NotFound`, and `EraseRefused` under a hold. Returns whether every trace is cleared by now.
    """
    from dpdesk.store import enquiries, holds
    from dpdesk.store import erasing as store
    session.require(Right.MEMBERS_ERASE)
    found = session.one("enquiry", identity, enquiries.get)
    with session.desk.read() as connection:
        held = found.hold_reason or holds.of_people(connection, [found.person])
    if held:
        raise EraseRefused("held", 1)
    _erase_texts(session, [found])
    return store.compact(session.desk)


def _erase_texts(session: Session, going: Sequence[Enquiry],
                 also: Callable[[Unit, Sequence[str]], None] = lambda unit, gone: None) -> None:
    """Take enquiries out of people who stay; who has none left is no enquirer any more."""
    from dpdesk.store import capacities, enquiries
    from dpdesk.store import erasing as store
    people = sorted({each.person for each in going})
    with session.change("enquiries.erased") as unit:
        enquiries.remove(unit.connection, [each.id for each in going])
        asking = {each.person for each in enquiries.among(unit.connection, people)}
        over = [each for each in capacities.among(unit.connection, people)
                if each.capacity is Capacity.ENQUIRER and each.person not in asking]
        capacities.remove(unit.connection, [each.id for each in over])
        for each in going:
            unit.record("member", each.person, {"enquiry": each.asked_on}, {"enquiry": ""})
        for each in over:
            unit.record("member", each.person, {"capacity": each.capacity.value}, {"capacity": ""})
        unit.facts(enquiries=len(going), people=len(people))
        also(unit, [each.id for each in going])
        store.ask_compaction(unit.connection)
