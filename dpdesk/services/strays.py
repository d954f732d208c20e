"""Looking for stray copies: lists in a chosen folder that look like a register or a membership list (S1 §27.6, §27.8).

Only an officer starts it, only headers are read, nothing is changed; the log learns how many were found, and no name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.errors import Cancelled, Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.strays import ENDINGS, PASSED_BY, Kind, kind_of
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Stray:
    """A list that looks like `kind`; `known`: it is on the list of copies. `changed_at` UTC, ISO; `size` bytes."""

    path: Path
    kind: Kind
    size: int
    changed_at: str
    known: bool


@dataclass(frozen=True)
class Found:
    """What was found, those that nobody noted first; `looked` files were opened, `unread` of them could not be read."""

    folder: Path
    strays: tuple[Stray, ...]
    looked: int
    unread: tuple[Path, ...]


def look(session: Session, folder: Path, progress: Callable[[int, int], None] | None = None,
         cancelled: Callable[[], bool] | None = None) -> Found:
    """Look through `folder` and all below it, but not through the desk itself. Raises `Invalid` and `Cancelled`."""
    from dpdesk.files import lists
    session.require(Right.DEVICE_CHECK)
    folder = folder.absolute()
    if not folder.is_dir():
        raise Invalid({"folder": "missing"})
    known = _known(session)
    strays, unread, looked = [], [], 0
    for path in lists.below(folder, ENDINGS, PASSED_BY, session.folder.resolve()):
        if cancelled is not None and cancelled():
            raise Cancelled()
        looked += 1
        if progress is not None:
            progress(looked, 0)
        try:
            found = _stray(path, known)
        except OSError:
            unread.append(path)
            continue
        if found is None:
            continue
        if isinstance(found, Stray):
            strays.append(found)
        else:
            unread.append(path)
    strays.sort(key=lambda each: (each.known, each.kind.value, str(each.path)))
    if not session.read_only:
        with session.change("device.searched") as unit:
            unit.about("desk", session.desk_id)
            unit.facts(looked=looked, found=len(strays), unknown=sum(not each.known for each in strays), unread=len(unread))
    return Found(folder, tuple(strays), looked, tuple(unread))


def _known(session: Session) -> frozenset[Path]:
    """Where the open copies lie."""
    from dpdesk.store import copies
    with session.desk.read() as connection:
        return frozenset(Path(each.path).resolve() for each in copies.listing(connection, closed=False, owner="") if each.path)


def _stray(path: Path, known: frozenset[Path]) -> Stray | bool | None:
    """The stray; None where it is some other list, False where it cannot be read."""
    from datetime import UTC, datetime

    from dpdesk.domain.errors import DeskError
    from dpdesk.files.tables import read_table
    try:
        headers = read_table(path).headers
    except DeskError:
        return False if path.stat().st_size else None
    kind = kind_of(headers)
    if kind is None:
        return None
    at = path.stat()
    changed = datetime.fromtimestamp(at.st_mtime, UTC).isoformat("T", "milliseconds").replace("+00:00", "Z")
    return Stray(path, kind, at.st_size, changed, path.resolve() in known)
