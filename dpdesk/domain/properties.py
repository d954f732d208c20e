"""Where an address of the register stands in its street: street, house, block, floor and flat, and the natural order of doors.

`10, 10A, 12`; flats in blocks by floor; houses without a number after those with one. Nothing is thrown away: a door's label says all
that stood before the street.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dpdesk.domain.electors import tight
from dpdesk.domain.folding import fold
from dpdesk.domain.street_words import BEFORE, BUILDINGS, DIRECTIONS, FLOORS, SHORT, STRONG, WEAK

_UNIT = re.compile(r"(?:flat|flt|apartment|apt|unit|room|studio|maisonette|suite|plot|caravan|berth|mooring|pitch|bedsit|fflat)\.?\s+"
                   r"(?:no\.?\s+)?([0-9]+[a-z]?(?:[/-][0-9a-z]+)?|[a-z][0-9]*(?:/[0-9]+)?)(?![\w/])[\s,]*", re.IGNORECASE)
_POSITION = re.compile(r"([0-9]+|g|b)/([0-9]+)(?![\w/])[\s,]*", re.IGNORECASE)
_FLOOR = re.compile(rf"\b({'|'.join(sorted(FLOORS, key=len, reverse=True))}|[0-9]+(?:st|nd|rd|th))\s+"
                    r"(?:floor(?:\s+(flat|front|rear|left|right|middle))?|(flat))\b[\s,]*", re.IGNORECASE)
_BLOCK = re.compile(r"(?<!\w)block\s+([a-z0-9]+)(?!\w)[\s,]*", re.IGNORECASE)
_HOUSE = re.compile(r"([0-9]+)\s?([a-z]?)(?:\s*[-–/&]\s*([0-9]+)\s?([a-z]?))?(?:\s+(\S.*))?", re.IGNORECASE | re.DOTALL)
_MIDDLE = re.compile(r"([^0-9]*[^0-9\s])\s+([0-9]+\s?[a-z]?(?:\s*[-–]\s*[0-9]+)?\s+[a-z].*)", re.IGNORECASE)
_LEADING_TEXT = "flat flt apartment apt unit room studio maisonette suite plot caravan berth mooring pitch bedsit fflat block"
_LEADING = frozenset(_LEADING_TEXT.split())
_RUNS = re.compile(r"[0-9]+|[a-z]+")
LAST = "~"
"""After every door whose key begins with what stands before it."""


class Property(NamedTuple):
    """A door: the street as it is written, what streets and doors are told apart and ordered by, and its house number (0: none)."""

    street: str
    street_key: str
    label: str
    key: str
    number: int


class _Piece(NamedTuple):
    """A line of an address taken apart: `words` is what is left beside number, flat, floor and block."""

    text: str
    number: str
    house: tuple[str, ...]
    words: str
    inside: tuple[str, str, str]
    kind: int

    @property
    def has_inside(self) -> bool:
        return any(self.inside)


_NOT, _BUILDING, _WEAKLY, _STRONGLY = range(4)


def numbered_key(number: int) -> str:
    """What the keys of every door of a house number begin with."""
    return f"0{number:07d}"


def natural(text: str) -> str:
    """Text to order by, its figures as numbers."""
    return ".".join(run.zfill(6) if run[0].isdigit() else run for run in _RUNS.findall(fold(text)))


class Places:
    """Reads addresses, remembering what each line gave for as long as it lives."""

    def __init__(self) -> None:
        self._pieces: dict[str, _Piece] = {}
        self._streets: dict[str, tuple[str, int]] = {}
        self._found: dict[tuple[str, str], Property | None] = {}

    def of(self, address: str, postcode: str = "") -> Property | None:
        """The door at an address (lines apart by line breaks or commas); None for an empty address."""
        asked = address, postcode
        if asked not in self._found:
            self._found[asked] = self._read(address, tight(postcode))
        return self._found[asked]

    def _read(self, address: str, postcode: str) -> Property | None:
        lines = [each for line in address.replace(",", "\n").split("\n") for each in self._apart(" ".join(line.split()))]
        pieces = [self._piece(line) for line in lines if line and (not postcode or line[-3:-2].isalpha() or tight(line) != postcode)]
        if not pieces:
            return None
        at = _street_at(pieces)
        return self._made(pieces, at) if at is not None else self._streetless(pieces)

    def _apart(self, line: str) -> tuple[str, ...]:
        """A line such as `Rose Cottage 12 High Street` as two; `No 12` as 12."""
        if line[:1].isdigit() or (match := _MIDDLE.fullmatch(line)) is None:
            return (line,)
        before, rest = match[1].strip(), match[2]
        last = fold(before).split()[-1:]
        if last in (["no"], ["number"]):
            return tuple(filter(None, (" ".join(before.split()[:-1]), rest)))
        return (line,) if not last or last[0] in _LEADING or self._piece(rest).kind < _WEAKLY else (before, rest)

    def _piece(self, line: str) -> _Piece:
        found = self._pieces.get(line)
        if found is None:
            found = self._pieces[line] = self._taken_apart(line)
        return found

    def _taken_apart(self, line: str) -> _Piece:
        rest, unit, floor, block = line, "", "", ""
        if not rest[:1].isdigit() or "/" in rest or "fl" in rest.lower():  # a plain "12 High Street" has nothing inside
            if match := _FLOOR.search(rest):
                floor, unit = _floor(match[1]), natural(match[2] or match[3] or "")
                rest = rest[:match.start()] + rest[match.end():]
            if match := _BLOCK.search(rest):
                block, rest = natural(match[1]), (rest[:match.start()] + rest[match.end():]).strip()
            if match := _UNIT.match(rest) or _POSITION.match(rest):
                unit, rest = natural(_grounded(match[0])) if "/" in match[0] else natural(match[1]), rest[match.end():]
        rest = rest.strip(" ,")
        match = _HOUSE.fullmatch(rest)
        if match is None or len(match[1]) > 7:
            return _Piece(line, "", (), rest, (block, floor, unit), self._kind(rest))
        words = match[5] or ""
        number = rest[:len(rest) - len(words)].strip()
        return _Piece(line, number, tuple(part or "" for part in match.groups()[:4]), words, (block, floor, unit), self._kind(words))

    def _kind(self, words: str) -> int:
        return self._street(words)[1] if words else _NOT

    def _street(self, words: str) -> tuple[str, int]:
        """(what tells a street from others, how surely it is one)."""
        found = self._streets.get(words)
        if found is None:
            found = self._streets[words] = _street_words(fold(words).split())
        return found

    def _made(self, pieces: list[_Piece], at: int) -> Property:
        street = pieces[at]
        before, house, said = list(pieces[:at]), street.house, street.number
        before += [piece for piece in pieces[at + 1:] if piece.has_inside and not piece.words]  # `12 High Street, Flat 3`
        if not house and before and before[-1].house and not before[-1].words and not before[-1].has_inside:
            last = before.pop()
            house, said = last.house, last.number
        label = ", ".join(part for part in (*(piece.text for piece in before), _inside_text(street, said)) if part)
        return Property(street.words, self._street(street.words)[0], label, _key(house, [*before, street], at=len(before)),
                        int(house[0]) if house else 0)

    def _streetless(self, pieces: list[_Piece]) -> Property:
        """A named house: the line after it stands for the street, which a village has none of."""
        named = next((at for at, piece in enumerate(pieces) if piece.words), 0)
        if named + 1 < len(pieces):
            place = pieces[named + 1]
            words = place.words or place.text
            label = ", ".join(piece.text for piece in pieces[:named + 1])
            return Property(words, self._street(words)[0], label, _key((), pieces[:named + 1], at=-1), 0)
        label = ", ".join(piece.text for piece in pieces)
        return Property("", "", label, _key((), pieces, at=-1), 0)


def _street_words(words: list[str]) -> tuple[str, int]:
    if not words:
        return "", _NOT
    at = len(words) - 1
    if at and words[at] in DIRECTIONS and (SHORT.get(words[at - 1], words[at - 1]) in STRONG):
        at -= 1
    if at or words[at] not in SHORT:
        words = [*words[:at], SHORT.get(words[at], words[at]), *words[at + 1:]]
    if words[at] in STRONG or words[0] in BEFORE:
        kind = _STRONGLY
    elif words[at] in WEAK:
        kind = _WEAKLY
    else:
        kind = _BUILDING if words[at] in BUILDINGS else _NOT
    return " ".join(words), kind


def _street_at(pieces: list[_Piece]) -> int | None:
    """Which line holds the street: the surest first."""
    for at, piece in enumerate(pieces):
        if piece.house and piece.kind >= _WEAKLY:
            return at
    for at, piece in enumerate(pieces):
        if piece.kind == _STRONGLY:
            inner = piece.has_inside or fold(piece.words).split()[-1] in BUILDINGS
            return at + 1 if inner and at + 1 < len(pieces) and pieces[at + 1].kind >= _WEAKLY else at
    tests = (lambda piece: piece.house and piece.words and piece.kind == _NOT, lambda piece: piece.kind == _WEAKLY,
             lambda piece: piece.house and piece.words)
    return next((at for test in tests for at, piece in enumerate(pieces) if test(piece)), None)


def _inside_text(street: _Piece, said: str) -> str:
    """What stands before the street's name in its own line."""
    head = street.text[:len(street.text) - len(street.words)].strip(" ,") if street.words else street.text
    return head or said


