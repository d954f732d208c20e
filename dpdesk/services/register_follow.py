"""Who is who between two registers: numbers are issued anew, people stay (DOMAIN.md §4.3).

The same name at the same address, or property number, is the same elector; what is only likely is left for a person to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dpdesk.domain.duplicates import same_forename
from dpdesk.domain.electors import Elector, ElectorNumber, tight
from dpdesk.domain.folding import fold

_ALIKE = 0.88
_COMMON = 60
_FIGURES = re.compile(r"[0-9]+[a-z]?")
POINTS = {"number_same": 20, "name_same": 50, "name_alike": 40, "surname_other": 30, "address_same": 35, "uprn_same": 35, "born_same": 35,
          "postcode_same": 25, "elsewhere": 5}
LEAST = 55


class Known(NamedTuple):
    """What an elector is recognised by, folded."""

    key: ElectorNumber
    surname: str
    forename: str
    home: str
    postcode: str
    uprn: str
    born: str

    @property
    def name(self) -> tuple[str, str]:
        """Surname and forename."""
        return self.surname, self.forename


@dataclass
class Matches:
    """`same` maps the place of a new elector to that of the old; `uncertain` are (new, old, score, reasons)."""

    same: dict[int, int] = field(default_factory=dict)
    uncertain: list[tuple[int, int, int, tuple[str, ...]]] = field(default_factory=list)


def of_elector(elector: Elector) -> Known:
    """An elector of the desk as they are recognised."""
    return known(elector.key, elector.surname, elector.forename, elector.address, elector.postcode, elector.uprn, elector.born_on)


def known(key: ElectorNumber, surname: str, forename: str, address: str, postcode: str, uprn: str, born: str) -> Known:
    """What an elector is recognised by; without an address there is no home."""
    return Known(key, fold(surname), fold(forename), fold(address) if address else "", tight(postcode), uprn, born)


def match(new: Sequence[Known], old: Sequence[Known], *, renumbered: bool, beat: Callable[[], None] = lambda: None) -> Matches:
    """Which of the `new` are which of the `old`; where `renumbered`, a number alone says nothing. `beat` may raise to stop it."""
    result = Matches()
    left_new, left_old = _Left(new), _Left(old)
    if not renumbered:
        _by_number(new, old, result, left_new, left_old)
    for key in (_home_key, _uprn_key, _born_key, _postcode_key):
        beat()
        _sole(key, result, left_new, left_old)
    beat()
    _likely(result, left_new, left_old)
    return result


class _Left:
    """Those of one side who are not matched yet."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.people = people
        self.places = set(range(len(people)))

    def groups(self, keys_of) -> dict[Hashable, list[int]]:
        found: dict[Hashable, list[int]] = {}
        for at in sorted(self.places):
            for key in keys_of(self.people[at]):
                found.setdefault(key, []).append(at)
        return found


def _by_number(new: Sequence[Known], old: Sequence[Known], result: Matches, left_new: _Left, left_old: _Left) -> None:
    """Within one register a number is one person, where the name does not speak against it."""
    at_number = {person.key: at for at, person in enumerate(old)}
    for at, person in enumerate(new):
        there = at_number.get(person.key)
        if there is not None and (old[there].name == person.name or _same_person(person, old[there])):
            _pair(at, there, result, left_new, left_old)


def _same_person(a: Known, b: Known) -> bool:
    """Whether two entries of one number may be one: a name put right, a marriage, a move; not two different names."""
    return bool(a.forename and _forenames(a.forename, b.forename)) or bool(a.surname and a.surname == b.surname and _initial(a, b))


def _initial(a: Known, b: Known) -> bool:
    return bool(a.forename and b.forename) and a.forename[0] == b.forename[0]


def _pair(new: int, old: int, result: Matches, left_new: _Left, left_old: _Left) -> None:
    result.same[new] = old
    left_new.places.discard(new)
    left_old.places.discard(old)


def _home_key(person: Known) -> Iterable[Hashable]:
    return [(*person.name, person.home, person.postcode)] if person.surname and person.home else ()


