"""Takes in mail that came back, from files, from what was pasted, or from a mailbox: each wish becomes a suggestion to confirm.

Nothing is applied here (S1 16, 17; DOMAIN.md B5): `replies_decide.py` does, when an officer says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Cancelled, Unreadable
from dpdesk.domain.folding import plain_email
from dpdesk.domain.ids import new_id
from dpdesk.domain.replies import BOUNCES, Kind, Letter, Seen, State, key_text, recognise, worth_reading
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.files.mail_in import Post
    from dpdesk.store.replies import Suggestion
    from dpdesk.store.unit import Unit

Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None
Owner = Callable[[str], str | None]
"""From the token of a `stop TOKEN` to the identity of whom it was sent to; None where it is none of ours."""
KEPT_DAYS = 30
_AT_ONCE = 200


@dataclass(frozen=True)
class Report:
    """What taking in found: `found` counts new suggestions by kind; `refused` are (file, place in it, reason)."""

    read: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    known: int = 0
    automatic: int = 0
    other: int = 0
    refused: tuple[tuple[str, int, str], ...] = ()
    more: bool = False

    @property
    def new(self) -> int:
        """How many suggestions are new."""
        return sum(self.found.values())


@dataclass(frozen=True)
class Shown:
    """A suggestion as a page shows it: the person's name, the address on record, and what to mind.

    `elsewhere` says that it came from another address than the one on record; `sharing` how many people have the address.
    """

    suggestion: Suggestion
    name: str = ""
    on_record: str = ""
    elsewhere: bool = False
    sharing: int = 0


def _owner_of(session: Session) -> Owner:
    """Who a code in a message of ours was sent to; "" where the message was no one's or they are erased."""
    from dpdesk.services.post_mailings import by_code

    def owner(token: str) -> str:
        found = by_code(session, token)
        return found[1] if found else ""
    return owner


class Taking:
    """Gathers suggestions while mail is read; nothing is written before `keep`."""

    def __init__(self, session: Session, owner: Owner | None = None) -> None:
        self._key, self._owner = session.desk.key("stops"), owner or _owner_of(session)
        self._new: dict[bytes, Suggestion] = {}
        self._counts: Counter[str] = Counter()
        self._refused: list[tuple[str, int, str]] = []

    def refuse(self, name: str, place: int, reason: str) -> None:
        """Note what could not be read."""
        self._refused.append((name, place, reason))

    def look_at(self, connection, posts: Sequence[Post], name: str) -> None:
        """Recognise what some messages ask for, and whom they concern."""
        from dpdesk.store import replies as store
        seen: list[tuple[Letter, Seen, str]] = []
        for post in posts:
            self._counts["read"] += 1
            if post.letter is None:
                self.refuse(name, post.place, post.reason)
                continue
            found = recognise(post.letter)
            self._counts["automatic"] += not found
            seen += [(post.letter, each, post.digest) for each in found]
        at = store.people_at(connection, (address for _letter, each, _digest in seen for address in (each.address, each.value)))
        owners = self._owners(connection, {each.token for _letter, each, _digest in seen if each.token})
        keyed = [(store.mail_key(self._key, key_text(letter, each, digest)), letter, each) for letter, each, digest in seen]
        known = store.known(connection, (key for key, _letter, _each in keyed))
        for key, letter, each in keyed:
            people = at.get(plain_email(each.address), [])
            person = owners.get(each.token) or (people[0] if len(people) == 1 else "")
            if not (person or people) and each.kind in BOUNCES or not worth_reading(each, letter, bool(person or people)):
                self._counts["other"] += 1
            elif key in known or key in self._new or (each.value and not person and at.get(plain_email(each.value))):
                self._counts["known"] += 1
            else:
                self._new[key] = self._suggestion(letter, each, person)

    def _owners(self, connection, tokens: Iterable[str]) -> dict[str, str]:
        from dpdesk.store import replies as store
        found = {token: person for token in tokens if (person := self._owner(token))}
        there = store.are_there(connection, found.values())
        return {token: person for token, person in found.items() if person in there}

    @staticmethod
    def _suggestion(letter: Letter, seen: Seen, person: str) -> Suggestion:
        from dpdesk.store.replies import Suggestion
        return Suggestion(new_id(), person, seen.kind, seen.address[:254], seen.value[:254], seen.excerpt, letter.on, "")

    def keep(self, session: Session, source: str, also: Callable[[Unit], None] | None = None) -> Report:
        """Write what was found, in one step of the log; nothing is written where there is nothing."""
        from dataclasses import replace

        from dpdesk.store import replies as store
        if self._new or also is not None:
            before = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
            with session.change("replies.taken") as unit:
                store.add(unit.connection, ((key, replace(each, at=unit.at)) for key, each in self._new.items()), unit.seq)
                store.let_go(unit.connection, before)
                unit.facts(source=source, read=self._counts["read"], suggestions=len(self._new))
                if also is not None:
                    also(unit)
        kinds = Counter(each.kind.value for each in self._new.values())
        return Report(self._counts["read"], dict(kinds), self._counts["known"], self._counts["automatic"], self._counts["other"],
                      tuple(self._refused))


