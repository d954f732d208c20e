"""What a source of the search for everything about a person is: one place of the desk, and what it finds there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dpdesk.domain.subjects import Record, Subject
from dpdesk.services.session import Session

Find = Callable[[Session, Any, Subject], Iterable[Record]]


@dataclass(frozen=True)
class Source:
    """One place: its code (words in subject_words), and what it finds on somebody. It asks for no right: the search does."""

    code: str
    find: Find


def record(identity: str, on: str, *values: tuple[str, object], shared: bool = False) -> Record:
    """A record with those of its values that there are."""
    return Record(identity, tuple((name, str(value)) for name, value in values if value not in ("", None)), on[:10], shared)
