"""A folder as a destination: a stick, a share. Objects are written beside and renamed, so that none is ever half there."""

from __future__ import annotations

import os
from pathlib import Path

from dpdesk.domain.transfers import Destination


class Folder:
    """One folder."""

    def __init__(self, destination: Destination) -> None:
        self._folder = Path(destination.address)
        if not self._folder.is_dir():
            raise FileNotFoundError(str(self._folder))

    async def put(self, name: str, content: bytes) -> None:
        """Write beside, flush to the disk, rename."""
        beside = self._folder / f".{name}.part"
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._folder / name)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    async def get(self, name: str) -> bytes:
        """Read an object whole."""
        return (self._folder / name).read_bytes()

    async def size(self, name: str) -> int | None:
        """An object's size, None where there is none."""
        path = self._folder / name
        return path.stat().st_size if path.is_file() else None

    async def same(self, name: str, content: bytes) -> bool:
        """Whether exactly `content` lies there, read back and compared."""
        return await self.size(name) == len(content) and await self.get(name) == content

    async def names(self) -> list[str]:
        """What lies there."""
        return [path.name for path in self._folder.iterdir() if path.is_file() and not path.name.startswith(".")]

    async def delete(self, name: str) -> None:
        """Take an object away; nothing where there is none."""
        (self._folder / name).unlink(missing_ok=True)

    async def close(self) -> None:
        """Nothing is held open."""