def take_files(session: Session, paths: Sequence[Path], owner: Owner | None = None, progress: Progress = None, cancelled: Stopper = None
               ) -> Report:
    """Take in .eml and mbox files; one that cannot be read is told and the others come in. Raises `Unreadable` where none can."""
    from dpdesk.files import mail_in
    session.require(Right.STOPS_ADD)
    taking, failed = Taking(session, owner), []
    for place, path in enumerate(paths):
        try:
            _take(session, taking, mail_in.read_mail(path), path.name, cancelled)
        except Unreadable as problem:
            failed.append(problem)
            taking.refuse(path.name, 0, problem.reason)
        if progress is not None:
            progress(place + 1, len(paths))
    if failed and len(failed) == len(paths):
        raise failed[0]
    return taking.keep(session, "files")


def take_bytes(session: Session, raw: bytes, name: str, owner: Owner | None = None) -> Report:
    """Take in what was pasted or dropped: the source of a mail, or an mbox. Raises `Unreadable`."""
    from dpdesk.files import mail_in
    session.require(Right.STOPS_ADD)
    taking = Taking(session, owner)
    _take(session, taking, mail_in.read_bytes(raw, name), name, None)
    return taking.keep(session, "pasted")


def _take(session: Session, taking: Taking, posts: Iterator[Post], name: str, cancelled: Stopper) -> None:
    """Look at messages, some hundred at a time."""
    some: list[Post] = []
    for post in posts:
        some.append(post)
        if cancelled is not None and cancelled():
            raise Cancelled()
        if len(some) >= _AT_ONCE:
            with session.desk.read() as connection:
                taking.look_at(connection, some, name)
            some = []
    with session.desk.read() as connection:
        taking.look_at(connection, some, name)


def listing(session: Session, states: Sequence[State] = (State.OPEN,), person: str = "") -> list[Shown]:
    """Suggestions in those states with whom they concern, newest mail first."""
    from dpdesk.store import members
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        found = store.listing(connection, states, person)
        at = store.people_at(connection, (each.address for each in found))
        people = {each: members.get(connection, each) for each in {one.person for one in found if one.person}}
    return [_shown(each, people.get(each.person), len(at.get(plain_email(each.address), ()))) for each in found]


def _shown(each: Suggestion, who, sharing: int) -> Shown:
    if who is None:
        return Shown(each, sharing=sharing)
    elsewhere = bool(each.address) and (not who.email or plain_email(who.email) != plain_email(each.address))
    return Shown(each, who.name, who.email, elsewhere and each.kind not in (*BOUNCES, Kind.REFUSED), sharing)


def get(session: Session, identity: str) -> Suggestion:
    """One suggestion; raises `NotFound`."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_SEE)
    return session.one("reply", identity, store.get)


def waiting(session: Session) -> int:
    """How many suggestions wait for a yes or no."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return store.counts(connection)


def bouncing(session: Session) -> dict[str, str]:
    """Everybody whose e-mail address does not work, with the day (ISO) that was last seen: mail leaves them out, and says so."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return store.bouncing(connection, session.desk.key("stops"))


__all__ = ["Report", "Shown", "Taking", "bouncing", "get", "listing", "take_bytes", "take_files", "waiting"]
