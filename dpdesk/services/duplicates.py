"""Pairs of records that may be one person: found among tens of thousands in seconds, each with its reasons and a score.

Only people who share something (mailbox, phone, birthday, name, sound and place) are compared: never everybody with everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from dpdesk.domain.duplicates import LEAST, Pair, same_forename, score
from dpdesk.domain.errors import Invalid
from dpdesk.domain.folding import fold, plain_email
from dpdesk.domain.roles import Right
from dpdesk.services.imports_rows import Pace, unswept
from dpdesk.services.session import Session

_COMMON = 40
"""A block with more people than this says nothing: a switchboard's phone, a hostel's postcode, John Smith."""
_ALIKE = 0.88
_STEP = 2_000

Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None


class Who(NamedTuple):
    """What is compared of a person, folded."""

    id: str
    name: str
    forename: str
    known_as: str
    surname: str
    mail: str
    phones: frozenset[str]
    born: str
    postcode: str
    address: str
    number: str
    sound: str


def find(session: Session, least: int = LEAST, limit: int = 500, progress: Progress = None, cancelled: Stopper = None) -> list[Pair]:
    """Pairs of at least that score, best first, at most `limit`; those said not to be the same are left out."""
    from dpdesk.store import members, merging
    session.require(Right.MEMBERS_SEE)
    if not 1 <= least <= 100:
        raise Invalid({"score": "out_of_range"})
    with unswept(), session.desk.read() as connection:
        apart = merging.not_same(connection)
        people = [_folded(row) for row in members.comparable(connection)]
    pairs = compare(people, apart, least, progress, cancelled)
    return sorted(pairs, key=lambda pair: (-pair.score, pair.names))[:limit]


def compare(people: Sequence[Who], apart: set[tuple[str, str]], least: int, progress: Progress = None, cancelled: Stopper = None
            ) -> list[Pair]:
    """All pairs of at least that score among `people`."""
    found: list[Pair] = []
    pairs = list(_candidates(people))
    pace = Pace(len(pairs), progress, cancelled)
    for done, (one, other) in enumerate(pairs):
        if done % _STEP == 0:
            pace.at(done)
        a, b = people[one], people[other]
        reasons = reasons_of(a, b)
        if reasons and (points := score(reasons)) >= least:
            first, second = (a, b) if a.id < b.id else (b, a)
            if (first.id, second.id) not in apart:
                found.append(Pair(first.id, second.id, points, reasons, (first.name, second.name)))
    pace.at(len(pairs))
    return found


def _folded(row: tuple) -> Who:
    from dpdesk.store.search import sounds
    identity, forename, known_as, surname, mail, mobile, landline, born, postcode, address, number = row
    name = " ".join(part for part in (forename, surname) if part)
    phones = frozenset(digits[-9:] for phone in (mobile, landline) if (digits := "".join(filter(str.isdigit, phone))))
    return Who(identity, name, fold(forename), fold(known_as), fold(surname), plain_email(mail) if mail else "", phones, born,
               fold(postcode).replace(" ", ""), fold(address), number, sounds(fold(surname).split()[-1]) if fold(surname) else "")


def _candidates(people: Sequence[Who]) -> Iterator[tuple[int, int]]:
    """Places of people who share a block, each pair once."""
    blocks: dict[tuple, list[int]] = {}
    for at, who in enumerate(people):
        for key in _keys(who):
            blocks.setdefault(key, []).append(at)
    seen: set[int] = set()
    total = len(people)
    for members in blocks.values():
        if len(members) < 2 or len(members) > _COMMON:
            continue
        for place, one in enumerate(members):
            for other in members[place + 1:]:
                mark = one * total + other
                if one != other and mark not in seen:
                    seen.add(mark)
                    yield one, other


def _keys(who: Who) -> Iterable[tuple]:
    """What a person is looked up by."""
    from dpdesk.store.search import sounds
    if who.mail:
        yield ("mail", who.mail)
    for phone in who.phones:
        yield ("phone", phone)
    if who.born:
        yield ("born", who.born)
    if who.forename and who.surname:
        yield ("name", *sorted((who.forename, who.surname)))
        if who.postcode:
            district = who.postcode[:-3]
            yield ("sound", who.sound, who.forename[0], district)
            yield ("sound", sounds(who.forename.split()[0]), who.surname[0], district)
            yield ("home", who.postcode, who.address[:8])


def reasons_of(a: Who, b: Who) -> tuple[str, ...]:
    """What speaks for two records being one person and against it; empty where their names rule it out."""
    shared = _shared(a, b)
    name = _name(a, b, shared)
    return (name, *shared) if name else ()


def _shared(a: Who, b: Who) -> list[str]:
    found = []
    if a.mail and a.mail == b.mail:
        found.append("email_same")
    if a.phones & b.phones:
        found.append("phone_same")
    if a.born and b.born:
        found.append("born_same" if a.born == b.born else "born_close" if _close(a.born, b.born) else "born_other")
    if a.postcode and a.postcode == b.postcode:
        found.append("postcode_same")
        if a.address and a.address == b.address:
            found.append("address_same")
    if a.number and b.number and a.number != b.number:
        found.append("number_other")
    return found


def _close(one: str, other: str) -> bool:
    """Whether two days differ as slips do: day and month swapped, or one figure mistyped."""
    if one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return True
    return sum(x != y for x, y in zip(one, other, strict=True)) == 1


def _name(a: Who, b: Who, shared: Sequence[str]) -> str:
    """How the names agree, as a reason; "" where they do not."""
    from rapidfuzz.distance import JaroWinkler
    if not (a.surname and b.surname):
        return "name_same" if (a.forename or a.surname) and (a.forename, a.surname) == (b.forename, b.surname) else ""
    forename, surname = _forenames(a, b), a.surname == b.surname
    if surname and forename == "same":
        return "name_same"
    if a.forename and a.forename == b.surname and a.surname == b.forename:
        return "name_swapped"
    alike = surname or a.sound == b.sound != "" or JaroWinkler.similarity(a.surname, b.surname) >= _ALIKE
    if alike and forename:
        return "name_short" if forename == "short" and surname else "name_alike"
    if forename in ("same", "short") and _part(a.surname, b.surname):
        return "name_part"
    if forename == "same" and "born_same" in shared and len(shared) > 1:
        return "surname_other"
    if JaroWinkler.similarity(a.forename, b.surname) >= _ALIKE and JaroWinkler.similarity(a.surname, b.forename) >= _ALIKE:
        return "name_swapped"
    return ""


def _part(one: str, other: str) -> bool:
    """Whether one surname is a part of the other: Lee and Lee Jones."""
    return bool(set(one.split()) & set(other.split()))


def _forenames(a: Who, b: Who) -> str:
    """How the forenames agree: "same", "short" (forms of one), "alike", or ""."""
    from rapidfuzz.distance import JaroWinkler
    mine, yours = {a.forename, a.known_as} - {""}, {b.forename, b.known_as} - {""}
    if not mine or not yours:
        return "alike" if a.mail and a.mail == b.mail else ""
    if a.forename == b.forename:
        return "same"
    firsts = [name.split()[0] for name in mine], [name.split()[0] for name in yours]
    if any(x == y or same_forename(x, y) for x in firsts[0] for y in firsts[1]):
        return "short"
    if any(len(x) == 1 and y.startswith(x) or len(y) == 1 and x.startswith(y) for x in firsts[0] for y in firsts[1]):
        return "alike"
    return "alike" if JaroWinkler.similarity(a.forename, b.forename) >= _ALIKE else ""


def say_not_same(session: Session, one: str, other: str) -> None:
    """Remember that two people are two: they are not proposed again."""
    from dpdesk.store import merging
    session.require(Right.MEMBERS_EDIT)
    a, b = sorted((one, other))
    with session.desk.read() as connection:
        if (a, b) in merging.not_same(connection):
            return
    with session.change("members.not_same") as unit:
        merging.add_not_same(unit.connection, a, b, unit.at, unit.seq)
        unit.about("member", a)
        unit.facts(other=b)


def take_back_not_same(session: Session, one: str, other: str) -> None:
    """Let two people be proposed again."""
    from dpdesk.store import merging
    session.require(Right.MEMBERS_EDIT)
    a, b = sorted((one, other))
    with session.change("members.not_same_undone") as unit:
        merging.remove_not_same(unit.connection, a, b)
        unit.about("member", a)
        unit.facts(other=b)
