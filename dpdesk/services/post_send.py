"""Sending a mailing by SMTP: one message, one recipient, its state kept before and after, so that no one gets it twice.

Whoever comes next is committed as in flight, a handful at a time; a journal says which of them was begun and answered. Killed
anywhere, each person has it once or not at all, but for the one in flight: that one is unknown, and is asked about.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from dpdesk.domain.errors import Cancelled, MailServer
from dpdesk.domain.mail_addresses import Address, read
from dpdesk.domain.members import Member
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_answers import Answer
from dpdesk.domain.post_pace import Limiter
from dpdesk.domain.post_states import OPEN, RETRY_AFTER, Mailing, Outcome, Route, State
from dpdesk.domain.replies import Kind
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.services import post, post_accounts, post_mailings, post_settle
from dpdesk.services.post_plan import Judge
from dpdesk.services.post_press import Press, sender_of
from dpdesk.services.session import Session

_DROPS = 3
"""How often the line may break in a row before the run pauses."""
_REFUSALS = 5
"""How many people in a row may be refused for no fault of their address before the run pauses and counts none of them."""
_HANDFUL, _MOST = 10, 1000
"""How many are committed as in flight at once, first and at most: as many as go out in a second, where no limit makes it slow and
the machine can vouch for the journal after a kill. A power cut leaves no more than these unknown."""
_LONGEST_WAIT = 60.0
"""Seconds a run waits for a window of the provider's limits; for a longer one it pauses and says until when."""


@dataclass(frozen=True)
class Progress:
    """How far a run is; `wait` is how many seconds it rests before the next message."""

    done: int
    total: int
    wait: float = 0.0


@dataclass(frozen=True)
class Run:
    """How a run ended: where the mailing stands, why it paused (a code), when it may go on (UTC, "" now), counts by outcome."""

    mailing: Mailing
    pause: str = ""
    resume_at: str = ""
    bounced: int = 0


@dataclass
class Hands:
    """What a run needs from outside: progress, whether to stop, and ways to wait and to tell the time, which tests make quick."""

    progress: Callable[[Progress], None] = lambda progress: None
    cancelled: Callable[[], bool] = lambda: False
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    opened: Callable[[Callable[[], None]], None] = lambda cut: None
    """Given the way to break the line from another thread, each time one was opened: the desk is being locked and cannot wait."""


@dataclass
class _Tally:
    """What a run carries from one message to the next."""

    done: int = 0
    total: int = 0
    drops: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    bounced: set[bytes] = field(default_factory=set)
    pause: str = ""
    resume_at: str = ""


def send(session: Session, identity: str, secret: Secret | None = None, hands: Hands | None = None) -> Run:
    """Send what is still to be sent of a mailing, until all is done, the officer stops it or the server asks for a rest.

    Raises `MailingRefused`, or `MailServer` where the line cannot be opened at all; nothing is lost, and it can go on later.
    """
    session.require(Right.POST_SEND)
    found = post_mailings.get(session, identity)
    post_mailings.require_ready(session, found, Route.SMTP)
    account = post_accounts.get(session, found.account)
    post_settle.settle(session)
    runner = _Runner(session, found, account, secret, hands or Hands())
    with session.change("post.sending") as unit:
        from dpdesk.store import post as store
        store.change(unit.connection, identity, state=State.SENDING.value, pause="", started_at=found.started_at or unit.at)
        unit.about("mailing", identity)
        unit.facts(still=runner.tally.total, template=found.template)
    try:
        runner.go()
    except BaseException as problem:
        runner.end("stopped" if isinstance(problem, Cancelled | KeyboardInterrupt) else
                   problem.reason if isinstance(problem, MailServer) else "failed")
        if isinstance(problem, Cancelled):
            return runner.ended()
        raise
    runner.end(runner.tally.pause)
    return runner.ended()


