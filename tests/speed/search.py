"""Type-ahead: the time from a key to the first page of finds, over what people really type, letter by letter.

Aims: 95 of 100 keystrokes within 30 ms among 80,000 members and within 100 ms among 1,000,000.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from dpdesk.domain.members import Member
from dpdesk.services import members
from dpdesk.services.members import Query
from tests.speed.desks import BIG, SMALL, Stopwatch, opened

PEOPLE = 40
PAGE = 40
AIMS = {SMALL: 30.0, BIG: 100.0}


def misspelt(word: str, dice: random.Random) -> str:
    """The slips of hurried fingers and of ears: two letters swapped, one doubled or left out, ph for f, y for i."""
    if len(word) < 4:
        return word
    at = dice.randrange(1, len(word) - 1)
    return dice.choice((word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at] + word[at:],
                        word[:at] + word[at + 1:], word.replace("f", "ph", 1), word.replace("i", "y", 1),
                        word.replace("C", "K", 1)))


def typed(person: Member, dice: random.Random) -> list[str]:
    """What somebody looking for that person might type in the end."""
    whole = [f"{person.forename} {person.surname}", f"{person.surname} {person.forename}", person.surname.lower(),
             f"{misspelt(person.forename, dice)} {misspelt(person.surname, dice)}", misspelt(person.surname, dice),
             person.number, person.postcode, person.postcode.replace(" ", "").lower(),
             f"{person.surname} {person.town}", person.address1, person.email[:14], f"0{person.mobile[3:]}"]
    return [text for text in whole if len(text) > 1]


def keystrokes(people: list[Member], dice: random.Random) -> Iterator[str]:
    """Every prefix that stands in the box on the way, from the second letter on."""
    for person in people:
        text = dice.choice(typed(person, dice))
        for length in range(2, len(text) + 1):
            yield text[:length]


def measured(people: int) -> dict:
    """Both places where people type: the list (up to 200 finds, the first page shown) and Ctrl+K (10 finds)."""
    dice = random.Random(7)
    session = opened(people)
    try:
        spine = members.spine(session, Query())
        some = [row.member for row in members.rows(session, dice.sample(list(spine), PEOPLE))]
        of_list, of_finder, slow = Stopwatch(), Stopwatch(), []
        for text in keystrokes(some, dice):
            with of_list:
                members.rows(session, members.spine(session, Query(text=text))[:PAGE])
            slow.append((of_list.wall[-1], len(text)))
            with of_finder:
                members.search(session, text, 10)
    finally:
        session.close()
    return {"people": people, "keystrokes": len(slow), "list": of_list.figures(), "finder": of_finder.figures(),
            "slowest_lengths": [length for _, length in sorted(slow, reverse=True)[:5]], "aim_p95_ms": AIMS[people]}


def bench() -> dict:
    """80,000 and 1,000,000 members."""
    return {str(people): measured(people) for people in AIMS}
