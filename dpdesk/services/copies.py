"""The one door out of the desk: whatever leaves is asked for whom and why, judged by its place, and noted with its end.

Every byte of personal data that leaves goes through `door` (or `noted`, for what is written elsewhere): DOMAIN.md A15, A16.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dpdesk.domain import copies as rules
from dpdesk.domain.copies import ENCRYPTED, KEPT, WITHIN, Answer, Copy, CopyKind, CopyState, Look, Verdict
from dpdesk.domain.errors import Broken, CopyStays, Declined, Invalid, NotFound, PlaceRefused
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.services.names import removal_name
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class Leaving:
    """What is to leave: `title` says what it is without naming anybody, `whom` is WITHIN or a body of the policy.

    `accepted` is the guard's code the officer was shown and accepted; `keep_days` None keeps to the policy, 0 is today. `identity` is
    that of what the copy is of, where it has one.
    """

    kind: CopyKind
    path: Path
    title: str
    why: str
    whom: str = WITHIN
    classification: Confidentiality = Confidentiality.CONFIDENTIAL
    columns: tuple[str, ...] = ()
    accepted: str = ""
    keep_days: int | None = None
    identity: str = ""


@dataclass(frozen=True)
class Seen:
    """A copy as the page shows it: with its owner's name, and what looking for it found (None: nobody looked)."""

    copy: Copy
    owner: str
    closed_by: str = ""
    look: Look | None = None


class Out(io.RawIOBase):
    """The file being written. `note` must be called once: before writing where the file shows its own entry of the log."""

    def __init__(self, session: Session, leaving: Leaving, verdict: Verdict, file: BinaryIO) -> None:
        self._session, self._leaving, self._verdict, self._file = session, leaving, verdict, file
        self._hash = hashlib.sha256()
        self.noted: Copy | None = None

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, data) -> int:
        """Write to the file."""
        self._hash.update(data)
        return self._file.write(data)

    def note(self, action: str, people: Iterable[str] = (), tell: Callable[[Unit], None] | None = None) -> Copy:
        """Note in log and register, as `action`, that the copy leaves, and whose data is on it; `tell` adds to the entry."""
        digest = self._hash.hexdigest() if self._file.tell() else ""
        with self._session.change(action) as unit:
            unit.about("desk", self._session.desk_id)
            self.noted = noted(self._session, unit, self._leaving, people, self._verdict, digest)
            if tell is not None:
                tell(unit)
        return self.noted


def judge(path: Path, kind: CopyKind) -> Verdict:
    """The guard: whether a copy of that kind may lie at `path`. The one question every way out asks."""
    from dpdesk.services import places
    return rules.judge(places.place_of(path), encrypted_itself=kind in ENCRYPTED)


def admit(session: Session, leaving: Leaving) -> Verdict:
    """The guard's verdict where it lets the copy pass; raises `PlaceRefused` or `Invalid` where not."""
    bodies = {body.code for body in session.policy.recipient_bodies}
    problems = {} if leaving.whom in bodies | {WITHIN} else {"whom": "unknown"}
    if not leaving.why.strip():
        problems["why"] = "missing"
    if leaving.keep_days is not None and not 0 <= leaving.keep_days <= session.policy.copies_deleted_after_days:
        problems["delete_by"] = "out_of_range"
    if problems:
        raise Invalid(problems)
    verdict = judge(leaving.path, leaving.kind)
    if verdict.answer is Answer.STOPPED or (verdict.answer is Answer.CANNOT_TELL and leaving.accepted != verdict.code):
        raise PlaceRefused(verdict.code, verdict.name, final=verdict.answer is Answer.STOPPED)
    return verdict


@contextlib.contextmanager
def door(session: Session, leaving: Leaving) -> Iterator[Out]:
    """A file to write that leaves the desk: it has its name once it is whole and noted, or never."""
    from dpdesk.store.disk import whole_file
    verdict = admit(session, leaving)
    with whole_file(leaving.path) as file:
        out = Out(session, leaving, verdict, file)
        yield out
        if out.noted is None:
            raise Broken("copy_not_noted")


