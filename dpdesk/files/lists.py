"""Files that may be lists, in a folder and all below it: nothing is followed out of it, and what cannot be entered is passed by."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path


def below(folder: Path, endings: Collection[str], passed_by: Collection[str], apart: Path) -> Iterator[Path]:
    """Each plain file with one of `endings`; folders named in `passed_by`, and the folder `apart`, are not entered."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if name not in passed_by and (here / name).resolve() != apart)
        for name in sorted(names):
            path = here / name
            if path.suffix.lower() in endings and not name.startswith(("~$", ".~lock")) and path.is_file() and not path.is_symlink():
                yield path
