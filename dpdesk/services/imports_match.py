"""Which row of a list is which member: by number, else by mailbox and name, else by name and postcode.

A date of birth that both know must agree. A member whose number stands elsewhere in the list belongs to that row.
A row that fits no member is looked for among the contacts: somebody who joined is the same person, not a twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dpdesk.domain.folding import fold

Person = tuple[int, str, str, str, str, str]
"""(row, number, mailbox, folded name, postcode, date of birth)"""


@dataclass(frozen=True)
class Keys:
    """What rows are recognised by, column-wise."""

    numbers: Sequence[str]
    mails: Sequence[str]
    names: Sequence[str]
    postcodes: Sequence[str]
    births: Sequence[str]


@dataclass
class Matches:
    """`found` maps a row's place to the member's row in the store; `gone` are places to refuse: (reason, field)."""

    found: dict[int, int] = field(default_factory=dict)
    gone: dict[int, tuple[str, str]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    """Members some row speaks of, also a row that does not come in."""
    joining: set[int] = field(default_factory=set)
    """Contacts (rows in the store) who are on the list, and so become members."""


def plain_number(number: str) -> str:
    """A membership number without case, spaces and punctuation."""
    return number if number.isdigit() else fold(number).replace(" ", "")


def match(keys: Keys, people: Iterable[Person], contacts: Iterable[Person] = ()) -> Matches:
    """The member each row is about, else the contact; rows without one are new."""
    result = Matches()
    _repeated(keys, result)
    listed = {number for number in keys.numbers if number}
    desk, beside = _Desk(people, listed), _Desk(contacts, listed)
    if not (desk.any or beside.any):
        return result
    taken: dict[int, int] = {}
    for at, row in enumerate(zip(keys.numbers, keys.mails, keys.names, keys.postcodes, keys.births, strict=True)):
        if at in result.gone:
            continue
        candidates = desk.candidates(*row)
        result.touched.update(candidates)
        if not candidates and beside.any:
            candidates = beside.candidates(*row)
            result.joining.update(candidates)
        if len(candidates) > 1:
            result.gone[at] = ("ambiguous", "")
        elif candidates:
            (person,) = candidates
            if person in taken:
                result.gone[at] = ("duplicate_in_file", "")
            else:
                taken[person] = at
                result.found[at] = person
    return result


def _repeated(keys: Keys, result: Matches) -> None:
    """Rows that speak of somebody an earlier row of the list spoke of."""
    if "" not in (numbers := set(keys.numbers)) and len(numbers) == len(keys.numbers):
        return  # everybody has a number of their own
    numbers = set()
    seen: dict[tuple[str, str], int] = {}
    births = keys.births
    for at, (number, mail, name, postcode) in enumerate(
            zip(keys.numbers, keys.mails, keys.names, keys.postcodes, strict=True)):
        if number:
            if number in numbers:
                result.gone[at] = ("duplicate_in_file", "number")
                continue
            numbers.add(number)
        if not name:
            continue
        for key in ((name, mail), (name, postcode)):
            if not key[1]:
                continue
            earlier = seen.setdefault(key, at)
            if earlier != at and not (number and keys.numbers[earlier]) and _agree(births[at], births[earlier]):
                result.gone[at] = ("duplicate_in_file", "")


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


class _Desk:
    """The members of the desk, found by what rows are recognised by."""

    def __init__(self, people: Iterable[Person], listed: set[str]) -> None:
        self._by_number: dict[str, list[int]] = {}
        self._by_key: dict[tuple[str, str], list[Person]] = {}
        self.any = False
        for person in people:
            self.any = True
            row, number, mail, name, postcode, _ = person
            plain = plain_number(number) if number else ""
            if plain:
                self._by_number.setdefault(plain, []).append(row)
                if plain in listed:
                    continue
            if name:
                for key in ((name, mail), (name, postcode)):
                    if key[1]:
                        self._by_key.setdefault(key, []).append(person)

    def candidates(self, number: str, mail: str, name: str, postcode: str, birth: str) -> set[int]:
        """The rows of the members it may be: none, one, or more than one where it cannot be told."""
        if number and (rows := self._by_number.get(number)):
            return set(rows)
        if not name:
            return set()
        for key in ((name, mail), (name, postcode)):
            fitting = [p for p in self._by_key.get(key, ()) if _agree(birth, p[5])] if key[1] else []
            if len(fitting) > 1:
                fitting = [p for p in fitting if mail and p[2] == mail and p[4] == postcode] or fitting
            if len(fitting) > 1:
                fitting = [p for p in fitting if birth and p[5] == birth] or fitting
            if fitting:
                return {person[0] for person in fitting}
        return set()
