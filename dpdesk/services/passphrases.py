"""How hard a passphrase is to guess: long plain phrases are welcome, leaked and common ones are not. Works offline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dpdesk.domain.errors import WeakPassphrase
from dpdesk.domain.secret import Secret

SHORTEST, LONGEST_JUDGED = 10, 72
ENOUGH = 3


@dataclass(frozen=True)
class Strength:
    """`score` 0-4 as zxcvbn counts it, `reason` a code (`fine`, `short`, `common`, `personal`, `guessable`)."""

    score: int
    accepted: bool
    reason: str


def strength(text: str, words: Iterable[str] = (), least: int = ENOUGH) -> Strength:
    """Judge `text`; `words` are names that anybody would try first (officer, branch, party)."""
    if not text:
        return Strength(0, False, "short")
    from zxcvbn import zxcvbn
    personal = [part for word in words for part in (word, *word.split()) if len(part) > 2]
    found = zxcvbn(text[:LONGEST_JUDGED], user_inputs=[*personal, "dpdesk"])
    score = int(found["score"])
    if len(text) < SHORTEST:
        return Strength(min(score, 2), False, "common" if score < 2 and _listed(found) else "short")
    if _only_names(text, personal):
        return Strength(min(score, 1), False, "personal")
    if score >= least:
        return Strength(score, True, "fine")
    return Strength(score, False, _why(found))


def _only_names(text: str, personal: Iterable[str]) -> bool:
    """Whether hardly anything is left of the passphrase without the names anybody would try."""
    left = text.casefold()
    for word in sorted(personal, key=len, reverse=True):
        left = left.replace(word.casefold(), " ")
    return sum(c.isalnum() for c in left) < SHORTEST // 2


def _listed(found: dict) -> bool:
    return any(part.get("dictionary_name") == "passwords" for part in found["sequence"])


def _why(found: dict) -> str:
    if any(part.get("dictionary_name") == "user_inputs" for part in found["sequence"]):
        return "personal"
    return "common" if _listed(found) else "guessable"


def check(secret: Secret, words: Iterable[str] = (), least: int = ENOUGH) -> None:
    """Raise `WeakPassphrase` unless it is strong enough."""
    found = strength(secret.text(), words, least)
    if not found.accepted:
        raise WeakPassphrase(found.reason, found.score)