class Folder:
    """A folder of files that leaves as one copy. `note` must be called once, within the unit that says what it is."""

    def __init__(self, session: Session, leaving: Leaving, verdict: Verdict, place: Path) -> None:
        self._session, self._leaving, self._verdict, self._place = session, leaving, verdict, place
        self.files = 0
        self.noted: Copy | None = None

    def write(self, name: str, content: bytes) -> None:
        """One file of the folder."""
        self.pour(name, (content,))

    def pour(self, name: str, chunks: Iterable[bytes]) -> None:
        """One file of the folder, piece by piece."""
        from dpdesk.store.disk import private, refusals
        with refusals(self._place), open(self._place / name, "wb", opener=private) as file:
            file.writelines(chunks)
        self.files += 1

    def note(self, unit: Unit, people: Iterable[str] = ()) -> Copy:
        """Put the folder on the register within a unit."""
        self.noted = noted(self._session, unit, self._leaving, people, self._verdict)
        unit.facts(files=self.files)
        return self.noted


@contextlib.contextmanager
def folder_door(session: Session, leaving: Leaving) -> Iterator[Folder]:
    """A new folder that leaves the desk, readable by its owner alone: it has its name once it is whole and noted, or never."""
    from dpdesk.store.disk import whole_folder
    verdict = admit(session, leaving)
    with whole_folder(leaving.path) as place:
        out = Folder(session, leaving, verdict, place)
        yield out
        if out.noted is None:
            raise Broken("copy_not_noted")


def write_beside(path: Path, ending: str, content: bytes) -> Path:
    """Write what belongs beside a copy and holds nothing of anybody, such as its signature; returns its path."""
    from dpdesk.store.disk import write_whole
    beside = path.with_name(path.name + ending)
    write_whole(beside, content)
    return beside


def renew(path: Path, content: bytes) -> None:
    """Write a noted copy anew at its place, once the desk that noted it is gone."""
    from dpdesk.store.disk import write_whole
    write_whole(path, content)


def noted(session: Session, unit: Unit, leaving: Leaving, people: Iterable[str] = (), verdict: Verdict | None = None,
          digest: str = "") -> Copy:
    """Put a copy on the register within a unit of work; for what is written elsewhere, after `admit` let it pass.

    The log learns kind, recipient, columns, number and place; path, title and purpose go to the erasable history.
    """
    from dpdesk.store import copies
    ids = list(people)
    place = verdict.code if verdict else ""
    days = session.policy.copies_deleted_after_days if leaving.keep_days is None else leaving.keep_days
    made = Copy(leaving.identity or new_id(), leaving.kind, str(leaving.path), leaving.title, leaving.whom, leaving.why.strip(),
                leaving.classification, leaving.columns, len(ids), session.officer.id, unit.at,
                "" if leaving.kind in KEPT else (today() + timedelta(days=days)).isoformat(), place, digest, CopyState.OPEN)
    copies.add(unit.connection, made, ids, unit.seq)
    unit.facts(copy=made.id, kind=made.kind.value, whom=made.whom, place=place, people=len(ids))
    if leaving.columns:
        unit.facts(columns=list(leaving.columns))
    if verdict is not None and verdict.answer is Answer.CANNOT_TELL:
        unit.facts(accepted=verdict.code)
    unit.record("copy", made.id, {}, {"why": made.why, "file": made.path, "copy_title": made.title, "delete_by": made.delete_by})
    return made


def listing(session: Session, *, closed: bool = False, look: bool = False) -> list[Seen]:
    """The copies this officer may see, the most urgent first: all with `Right.COPIES_SEE`, else their own.

    With `look` the disks are looked at; nothing is changed by that.
    """
    from dpdesk.store import copies, officers
    session.require_acknowledged()
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        found = copies.listing(connection, closed=closed, owner="" if session.may(Right.COPIES_SEE) else session.officer.id)
    return [Seen(each, names.get(each.owner, ""), names.get(each.closed_by, ""),
                 _look(each) if look else None)
            for each in found]


def get(session: Session, identity: str) -> Seen:
    """One copy, looked for now; raises `NotFound`."""
    from dpdesk.store import copies, officers
    session.require_acknowledged()
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        found = copies.get(connection, identity)
    if found is None or not (session.may(Right.COPIES_SEE) or found.owner == session.officer.id):
        raise NotFound("copy", identity)
    return Seen(found, names.get(found.owner, ""), names.get(found.closed_by, ""), _look(found))


def _look(found: Copy) -> Look | None:
    """Look for an open copy where it was written; None where it is not a file of this machine's."""
    from dpdesk.store import copies
    if found.state is not CopyState.OPEN or not found.path or found.kind is CopyKind.SENT:
        return None
    return copies.look(Path(found.path), found.digest)


def holding(session: Session, person: str) -> list[Copy]:
    """The open copies that hold a person's data (S1 §8.6.g, §13.7: who was given it)."""
    from dpdesk.store import copies
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        return copies.holding(connection, person)


