"""Files from outside become grey pages without ever being opened in this process: a confined child does it, and may die of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType

from dpdesk.paper.children import Child, Ended
from dpdesk.paper.decoding_child import DONE, NUMBER, OPEN, PAGE, REFUSED, SECONDS, SIZES

BUDGET, SIDE, PAGES = 12_000_000, 20_000, 2_000
LARGEST = 256 << 20
"""Bytes of a file that is looked at."""
REASONS = ("empty", "unknown_kind", "heic", "too_big", "broken", "encrypted", "no_pages", "too_many_pages", "too_large", "too_small",
           "too_slow", "too_much_memory", "died")
"""Why a file or a page of it cannot be read."""
_PATIENCE = SECONDS + 10.0


@dataclass(frozen=True)
class Pixels:
    """A page as it came: `grey` holds `height` rows of `width` bytes, 0 black; `bilevel` where the file held black and white alone."""

    width: int
    height: int
    grey: memoryview
    bilevel: bool


@dataclass(frozen=True)
class Unread:
    """A file or page that cannot be read, and why (`REASONS`)."""

    reason: str


class Decoder:
    """One file after another, page by page. A context: leaving it ends the child."""

    def __init__(self) -> None:
        self._child = Child("decoding", BUDGET + SIZES.size, _PATIENCE)
        self._content: bytes = b""
        self._count = 0
        self._asked: int | None = None

    def __enter__(self) -> Decoder:
        self._child.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child; what it was sent is forgotten."""
        self._child.kill()
        self._content, self._asked = b"", None

    def cut(self) -> None:
        """End the child from another thread, whatever it does."""
        self._child.cut()

    def open(self, content: bytes) -> int | Unread:
        """Look at a file: how many pages it has."""
        self._drop_asked()
        self._content, self._count = content, 0
        if len(content) > LARGEST:
            return Unread("too_big")
        found = self._open()
        if isinstance(found, int):
            self._count = found
        return found

    def _open(self) -> int | Unread:
        try:
            self._child.send(OPEN, self._content)
            tag, answer = self._child.receive()
        except Ended as end:
            return Unread("too_slow" if end.late else "died")
        if tag == DONE and len(answer) == NUMBER.size and 0 < (count := NUMBER.unpack(answer)[0]) <= PAGES:
            return count
        return self._reason(tag, answer)

    def page(self, at: int, then: int | None = None) -> Pixels | Unread:
        """Page `at` of the open file; the child goes on with page `then` meanwhile, where that is given."""
        try:
            if self._asked != at:
                self._ask(at)
            self._asked = None
            tag, answer = self._child.receive()
        except Ended as end:
            self._asked = None
            return Unread("too_slow" if end.late else "died")
        found = self._pixels(tag, answer)
        if then is not None and then < self._count:
            self._ahead(then)
        return found

    def _ask(self, at: int) -> None:
        """Ask for a page; a child that died over another page is begun anew with the same file."""
        self._drop_asked()
        if not self._child.running and not isinstance(self._open(), int):
            raise Ended(late=False)
        self._child.send(PAGE, NUMBER.pack(at))
        self._asked = at

    def _ahead(self, at: int) -> None:
        try:
            self._ask(at)
        except Ended:
            self._asked = None

    def _drop_asked(self) -> None:
        """Let go of a page that was asked for and is not wanted any more."""
        if self._asked is not None:
            self._asked = None
            try:
                self._child.receive()
            except Ended:
                return

    def _pixels(self, tag: bytes, answer: memoryview) -> Pixels | Unread:
        if tag != DONE or len(answer) < SIZES.size:
            return self._reason(tag, answer)
        width, height, bilevel = SIZES.unpack(answer[:SIZES.size])
        if not (0 < width <= SIDE and 0 < height <= SIDE and width * height <= BUDGET and width * height == len(answer) - SIZES.size):
            self._child.kill()
            return Unread("died")
        return Pixels(width, height, answer[SIZES.size:], bool(bilevel))

    def _reason(self, tag: bytes, answer: memoryview) -> Unread:
        said = bytes(answer[:64]).decode("ascii", "replace")
        if tag == REFUSED and said in REASONS:
            return Unread(said)
        self._child.kill()
        return Unread("died")
