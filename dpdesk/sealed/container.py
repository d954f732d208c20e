"""What is inside the age layer: the plainest of tar archives (ustar, regular files only), so that standard tools can unpack it.

Written and read by our own few lines: the reader takes exactly what the writer makes, in the manifest's order, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from dpdesk.domain.packages import BadPackage

BLOCK = 512
CHUNK = 1 << 20
_LARGEST = 8 ** 11 - 1


class Source(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


def header(name: str, size: int) -> bytes:
    """The 512 bytes before a file."""
    raw = name.encode()
    if len(raw) > 100 or not 0 <= size <= _LARGEST:
        raise BadPackage("bad_name" if len(raw) > 100 else "too_large")
    fields = (raw.ljust(100, b"\0"), b"0000600\0", b"0000000\0", b"0000000\0", b"%011o\0" % size, b"00000000000\0", b" " * 8, b"0",
              bytes(100), b"ustar\x0000", bytes(32), bytes(32), b"0000000\0", b"0000000\0", bytes(155), bytes(12))
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padding(size: int) -> bytes:
    """The zeros behind a file."""
    return bytes(-size % BLOCK)


END = bytes(2 * BLOCK)


class Reader:
    """Takes a container apart, front to back. Raises `BadPackage`: `cut` where it ends early, `altered` for anything unexpected."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _exactly(self, size: int) -> bytes:
        parts, left = [], size
        while left:
            part = self._source.read(min(left, CHUNK))
            if not part:
                raise BadPackage("cut")
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def next_is(self, name: str) -> int:
        """The size of the next file, which must be `name`."""
        block = self._exactly(BLOCK)
        try:
            size = int(block[124:135], 8) if block[124:135].isdigit() else -1
        except ValueError:
            size = -1
        if size < 0 or block != header(name, size):
            raise BadPackage("altered")
        return size

    def chunks(self, size: int) -> Iterator[bytes]:
        """The bytes of the file that is next, and the padding behind it."""
        left = size
        while left:
            part = self._exactly(min(left, CHUNK))
            left -= len(part)
            yield part
        if self._exactly(-size % BLOCK) != padding(size):
            raise BadPackage("altered")

    def whole(self, size: int, longest: int) -> bytes:
        """The next file at once; `too_large` where it is longer than it may be."""
        if size > longest:
            raise BadPackage("too_large")
        return b"".join(self.chunks(size))

    def end(self) -> None:
        """Nothing follows."""
        if self._exactly(len(END)) != END or self._source.read(1):
            raise BadPackage("altered")


def write_file(target: BinaryIO, name: str, size: int, chunks: Iterator[bytes]) -> None:
    """One file of exactly `size` bytes; raises `BadPackage("changed")` where it has become another since it was measured."""
    target.write(header(name, size))
    written = 0
    for part in chunks:
        written += len(part)
        if written > size:
            raise BadPackage("changed")
        target.write(part)
    if written != size:
        raise BadPackage("changed")
    target.write(padding(size))
