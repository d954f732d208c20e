"""Looks at sheets before they are printed: pages of a PDF as pictures, and every page read back as a scanner would see it.

The pictures are made by a child process (`paper/rendering.py`) and come through a pipe; nothing is written anywhere.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from dpdesk.domain.sheets import MARKERS, SheetPage
from dpdesk.paper.children import command
from dpdesk.paper.lettering import missing


@dataclass(frozen=True)
class Picture:
    """Grey pixels, one byte each, rows from the top without padding."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True)
class PageProblem:
    """What is wrong with a page (from 0): `pages`, `markers`, `code_a`, `code_b`, `quiet` or `letters`; `detail` what exactly."""

    page: int
    code: str
    detail: str = ""


class RenderingFailed(Exception):
    """The child process ended without an answer: the PDF is none, or the machine has no memory left."""


class Rendering:
    """One PDF in a child process, for as long as the `with` lasts."""

    def __init__(self, pdf: bytes) -> None:
        self._child = subprocess.Popen(command("rendering"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._send(len(pdf).to_bytes(8, "big") + pdf)

    def __enter__(self) -> Rendering:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                continue

    def pages(self) -> int:
        """How many pages the PDF has; raises `RenderingFailed`."""
        return self._ask({"want": "pages"})[0]["pages"]

    def picture(self, page: int, scale: float) -> Picture:
        """Page `page` (from 0) at `scale` pixels to a point (1.0 is 72 dpi); raises `RenderingFailed`."""
        head, grey = self._ask({"want": "picture", "page": page, "scale": scale})
        return Picture(head["width"], head["height"], grey)

    def seen(self, page: int) -> dict[str, Any]:
        """Which markers and QR texts a reader finds on the page at 200 dpi, and whether nothing else is near them."""
        return self._ask({"want": "seen", "page": page})[0]

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self._send(json.dumps(request).encode() + b"\n")
        line = self._child.stdout.readline()
        if not line:
            raise RenderingFailed
        head = json.loads(line)
        body = self._child.stdout.read(head["bytes"])
        if len(body) != head["bytes"]:
            raise RenderingFailed
        return head, body

    def _send(self, data: bytes) -> None:
        try:
            self._child.stdin.write(data)
            self._child.stdin.flush()
        except BrokenPipeError as problem:
            raise RenderingFailed from problem


def preview(pdf: bytes, page: int, scale: float) -> Picture:
    """One page as a picture; for several use `Rendering`, which keeps its process."""
    with Rendering(pdf) as rendering:
        return rendering.picture(page, scale)


def read_back(pdf: bytes, expected: Sequence[SheetPage], progress: Callable[[int], None] = lambda done: None) -> tuple[PageProblem, ...]:
    """Reads every page as a scanner would and compares it with what it should be; () when all is well.

    `progress` is told how many pages are done, and may raise to stop. Raises `RenderingFailed`.
    """
    problems = []
    with Rendering(pdf) as rendering:
        if rendering.pages() != len(expected):
            return (PageProblem(0, "pages", str(rendering.pages())),)
        for number, page in enumerate(expected):
            problems.extend(_differences(number, page, rendering.seen(number)))
            progress(number + 1)
    return tuple(problems)


def _differences(number: int, page: SheetPage, seen: dict[str, Any]) -> list[PageProblem]:
    found = []
    if lost := sorted(MARKERS.keys() - set(seen["markers"])):
        found.append(PageProblem(number, "markers", " ".join(map(str, lost))))
    found += [PageProblem(number, f"code_{corner.lower()}") for corner, text in zip("AB", page.codes, strict=True)
              if seen["codes"][corner] != text]
    if not seen["quiet"]:
        found.append(PageProblem(number, "quiet"))
    if letters := missing(printed_texts(page)):
        found.append(PageProblem(number, "letters", "".join(sorted(letters))))
    return found


def printed_texts(page: SheetPage) -> list[str]:
    """Every text on the page."""
    lines = [text for line in page.lines for text in (line.number, line.door, line.name, line.address, *line.details)]
    boxes = [text for box in page.boxes for text in (box.letters, box.meaning)]
    return [page.branch, page.title, page.heading, page.summary, page.session, page.confidentiality, page.return_to, page.label,
            *vars(page.labels).values(), *boxes, *lines]
