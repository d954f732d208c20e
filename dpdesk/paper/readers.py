"""Reading pages on every core: a few child processes, each given one page at a time; answers come in the order the pages were put."""

from __future__ import annotations

import json
import os
import struct
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from dpdesk.domain.sheet_codes import PageCode
from dpdesk.paper.children import Child, Ended
from dpdesk.paper.decoding import Pixels

KEY, PAGE, AGAIN, DONE = b"k", b"p", b"a", b"d"
LENGTHS = struct.Struct("<III")
"""How many bytes of JSON lead a frame, and how many of features follow it; the rest is the picture or the pixels."""
SECONDS = 30
_MOST = 16 << 20


@dataclass(frozen=True)
class Asked:
    """How a page is to be read: `corners` of the paper where a person lined it up (four pairs, pixels, clockwise from the top left of
    the sheet), `code` where they typed its number."""

    corners: tuple[tuple[float, float], ...] = ()
    code: PageCode | None = None


@dataclass(frozen=True)
class Read:
    """What a page says. `fate` is "read", "line_up", "blank", "foreign", "other_branch", "layout", "two_sheets" or "unread".

    `marks` are a word of letters a row (`domain/scans.py`), `scores` 0-100 a box, `ink` a number a box; `features` what was measured;
    `picture` the straightened page as JPEG, the page as it came where it is still to be lined up; `corners` of the paper in what came.
    """

    fate: str
    reason: str = ""
    code: PageCode | None = None
    bilevel: bool = False
    streaked: bool = False
    quality: float = 0.0
    markers: int = 0
    frame: float = 0.0
    marks: tuple[str, ...] = ()
    scores: tuple[tuple[int, ...], ...] = ()
    ink: tuple[float, ...] = ()
    size: tuple[int, int] = (0, 0)
    features: bytes = b""
    picture: bytes = b""
    corners: tuple[tuple[float, float], ...] = ()


def cores() -> int:
    """How many pages are read at once."""
    return max(1, min(4, os.cpu_count() or 1))


class Readers:
    """A context: leaving it ends the children. `key` is the desk's own key of sheet codes."""

    def __init__(self, key: bytes, count: int = 0) -> None:
        self._key = key
        self._idle = deque(Child("reading", _MOST, SECONDS + 10.0) for _ in range(count or cores()))
        self._busy: deque[tuple[Child, bool]] = deque()

    def __enter__(self) -> Readers:
        for child in self._idle:
            self._begin(child)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        for child in (*self._idle, *(child for child, _ in self._busy)):
            child.kill()

    def cut(self) -> None:
        """End the children from another thread, whatever they do."""
        for child in (*self._idle, *(child for child, _ in self._busy)):
            child.cut()

    @property
    def full(self) -> bool:
        """Whether every child has a page."""
        return not self._idle

    @property
    def waiting(self) -> int:
        """How many pages were put and not yet got."""
        return len(self._busy)

    def _begin(self, child: Child) -> None:
        child.start()
        child.send(KEY, self._key)

    def put(self, page: Pixels, asked: Asked | None = None) -> None:
        """Give a page to the next child that is idle; `get` first where there is none."""
        child = self._idle.popleft()
        how = json.dumps({"width": page.width, "height": page.height, "bilevel": page.bilevel,
                          "corners": list(asked.corners) if asked else [], "code": asked.code.__dict__ if asked and asked.code else None})
        head = how.encode()
        try:
            if not child.running:
                self._begin(child)
            child.send(PAGE, LENGTHS.pack(len(head), 0, 0), head, page.grey)
            self._busy.append((child, True))
        except Ended:
            self._busy.append((child, False))

    def again(self, code: PageCode, features: bytes) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
        """Marks and scores of a page decided again from what was measured; () where another version measured it. Nothing may be waiting."""
        child = self._idle[0]
        head = json.dumps({"code": code.__dict__}).encode()
        try:
            if not child.running:
                self._begin(child)
            child.send(AGAIN, LENGTHS.pack(len(head), 0, 0), head, features)
            _tag, answer = child.receive()
        except Ended:
            return (), ()
        told = json.loads(bytes(answer[LENGTHS.size:]))
        return tuple(told["marks"]), tuple(map(tuple, told["scores"]))

    def get(self) -> Read:
        """What the page says that was put first."""
        child, sent = self._busy.popleft()
        try:
            if not sent:
                return Read("unread", "died")
            tag, answer = child.receive()
            return _read(answer) if tag == DONE else Read("unread", "died")
        except Ended as end:
            return Read("unread", "too_slow" if end.late else "died")
        finally:
            self._idle.append(child)


def _read(answer: memoryview) -> Read:
    head, features, _ = LENGTHS.unpack(answer[:LENGTHS.size])
    at = LENGTHS.size
    told: dict[str, Any] = json.loads(bytes(answer[at:at + head]))
    code = PageCode(**told["code"]) if told["code"] else None
    return Read(told["fate"], told["reason"], code, told["bilevel"], told["streaked"], told["quality"], told["markers"], told["frame"],
                tuple(told["marks"]), tuple(map(tuple, told["scores"])), tuple(told["ink"]), tuple(told["size"]),
                bytes(answer[at + head:at + head + features]), bytes(answer[at + head + features:]), tuple(map(tuple, told["corners"])))


