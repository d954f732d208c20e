"""Duplicates among 80,000 members: seconds, and how many of the twins put there are proposed, and of those proposed are twins.

Twins of seven kinds (a slip in the name, names swapped, a short forename, moved house, another e-mail address, another surname,
no birthday) and what looks like twins and is not: households that share an address or a mailbox, father and son of one name.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from dpdesk.domain.duplicates import LEAST
from dpdesk.services import duplicates, imports, members
from tests.speed.desks import made
from tests.speed.people import HEADERS, people

COUNT, TWINS, OTHERS = 80_000, 2_100, 1_500
SEED = 41
AT = {name: at for at, name in enumerate(HEADERS)}
SHORT = {"Katherine": "Kate", "Catherine": "Cath", "Thomas": "Tom", "James": "Jim", "William": "Bill", "Margaret": "Maggie",
         "Geoffrey": "Geoff", "Stephen": "Steve", "Steven": "Steve", "Philip": "Phil", "Henry": "Harry", "Oliver": "Ollie",
         "Sophie": "Soph", "Emma": "Em", "Jack": "John", "George": "Georgie", "Olivia": "Liv", "Arthur": "Art"}
Row = list[str]


def slip(word: str, dice: random.Random) -> str:
    """One slip of the fingers."""
    if len(word) < 4:
        return word + word[-1]
    at = dice.randrange(1, len(word) - 1)
    return dice.choice((word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at:at + 1] + word[at:],
                        word[:at] + word[at + 1:]))


def _misspelt(row: Row, dice: random.Random) -> None:
    column = dice.choice(("Forename", "Surname"))
    row[AT[column]] = slip(row[AT[column]], dice)


def _swapped(row: Row, _dice: random.Random) -> None:
    row[AT["Forename"]], row[AT["Surname"]] = row[AT["Surname"]], row[AT["Forename"]]


def _short(row: Row, _dice: random.Random) -> None:
    row[AT["Forename"]] = SHORT.get(row[AT["Forename"]], row[AT["Forename"]][:1])


def _moved(row: Row, dice: random.Random) -> None:
    row[AT["Address 1"]], row[AT["Address 2"]] = f"{dice.randrange(1, 240)} Far Road", ""
    row[AT["Postcode"]] = f"AN{dice.randrange(1, 30)} {dice.randrange(10)}AA"


def _mail(row: Row, dice: random.Random) -> None:
    row[AT["Email"]] = f"other{dice.randrange(10**9)}@example.org"


def _surname(row: Row, _dice: random.Random) -> None:
    row[AT["Surname"]] = "Quillfeather"


def _unborn(row: Row, _dice: random.Random) -> None:
    row[AT["Date of birth"]] = ""


KINDS: dict[str, Callable[[Row, random.Random], None]] = {
    "a slip in the name": _misspelt, "names swapped": _swapped, "short forename": _short, "moved house": _moved,
    "another e-mail": _mail, "another surname": _surname, "no birthday": _unborn}


def _twin(base: Row, kind: str, number: str, dice: random.Random) -> Row:
    """A second record of one person, made at another time: its own number, half of its contact details missing."""
    row = list(base)
    row[AT["Membership No"]] = number
    if dice.random() < 0.5:
        row[AT["Mobile"]] = ""
    if dice.random() < 0.3:
        row[AT["Landline"]] = ""
    KINDS[kind](row, dice)
    return row


def _other(base: Row, number: str, dice: random.Random) -> Row:
    """Somebody else of the same household."""
    row = list(base)
    row[AT["Membership No"]] = number
    row[AT["Date of birth"]] = f"{dice.randrange(1, 29):02}/{dice.randrange(1, 13):02}/{dice.randrange(1940, 2000)}"
    if dice.random() < 0.7:
        row[AT["Forename"]] = dice.choice(("Quentin", "Ursula", "Xavier", "Zelda"))
    else:
        row[AT["Email"]] = ""  # father and son of one name
    return row


def rows(seed: int) -> tuple[list[Row], dict[frozenset[str], str]]:
    """The list, and the pairs of membership numbers that are twins, with their kind."""
    dice = random.Random(seed)
    base = [list(row) for row in people(COUNT - TWINS - OTHERS, seed)]
    truth, more = {}, []
    chosen = dice.sample([row for row in base if row[AT["Date of birth"]] and row[AT["Email"]]], TWINS + OTHERS)
    for at, row in enumerate(chosen[:TWINS]):
        kind = list(KINDS)[at % len(KINDS)]
        more.append(_twin(row, kind, f"T{at}", dice))
        truth[frozenset((row[0], f"T{at}"))] = kind
    more += [_other(row, f"H{at}", dice) for at, row in enumerate(chosen[TWINS:])]
    return base + more, truth


def written(path: Path, listed: list[Row]) -> Path:
    """The list as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *listed])
    return path


def bench() -> dict:
    """Seconds, precision and recall at the default threshold, and recall by kind of twin."""
    listed, truth = rows(SEED)
    with tempfile.TemporaryDirectory() as place, made(Path(place)) as session:
        path = written(Path(place) / "list.csv", listed)
        imports.apply(session, imports.preview(session, imports.open_list(session, path)))
        began = time.perf_counter()
        pairs = duplicates.find(session, LEAST, limit=1_000_000)
        seconds = time.perf_counter() - began
        numbers = dict(_numbers(session))
    found = {frozenset((numbers[pair.a], numbers[pair.b])): pair for pair in pairs}
    hit = found.keys() & truth.keys()
    wanted, got = Counter(truth.values()), Counter(truth[pair] for pair in hit)
    for pair in sorted(found.keys() - truth.keys(), key=sorted)[:5]:
        print("not a twin of ours:", found[pair].names, found[pair].score, found[pair].reasons, file=sys.stderr)
    return {"members": COUNT, "twins": len(truth), "households": OTHERS, "seconds": round(seconds, 2), "proposed": len(found),
            "precision": round(len(hit) / len(found), 3), "recall": round(len(hit) / len(truth), 3),
            "recall_by_kind": {kind: round(got[kind] / n, 3) for kind, n in wanted.items()}}


def _numbers(session) -> Iterator[tuple[str, str]]:
    spine = members.spine(session, members.Query())
    for at in range(0, len(spine), 5_000):
        for row in members.rows(session, spine[at:at + 5_000]):
            yield row.member.id, row.member.number
