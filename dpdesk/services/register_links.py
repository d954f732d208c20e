"""Which electors are people of the desk: suggested with a confidence, confirmed by a person, a refusal remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dpdesk.domain.duplicates import same_forename
from dpdesk.domain.electors import Elector, tight
from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.folding import fold
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.services.imports_rows import Pace, unswept
from dpdesk.services.register import shown_born_by
from dpdesk.services.session import Session

LEAST = 70
SURE = 95
"""From this score suggestions can be confirmed together."""
_ALIKE = 0.88
POINTS = {"name_same": 50, "name_short": 44, "name_alike": 36, "postcode_same": 30, "address_same": 15, "born_same": 25, "only_one": 5}
Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None


@dataclass(frozen=True)
class Suggestion:
    """An elector who may be a person of the desk: `score` from 0 to 100 with its reasons."""

    elector: str
    person: str
    score: int
    reasons: tuple[str, ...]
    number: str = ""
    elector_name: str = ""
    elector_home: str = ""
    person_name: str = ""
    person_home: str = ""
    kind: str = Kind.MEMBER.value


def suggest(session: Session, least: int = LEAST, limit: int = 500, progress: Progress = None,
            cancelled: Stopper = None) -> list[Suggestion]:
    """Pairs of at least that score, the best for each person, best first; what was answered is left out."""
    from dpdesk.store import electors, members, register_links
    session.require(Right.REGISTER_SEE)
    session.require(Right.MEMBERS_SEE)
    if not 1 <= least <= 100:
        raise Invalid({"score": "out_of_range"})
    born = shown_born_by(session)
    with unswept(), session.desk.read() as connection:
        apart, taken, linked = register_links.answered(connection)
        people = [row for row in members.comparable(connection) if row[0] not in linked]
        there = [row for row in electors.comparable(connection, born) if row[0] not in taken]
        pairs = list(_best(_pairs(people, there, apart, least, Pace(len(people), progress, cancelled))))[:limit]
        found = {each.id: each for each in electors.by_ids(connection, [pair[1] for pair in pairs], born)}
        known = {each.id: each for each in members.by_ids(connection, [pair[2] for pair in pairs])}
    return [_shown(found[elector], known[person], score, reasons) for score, elector, person, reasons in pairs
            if elector in found and person in known]


def _shown(elector: Elector, person, score: int, reasons: tuple[str, ...]) -> Suggestion:
    return Suggestion(elector.id, person.id, score, reasons, str(elector.key), elector.name, elector.home, person.name, person.address,
                      person.kind.value)


def _best(pairs: Iterator[tuple]) -> Iterator[tuple]:
    """Each elector and each person once, the likeliest pair first."""
    used: set[str] = set()
    for pair in sorted(pairs, key=lambda each: (-each[0], each[1], each[2])):
        if pair[1] not in used and pair[2] not in used:
            used.update(pair[1:3])
            yield pair


def _pairs(people: list[tuple], there: list[tuple], apart: set, least: int, pace: Pace) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    by_surname: dict[str, list[tuple]] = {}
    by_postcode: dict[str, list[tuple]] = {}
    for row in there:
        by_surname.setdefault(fold(row[2]), []).append(row)
        by_postcode.setdefault(row[3], []).append(row)
    for done, (person, forename, known_as, surname, _mail, _mobile, _landline, birth, postcode, address, _number) in enumerate(people):
        if done % 500 == 0:
            pace.at(done)
        last, code, names = fold(surname), tight(postcode), {fold(forename), fold(known_as)} - {""}
        namesakes = by_surname.get(last, ())
        alone = sum(bool({fold(row[1]).split(" ")[0]} & {name.split(" ")[0] for name in names}) for row in namesakes) == 1
        for row in {row[0]: row for row in (*(row for row in namesakes if row[3] == code or alone or (birth and row[5] == birth)),
                                            *(by_postcode.get(code, ()) if code else ()))}.values():
            reasons = _reasons(names, last, code, fold(address), birth, row, alone=alone)
            score = min(100, sum(POINTS[each] for each in reasons))
            if reasons and score >= least and (row[0], person) not in apart:
                yield score, row[0], person, reasons
    pace.at(len(people))


def _reasons(names: set[str], surname: str, postcode: str, address: str, birth: str, row: tuple, *, alone: bool) -> tuple[str, ...]:
    """What speaks for it; empty where names or birthdays rule it out."""
    _id, forename, last, code, home, born = row
    if birth and born and birth != born:
        return ()
    name = _name(names, surname, fold(forename), fold(last))
    if not name:
        return ()
    found = [name]
    if postcode and postcode == code:
        found.append("postcode_same")
        if address and fold(home).startswith(address):
            found.append("address_same")
    if birth and birth == born:
        found.append("born_same")
    if alone and name == "name_same":
        found.append("only_one")
    return tuple(found)


def _name(names: set[str], surname: str, forename: str, last: str) -> str:
    from rapidfuzz.distance import JaroWinkler
    first = forename.split(" ")[0]
    mine = {name.split(" ")[0] for name in names}
    if not (first and mine and surname and last):
        return ""
    if surname == last:
        if first in mine:
            return "name_same"
        if any(same_forename(name, first) for name in mine):
            return "name_short"
        return "name_alike" if any(JaroWinkler.similarity(name, first) >= _ALIKE for name in mine) else ""
    return "name_alike" if first in mine and JaroWinkler.similarity(surname, last) >= _ALIKE else ""


def link(session: Session, elector: str, person: str, score: int = 0) -> None:
    """Confirm that an elector is a person of the desk; raises `NotFound`."""
    from dpdesk.store import register_links
    _answer(session, elector, person, "elector.linked", register_links.SAME, score)


def link_all(session: Session, pairs: Sequence[Suggestion]) -> int:
    """Confirm several suggestions at once, in one entry of the log; how many. Pairs answered meanwhile are left alone."""
    from dpdesk.store import register_links
    _require(session)
    with session.change("elector.linked") as unit:
        apart, electors, people = register_links.answered(unit.connection)
        linked = 0
        for each in pairs:
            if each.elector not in electors and each.person not in people and (each.elector, each.person) not in apart:
                register_links.answer(unit.connection, each.elector, each.person, register_links.SAME, each.score, unit.at, unit.seq)
                linked += 1
        unit.about("desk", session.desk_id)
        unit.facts(pairs=linked)
    return linked


def refuse(session: Session, elector: str, person: str, score: int = 0) -> None:
    """Remember that an elector and a person are two: they are not suggested again; raises `NotFound`."""
    from dpdesk.store import register_links
    _answer(session, elector, person, "elector.not_linked", register_links.OTHER, score)


def _answer(session: Session, elector: str, person: str, action: str, answer: str, score: int) -> None:
    from dpdesk.store import register_links
    _require(session)
    elector = _both(session, elector, person)
    with session.change(action) as unit:
        register_links.answer(unit.connection, elector, person, answer, score, unit.at, unit.seq)
        unit.about("elector", elector)
        unit.facts(score=score)


def unlink(session: Session, elector: str, person: str) -> None:
    """Forget what was said of a pair; raises `NotFound` where nothing was."""
    from dpdesk.store import register_links
    _require(session)
    elector = _both(session, elector, person)
    with session.change("elector.unlinked") as unit:
        if not register_links.forget(unit.connection, elector, person):
            raise NotFound("elector", elector)
        unit.about("elector", elector)
        unit.facts(pairs=1)


def elector_of(session: Session, person: str) -> Elector | None:
    """The elector that a person of the desk is, where that was confirmed and may be shown."""
    from dpdesk.store import electors, register_links
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        found = register_links.elector_of(connection, person)
        return next(iter(electors.by_ids(connection, [found], shown_born_by(session))), None) if found else None


def _require(session: Session) -> None:
    session.require(Right.REGISTER_IMPORT)
    session.require(Right.MEMBERS_SEE)


def _both(session: Session, elector: str, person: str) -> str:
    """The elector's identity (a number will do), once both are known to be there."""
    from dpdesk.services import electors, members
    members.get(session, person)
    return electors.get(session, elector).row.elector.id