def count_due(session: Session) -> int:
    """How many open copies are to be deleted by today, of those this officer may see."""
    return sum(seen.copy.is_due(today()) for seen in listing(session))


def close(session: Session, identity: str, how: str = "") -> Copy:
    """Take a copy off the list as deleted. It is looked for first: one that is still there raises `CopyStays`.

    Where nobody can look (the drive is not here, a paper), `how` must say how it was destroyed, and that is an officer's word.
    """
    seen = get(session, identity)
    _require_mine(session, seen.copy)
    if seen.copy.state is not CopyState.OPEN:
        raise CopyStays("closed")
    if seen.look in (Look.THERE, Look.CHANGED, Look.IN_WASTEBASKET):
        raise CopyStays(seen.look.value, seen.copy.path)
    by_word = seen.look is not Look.GONE
    if by_word and not how.strip():
        raise Invalid({"how": "missing"})
    return _close(session, seen.copy, CopyState.DECLARED if by_word else CopyState.DELETED, how.strip())


def delete(session: Session, identity: str, also: Callable[[Unit], None] = lambda unit: None) -> Copy:
    """Delete the file of a copy and take it off the list; a file that was changed since raises `CopyStays`.

    How the copy is closed says what can be promised of the traces it leaves. `also` adds to the same change.
    """
    from dpdesk.services import places
    from dpdesk.store import holds
    from dpdesk.store.removal import remove
    seen = get(session, identity)
    _require_mine(session, seen.copy)
    with session.desk.read() as connection:
        if reason := holds.of_category(connection, "copies"):
            raise Declined("retention.held", {"reason": reason})
    if seen.copy.state is not CopyState.OPEN:
        raise CopyStays("closed")
    if seen.look is Look.THERE:
        return _close(session, seen.copy, CopyState.DELETED, removal_name(
            remove(Path(seen.copy.path), places.means_of(Path(seen.copy.path).parent))), also)
    if seen.look is Look.GONE:
        return _close(session, seen.copy, CopyState.DELETED, "", also)
    raise CopyStays(seen.look.value if seen.look else Look.OUT_OF_SIGHT.value, seen.copy.path)


def ended(session: Session, found: Copy, state: CopyState, how: str) -> Copy:
    """Take a copy off the list whose end a capability has seen to itself."""
    return _close(session, found, state, how)


def _close(session: Session, found: Copy, state: CopyState, how: str, also: Callable[[Unit], None] = lambda unit: None) -> Copy:
    from dpdesk.store import copies, erasing
    with session.change("copy.closed") as unit:
        copies.close(unit.connection, found.id, state, unit.at, session.officer.id, how)
        unit.about("copy", found.id)
        unit.facts(state=state.value)
        if how:
            unit.record("copy", found.id, {}, {"how": how})
        if erasing.is_of_nobody(unit.connection, found.id):
            erasing.forget_file(unit.connection, [found.id])
        also(unit)
        at = unit.at
    return replace(found, state=state, closed_at=at, closed_by=session.officer.id, closed_how=how)


def keep_until(session: Session, identity: str, day: str, why: str) -> Copy:
    """Let a copy stay until `day` (ISO), at most the policy's span from today; raises `Invalid`."""
    from dpdesk.store import copies
    found = get(session, identity).copy
    _require_mine(session, found)
    if found.state is not CopyState.OPEN:
        raise CopyStays("closed")
    problems = {} if why.strip() else {"why": "missing"}
    try:
        wanted = date.fromisoformat(day)
        if not today() <= wanted <= today() + timedelta(days=session.policy.copies_deleted_after_days):
            problems["delete_by"] = "out_of_range"
    except ValueError:
        problems["delete_by"] = "date_bad"
    if problems:
        raise Invalid(problems)
    with session.change("copy.kept_longer") as unit:
        copies.set_delete_by(unit.connection, identity, day)
        unit.record("copy", identity, {"delete_by": found.delete_by}, {"delete_by": day, "why": why.strip()})
    return replace(found, delete_by=day)


def _require_mine(session: Session, found: Copy) -> None:
    """An officer closes their own copies; another's, who may export members."""
    if found.owner != session.officer.id:
        session.require(Right.MEMBERS_EXPORT)


def newer_list(session: Session, unit: Unit) -> int:
    """Within the unit that takes a newer list in: copies of the older one are to be destroyed today (S1 §27.8); how many."""
    from dpdesk.store import copies
    due = copies.made_due(unit.connection, today().isoformat(), unit.seq)
    if due:
        unit.facts(copies_due=len(due))
    return len(due)
