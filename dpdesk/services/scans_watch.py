"""A folder into which a scanner writes: watched by this officer on this machine, its files taken once they stand still."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Hindered
from dpdesk.domain.roles import Right
from dpdesk.services import settings
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.scanners.watching import Watcher

_SLIP, _KNOWN = "scans:folder", "scans:folder_known"


def folder(session: Session) -> Path | None:
    """The folder this officer watches, None for none."""
    kept = settings.jotting(session, _SLIP)
    return Path(kept) if isinstance(kept, str) and kept else None


def choose(session: Session, path: Path | None) -> None:
    """Watch another folder, or none; raises `Hindered` where there is no such folder."""
    session.require(Right.SCANS_TAKE)
    if path is not None and not path.is_dir():
        raise Hindered("scans.folder_gone")
    settings.jot(session, _SLIP, str(path.absolute()) if path is not None else None)


def watcher(session: Session, path: Path) -> Watcher:
    """Something to ask again and again; it passes over files that `remember` was told of."""
    from dpdesk.scanners.watching import Watcher
    made, kept = Watcher(path), settings.jotting(session, _KNOWN) or {}
    if kept.get("folder") == str(path):
        made.know({name: (size, time) for name, (size, time) in kept["files"].items()})
    return made


def remember(session: Session, found: Watcher) -> None:
    """Files this watcher gave so far are in: they are not read again when the desk is next unlocked."""
    settings.jot(session, _KNOWN, {"folder": str(found.folder), "files": found.known})


def ready(found: Watcher, now: float) -> list[Path]:
    """Files that have stood still; raises `Hindered` where the folder is gone."""
    try:
        return found.ready(now)
    except OSError:
        raise Hindered("scans.folder_gone") from None
