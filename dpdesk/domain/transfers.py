"""Transfers: a sealed package on its way to a destination in parts, its marker last, its receipts coming back (S0 l.9, S1 23.5)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dpdesk.domain.cards import canonical
from dpdesk.domain.packages import BadPackage

PART = 4 * 1024 * 1024
"""Bytes of a part: never over 8 MiB, so that what a cut line costs is small on every kind of server alike."""
LARGEST_PART = 8 * 1024 * 1024
MOST_PARTS = 100_000
LONGEST_MARKER = 16 * 1024 * 1024
LONGEST_RECEIPT = 64 * 1024
MARKER_SIGNED_AS = b"dpdesk marker 1\n"
RECEIPT_SIGNED_AS = b"dpdesk receipt 1\n"
FIRST_WAIT, LONGEST_WAIT = 15, 3_600
_MARKER_NAME = re.compile(r"([0-9a-f]{32})\.end")
_HEX = {length: re.compile(f"[0-9a-f]{{{length}}}") for length in (32, 64)}


class DestinationKind(StrEnum):
    """Where packages can be left."""

    S3 = "s3"
    WEBDAV = "webdav"
    SFTP = "sftp"
    FOLDER = "folder"


class TransferState(StrEnum):
    """Where a transfer stands. `sent` is whole on the server and seen to be; `receipted` was verified whole by who it is for."""

    QUEUED = "queued"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    RECEIPTED = "receipted"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


OPEN = (TransferState.QUEUED, TransferState.SENDING, TransferState.PAUSED)
PROVED = (TransferState.RECEIPTED, TransferState.CONFIRMED)


@dataclass(frozen=True)
class Destination:
    """A place packages are left at. `address` is an https URL, "host" or "host:port", or a folder; `place` a bucket or folder there.

    `pin` is the fingerprint seen at the first verified use; `reads` whether what is there can be read back (a file drop cannot).
    """

    id: str
    name: str
    kind: DestinationKind
    address: str
    place: str = ""
    user: str = ""
    region: str = ""
    pin: str = ""
    pinned_at: str = ""
    reads: bool = True
    tested_at: str = ""


@dataclass(frozen=True)
class Part:
    """One object on the server: a number from 1, bytes, SHA-256."""

    number: int
    size: int
    sha256: str


def part_name(transfer: str, number: int) -> str:
    """What a part is called on the server: it says nothing about anyone."""
    return f"{transfer}.{number:05d}"


def marker_name(transfer: str) -> str:
    """The object that says that all parts are there."""
    return f"{transfer}.end"


def receipt_name(transfer: str, recipient: int) -> str:
    """The object in which recipient number `recipient` of the package answers."""
    return f"{transfer}.r{recipient}"


def transfer_of(name: str) -> str:
    """The transfer a marker is of, "" for any other object."""
    found = _MARKER_NAME.fullmatch(name)
    return found[1] if found else ""


@dataclass(frozen=True)
class Marker:
    """The last object of a transfer, sealed like the package: which parts make it, and whose signature stands under it."""

    transfer: str
    package: str
    signing: str
    recipients: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts)

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"dpdesk marker": 1, "transfer": self.transfer, "package": self.package, "signing": self.signing,
                          "recipients": list(self.recipients),
                          "parts": [[part.size, part.sha256] for part in self.parts]})


def read_marker(content: bytes) -> Marker:
    """A marker out of its bytes; raises `BadPackage("altered")`."""
    data = _object(content, "dpdesk marker")
    try:
        parts = tuple(Part(at + 1, _size(size), _hex(digest, 64)) for at, (size, digest) in enumerate(data["parts"]))
        found = Marker(_hex(data["transfer"], 32), _hex(data["package"], 32), _hex(data["signing"], 64),
                       tuple(str(key) for key in data["recipients"]), parts)
        if found.canonical() != content or not 0 < len(parts) <= MOST_PARTS:
            raise BadPackage("altered")
    except (ValueError, KeyError, TypeError) as problem:
        raise BadPackage("altered") from problem
    return found


@dataclass(frozen=True)
class Receipt:
    """Signed word of a recipient that a package lies whole, verified and kept at their desk; `head` is how far their log had come."""

    id: str
    transfer: str
    package: str
    manifest: str
    at: str
    signing: str
    head: Mapping[str, object] = field(default_factory=dict)

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"dpdesk receipt": 1, **{name: getattr(self, name) for name in Receipt.__dataclass_fields__},
                          "head": dict(self.head)})


def read_receipt(content: bytes) -> Receipt:
    """A receipt out of its bytes; raises `BadPackage("altered")`."""
    data = _object(content, "dpdesk receipt")
    try:
        found = Receipt(_hex(data["id"], 32), _hex(data["transfer"], 32), _hex(data["package"], 32), _hex(data["manifest"], 64),
                        str(data["at"]), _hex(data["signing"], 64), dict(data["head"]))
        if found.canonical() != content:
            raise BadPackage("altered")
    except (ValueError, KeyError, TypeError) as problem:
        raise BadPackage("altered") from problem
    return found


def _object(content: bytes, kind: str) -> dict:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise BadPackage("altered") from problem
    if not isinstance(data, dict) or kind not in data:
        raise BadPackage("altered")
    if data[kind] != 1:
        raise BadPackage("newer")
    return data


def _hex(value: object, length: int) -> str:
    if not isinstance(value, str) or not _HEX[length].fullmatch(value):
        raise ValueError(length)
    return value


def _size(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_PART:
        raise ValueError("size")
    return value


def next_try(now: datetime, tries: int, jitter: float) -> datetime:
    """When to try again after `tries` failures: 15 s, 30 s, 1 min … an hour, up to a quarter later by `jitter` (0 to 1)."""
    wait = min(FIRST_WAIT * 2 ** max(tries - 1, 0), LONGEST_WAIT)
    return now + timedelta(seconds=wait * (1 + jitter / 4))
