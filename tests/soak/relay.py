"""A line that breaks: `python -m tests.soak.relay PORT FROM TO` passes on to that port, and cuts each connection after so many bytes."""

from __future__ import annotations

import asyncio
import contextlib
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from dpdesk.domain.transfers import Destination, DestinationKind

CUT = (2_000_000, 120_000_000)
"""A connection is cut after so many bytes, at random between the two."""


class Relayed:
    """A server as it is reached over the line that breaks."""

    def __init__(self, server: Any, port: int) -> None:
        self._server, self.port, self.secret = server, port, getattr(server, "secret", "")

    def destination(self) -> Destination:
        found = self._server.destination()
        address = f"127.0.0.1:{self.port}"
        return replace(found, address=address if found.kind is DestinationKind.SFTP else f"http://{address}")


@contextlib.contextmanager
def relayed(server: Any, cut: tuple[int, int] = CUT) -> Iterator[Relayed]:
    """The line, up until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "tests.soak.relay", *map(str, (server.port, *cut))], stdout=subprocess.PIPE,
                               cwd=Path(__file__).parents[2])
    try:
        yield Relayed(server, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class _Budget:
    """How many bytes a connection still carries, both ways together."""

    def __init__(self, cut: tuple[int, int]) -> None:
        self.left = random.randint(*cut)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while self.left > 0 and (content := await reader.read(1 << 16)):
            self.left -= len(content)
            writer.write(content)
            await writer.drain()


async def _one(port: int, cut: tuple[int, int], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        there, back = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        writer.transport.abort()
        return
    budget = _Budget(cut)
    ways = [asyncio.ensure_future(budget.carry(reader, back)), asyncio.ensure_future(budget.carry(there, writer))]
    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in ways:
        way.cancel()
    await asyncio.gather(*ways, return_exceptions=True)
    for end in (writer, back):
        end.transport.abort() if budget.left <= 0 else end.close()


async def _serve(port: int, first: int, last: int) -> None:
    server = await asyncio.start_server(lambda reader, writer: _one(port, (first, last), reader, writer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(*map(int, sys.argv[1:])))
