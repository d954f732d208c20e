"""Writing whole files or nothing, private folders, and naming what the disk refuses."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dpdesk.domain.errors import DiskFull, FolderTaken, NotWritable

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_SHUT = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals at `path` into `DiskFull` and `NotWritable`."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _FULL:
            raise DiskFull(str(path)) from problem
        if problem.errno in _SHUT:
            raise NotWritable(str(path)) from problem
        raise


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) written beside `path`, flushed to the disk and renamed over it when the block ends well."""
    with refusals(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        sync_folder(path.parent)


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder (mode 0700) filled beside `path` and renamed to it when the block ends well; there must be none or an empty one."""
    with refusals(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise FolderTaken(str(path), "other")
        made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent))
        try:
            yield made
            if path.exists():
                path.rmdir()
            made.replace(path)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, rename over: a reader sees the old file or the new, never half."""
    with whole_file(path) as file:
        file.write(content)


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private(path: str, flags: int) -> int:
    """For `open(…, opener=private)`: a file nobody else can read."""
    return os.open(path, flags, 0o600)


def private_folder(folder: Path) -> None:
    """Make `folder`, readable by its owner alone (S1 27.7)."""
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)


def writable(folder: Path) -> bool:
    """Whether a file can really be made in `folder` (asking for permission bits is not enough on read-only mounts)."""
    try:
        handle, name = tempfile.mkstemp(prefix=".desk.json.probe.", suffix=".tmp", dir=folder)
    except OSError:
        return False
    os.close(handle)
    Path(name).unlink()
    return True
