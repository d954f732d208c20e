"""The audit log's chain: what an entry says, how entries hang together, and what a check finds.

An entry holds no personal data: codes, identities, names of fields, and keyed commitments to the values (DOMAIN.md A3).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

GENESIS = bytes(32)


@dataclass(frozen=True)
class Entry:
    """One change: `seq` from 1, `at` UTC ISO with milliseconds, ids as hex, `fields` names only, `facts` non-personal."""

    seq: int
    at: str
    officer: str
    action: str
    subject_kind: str
    subject: str
    fields: tuple[str, ...]
    facts: Mapping[str, object]
    commitment: bytes
    prev: bytes
    mac: bytes = b""
    signature: bytes = b""

    def canonical(self, seq: int | None = None, prev: bytes | None = None) -> bytes:
        """The bytes that are authenticated; `seq` and `prev` may be tried in place of the entry's own."""
        return json.dumps(
            [self.seq if seq is None else seq, self.at, self.officer, self.action, self.subject_kind, self.subject,
             list(self.fields), dict(self.facts), self.commitment.hex(), (self.prev if prev is None else prev).hex()],
            separators=(",", ":"), sort_keys=True, ensure_ascii=True).encode()


@dataclass(frozen=True)
class Anchor:
    """What somebody outside the log knows of it: entry `seq` had the authentication code `head`."""

    seq: int
    head: bytes


@dataclass(frozen=True)
class Filter:
    """Which entries: officer id, action, subject id, days from and until (ISO, inclusive, UTC)."""

    officer: str = ""
    action: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Finding:
    """Something wrong at entry `seq`: `kind` is edited, deleted, inserted, reordered, cut, forked,
    signature, officer or values."""

    seq: int
    kind: str
    until: int = 0


@dataclass
class Report:
    """What a check saw: entries counted, the head, and findings (none when the log is whole)."""

    entries: int = 0
    head: bytes = GENESIS
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def mac_of(key: bytes, content: bytes) -> bytes:
    """The keyed code over an entry's canonical bytes."""
    return hmac.digest(key, content, "sha256")


def head_code(head: bytes, seq: int) -> str:
    """A short code of the log's head for paper: `17-3F2A-91C0-77DE-10B4`."""
    digest = hashlib.sha256(b"dpdesk head" + head).hexdigest()[:16].upper()
    return f"{seq}-" + "-".join(digest[at:at + 4] for at in range(0, 16, 4))


def commit_values(key: bytes, salt: bytes, values: bytes) -> bytes:
    """The keyed commitment to one row of before/after values: proves them, tells nothing once salt and values are gone."""
    return hmac.digest(key, salt + values, "sha256")


def commit_rows(key: bytes, commitments: Iterable[bytes]) -> bytes:
    """The commitment of an entry to all its rows, in order."""
    total = hmac.new(key, b"dpdesk rows", "sha256")
    for each in commitments:
        total.update(each)
    return total.digest()


Verify = Callable[[bytes, bytes, bytes], bool]  # public key, signature, message


class Chain:
    """Walks entries in order of `seq` and says what is wrong with them.

    `verify` checks an Ed25519 signature. Officers' keys are learnt from the log itself: an entry whose facts hold
    `keys` ({officer id: hex public key}) introduces them, so a swapped key in the officer table changes nothing.
    """

    def __init__(self, key: bytes, verify: Verify) -> None:
        self._key = key
        self._verify = verify
        self._keys: dict[str, bytes] = {}
        self._heads: dict[int, bytes] = {0: GENESIS}
        self.report = Report()

    def walk(self, entries: Iterable[Entry], anchors: Iterable[Anchor] = ()) -> Report:
        """Check every entry and then the anchors; a broken entry does not hide what follows."""
        rows = list(entries)
        expected, head = 1, GENESIS
        for index, entry in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else None
            if entry.seq > expected:
                self._found(expected, "deleted", entry.seq - 1)
            elif entry.prev != head or not self._authentic(entry):
                self._found(entry.seq, self._kind(entry, head, following, rows))
            if self._authentic(entry):
                self._check_signature(entry)
            expected, head = entry.seq + 1, entry.mac
            self._heads[entry.seq] = entry.mac
        self.report.entries, self.report.head = len(rows), head
        for anchor in anchors:
            self._check_anchor(anchor, expected - 1)
        return self.report

    def _found(self, seq: int, kind: str, until: int = 0) -> None:
        self.report.findings.append(Finding(seq, kind, until or seq))

    def _authentic(self, entry: Entry) -> bool:
        return hmac.compare_digest(entry.mac, mac_of(self._key, entry.canonical()))

    def _kind(self, entry: Entry, head: bytes, following: Entry | None, rows: list[Entry]) -> str:
        if self._was_elsewhere(entry, rows):
            return "reordered"
        if self._authentic(entry):
            return "reordered"
        if following is not None and following.prev == head and entry.mac != head:
            return "inserted"
        if following is None and self._unknown_tail(entry):
            return "inserted"
        return "edited"

    def _unknown_tail(self, entry: Entry) -> bool:
        return not entry.mac or len(entry.mac) != 32

    def _was_elsewhere(self, entry: Entry, rows: list[Entry]) -> bool:
        """Whether the entry is authentic under the number of another entry nearby that is broken too."""
        low = max(0, entry.seq - 50)
        for other in rows[low:entry.seq + 50]:
            if other.seq != entry.seq and hmac.compare_digest(
                    entry.mac, mac_of(self._key, entry.canonical(seq=other.seq))):
                return True
        return False

    def _check_signature(self, entry: Entry) -> None:
        introduced = entry.facts.get("keys", {})
        if entry.seq == 1:
            self._learn(introduced)
        key = self._keys.get(entry.officer)
        if key is None:
            self._found(entry.seq, "officer")
        elif not self._verify(key, entry.signature, entry.mac):
            self._found(entry.seq, "signature")
        self._learn(introduced)

    def _learn(self, introduced: object) -> None:
        if isinstance(introduced, Mapping):
            self._keys.update({officer: bytes.fromhex(key) for officer, key in introduced.items()})

    def _check_anchor(self, anchor: Anchor, last: int) -> None:
        if anchor.seq > last:
            self._found(last + 1, "cut", anchor.seq)
        elif anchor.head != self._heads.get(anchor.seq, b""):
            self._found(anchor.seq, "forked")
