"""Files that appear in a folder: ready only once size and time have stood still for some seconds, since scanners write piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

STILL = 5.0
"""Seconds without a change."""
ENDINGS = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".heic", ".heif")


@dataclass
class Watcher:
    """Looks at one folder again and again. A file is ready once; one that changes afterwards is new."""

    folder: Path
    still: float = STILL
    _seen: dict[Path, tuple[tuple[int, int], float]] = field(default_factory=dict)
    _given: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def ready(self, now: float) -> list[Path]:
        """Files that have stood still, oldest first; `now` is any clock in seconds. Raises `OSError` where the folder is gone."""
        found = {path: mark for path in self._candidates() if (mark := _mark(path)) is not None}
        self._seen = {path: kept if (kept := self._seen.get(path)) and kept[0] == mark else (mark, now) for path, mark in found.items()}
        self._given = {path: mark for path, mark in self._given.items() if found.get(path) == mark}
        still = [path for path, (mark, since) in self._seen.items() if now - since >= self.still and path not in self._given and mark[0]]
        return sorted(still, key=lambda path: (self._seen[path][0][1], path.name))

    def given(self, paths: Iterable[Path]) -> None:
        """These have been taken, or looked at and refused: not again unless they change."""
        for path in paths:
            if path in self._seen:
                self._given[path] = self._seen[path][0]

    @property
    def known(self) -> dict[str, tuple[int, int]]:
        """Name, size and time of the files that were taken or refused, for `know` another day."""
        return {path.name: mark for path, mark in self._given.items()}

    def know(self, marks: Mapping[str, tuple[int, int]]) -> None:
        """These were taken or refused another day: not again unless they changed."""
        self._given |= {self.folder / name: mark for name, mark in marks.items()}

    @property
    def unsettled(self) -> int:
        """How many files are still being written."""
        return sum(path not in self._given for path in self._seen)

    def _candidates(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.suffix.casefold() in ENDINGS and not path.name.startswith((".", "~"))]


def _mark(path: Path) -> tuple[int, int] | None:
    """(size, time of the last change); None for what is no plain file or has just gone."""
    try:
        stat = path.lstat()
    except OSError:
        return None
    import stat as kinds
    return (stat.st_size, stat.st_mtime_ns) if kinds.S_ISREG(stat.st_mode) else None
