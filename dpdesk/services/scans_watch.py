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

_SLIP = "scans:folder"


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


def watcher(path: Path) -> Watcher:
    """Something to ask again and again."""
    from dpdesk.scanners.watching import Watcher
    return Watcher(path)


def ready(found: Watcher, now: float) -> list[Path]:
    """Files that have stood still; raises `Hindered` where the folder is gone."""
    try:
        return found.ready(now)
    except OSError:
        raise Hindered("scans.folder_gone") from None
