"""Column headers as words, so that "SORT-CODE", "SortCode" and "sort code" are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_WORD = re.compile(r"[^\W\d_]+|\d+")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_HASH = re.compile(r"#\s*$")


def header_words(header: str) -> tuple[str, ...]:
    """A column header as lower-case words without accents or punctuation; a closing "#" reads as "number"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", header).casefold())
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(_WORD.findall(_HASH.sub(" number", visible)))


class Header:
    """The words of a header written together, so that "sort code", "sortcode" and "s.o.r.t code" are one."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._text = "".join(words)
        self._edges = frozenset(accumulate(map(len, words), initial=0))

    def spans(self, phrase: str) -> Iterator[tuple[int, int]]:
        """Where `phrase` stands, beginning and ending where words do."""
        wanted = phrase.replace(" ", "")
        start = self._text.find(wanted)
        while start >= 0:
            if {start, start + len(wanted)} <= self._edges:
                yield start, start + len(wanted)
            start = self._text.find(wanted, start + 1)
