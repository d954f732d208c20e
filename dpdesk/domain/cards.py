"""Officer cards: who an officer is, the key to seal to them and the key they sign with; known for theirs by words over the telephone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.telephone_words import WORDS

FORMAT = 1
LONGEST = 4_096
"""Bytes a card may have: it fits a QR code and a short e-mail."""
SPOKEN = 10
"""Words of a fingerprint: 80 bits, as many as anybody reads over a telephone."""
KEYED = 16
"""Letters and digits of an age key behind “age1” that are read instead: 80 bits as well."""
_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_HEX = re.compile(r"[0-9a-f]*")
_ROOM = {"officer": 64, "desk": 64, "name": 120, "role": 120, "branch": 120, "made_at": 40}


class CardState(StrEnum):
    """Whether a card is known to be whose it says."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    REVOKED = "revoked"
    REPLACED = "replaced"


class BadCard(ValueError):
    """What was given is no card: `code` is `not_a_card`, `newer`, `no_key` or `too_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Card:
    """A card as it is handed over. `officer` and `desk` are lasting identities; `age` is "age1…", `signing` 64 hex digits.

    Somebody without dpdesk has neither `desk` nor `signing`: they can be sealed to, and sign nothing.
    """

    officer: str
    desk: str
    name: str
    role: str
    branch: str
    age: str
    signing: str = ""
    made_at: str = ""

    def body(self) -> dict[str, object]:
        """What is signed and hashed."""
        return {"dpdesk card": FORMAT, **{name: getattr(self, name) for name in Card.__dataclass_fields__}}

    def canonical(self) -> bytes:
        """The bytes that a card's own signature is over."""
        return canonical(self.body())

    def fingerprint(self) -> str:
        """SHA-256 over both keys, 64 hex digits: a new name or office leaves it as it is."""
        return hashlib.sha256(f"dpdesk card\n{self.age}\n{self.signing}".encode()).hexdigest()

    def spoken(self) -> tuple[str, ...]:
        """The fingerprint as words; for somebody without dpdesk, who sees no words, the first letters and digits of their key by fours."""
        if not self.signing:
            return tuple(self.age[at:at + 4] for at in range(len("age1"), len("age1") + KEYED, 4))
        return tuple(WORDS[byte] for byte in bytes.fromhex(self.fingerprint())[:SPOKEN])

    def answers(self, heard: str) -> bool:
        """Whether what was heard over the telephone is this card's, however it was typed."""
        if self.signing:
            return tuple(heard.replace(",", " ").casefold().split()) == self.spoken()
        return "".join(c for c in heard.casefold() if c.isalnum()).removeprefix("age1")[:KEYED] == "".join(self.spoken())

    def same_holder(self, other: Card) -> bool:
        """Whether both say that they are of one officer of one desk (for those without dpdesk: of one name)."""
        if self.desk or other.desk:
            return (self.desk, self.officer) == (other.desk, other.officer)
        return self.name.casefold() == other.name.casefold()


def canonical(data: Mapping[str, object]) -> bytes:
    """JSON in one form only."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def written(card: Card, signature: str = "") -> str:
    """The card as text, for a file and for a QR code alike."""
    return json.dumps({**card.body(), "signature": signature}, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> tuple[Card, str]:
    """(card, its own signature in hex) out of the text of a file or QR code; raises `BadCard`."""
    if len(text.encode(errors="replace")) > LONGEST:
        raise BadCard("too_long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadCard("not_a_card") from problem
    if not isinstance(data, dict) or "dpdesk card" not in data:
        raise BadCard("not_a_card")
    if data["dpdesk card"] != FORMAT:
        raise BadCard("newer")
    values = {name: data.get(name, "") for name in Card.__dataclass_fields__}
    signature = data.get("signature", "")
    if not all(isinstance(value, str) for value in (*values.values(), signature)):
        raise BadCard("not_a_card")
    card = Card(**{name: value.strip() for name, value in values.items()})
    check(card)
    if len(signature) > 128 or not _HEX.fullmatch(signature):
        raise BadCard("not_a_card")
    return card, signature


def check(card: Card) -> None:
    """Raise `BadCard` unless the card can be kept: a sound key to seal to, fields of sane length, nothing that steers a screen."""
    if not _AGE.fullmatch(card.age):
        raise BadCard("no_key")
    if card.signing and not (len(card.signing) == 64 and _HEX.fullmatch(card.signing)):
        raise BadCard("no_key")
    for name, room in _ROOM.items():
        value = getattr(card, name)
        if len(value) > room or not value.isprintable():
            raise BadCard("not_a_card")
    if not card.name or not card.officer:
        raise BadCard("not_a_card")
