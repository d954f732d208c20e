"""The process that reads pages: grey pixels and the desk's key come by one pipe, what the page says and its picture go by another."""

from __future__ import annotations

import io
import json
import math
import os
import sys
import zlib
from typing import TYPE_CHECKING, Any

from dpdesk.domain import scans
from dpdesk.domain.marks import Mark, Verdict
from dpdesk.domain.sheet_codes import PageCode
from dpdesk.paper import confining
from dpdesk.paper.children import HEAD, read_exactly, write_all
from dpdesk.paper.readers import AGAIN, DONE, KEY, LENGTHS, SECONDS

if TYPE_CHECKING:
    import numpy as np

    from dpdesk.paper.reading import PageReading

MEMORY = 3 << 30
QUALITY = 50
"""Of the pictures that are kept, as JPEG: about 190 kB a page."""
_RAW = 6_000_000
_LETTERS = {Mark.EMPTY: scans.EMPTY, Mark.MARKED: scans.MARKED, Mark.CANCELLED: scans.CANCELLED, Mark.UNSURE: scans.UNSURE}
_FATES = {Verdict.READ: "read", Verdict.LINE_UP: "line_up", Verdict.NO_CODE: "line_up", Verdict.TWO_SHEETS: "two_sheets",
          Verdict.ALTERED: "other_branch", Verdict.NEWER: "layout", Verdict.FOREIGN: "foreign", Verdict.BLANK: "blank"}
_REASONS = {Verdict.LINE_UP: "askew", Verdict.NO_CODE: "no_code", Verdict.NEWER: "newer"}


def serve() -> int:
    """Answer until the pipe ends."""
    source, target = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    sys.stdout = sys.stderr = io.StringIO()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    confining.bound(MEMORY)
    _load_everything()
    confining.confine()
    key = b""
    while True:
        try:
            tag, length = HEAD.unpack(read_exactly(source, HEAD.size))
            content = read_exactly(source, length)
        except EOFError:
            return 0
        if tag == KEY:
            key = bytes(content)
            continue
        confining.on_the_clock(SECONDS)
        answer = _again(content) if tag == AGAIN else _page(content, key)
        confining.off_the_clock()
        for piece in (HEAD.pack(DONE, sum(map(len, answer))), *answer):
            write_all(target, piece)


def _load_everything() -> None:
    """Read a blank page once: afterwards no module can be loaded any more."""
    import cv2
    import numpy as np

    from dpdesk.paper import reading
    cv2.setNumThreads(1)
    empty = np.full((400, 300), 250, np.uint8)
    empty[100:120, 50:250] = 0
    reading.read(empty, bytes(32))
    reading.read(empty, bytes(32), code=PageCode("1", 9, 12, "0" * 10, 1, 1), corners=((0, 0), (300, 0), (300, 400), (0, 400)))
    _picture(empty)


def _parts(content: bytearray) -> tuple[dict[str, Any], memoryview]:
    head = LENGTHS.unpack(content[:LENGTHS.size])[0]
    view = memoryview(content)[LENGTHS.size:]
    return json.loads(bytes(view[:head])), view[head:]


def _page(content: bytearray, key: bytes) -> tuple[bytes, ...]:
    """Read one page."""
    import numpy as np

    from dpdesk.paper import reading
    asked, pixels = _parts(content)
    grey = np.frombuffer(pixels, np.uint8).reshape(asked["height"], asked["width"])
    code = PageCode(**asked["code"]) if asked["code"] else None
    return _told(reading.read(grey, key, code=code, corners=tuple(map(tuple, asked["corners"]))), grey, asked["bilevel"])


def _told(found: PageReading, grey: np.ndarray, bilevel: bool) -> tuple[bytes, ...]:
    fate, features, picture, size = _FATES[found.verdict], b"", b"", (0, 0)
    if fate == "read" and found.straightened is not None:
        features = packed(found.columns)
        picture, size = _picture(found.straightened)
    elif fate == "line_up":
        picture, size = _picture(grey)
    told = {"fate": fate, "reason": _REASONS.get(found.verdict, ""), "code": found.code.__dict__ if found.code else None,
            "bilevel": bilevel or found.one_bit, "streaked": found.streaks > 0, "quality": _quality(found, bilevel or found.one_bit),
            "markers": len(found.markers), "frame": round(found.frames, 3), "corners": found.corners, "size": size,
            "marks": _words(found.marks), "scores": _hundreds(found.scores),
            "ink": [round(float(each), 4) for each in found.fingerprint]}
    head = json.dumps(told).encode()
    return LENGTHS.pack(len(head), len(features), len(picture)), head, features, picture


def _words(marks: tuple[tuple[Mark, ...], ...]) -> list[str]:
    return ["".join(_LETTERS[mark] for mark in row) for row in marks]


def _hundreds(scores: tuple[tuple[float, ...], ...]) -> list[list[int]]:
    return [[round(100 * score) for score in row] for row in scores]


def _quality(found: PageReading, bilevel: bool) -> float:
    """Which of two pictures of a paper is the better: fine, with clear frames and markers, few boxes unsure, no dirt on the glass."""
    boxes = [mark for row in found.marks for mark in row]
    if not boxes:
        return 0.0
    unsure = boxes.count(Mark.UNSURE) / len(boxes)
    a, b = found.corners[:2]
    fine = min(1.0, math.dist(a, b) / 210 / 8)
    return round(0.5 * found.frames + 0.02 * len(found.markers) + 0.3 * fine - 2 * unsure - 0.5 * bilevel - 0.05 * min(4, found.streaks), 4)


def _picture(grey: np.ndarray) -> tuple[bytes, tuple[int, int]]:
    """A page as JPEG, not larger than it need be, and its size."""
    from PIL import Image
    image = Image.fromarray(grey)
    if image.width * image.height > _RAW:
        scale = math.sqrt(_RAW / (image.width * image.height))
        image = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.BILINEAR)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=QUALITY)
    return made.getvalue(), image.size


def packed(columns: np.ndarray) -> bytes:
    """What was measured, small enough to be kept for years: version, shape, and half floats packed."""
    from dpdesk.paper import features
    head = json.dumps({"version": features.VERSION, "shape": columns.shape}).encode()
    return head + b"\n" + zlib.compress(columns.astype("<f2").tobytes(), 6)


def unpacked(kept: bytes) -> np.ndarray | None:
    """What `packed` kept; None where another version measured it."""
    import numpy as np

    from dpdesk.paper import features
    head, _, rest = kept.partition(b"\n")
    told = json.loads(head) if head else {}
    if told.get("version") != features.VERSION:
        return None
    return np.frombuffer(zlib.decompress(rest), "<f2").reshape(told["shape"]).astype(np.float32)


def _again(content: bytearray) -> tuple[bytes, ...]:
    """Decide a page again from what was measured."""
    from dpdesk.paper import reading
    asked, kept = _parts(content)
    columns = unpacked(bytes(kept))
    told: dict[str, Any] = {"marks": [], "scores": []}
    if columns is not None:
        marks, scores = reading.decided_again(PageCode(**asked["code"]), columns)
        told = {"marks": _words(marks), "scores": _hundreds(scores)}
    head = json.dumps(told).encode()
    return LENGTHS.pack(len(head), 0, 0), head
