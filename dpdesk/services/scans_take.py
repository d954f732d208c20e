"""A pile of scanned pages comes in: opened by one confined child, read by several, settled one page at a time, so that a crash at any
page loses and doubles none (S0 l.8-9).

Nothing is written but to the encrypted desk; files the pages came from are deleted afterwards, where the officer agrees.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Cancelled, CopyStays, Declined, DeskError, Hindered
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Arrived, BatchState, Fate
from dpdesk.services import copies, scans_settle
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.paper.decoding import Decoder
    from dpdesk.paper.readers import Readers

FILES, SCANNER, FOLDER, PASTE = "files", "scanner", "folder", "paste"
OURS = frozenset({Fate.TAKEN, Fate.LINE_UP, Fate.AGAIN, Fate.BETTER, Fate.DIFFERS, Fate.BLANK})
"""Fates of pages of a file that may be deleted: with any other page in it, the officer looks at the file themselves."""
_UNDER_WAY: set[str] = set()  # batches that this process is taking in
Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None
Told = Callable[[Arrived], None] | None
Cutting = Callable[[Callable[[], None]], None] | None
"""Is given a way to end the children at once, from another thread: locking does not wait for a page."""


@dataclass(frozen=True)
class Brought:
    """One file to take in: its name as shown, its bytes when they are wanted, and where it lies if it does anywhere."""

    name: str
    content: Callable[[], bytes]
    path: Path | None = None


@dataclass
class Taken:
    """What came of a batch: pages by fate, files that were in already or could not be read, files deleted, and what stopped it.

    `streaked` pages show dirt on the scanner's glass.
    """

    batch: str
    fates: Counter[Fate] = field(default_factory=Counter)
    known: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    deleted: int = 0
    left: list[str] = field(default_factory=list)
    streaked: int = 0
    problem: DeskError | None = None

    @property
    def pages(self) -> int:
        """How many pages came."""
        return sum(self.fates.values())


def from_paths(paths: Iterable[Path]) -> list[Brought]:
    """Files on the disk, to be taken in."""
    return [Brought(path.name, partial(_read, path), path.absolute()) for path in paths]


def _read(path: Path) -> bytes:
    """A file, but never more of it than is just too much to be opened; raises `OSError`, also for what is no plain file."""
    from dpdesk.paper.decoding import LARGEST
    if not path.is_file():
        raise FileNotFoundError
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def from_pages(name: str, contents: Iterable[bytes]) -> Iterator[Brought]:
    """Pages as a scanner gives them: each is asked for when the one before it is on its way."""
    for number, content in enumerate(contents, 1):
        yield Brought(f"{name} {number}", lambda content=content: content)


@dataclass
class _Work:
    """A batch under way."""

    session: Session
    batch: str
    decoder: Decoder
    readers: Readers
    taken: Taken
    told: Told
    progress: Progress
    cancelled: Stopper
    total: int = 0
    done: int = 0
    was_cut: bool = False
    sent: deque[tuple[int, int]] = field(default_factory=deque)

    def go_on(self) -> None:
        if self.was_cut or (self.cancelled is not None and self.cancelled()):
            raise Cancelled()

    def cut(self) -> None:
        """End the children; pages they had are not settled, and come again when the pile goes on."""
        self.was_cut = True
        self.decoder.cut()
        self.readers.cut()

    def settled(self, arrived: Arrived) -> None:
        self.done += 1
        self.taken.fates[arrived.fate] += 1
        if self.told is not None:
            self.told(arrived)
        if self.progress is not None:
            self.progress(self.done, max(self.total, self.done))


def take(session: Session, brought: Iterable[Brought], via: str = FILES, *, delete: bool = False, progress: Progress = None,
         cancelled: Stopper = None, told: Told = None, cutting: Cutting = None) -> Taken:
    """Take a pile in. `told` hears of each page once it is safe. Raises `Cancelled` after the pages read so far are in.

    A scanner that fails in the middle ends the batch with what it gave; `Taken.problem` says why.
    """
    from dpdesk.store import scans
    session.require(Right.SCANS_TAKE)
    batch = new_id()
    with session.change("scans.begun") as unit:
        scans.add_batch(unit.connection, batch, via, unit.at, unit.seq)
        unit.about("scan_batch", batch)
        unit.facts(via=via)
    return _carry_on(session, batch, brought, delete, (progress, cancelled, told, cutting))


def _carry_on(session: Session, batch: str, brought: Iterable[Brought], delete: bool,
              ways: tuple[Progress, Stopper, Told, Cutting]) -> Taken:
    from dpdesk.paper.decoding import Decoder
    from dpdesk.paper.readers import Readers
    from dpdesk.store import sheets
    taken, state = Taken(batch), BatchState.STOPPED
    progress, cancelled, told, cutting = ways
    _UNDER_WAY.add(batch)
    try:
        with Decoder() as decoder, Readers(sheets.code_key(session.desk)) as readers:
            work = _Work(session, batch, decoder, readers, taken, told, progress, cancelled)
            if cutting is not None:
                cutting(work.cut)
            try:
                for number, each in enumerate(brought):
                    work.go_on()
                    _file(work, number, each)
            except Hindered as problem:
                taken.problem = problem
            finally:
                _drain(work)
                _note_copies(session, batch)
        state = BatchState.DONE
    finally:
        _UNDER_WAY.discard(batch)
        _end(session, taken, state)
    if delete:
        _delete_sources(session, taken)
    return taken


def _end(session: Session, taken: Taken, state: BatchState) -> None:
    from dpdesk.store import scans
    with session.change("scans.ended") as unit:
        scans.end_batch(unit.connection, taken.batch, state, unit.at)
        taken.streaked = scans.streaked(unit.connection, taken.batch)
        unit.about("scan_batch", taken.batch)
        unit.facts(state=state.value, pages=taken.pages, **{fate.value: count for fate, count in taken.fates.items()})


def _file(work: _Work, number: int, brought: Brought) -> None:
    """One file of a batch: noted, then page by page to the readers; pages of it that are settled already are passed over."""
    from dpdesk.paper.decoding import Unread
    from dpdesk.store import scans
    try:
        content = brought.content()
    except OSError:
        work.taken.unread.append((brought.name, "file_gone"))
        return
    digest = hashlib.sha256(content).hexdigest()
    with work.session.desk.read() as connection:
        before = scans.known_digest(connection, digest)
        there = scans.settled(connection, work.batch)
        noted = {each["number"] for each in scans.sources(connection, work.batch)}
    if before and before != work.batch:
        work.taken.known.append(brought.name)
        return
    count = work.decoder.open(content)
    work.go_on()
    pages = count if isinstance(count, int) else 0
    if number not in noted:
        _note_source(work, number, brought, digest, pages)
    if isinstance(count, Unread):
        work.taken.unread.append((brought.name, count.reason))
        return
    wanted = [at for at in range(pages) if (number, at) not in there]
    work.total += len(wanted)
    for place, at in enumerate(wanted):
        work.go_on()
        _page(work, number, at, wanted[place + 1] if place + 1 < len(wanted) else None)


def _note_source(work: _Work, number: int, brought: Brought, digest: str, pages: int) -> None:
    """A file is noted with the batch."""
    from dpdesk.store import scans
    with work.session.change("scans.source") as unit:
        scans.add_source(unit.connection, work.batch, number, brought.name, str(brought.path or ""), digest, pages, unit.seq)
        unit.about("scan_batch", work.batch)
        unit.facts(pages=pages)


def _note_copies(session: Session, batch: str) -> None:
    """Files that hold a sheet of ours are put on the list of copies: what is in the desk now still lies there in plain."""
    from dpdesk.store import scans
    with session.desk.read() as connection:
        held = {each.source for each in scans.arrived(connection, batch) if each.fate in OURS and each.fate is not Fate.BLANK}
        wanted = [each for each in scans.sources(connection, batch) if each["path"] and not each["copy"] and each["number"] in held]
    for each in wanted:
        path = Path(each["path"])
        leaving = copies.Leaving(CopyKind.SCAN, path, tr("A scanned file"), tr("Brought in; not needed any more"))
        with session.change("scans.source") as unit:
            copy = copies.noted(session, unit, leaving, (), copies.judge(path, CopyKind.SCAN), each["digest"]).id
            scans.set_copy(unit.connection, batch, each["number"], copy)
            unit.about("scan_batch", batch)


def _page(work: _Work, number: int, at: int, then: int | None) -> None:
    from dpdesk.paper.decoding import Unread
    found = work.decoder.page(at, then)
    if work.was_cut:
        raise Cancelled()
    if isinstance(found, Unread):
        work.settled(scans_settle.unread(work.session, work.batch, number, at, found.reason))
        return
    if work.readers.full:
        _settle_next(work)
        work.go_on()
    work.readers.put(found)
    work.sent.append((number, at))


def _settle_next(work: _Work) -> None:
    number, at = work.sent.popleft()
    read = work.readers.get()
    if not work.was_cut:
        work.settled(scans_settle.settle(work.session, work.batch, number, at, read))


def _drain(work: _Work) -> None:
    """What was read is settled, whatever happened to the rest."""
    while work.sent:
        _settle_next(work)


def unfinished(session: Session) -> list[dict]:
    """Batches that were stopped or cut off before their files were read to the end, and whose files are known."""
    from dpdesk.store import scans
    session.require(Right.SCANS_TAKE)
    found = []
    with session.desk.read() as connection:
        for each in scans.batches(connection):
            if each["state"] == BatchState.DONE.value or each["id"] in _UNDER_WAY:
                continue
            there = scans.settled(connection, each["id"])
            sources = scans.sources(connection, each["id"])
            missing = sum(source["pages"] for source in sources) - len(there)
            cut_off = each["state"] == BatchState.RUNNING.value
            if (missing > 0 or cut_off) and any(source["path"] for source in sources):
                found.append({**each, "missing": missing})
    return found


def resume(session: Session, batch: str, *, delete: bool = False, progress: Progress = None, cancelled: Stopper = None,
           told: Told = None, cutting: Cutting = None) -> Taken:
    """Go on with a batch that was stopped or cut off: its files are opened again, pages that are in are passed over."""
    from dpdesk.store import scans
    session.require(Right.SCANS_TAKE)
    with session.desk.read() as connection:
        sources = scans.sources(connection, batch)
    if not sources:
        raise Declined("scans.not_waiting")
    brought = [Brought(source["name"], partial(_read, Path(source["path"])) if source["path"] else _gone,
                       Path(source["path"]) if source["path"] else None) for source in sources]
    return _carry_on(session, batch, brought, delete, (progress, cancelled, told, cutting))


def _gone() -> bytes:
    raise FileNotFoundError


def delete_sources(session: Session, batch: str) -> Taken:
    """Delete the files of a batch that holds nothing but sheets of this desk and blank pages; the others stay on the list of copies."""
    taken = Taken(batch)
    _delete_sources(session, taken)
    return taken


def _delete_sources(session: Session, taken: Taken) -> None:
    from dpdesk.store import scans
    with session.desk.read() as connection:
        sources, arrived = scans.sources(connection, taken.batch), scans.arrived(connection, taken.batch)
    for source in sources:
        own = [each for each in arrived if each.source == source["number"]]
        if not source["path"]:
            continue
        if source["copy"] and len(own) == source["pages"] and own and all(each.fate in OURS for each in own):
            with contextlib.suppress(CopyStays):
                copies.delete(session, source["copy"])
                taken.deleted += 1
                continue
        taken.left.append(source["name"])


