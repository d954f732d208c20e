"""What the command line prints and where: results on stdout, everything else on stderr.

With --json stdout carries one JSON document and nothing more.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence

from dpdesk.services.words import Said, tr

_BESIDE = 2  # spaces between the columns of a table


def plain(text: object) -> str:
    """`text` on one line without control characters: a name from a list must not steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under headings, in columns as wide as their widest cell."""
    cells = [tuple(headings), *(tuple(plain(cell) for cell in row) for row in rows)]
    widths = [max(len(row[at]) for row in cells) + _BESIDE for at in range(len(headings))]
    return "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)


def pairs(facts: Iterable[tuple[str, object]]) -> str:
    """Names and values, one pair a line, values aligned."""
    known = [(name, plain(value)) for name, value in facts if value not in ("", None)]
    width = max((len(name) for name, _value in known), default=0) + _BESIDE
    return "\n".join(f"{name:<{width}}{value}" for name, value in known)


class Output:
    """Prints one command's result and its notes."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self._last_progress = 0.0
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8" if as_json else None, errors="replace")

    def result(self, data: object, human: str) -> None:
        """The command's answer: `data` for machines, `human` for people."""
        text = json.dumps(data, ensure_ascii=False, indent=2) if self.as_json else human
        if text:
            print(text, flush=True)

    def step(self, text: str) -> None:
        """One line of an answer that grows line by line, for people only."""
        print(text, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def note(self, text: str) -> None:
        """Something to know beside the answer."""
        print(text, file=sys.stderr, flush=True)

    def refusal(self, code: str, reason: str, said: Said, detail: str = "") -> None:
        """A failure: in words on stderr, and as JSON on stdout where JSON was asked for."""
        self._end_progress()
        print(tr("dpdesk: {said}", said=plain(said)), file=sys.stderr, flush=True)
        if detail:
            print(plain(detail), file=sys.stderr, flush=True)
        if self.as_json:
            error = {"code": code, "reason": reason, "what": said.what, "safe": said.safe, "do": said.do}
            if detail:
                error["trace"] = detail
            print(json.dumps({"error": error}, ensure_ascii=False, indent=2), flush=True)

    def progress(self, title: str):
        """A callable (done, total) that shows how far a long step is, where a person is watching."""
        def show(done: int, total: int) -> None:
            now = time.monotonic()
            if not sys.stderr.isatty() or (now - self._last_progress < 0.1 and done < total):
                return
            self._last_progress = now
            print(f"\r{title} {done:,} / {total:,}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
        return show

    def _end_progress(self) -> None:
        if self._last_progress and sys.stderr.isatty():
            print(file=sys.stderr)
