"""Names as registers write them: surname first in one column, and the words that stand for an anonymous entry."""

from __future__ import annotations

import re

_PARTICLES = frozenset({"van", "der", "den", "de", "du", "da", "di", "dos", "von", "la", "le", "st", "st.", "mac", "ap", "al", "el", "bin",
                        "ben", "ter", "ten"})
_WITHHELD = frozenset({"anonymous", "anon"})
_BESIDE = frozenset({"entry", "elector", "registration", "registered", "voter", "record", "name", "withheld", "person", "mr", "ms"})
_WORDS = re.compile(r"[^\W\d_]+")


def first_surname(name: str) -> tuple[str, str]:
    """(surname, forenames) of a name written surname first: "Smith, Ann", "SMITH JONES Ann", "van der Berg Jan"."""
    if "," in name:
        surname, _, forename = name.partition(",")
        return surname.strip(), forename.strip()
    words = name.split()
    capitals = next((at for at, word in enumerate(words) if not (word.isupper() and len(word) > 1)), len(words))
    if 0 < capitals < len(words):
        return " ".join(words[:capitals]), " ".join(words[capitals:])
    at = 0
    while at < len(words) - 2 and words[at].casefold() in _PARTICLES:
        at += 1
    return " ".join(words[:at + 1]), " ".join(words[at + 1:])


def is_anonymous(surname: str, forename: str) -> bool:
    """Whether the name says that it is withheld."""
    if "anon" not in surname.casefold() and "anon" not in forename.casefold():
        return False
    words = set(_WORDS.findall(f"{forename} {surname}".casefold()))
    return bool(words & _WITHHELD) and words <= _WITHHELD | _BESIDE
