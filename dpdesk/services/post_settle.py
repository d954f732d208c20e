"""What a run that was cut off leaves: people of whom it is not known whether they got it, until an officer says so."""

from __future__ import annotations

from dpdesk.domain.errors import MailingRefused, NotFound
from dpdesk.domain.post_states import OPEN, Outcome, State
from dpdesk.domain.roles import Right
from dpdesk.services import post_mailings
from dpdesk.services.session import Session


def settle(session: Session, *, doubt: bool = False) -> int:
    """Whoever was in flight when the program ended is unknown now; how many. Called before anything is sent, and at opening.

    With `doubt` (a backup was put back, entries are lost) everybody still open is unknown: they may have had it since.
    """
    from dpdesk.store import post as store
    from dpdesk.store import post_journal
    lost = [Outcome.IN_FLIGHT, *(OPEN if doubt else ())]
    with session.desk.read() as connection:
        states = [State.SENDING, State.PAUSED, *([State.READY, State.AWAITING] if doubt else ())]
        begun = [each for each in store.listing(connection, [state.value for state in states])
                 if each.state is State.SENDING or any(each.counts.get(outcome.value) for outcome in lost)]
    for each in begun:
        with session.change("post.cut_off") as unit:
            if not doubt:
                _replay(session, unit, each.id)
            n = store.turn(unit.connection, each.id, lost, Outcome.UNKNOWN, unit.at)
            store.change(unit.connection, each.id, state=State.PAUSED.value, pause="restored" if doubt else "cut_off")
            unit.about("mailing", each.id)
            unit.facts(unknown=n)
            close_if_done(unit, each.id)
    post_journal.clear(session.folder)
    return len(begun)


def _replay(session: Session, unit, identity: str) -> None:
    """What the journal of the run says of those in flight: answered, or never begun. Whoever was begun alone stays in flight."""
    from dpdesk.store import post as store
    from dpdesk.store import post_journal
    noted = post_journal.read(session.folder, identity)
    if noted is None:
        return
    for row in store.people(unit.connection, identity, [Outcome.IN_FLIGHT]):
        never = Outcome.DEFERRED if row.tries else Outcome.WAITING
        outcome, code = noted.get(row.id, (never, row.code))
        if outcome is not Outcome.IN_FLIGHT:
            answered = row.id in noted and outcome not in OPEN | {Outcome.DROPPED}
            store.set_outcomes(unit.connection, [(outcome.value, code, row.at, int(answered), row.id)])


def close_if_done(unit, identity: str) -> None:
    """Within a unit: a mailing of which nobody is left to be sent to has ended; people unknown can still be asked about."""
    from dpdesk.store import post as store
    counts = store.counts(unit.connection, identity)
    if not any(counts.get(each.value) for each in (*OPEN, Outcome.IN_FLIGHT)):
        post_mailings.finish(unit, identity)


def unknown(session: Session) -> list[tuple[str, str]]:
    """(mailing, person) of everybody of whom it is not known whether they got it."""
    from dpdesk.store import post as store
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        return store.unknown(connection)


def decide(session: Session, identity: str, person: str, *, again: bool) -> None:
    """Settle somebody of whom it is not known whether they got it: `again` sends it once more, else it counts as sent."""
    _turn(session, identity, person, Outcome.UNKNOWN, Outcome.WAITING if again else Outcome.SENT)


def try_again(session: Session, identity: str, person: str) -> None:
    """Let somebody whose message was refused be tried once more, such as after their address was put right."""
    _turn(session, identity, person, Outcome.FAILED, Outcome.WAITING)


def _turn(session: Session, identity: str, person: str, before: Outcome, after: Outcome) -> None:
    from dpdesk.store import post as store
    session.require(Right.POST_SEND)
    if post_mailings.get(session, identity).state is State.CANCELLED:
        raise MailingRefused("state")
    with session.change("post.decided") as unit:
        rows = [row for row in store.people(unit.connection, identity, [before]) if row.person == person]
        if not rows:
            raise NotFound("member", person)
        store.set_outcomes(unit.connection, [(after.value, "", unit.at, 0, row.id) for row in rows])
        if after is Outcome.WAITING:
            store.change(unit.connection, identity, state=State.PAUSED.value, ended_at="", pause="put_off")
        unit.about("mailing", identity)
        unit.facts(outcome=after.value)
