"""Finding people as one types: words in any order, parts of words, accents and spelling slips forgiven, best first.

Full-text search gives a few hundred candidates; ranking looks only at those, never at every match (STORE.md §1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, text

from dpdesk.domain.folding import fold

CANDIDATES = 400
_POSTCODE = re.compile(r"^[a-z]{1,2}[0-9][0-9a-z]?[0-9][a-z]{2}$")
_PHONEISH = re.compile(r"^\+?[0-9][0-9 ()-]{3,}$")


@lru_cache(maxsize=100_000)
def sounds(word: str) -> str:
    """The phonetic key of one folded word: Smyth and Smith, Katherine and Catherine share theirs."""
    import jellyfish
    if not word.isalpha():
        return ""
    return jellyfish.metaphone(_SILENT.sub(_spoken, word)).lower().replace("0", "t")


_SILENT = re.compile(r"^(?:mac|mc)|ph|gh|ck|q")
_SPOKEN = {"mac": "mk", "mc": "mk", "ph": "f", "gh": "h", "ck": "k", "q": "k"}


def _spoken(match: re.Match[str]) -> str:
    return _SPOKEN[match.group()]


def search_row(values: Mapping[str, str]) -> tuple[str, str, str, str, str, str]:
    """The text of a person's row in the search table: name, number, mail, phone, place, sound."""
    name = fold(f"{values['forename']} {values['known_as']} {values['surname']}")
    place = fold(" ".join((values["address1"], values["address2"], values["town"], values["ward"])))
    postcode = fold(values["postcode"])
    phones = " ".join(_phone_words(values["mobile"]) + _phone_words(values["landline"]))
    return (name, fold(values["number"]), values["email"].casefold(), phones,
            f"{place} {postcode} {postcode.replace(' ', '')}" if postcode else place,
            " ".join(filter(None, map(sounds, name.split()))))


def _phone_words(number: str) -> list[str]:
    digits = "".join(c for c in number if c.isdigit())
    if not digits:
        return []
    national = "0" + digits[2:] if digits.startswith("44") else digits
    return [national, national[-6:]]


INSERT = ("INSERT OR REPLACE INTO member_search(rowid, name, number, mail, phone, place, sound) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")
DELETE = "DELETE FROM member_search WHERE rowid = ?"


def index_people(connection: Connection, rows: Iterable[tuple]) -> None:
    """Put (row, *search_row) tuples into the search table, replacing what stood there."""
    connection.connection.cursor().executemany(INSERT, rows)


def forget_person(connection: Connection, row: int) -> None:
    """Take one person out of the search table."""
    connection.connection.cursor().execute(DELETE, (row,))


def _words(typed: str) -> list[str]:
    """The words to look for; a phone number typed with spaces is one word, and so is a postcode."""
    stripped = typed.strip()
    if _PHONEISH.match(stripped):
        digits = "".join(c for c in stripped if c.isdigit())
        return ["0" + digits[2:] if digits.startswith("44") and len(digits) > 6 else digits]
    words = fold(stripped).split()[:6]
    for at in range(len(words) - 1):
        joined = words[at] + words[at + 1]
        if _POSTCODE.match(joined):
            return words[:at] + [joined] + words[at + 2:]
    return words


def _query(words: Sequence[str], *, sounding: bool) -> str:
    parts = []
    for word in words:
        exact = f'"{word}"*'
        sound = sounds(word) if sounding and len(word) > 2 else ""
        parts.append(f'({exact} OR sound : "{sound}")' if sound else exact)
    return " AND ".join(parts)


_MATCH = text("SELECT m.row, m.sort_name, m.kind, m.forename, m.known_as, m.surname, m.number "
              "FROM (SELECT rowid AS found FROM member_search WHERE member_search MATCH :query LIMIT :most) "
              "JOIN member m ON m.row = found")
_BY_NAME = text("SELECT m.row, m.sort_name, m.kind, m.forename, m.known_as, m.surname, m.number "
                "FROM member m WHERE m.kind = :kind AND m.sort_name >= :low AND m.sort_name < :high "
                "AND m.sort_name GLOB :shape ORDER BY m.sort_name LIMIT :most")


def find(connection: Connection, typed: str, kinds: Sequence[str], limit: int) -> list[int]:
    """Row numbers of the people that fit what was typed, best first, at most `limit`."""
    words = _words(typed)
    if not words:
        return []
    found: dict[int, tuple] = {}
    for kind in kinds:
        for low, shape in _shapes(words):
            for row in connection.execute(_BY_NAME, {"kind": kind, "low": low, "high": low + "\U0010ffff", "shape": shape,
                                                     "most": limit}):
                found[row.row] = row
    if len(found) < limit and max(map(len, words)) > 1:
        _add_matches(connection, found, words, kinds, sounding=False)
    if len(found) < limit and max(map(len, words)) > 2:
        _add_matches(connection, found, words, kinds, sounding=True)
    ranked = sorted(found.values(), key=lambda row: _rank(row, words))
    return [row.row for row in ranked[:limit]]


def _shapes(words: Sequence[str]) -> list[tuple[str, str]]:
    """Where names of that shape stand in the index of names: surname first or forename first."""
    first, rest = words[0], " ".join(words[1:])
    if not rest:
        return [(first, f"{first}*")]
    last, front = words[-1], " ".join(words[:-1])
    return [(first, f"{first}*\x1f{rest}*"), (last, f"{last}*\x1f{front}*")]


def _holds(row, words: Sequence[str]) -> bool:
    names = fold(f"{row.forename} {row.known_as} {row.surname}").split()
    return all(any(name.startswith(word) for name in names) for word in words)


def _add_matches(connection: Connection, found: dict[int, tuple], words: Sequence[str], kinds: Sequence[str], *,
                 sounding: bool) -> None:
    """Single letters match nearly everybody: they are looked for only among the matches of the longer words."""
    long = [word for word in words if len(word) > 1]
    letters = [word for word in words if len(word) == 1 and word.isalpha()]
    query = _query(long, sounding=sounding)
    for row in connection.execute(_MATCH, {"query": query, "most": CANDIDATES}):
        if row.kind in kinds and _holds(row, letters):
            found.setdefault(row.row, row)


def _rank(row, words: Sequence[str]) -> tuple:
    """Whole surname first, then whole forename, then beginnings, then words elsewhere, then sounds alike; by name."""
    surname, number, forenames = fold(row.surname), fold(row.number), fold(f"{row.forename} {row.known_as}").split()
    return (sum(_far(word, surname, number, forenames) for word in words), row.sort_name, row.row)


def _far(word: str, surname: str, number: str, forenames: Sequence[str]) -> int:
    """How far from a person a word that found them is, from 0 to 5."""
    names = (*forenames, *surname.split())
    if word in (surname, number):
        return 0
    if word in forenames:
        return 1
    if surname.startswith(word):
        return 2
    if any(name.startswith(word) for name in names):
        return 3
    return 5 if any(_alike(word, name) for name in names) else 4


def _alike(word: str, name: str) -> bool:
    return bool(sounds(word)) and sounds(word) == sounds(name)