def _key(house: tuple[str, ...], pieces: list[_Piece], *, at: int) -> str:
    """The order of a door in its street: number, letter, last number; then block, building, floor, flat."""
    if house and len(pieces) == 1 and not house[2] and not pieces[0].has_inside:  # `12 High Street`, as nearly all are
        return f"{numbered_key(int(house[0]))}{house[1].lower()}!!!!"
    blocks = [piece.inside[0] for piece in pieces]
    floors = [piece.inside[1] for piece in pieces]
    units = [piece.inside[2] for piece in pieces]
    names = []
    for place, piece in enumerate(pieces):
        if place != at:
            names.append(natural(piece.words))
            units.append(natural(piece.number))
    inside = "!".join(".".join(filter(None, parts)) for parts in (blocks, names, floors, units))
    if not house:
        return f"1{'!'.join('.'.join(filter(None, parts)) for parts in (names, blocks, floors, units))}"
    number, letter, last, last_letter = house
    return f"{numbered_key(int(number))}{letter.lower()}{f'.{last.zfill(7)}{last_letter.lower()}' if last else ''}!{inside}"


def _floor(words: str) -> str:
    plain = " ".join(words.lower().split())
    return f"{FLOORS[plain]:03d}" if plain in FLOORS else f"{min(900, int(re.match('[0-9]+', plain)[0])) + 10:03d}"


def _grounded(position: str) -> str:
    """A flat as `floor flat`, its floor in figures: basement and ground floor come before the first."""
    floor, _slash, flat = re.sub(r"^[a-z]+\.?\s+", "", position, flags=re.IGNORECASE).partition("/")
    plain = floor.strip().lower()
    return f"{int(plain) + 10 if plain.isdigit() else {'b': 0, 'g': 1}.get(plain, plain)} {flat}"
