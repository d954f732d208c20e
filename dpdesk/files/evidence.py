"""Reads a file that proves a consent, whole and at most 10 MB; what it is is told by its content, never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dpdesk.domain.errors import Unreadable
from dpdesk.domain.evidence import LARGEST, media_type

REASONS = ("missing", "unreadable", "evidence_empty", "evidence_too_big", "evidence_kind")


@dataclass(frozen=True)
class Proof:
    """A file as it was read."""

    name: str
    media_type: str
    content: bytes


def read(path: Path) -> Proof:
    """The file at `path`; raises `Unreadable` with one of `REASONS`."""
    try:
        if not path.is_file():
            raise Unreadable(path.name, "missing" if not path.exists() else "unreadable")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise Unreadable(path.name, "unreadable") from problem
    if not content.strip():
        raise Unreadable(path.name, "evidence_empty")
    if len(content) > LARGEST:
        raise Unreadable(path.name, "evidence_too_big", str(LARGEST >> 20))
    kind = media_type(content)
    if not kind:
        raise Unreadable(path.name, "evidence_kind")
    return Proof(path.name, kind, content)
