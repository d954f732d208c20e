"""An elector of the register: their number, what is known of them, and from which age they are shown (DOMAIN.md §4.3, C5).

Nothing here reads a file or a clock: days are given. A number is printed as `district-number`, with `/suffix` where it is not 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from dpdesk.domain.clocks import months_after, months_before

_NUMBER = re.compile(r"(?P<pd>.+)-(?P<no>[0-9]+)(?:/(?P<sfx>[0-9]+))?", re.DOTALL)
_SPACED = re.compile(r"(?P<pd>.*[^0-9\s])\s+(?P<no>[0-9]+)(?:/(?P<sfx>[0-9]+))?", re.DOTALL)
_BARE = re.compile(r"(?P<no>[0-9]+)(?:/(?P<sfx>[0-9]+))?")
_MOST = 10**9


class ElectorNumber(NamedTuple):
    """What tells electors of one register apart; the order is that of the register."""

    district: str
    number: int
    suffix: int = 0

    def __str__(self) -> str:
        """As it is printed: suffix 0 is left out."""
        return f"{self.district}-{self.number}" + (f"/{self.suffix}" if self.suffix else "")


def read_number(text: str, district: str = "") -> ElectorNumber | None:
    """The number in `text`; None where there is none.

    The district itself may hold `-` and `/`; a bare number belongs to `district` where one is given.
    """
    plain = " ".join(text.split())
    if district and (match := _BARE.fullmatch(plain)):
        return _made(district, match["no"], match["sfx"])
    match = _NUMBER.fullmatch(plain) or _SPACED.fullmatch(plain)
    return _made(match["pd"], match["no"], match["sfx"]) if match else None


def _made(district: str, number: str, suffix: str | None) -> ElectorNumber | None:
    found = ElectorNumber(" ".join(district.split()), int(number), int(suffix or 0))
    return found if found.district and found.number < _MOST and found.suffix < _MOST else None


class ElectorKind(StrEnum):
    """Whether the register gives a home, a name alone (overseas, service, local connection), or a number alone."""

    RESIDENT = "resident"
    OTHER = "other"
    ANONYMOUS = "anonymous"


class Absent(StrEnum):
    """How somebody votes without going to the polling station."""

    POSTAL = "postal"
    PROXY = "proxy"
    PROXY_POSTAL = "proxy_postal"


VALUES = ("district", "number", "suffix", "kind", "surname", "forename", "markers", "born_on", "attains_on", "address",
          "postcode", "uprn")
"""What a register says of an elector, in the order of the store."""


_VALUES_OF = attrgetter(*VALUES)


@dataclass(frozen=True, slots=True)
class Elector:
    """One elector. Days are ISO; `address` has a line a line; `markers` stand as the register has them.

    `register` is the file their number comes from, `gone` the log's number of the file that took them off (0: on it).
    """

    row: int
    id: str
    district: str
    number: int
    suffix: int
    kind: str
    surname: str
    forename: str
    markers: str
    born_on: str
    attains_on: str
    address: str
    postcode: str
    uprn: str
    register: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def key(self) -> ElectorNumber:
        """Their number."""
        return ElectorNumber(self.district, self.number, self.suffix)

    @property
    def name(self) -> str:
        """Forename and surname; "" for an anonymous entry."""
        return " ".join(part for part in (self.forename, self.surname) if part)

    @property
    def home(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (*self.address.split("\n"), self.postcode) if part)

    def values(self) -> tuple:
        """What the register says, in the order of VALUES."""
        return _VALUES_OF(self)

    def attains_after(self, day: date) -> bool:
        """Whether they reach voting age only after `day`: an attainer, who cannot vote yet."""
        return self.attains_on > day.isoformat()


STORED = ("row", "id", *VALUES, "register", "added", "changed", "gone")


def born_by(polling_day: date, least_age: int) -> str:
    """The latest day of birth (ISO) of those shown: who is `least_age` on that day (S1 §6.1; DOMAIN.md §6, under-16s)."""
    return months_before(polling_day, 12 * least_age).isoformat()


def birth_and_attainment(day: str, today: date, attains_age: int, *, attainment: bool = False) -> tuple[str, str]:
    """(day of birth, day of reaching voting age), both ISO, from the one day a register gives.

    A column headed as birth holds the day of majority in some registers: nobody under 13 stands on one, so a later day is that.
    """
    if not day:
        return "", ""
    given = date.fromisoformat(day)
    if attainment or given > months_before(today, 12 * 13):
        return months_before(given, 12 * attains_age).isoformat(), day
    return day, months_after(given, 12 * attains_age).isoformat()


_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$", re.IGNORECASE)
_RANGE = re.compile(r"(?<=[0-9])\s*-\s+(?=[0-9])|(?<=[0-9])\s+-\s*(?=[0-9])")


def tight(postcode: str) -> str:
    """A postcode without spaces, in capitals."""
    return "".join(postcode.split()).upper()


def clean_home(lines: Iterable[str], postcode: str) -> tuple[str, str]:
    """(address with a line a line, postcode): no line twice, no postcode within a line, `4- 6` as `4-6`.

    A postcode that stands only in the last line is taken from there.
    """
    found: list[str] = []
    seen = set()
    wanted = tight(postcode)
    for line in lines:
        plain = " ".join(line.split()).strip(" ,")
        if not plain:
            continue
        if "-" in plain:
            plain = _RANGE.sub("-", plain)
        match = _POSTCODE.search(plain) if plain[-3:-2].isdigit() else None
        if match:
            at_end = tight(match[0])
            if not wanted:
                wanted, postcode = at_end, f"{at_end[:-3]} {at_end[-3:]}"
            if at_end == wanted:
                plain = plain[:match.start()].rstrip(" ,")
        folded = plain.casefold()
        if plain and folded not in seen:
            seen.add(folded)
            found.append(plain)
    return "\n".join(found), postcode
