"""An invented register for the demo branch, in the layout of Xpress: households along invented streets, and some of the members.

The same electors come out each time. Nobody of them exists; no postcode area is called AN.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dpdesk.domain.members import Member
from dpdesk.domain.register_files import Permitted, Supply
from dpdesk.services import copies, register
from dpdesk.services.demo_people import FORENAMES, SURNAMES, WARDS
from dpdesk.services.session import Session, today

ELECTORS = 6_000
HEADERS = ("Elector Number Prefix", "Elector Number", "Elector Number Suffix", "Elector Markers", "Elector DOB", "Elector Surname",
           "Elector Forename", "PostCode", "Address1", "Address2", "Address3", "Address4", "Address5", "Address6")
_BEFORE = ("", "Upper ", "Lower ", "Old ", "New ", "East ", "West ", "North ", "South ", "Little ", "Great ", "Far ")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_OF_A_DISTRICT = 1_500
Row = tuple[str, ...]


def bring(session: Session, path: Path) -> None:
    """Take the register in `path` in as an officer would, and delete the file."""
    shown = register.preview(session, register.open_file(session, path), register.Taking())
    supplied = today() - timedelta(days=9)
    result = register.apply(session, shown, Supply("Anytown Council, electoral services", supplied.isoformat(), register.last_day(session),
                                                   permitted=Permitted.WITH_DONATIONS, area="Anytown wards"))
    copies.delete(session, result.source)


def rows(rng: Random, count: int = ELECTORS, *, first: int = 1, members: Sequence[Member] = ()) -> Iterator[Row]:
    """A header and `count` electors whose numbers in each district begin at `first`, as a council writes them."""
    yield HEADERS
    numbers: dict[str, int] = {}
    for at, (markers, born, surname, forename, postcode, *lines) in enumerate(_electors(rng, count, members)):
        district = f"AN{chr(65 + at // _OF_A_DISTRICT % 26)}{at // _OF_A_DISTRICT // 26 + 1}"
        number = numbers[district] = numbers.get(district, first - 1) + 1
        yield (district, str(number), "0", markers, born, surname, forename, postcode, *lines, *[""] * (6 - len(lines)))


def _electors(rng: Random, count: int, members: Sequence[Member]) -> Iterator[Row]:
    """Electors street by street; a member now and then among their own neighbours, a few anonymous or living abroad."""
    made, known = 0, list(members)
    for household in _households(rng):
        for row in household:
            if made == count:
                return
            made += 1
            if made % 997 == 500:
                yield ("", "", "", "", "")
            elif made % 503 == 250:
                yield ("F", "", row[2], row[3], "")
            elif known and made % 12 == 6:
                yield _of_member(known.pop())
            else:
                yield row


def _of_member(member: Member) -> Row:
    lines = [line for line in (member.address1, member.address2, member.town) if line]
    return ("", "", member.surname, member.forename, member.postcode, *lines)


def _households(rng: Random) -> Iterator[list[Row]]:
    """One house after another along every street of every ward, for ever."""
    streets = [(before + street, area) for before in _BEFORE for area, names in WARDS.values() for street in names]
    born = today().year - 17
    while True:
        for street, area in streets:
            sector = f"{area} {rng.randint(1, 9)}"
            for house in range(1, rng.randint(30, 70)):
                if house % 12 == 1:
                    postcode = f"{sector}{rng.choice(_LETTERS)}{rng.choice(_LETTERS)}"
                surname = rng.choice(SURNAMES)
                flat = f"Flat {house % 9 + 1}" if rng.random() < 0.08 else ""
                home = [line for line in (flat, f"{house} {street}", "Anytown") if line]
                rows = []
                for place in range(rng.choice((1, 1, 2, 2, 2, 3, 4))):
                    young = place > 1 and rng.random() < 0.1
                    day = date(born, rng.randint(1, 12), rng.randint(1, 28)).strftime("%d/%m/%Y") if young else ""
                    name = surname if rng.random() < 0.85 else rng.choice(SURNAMES)
                    rows.append(("N" if young else "", day, name, rng.choice(FORENAMES), postcode, *home))
                yield rows