class _Runner:
    """One run of one mailing."""

    def __init__(self, session: Session, found: Mailing, account, secret: Secret | None, hands: Hands) -> None:
        from dpdesk.files import eml
        from dpdesk.store import post as store
        from dpdesk.store.post_journal import Journal, boot
        self._journals, self._journal = Journal, None
        self._session, self._mailing, self._account, self._secret, self._hands = session, found, account, secret, hands
        self._render, self._store = eml.message, store
        sender = sender_of(session, found.sender_address, found.sender_name)
        self._sender = sender.mailbox.address
        self._press = Press(session, post.letter_of(session, found.id), sender, found.id)
        now = hands.now()
        with session.desk.read() as connection:
            since = (now - timedelta(days=1)).isoformat()
            sent = [datetime.fromisoformat(at).timestamp() for at in store.sent_since(connection, account.id, since)]
            self._rows = [row for row in store.people(connection, found.id, OPEN) if self._due(row, now)]
        self._limiter = Limiter(post_accounts.pace(account), sent)
        self._handful = 1 if self._limiter.limited or not boot() else _HANDFUL
        self._handful_at, self._reserved_before = now, False
        self._reserved: dict[int, Any] = {}
        self.tally = _Tally(total=len(self._rows))
        self._line = None
        self._pending: list[tuple[str, str, str, int, int]] = []  # said by the server, committed with the next one in flight
        self._said = now, now.isoformat(timespec="milliseconds")
        self._seen = -1
        self._dropped: dict[str, str] = {}
        self._people: dict[str, Member] = {}
        self._ahead: tuple[int, Member, Address, bytes] | None = None
        self._breathless = True  # until a line breaks: some servers promise more than they can bear

    def _due(self, row, now: datetime) -> bool:
        """Whether somebody the server put off has waited long enough."""
        if row.outcome != Outcome.DEFERRED.value:
            return True
        wait = RETRY_AFTER[min(row.tries, len(RETRY_AFTER)) - 1]
        return datetime.fromisoformat(row.at) + timedelta(seconds=wait) <= now

    def go(self) -> None:
        """Everybody who is due, in order; each message waits its turn and is noted before and after."""
        self._journal = self._journals(self._session.folder, self._mailing.id)
        try:
            self._open()
            for row in self._rows:
                if not self._one(row):
                    break
        finally:
            if self._line is not None:
                self._line.close()

    def _open(self) -> None:
        self._line = post_accounts.line(self._session, self._account, self._secret)
        self._hands.opened(self._line.cut)

    def _one(self, row) -> bool:
        """Send to one person; False where the run pauses."""
        while True:
            self._pause_for_limits()
            if self.tally.pause:
                return False
            person = self._still(row)
            if person is None:
                self._set(row, Outcome.DROPPED, "")
                return True
            answer = self._hand_over(row, person)
            if (answer.halts == "dropped" or answer.code.startswith("421")) and self._reconnected():
                continue  # many servers take so many messages over one line and no more
            return self._note(row, person, answer)

    def _pause_for_limits(self) -> None:
        """Rest until the provider's limits allow one more; pause where that is long."""
        while (wait := self._limiter.wait(self._hands.now().timestamp())) > 0:
            if wait > _LONGEST_WAIT:
                self.tally.pause = "limit"
                self.tally.resume_at = (self._hands.now() + timedelta(seconds=wait)).isoformat(timespec="seconds")
                return
            self._release()
            self._flush()
            self._tell(wait)
            self._hands.sleep(min(wait, 1.0))
        self._tell(0.0)

    def _tell(self, wait: float) -> None:
        if self._hands.cancelled():
            raise Cancelled()
        self._hands.progress(Progress(self.tally.done, self.tally.total, wait))

    def _still(self, row) -> Member | None:
        """The person as they are now, None where they may not be written to any more: asked again whenever the desk changed."""
        from dpdesk.store import members
        head = self._session.desk.header.anchor.seq
        if head != self._seen:
            with self._session.desk.read() as connection:
                ids = [each.person for each in self._rows[self.tally.done:] if each.person]
                self._people = {person.id: person for person in members.by_ids(connection, ids)}
                judge = Judge(self._session, connection, Purpose(self._mailing.purpose))
                self._dropped = {person: reason.value for person, reason in judge.reasons(list(self._people.values())).items()}
            self._seen = head
        return None if row.person in self._dropped else self._people.get(row.person)

    def _hand_over(self, row, person: Member) -> Answer:
        """One message over the line; what the server said. While it thinks, the next is written."""
        now = self._hands.now()
        to, content = self._written(row, person, now)
        if row.id not in self._reserved:
            self._reserve(now)
        assert self._line is not None
        self._line.ask(self._sender, to)
        self._reserved.pop(row.id, None)
        self._journal.note(row.id, Outcome.IN_FLIGHT)
        self._limiter.note(now.timestamp())
        following = self._following()
        answer = self._line.hand(content, (self._sender, following[2]) if following and self._breathless else None)
        if answer is None:
            if following is not None:
                self._write_ahead(*following, now)
            answer = self._line.finish()
        return answer

    def _written(self, row, person: Member, now: datetime) -> tuple[Address, bytes]:
        """Where to and what: as it was written ahead, unless the person's record has been read again since."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == row.id and ahead[1] is person:
            return ahead[2], ahead[3]
        envelope = self._press.envelope(person, now)
        return envelope.recipient, self._render(envelope)

    def _following(self) -> tuple[int, Member, Address] | None:
        """Who comes next, where nothing makes them wait."""
        at = self.tally.done + 1
        if at >= len(self._rows) or self._limiter.limited:
            return None
        row = self._rows[at]
        person = self._people.get(row.person)
        if person is None or row.person in self._dropped:
            return None
        return row.id, person, read(person.email)

    def _write_ahead(self, row: int, person: Member, to: Address, now: datetime) -> None:
        """Write the next message while the server thinks about the last; what cannot be written says so in its own turn."""
        with contextlib.suppress(ValueError):
            self._ahead = (row, person, to, self._render(self._press.envelope(person, now)))

    def _reconnected(self) -> bool:
        """Whether the line could be opened again after it broke before the message was handed over."""
        self.tally.drops += 1
        self._breathless = False
        if self.tally.drops > _DROPS or self._hands.cancelled():
            return False
        self._hands.sleep(min(2.0 ** self.tally.drops, 30))
        try:
            self._open()
        except MailServer:
            return False
        return True

    def _note(self, row, person: Member, answer: Answer) -> bool:
        """Commit what became of one message; False where the run pauses."""
        outcome, code = answer.outcome, answer.code
        if answer.halts:
            self._write(row, Outcome(row.outcome), row.code, 0, self._hands.now())
            self.tally.pause = answer.halts
            return False
        if outcome is Outcome.DEFERRED and row.tries + 1 > len(RETRY_AFTER):
            outcome = Outcome.FAILED
        self._set(row, outcome, code)
        if outcome is Outcome.SENT:
            self.tally.drops = 0
            self.tally.refused.clear()
        elif answer.gone:
            from dpdesk.store.replies import address_key
            self.tally.bounced.add(address_key(self._session.desk.key("stops"), person.email))
        elif outcome in (Outcome.FAILED, Outcome.DEFERRED):
            self.tally.refused.append((row.id, row.outcome))
            return self._bearable()
        elif outcome is Outcome.UNKNOWN:
            return self._reconnected() or self._stop("dropped")
        return True

    def _bearable(self) -> bool:
        """Whether refusals are of single people. Many in a row are the server's: they are taken back, and the run pauses."""
        if len(self.tally.refused) < _REFUSALS:
            return True
        now = self._hands.now().isoformat(timespec="milliseconds")
        self._pending += [(outcome, "", now, -1, row) for row, outcome in self.tally.refused]
        return self._stop("refusing")

    def _stop(self, why: str) -> bool:
        self.tally.pause = why
        return False

    def _set(self, row, outcome: Outcome, code: str) -> None:
        self._write(row, outcome, code, outcome is not Outcome.DROPPED, self._hands.now())
        self.tally.done += 1

    def _reserve(self, now: datetime) -> None:
        """Commit the next handful as in flight, with all that is known of those before."""
        if self._handful > 1 and self._reserved_before:
            took = max((now - self._handful_at).total_seconds(), 0.001)
            self._handful = min(max(int(self._handful / took), 2), _MOST)
        self._handful_at, self._reserved_before = now, True
        some = self._rows[self.tally.done:self.tally.done + self._handful]
        for row in some:
            self._write(row, Outcome.IN_FLIGHT, row.code, 0, now, begun=False)
        self._flush()
        self._reserved |= {row.id: row for row in some}

    def _release(self) -> None:
        """Whoever was reserved and not begun waits again, as before."""
        self._pending += [(row.outcome, row.code, row.at, 0, row.id) for row in self._reserved.values()]
        self._reserved.clear()

    def _write(self, row, outcome: Outcome, code: str, tries: int, now: datetime, begun: bool = True) -> None:
        if begun and self._journal is not None:
            self._journal.note(row.id, outcome, code)
            self._reserved.pop(row.id, None)
        if self._said[0] is not now:
            self._said = now, now.isoformat(timespec="milliseconds")
        self._pending.append((outcome.value, code, self._said[1], int(tries), row.id))

    def _flush(self) -> None:
        """Commit what is known by now."""
        if self._pending:
            with self._session.desk.jot() as connection:
                self._store.set_outcomes(connection, self._pending)
            self._pending.clear()
            if self._journal is not None:
                self._journal.begin()

    def end(self, pause: str) -> None:
        """Note in the log how the run ended: done where nobody is left, else paused."""
        from dpdesk.store.replies import note_bounce
        self._release()
        self._flush()
        with self._session.change("post.sent") as unit:
            for key in self.tally.bounced:
                note_bounce(unit.connection, key, Kind.DEAD, unit.at[:10], unit.seq)
            counts = self._store.counts(unit.connection, self._mailing.id)
            left = sum(counts.get(each.value, 0) for each in OPEN)
            open_still = left or counts.get(Outcome.IN_FLIGHT.value)
            unit.facts(bounced=len(self.tally.bounced), **({"pause": pause} if pause else {}))
            for at in self._store.people(unit.connection, self._mailing.id):
                unit.commit_to(f"{at.id} {at.outcome} {at.at}".encode())
            if open_still:
                self._store.change(unit.connection, self._mailing.id, state=State.PAUSED.value, pause=pause or "put_off")
                unit.about("mailing", self._mailing.id)
                unit.facts(**counts)
            else:
                post_mailings.finish(unit, self._mailing.id)
        if self._journal is not None:
            self._journal.close()

    def ended(self) -> Run:
        """What the caller is told."""
        found = post_mailings.get(self._session, self._mailing.id)
        return Run(found, found.pause, self.tally.resume_at, len(self.tally.bounced))
