"""Making one record of two, field by field: suppression always wins, and until the yearly audit it can be undone (S1 §3.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain.asking import Answer, purpose_of
from dpdesk.domain.clocks import months_before
from dpdesk.domain.contacting import EVERY_CHANNEL, Consent, Sharing
from dpdesk.domain.duplicates import GONE, KEEP, Choice, differing, propose
from dpdesk.domain.errors import CannotUndo, Invalid
from dpdesk.domain.folding import followed
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import CODES, Kind, Member
from dpdesk.domain.roles import Right
from dpdesk.services import members
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.merging import Merged
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class Comparison:
    """Two records side by side: the choice proposed, the fields that differ, what would move, and which stops would hold."""

    choice: Choice
    differing: tuple[str, ...]
    moves: Mapping[str, int]
    stopped: frozenset[str]


def compare(session: Session, one: str, other: str) -> Comparison:
    """Two people side by side; raises `NotFound`, or `Invalid` where they are one record."""
    from dpdesk.store import merging
    from dpdesk.store.stops import Stops
    if one == other:
        raise Invalid({"name": "unknown"})
    choice = propose(members.get(session, one), members.get(session, other))
    with session.desk.read() as connection:
        closed = Stops(connection, session.desk.key("stops")).closed_channels(
            {"a": choice.kept.known_by(), "b": choice.gone.known_by()})
        moves = merging.hanging(connection, choice.gone.id)
    return Comparison(choice, differing(choice.kept, choice.gone), moves, frozenset().union(*closed.values()))


def merge(session: Session, choice: Choice) -> str:
    """Make one record of two; returns the identity of the merge. A field changed meanwhile raises `Invalid`."""
    from dpdesk.store import members as store
    from dpdesk.store import merging
    session.require(Right.MEMBERS_EDIT)
    kept, gone = members.get(session, choice.kept.id), members.get(session, choice.gone.id)
    if kept.values() != choice.kept.values() or gone.values() != choice.gone.values():
        raise Invalid(dict.fromkeys((*differing(kept, choice.kept), *differing(gone, choice.gone)), "changed_meanwhile"))
    changed = choice.changed
    _check(session, kept, changed)
    with session.change("members.merged") as unit:
        merging.let_go(unit.connection, _horizon(session))
        _keep_stops(session, unit, kept, gone, {**kept.values(), **changed})
        moved = merging.move(unit.connection, gone.id, kept.id)
        store.remove(unit.connection, gone)
        if changed:
            store.change(unit.connection, kept, changed, unit.seq)
        withdrawn = _settle_consents(session, unit, kept.id, {**kept.values(), **changed})
        identity = new_id()
        merging.add(unit.connection, merging.Merged(identity, kept.id, gone.id, unit.at, unit.seq, 0, {
            "gone": {**gone.__dict__, "kind": gone.kind.value}, "kept": {code: getattr(kept, code) for code in changed},
            "changed": changed, "moved": moved, "withdrawn": withdrawn}))
        unit.about("member", kept.id)
        unit.record("member", kept.id, {code: getattr(kept, code) for code in changed}, changed)
        unit.record("member", gone.id, {code: value for code, value in gone.values().items() if value}, {})
        unit.facts(merge=identity, gone=gone.id, moved={code: len(ids) for code, ids in moved.items()})
    return identity


def _check(session: Session, kept: Member, changed: Mapping[str, str]) -> None:
    """A merged record obeys the rules of an edited one; two numbers cannot clash, for the other record goes."""
    _clean, problems = members.tidy(session, {**kept.values(), **changed}, kept.kind)
    problems = {code: what for code, what in problems.items() if code in changed}
    if problems:
        raise Invalid(problems)


def _keep_stops(session: Session, unit: Unit, kept: Member, gone: Member, after: Mapping[str, str]) -> None:
    """Every stop of either also recognises the person by what they are known by from now on, and by what they were."""
    from dpdesk.store.stops import Stops
    table = Stops(unit.connection, session.desk.key("stops"))
    for own, other in ((kept, gone), (gone, kept)):
        for stop in table.of(own.known_by()):
            for values in (other.known_by(), {**after, "record": kept.id}):
                table.extend(stop.id, followed(stop.bases, values))


def _settle_consents(session: Session, unit: Unit, person: str, values: Mapping[str, str]) -> list[str]:
    """Withdraw standing consents for stopped channels, and what a later no or withdrawal of the other record beats."""
    from dpdesk.store import asking, contacting
    from dpdesk.store.stops import Stops
    closed = {channel for stop in Stops(unit.connection, session.desk.key("stops")).of({**values, "record": person})
              for channel in stop.closes}
    given = [*contacting.consents(unit.connection, person), *contacting.sharings(unit.connection, person)]
    noes = [(purpose_of(each), each.withdrawn_on) for each in given if each.withdrawn_on]
    noes += [(each.purpose, each.answered_on) for each in asking.askings(unit.connection, person) if each.answer is Answer.NO]
    ended = [each for each in given if not each.withdrawn_on and (_shut(each, closed) or _beaten(each, noes))]
    for each in ended:
        if isinstance(each, Consent):
            contacting.withdraw_consent(unit.connection, each.id, today().isoformat(), "merge")
        else:
            contacting.withdraw_sharing(unit.connection, each.id, today().isoformat())
    return [each.id for each in ended]


def _shut(given: Consent | Sharing, closed: Collection[str]) -> bool:
    """Whether stops on those channels end it: sharing is ended by a stop on all of them."""
    return purpose_of(given) in closed if isinstance(given, Consent) else set(closed) >= EVERY_CHANNEL


def _beaten(standing: Consent | Sharing, noes: Iterable[tuple[str, str]]) -> bool:
    return any(purpose == purpose_of(standing) and day >= standing.given_on for purpose, day in noes)


def _horizon(session: Session) -> str:
    """The instant before which merges cannot be undone any more: the last yearly audit at the latest (S2 l.7)."""
    return months_before(today(), session.policy.data_audit_every_months).isoformat()


def listing(session: Session, person: str = "") -> list[Merged]:
    """Merges, newest first: all, or those of one person."""
    from dpdesk.store import merging
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return merging.listing(connection, person)


def undo(session: Session, identity: str) -> Member:
    """Make two records of one again. Stops hold for both. Raises `CannotUndo` where it is too late or the record changed since."""
    from dpdesk.store import members as store
    from dpdesk.store import merging
    session.require(Right.MEMBERS_EDIT)
    found = session.one("merge", identity, merging.get)
    if found.undone_seq:
        raise CannotUndo("already_undone")
    if not found.before or found.at < _horizon(session):
        raise CannotUndo("erased")
    kept = members.get(session, found.kept)
    since = tuple(code for code, value in found.before["changed"].items() if getattr(kept, code) != value)
    if since:
        raise CannotUndo("changed_since", since)
    with session.change("members.unmerged") as unit:
        values = {code: str(value) for code, value in found.before["gone"].items() if code in CODES}
        gone = store.add(unit.connection, Kind(found.before["gone"]["kind"]), values, unit.seq, found.gone)
        before = {code: str(value) for code, value in found.before["kept"].items()}
        if before:
            store.change(unit.connection, kept, before, unit.seq)
        merging.move_back(unit.connection, found.before["moved"], found.gone)
        _stand_again(session, unit, found, (replace(kept, **before), gone))
        merging.mark_undone(unit.connection, identity, unit.seq)
        unit.about("member", kept.id)
        unit.record("member", kept.id, {code: getattr(kept, code) for code in before}, before)
        unit.record("member", gone.id, {}, {code: value for code, value in values.items() if value})
        unit.facts(merge=identity, gone=gone.id)
    return gone


def _stand_again(session: Session, unit: Unit, found: Merged, people: tuple[Member, Member]) -> None:
    """Consents and permissions that the merge itself withdrew stand again, but for channels that are stopped."""
    from dpdesk.store import contacting, merging
    from dpdesk.store.stops import Stops
    closed = Stops(unit.connection, session.desk.key("stops")).closed_channels({who.id: who.known_by() for who in people})
    free = []
    for identity in found.before["withdrawn"]:
        given = contacting.consent_by_id(unit.connection, identity) or contacting.sharing_by_id(unit.connection, identity)
        if given is not None and not _shut(given, closed.get(given.person, ())):
            free.append(identity)
    merging.stand_again(unit.connection, free)


def until(session: Session, merged: Merged) -> bool:
    """Whether a merge can still be undone, as far as time goes."""
    return bool(merged.before) and not merged.undone_seq and merged.at >= _horizon(session)


def with_sides(choice: Choice, sides: Mapping[str, str]) -> Choice:
    """The choice with the officer's sides, field code -> KEEP or GONE."""
    return replace(choice, take={**choice.take, **{code: side for code, side in sides.items() if code in choice.take}})


def turned(choice: Choice) -> Choice:
    """The same choice with the other record kept."""
    other = {code: GONE if side == KEEP else KEEP for code, side in choice.take.items()}
    return Choice(choice.gone, choice.kept, other)
