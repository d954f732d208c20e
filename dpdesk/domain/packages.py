"""Packages: what travels between officers, sealed to their keys, with a signed manifest that says what is inside (S1 23.5, 27.15)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dpdesk.domain.cards import Card, canonical

FORMAT = 1
MANIFEST, SIGNATURE, FILES = "manifest.json", "manifest.sig", "files/"
LONGEST_MANIFEST = 8 * 1024 * 1024
MOST_FILES = 20_000
LARGEST_FILE = 8 * 1024 ** 3 - 1
LONGEST_NAME = 94  # bytes: with FILES before it, what every tar since 1988 takes
MOST_DAYS = 365
SIGNED_AS = b"dpdesk package manifest 1\n"
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_BARRED = set('<>:"/\\|?*')
_HEX64 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{32}")


class PackageKind(StrEnum):
    """What a package is for: plain files, scans of sheets, a canvass pack for a lead, what comes back from one."""

    FILES = "files"
    SHEETS = "sheets"
    PACK = "pack"
    RETURN = "return"


class PackageState(StrEnum):
    """Where a package stands at this desk."""

    SEALED = "sealed"
    ARRIVED = "arrived"
    OPENED = "opened"


class BadPackage(ValueError):
    """A package that may not be opened: `code` names why (see `services/wording/transfers.py`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Item:
    """One file inside: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a package holds, whom it is from and for. `recipients` are age keys; days ISO; `facts` are the kind's own, nothing personal."""

    id: str
    kind: PackageKind
    purpose: str
    classification: str
    made_at: str
    expires_on: str
    sender: Card
    recipients: tuple[str, ...]
    items: tuple[Item, ...]
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(item.size for item in self.items)

    def canonical(self) -> bytes:
        """The manifest as it is written and, behind `SIGNED_AS`, signed."""
        return canonical({"dpdesk package": FORMAT, "id": self.id, "kind": self.kind.value, "purpose": self.purpose,
                          "classification": self.classification, "made_at": self.made_at, "expires_on": self.expires_on,
                          "sender": self.sender.body(), "recipients": list(self.recipients), "facts": dict(self.facts),
                          "files": [[item.name, item.size, item.sha256] for item in self.items]})

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return bool(self.expires_on) and self.expires_on < today.isoformat()


def read(content: bytes) -> Manifest:
    """A manifest out of its bytes; raises `BadPackage` where it is none, of a newer kind, or names what may not be."""
    try:
        data = json.loads(content)
        if data["dpdesk package"] != FORMAT:
            raise BadPackage("newer")
        sender = Card(**{name: str(data["sender"][name]) for name in Card.__dataclass_fields__})
        items = tuple(Item(str(name), _whole(size), str(digest)) for name, size, digest in data["files"])
        found = Manifest(str(data["id"]), PackageKind(data["kind"]), str(data["purpose"]), str(data["classification"]),
                         str(data["made_at"]), str(data["expires_on"]), sender, tuple(str(key) for key in data["recipients"]),
                         items, dict(data["facts"]))
        if found.canonical() != content or not _ID.fullmatch(found.id):
            raise BadPackage("altered")
    except BadPackage:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise BadPackage("altered") from problem
    check_items(found.items)
    return found


def _whole(size: object) -> int:
    if type(size) is not int or size < 0:
        raise BadPackage("altered")
    return size


def check_items(items: tuple[Item, ...]) -> None:
    """Raise `BadPackage`: names that could leave their folder or hide, two of one name, sizes or numbers beyond sense."""
    if len(items) > MOST_FILES or any(item.size > LARGEST_FILE for item in items):
        raise BadPackage("too_large")
    seen: set[str] = set()
    for item in items:
        check_name(item.name)
        if folded(item.name) in seen:
            raise BadPackage("bad_name")
        seen.add(folded(item.name))
        if not _HEX64.fullmatch(item.sha256):
            raise BadPackage("altered")


def folded(name: str) -> str:
    """A name as the least discerning of disks tells it from others."""
    return unicodedata.normalize("NFC", name).casefold()


def check_name(name: str) -> None:
    """Raise `BadPackage` unless `name` is a plain file name on every system: no folder, no device, nothing unseen."""
    ok = (0 < len(name.encode(errors="replace")) <= LONGEST_NAME and name.isprintable() and not set(name) & _BARRED
          and not name.startswith((".", " ")) and not name.endswith((".", " "))
          and name.partition(".")[0].strip().casefold() not in _DEVICES and not any(unicodedata.category(c) == "Cf" for c in name))
    try:
        name.encode()
    except UnicodeEncodeError:
        ok = False
    if not ok:
        raise BadPackage("bad_name")


class Step(StrEnum):
    """Where a canvass pack has come to: with the lead, its return on the way, taken in by the branch, erased at the lead's."""

    OUT = "out"
    RETURNED = "returned"
    TAKEN = "taken"
    ERASED = "erased"
