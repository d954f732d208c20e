"""Pairs of electors of two registers that may be one: a person says so, and the history follows the older one's identity."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.domain.electors import Elector
from dpdesk.domain.errors import NotFound
from dpdesk.domain.register_files import Follow
from dpdesk.domain.roles import Right
from dpdesk.services.register import shown_born_by
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Pair:
    """A pair to confirm: who left the register, and who came."""

    follow: Follow
    old: Elector
    new: Elector


def listing(session: Session, limit: int = 200) -> list[Pair]:
    """Pairs nobody has answered, the likeliest first; pairs with somebody too young to be shown are left out."""
    from dpdesk.store import electors, register_files
    session.require(Right.REGISTER_IMPORT)
    born = shown_born_by(session)
    with session.desk.read() as connection:
        follows = register_files.open_follows(connection, limit)
        there = {each.id: each for each in electors.by_ids(connection, [id for each in follows for id in (each.old, each.new)], born,
                                                           gone=True)}
    return [Pair(each, there[each.old], there[each.new]) for each in follows if each.old in there and each.new in there]


def waiting(session: Session) -> int:
    """How many pairs wait for an answer."""
    from dpdesk.store import register_files
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        return register_files.count_follows(connection)


def answer(session: Session, identity: str, *, same: bool) -> None:
    """Say of a pair whether it is one elector; raises `NotFound` where it was answered already.

    If it is, the older identity stands from now on under the new number, so that what hangs on it follows.
    """
    from dpdesk.store import electors, electors_write, register_files
    session.require(Right.REGISTER_IMPORT)
    with session.change("register.followed" if same else "register.not_followed") as unit:
        follow = register_files.follow_of(unit.connection, identity)
        if follow is None:
            raise NotFound("follow", identity)
        if same:
            there = {each.id: each for each in electors.by_ids(unit.connection, [follow.old, follow.new], gone=True)}
            old, new = there[follow.old], there[follow.new]
            years = register_files.years(unit.connection)
            electors_write.one(unit.connection, old, new, unit.seq)
            if not register_files.has_number(unit.connection, old.id, old.key):
                register_files.add_numbers(unit.connection, unit.seq, [(old.id, *old.key, years.get(old.register, 0))])
        register_files.answer_follow(unit.connection, identity, "same" if same else "other", unit.seq)
        unit.about("elector", follow.old)
        unit.facts(score=follow.score)