def _uprn_key(person: Known) -> Iterable[Hashable]:
    return [(*person.name, person.uprn)] if person.surname and person.uprn else ()


def _born_key(person: Known) -> Iterable[Hashable]:
    return [(*person.name, person.born)] if person.surname and person.born else ()


def _postcode_key(person: Known) -> Iterable[Hashable]:
    """The same name under the same postcode, where the figures of the address agree."""
    figures = tuple(sorted(_FIGURES.findall(person.home)))
    return [(*person.name, person.postcode, figures)] if person.surname and person.postcode and figures else ()


def _sole(keys_of, result: Matches, left_new: _Left, left_old: _Left) -> None:
    """Pair those who are alone with their key on both sides, and whose birthdays do not speak against it."""
    before = left_old.groups(keys_of)
    for key, places in left_new.groups(keys_of).items():
        there = before.get(key, ())
        if len(places) == len(there) == 1 and _agree(left_new.people[places[0]].born, left_old.people[there[0]].born):
            _pair(places[0], there[0], result, left_new, left_old)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _likely(result: Matches, left_new: _Left, left_old: _Left) -> None:
    """Propose pairs of those who are left, the likeliest first, each in one pair at most."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for keys_of, most in ((_homes, _COMMON), (_names, 2)):
        before = left_old.groups(keys_of)
        for key, places in left_new.groups(keys_of).items():
            there = before.get(key, ())
            if not there or len(places) > most or len(there) > most:
                continue
            for new in places:
                for old in there:
                    if (new, old) not in found and (reasons := reasons_of(left_new.people[new], left_old.people[old])):
                        found[new, old] = reasons
    scored = sorted(((min(100, sum(POINTS[code] for code in reasons)), new, old, reasons) for (new, old), reasons in found.items()),
                    key=lambda each: (-each[0], each[1], each[2]))
    used_new, used_old = set(), set()
    for score, new, old, reasons in scored:
        if score >= LEAST and new not in used_new and old not in used_old:
            used_new.add(new)
            used_old.add(old)
            result.uncertain.append((new, old, score, reasons))


def _homes(person: Known) -> Iterable[Hashable]:
    if person.uprn:
        yield "uprn", person.uprn
    if person.home and person.surname:
        yield "home", person.home, person.postcode


def _names(person: Known) -> Iterable[Hashable]:
    return [person.name] if person.surname and person.forename else ()


def reasons_of(a: Known, b: Known) -> tuple[str, ...]:
    """What speaks for two entries being one elector; empty where names or birthdays rule it out."""
    if not (a.surname and b.surname and _agree(a.born, b.born)):
        return ()
    shared = []
    if a.home and (a.home, a.postcode) == (b.home, b.postcode):
        shared.append("address_same")
    elif a.uprn and a.uprn == b.uprn:
        shared.append("uprn_same")
    elif a.postcode and a.postcode == b.postcode:
        shared.append("postcode_same")
    if a.born and a.born == b.born:
        shared.append("born_same")
    name = _name(a, b)
    if not name or (name != "name_same" and not shared):
        return ()
    return (name, *(shared or ["elsewhere"]))


def _name(a: Known, b: Known) -> str:
    from rapidfuzz.distance import JaroWinkler
    if a.name == b.name:
        return "name_same"
    forename = _forenames(a.forename, b.forename)
    if a.surname == b.surname or JaroWinkler.similarity(a.surname, b.surname) >= _ALIKE:
        return "name_alike" if forename else ""
    return "surname_other" if forename and a.forename.split()[0] == b.forename.split()[0] else ""


def _forenames(a: str, b: str) -> bool:
    """Whether two forenames may be one: alike, a short form, or one of them with a middle name more."""
    from rapidfuzz.distance import JaroWinkler
    if not a or not b:
        return False
    one, other = a.split()[0], b.split()[0]
    return one == other or same_forename(one, other) or JaroWinkler.similarity(one, other) >= _ALIKE
