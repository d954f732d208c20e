"""An open line to a destination: puts, reads back, lists. Plain calls outside; inside one event loop, so that it can be cut."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from dpdesk.domain.errors import Hindered
from dpdesk.domain.transfers import Destination, DestinationKind
from dpdesk.portal import certificates
from dpdesk.portal.folder import Folder
from dpdesk.portal.objects import Objects
from dpdesk.portal.sftp import Sftp
from dpdesk.portal.trouble import named

T = TypeVar("T")
logging.getLogger("asyncio").addFilter(lambda record: not record.getMessage().startswith("socket.send() raised"))  # on a broken line
_LAST_TURNS = 5
AT_ONCE = 3
"""Objects under way at the same time."""
FORBIDDEN = ("transfers.not_allowed", "transfers.not_there", "transfers.refused")
"""What a file drop says where nothing may be read, listed or taken away; anything else is a fault."""


class Line:
    """One open line. `pin` is the fingerprint the server showed. Every call raises `Hindered` where the server or the network fails."""

    def __init__(self, destination: Destination, secret: str = "", opened: Callable[[Callable[[], None]], None] = lambda cut: None) -> None:
        """Open it; `opened` is given the way to cut it before anything is waited for."""
        self._name = destination.name
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda loop, context: None)  # of a library's own tasks, when a line broke: `named` says it once
        self._task: asyncio.Task | None = None
        self._cut = False
        self.pin = destination.pin
        opened(self.cut)
        try:
            self._place = self._run(self._named, self._open, destination, secret)
        except BaseException:
            self._end()
            raise

    async def _open(self, destination: Destination, secret: str) -> Any:
        if destination.kind is DestinationKind.FOLDER:
            return Folder(destination)
        if destination.kind is DestinationKind.SFTP:
            return await Sftp.opened(destination, secret)
        self.pin, vouched = await certificates.check(destination)
        if vouched:
            return Objects(destination, secret)
        from dpdesk.portal.pinned_kinds import pinned
        return pinned(replace(destination, pin=self.pin), secret)

    def _run(self, call: Callable[..., Coroutine[Any, Any, T]], *given: Any) -> T:
        if self._cut:
            raise Hindered("transfers.stopped", {"place": self._name})
        self._task = self._loop.create_task(call(*given))
        try:
            return self._loop.run_until_complete(self._task)
        except asyncio.CancelledError as problem:
            raise Hindered("transfers.stopped", {"place": self._name}) from problem
        finally:
            self._task = None

    async def _named(self, call: Callable[..., Coroutine[Any, Any, T]], *given: Any) -> T:
        with named(self._name):
            return await call(*given)

    def cut(self) -> None:
        """End what is under way at once; may be called from any thread."""
        self._cut = True

        def stop() -> None:
            if self._task is not None:
                self._task.cancel()
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(stop)

    def put(self, name: str, content: bytes, *, verify: bool = True) -> None:
        """Leave an object, and see that it lies there as it was; raises `Hindered("transfers.half_written")` where it does not."""
        self._run(self._put, name, content, verify)

    async def _put(self, name: str, content: bytes, verify: bool) -> None:
        await self._named(self._place.put, name, content)
        if verify and not await self._named(self._place.same, name, content):
            raise Hindered("transfers.half_written", {"place": self._name})

    def put_all(self, objects: Iterable[tuple[str, Callable[[], bytes]]], stored: Callable[[str], None], *, verify: bool = True) -> None:
        """Leave many objects, a few at a time; `stored(name)` once each lies there. After a failure nothing more is begun.

        Each is read beside the loop, so that the hash its reader may make of it holds no other up; readers may run at the same time.
        """
        self._run(self._put_all, objects, stored, verify)

    async def _put_all(self, objects: Iterable[tuple[str, Callable[[], bytes]]], stored: Callable[[str], None], verify: bool) -> None:
        waiting, problems = iter(objects), []

        async def carry() -> None:
            try:
                for name, read in waiting:
                    await self._put(name, await asyncio.to_thread(read), verify)
                    stored(name)
                    if problems:
                        return
            except Exception as problem:
                problems.append(problem)
        await asyncio.gather(*(carry() for _ in range(AT_ONCE)))
        if problems:
            raise problems[0]

    def get(self, name: str, longest: int) -> bytes | None:
        """An object whole; None where there is none, `Hindered("transfers.too_large")` where it is longer than it may be."""
        size = self._run(self._named, self._place.size, name)
        if size is None:
            return None
        if size > longest:
            raise Hindered("transfers.object_too_large", {"place": self._name})
        return self._run(self._named, self._place.get, name)

    def holds(self, name: str, size: int, sha256: str) -> bool:
        """Whether an object of that size and hash lies there."""
        if self._run(self._named, self._place.size, name) != size:
            return False
        return hashlib.sha256(self._run(self._named, self._place.get, name)).hexdigest() == sha256

    def names(self) -> list[str]:
        """What lies there."""
        return self._run(self._named, self._place.names)

    def delete(self, name: str) -> bool:
        """Take an object away; False where the server does not let us."""
        try:
            self._run(self._named, self._place.delete, name)
        except Hindered as problem:
            if problem.reason not in FORBIDDEN:
                raise
            return False
        return True

    def close(self) -> None:
        """Hang up."""
        if self._loop.is_closed():
            return
        with contextlib.suppress(Exception):
            self._loop.run_until_complete(asyncio.wait_for(self._place.close(), 5))
        self._end()

    def _end(self) -> None:
        self._loop.run_until_complete(_settle())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


async def _settle() -> None:
    """What a library left running is ended, and sockets that are being closed get the few turns of the loop they need for it."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for _ in range(_LAST_TURNS):
        await asyncio.sleep(0)
