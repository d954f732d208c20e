"""The code of a printed page: what its QR codes hold, how it is checked, and the number a person types.

A payload has 29 characters: `DP`, layout, boxes in a row, rows, sheet (10), page (3), copy (2), 8 characters of a MAC under the desk's
own key, and the corner's letter. It names nobody, and a code of another branch or an edited one is refused before anything is looked
up (PAPER.md §5, S0 l.8).
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.sheets import CORNERS, LAYOUTS, MOST_BOXES

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base32 without I, L, O and U, which hands and eyes confuse
_LIKE = str.maketrans("ILO", "110")
_FORM = re.compile(rf"DP([0-9A-Z])([1-{MOST_BOXES}])([{_DIGITS}])([{_DIGITS}]{{10}})([0-9]{{3}})([0-9]{{2}})([{_DIGITS}]{{8}})([AB])")
SHEET_LENGTH = 10
MOST_PAGES, MOST_COPIES = 999, 99


class Refusal(StrEnum):
    """Why a code is not taken: not of our kind, of another desk or altered, or of a layout this version does not know."""

    FOREIGN = "foreign"
    ALTERED = "altered"
    LAYOUT = "layout"
    CHECK = "check"  # a typed number with a slip in it


class NotOurs(Exception):
    """A code is refused; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class PageCode:
    """One physical page: the layout it was printed with, how many rows and boxes it has, its sheet, page and copy (from 1)."""

    layout: str
    boxes: int
    rows: int
    sheet: str
    page: int
    copy: int

    def __post_init__(self) -> None:
        layout = LAYOUTS.get(self.layout)
        sound = (layout and 1 <= self.boxes <= MOST_BOXES and 1 <= self.rows <= layout.rows
                 and len(self.sheet) == SHEET_LENGTH and set(self.sheet) <= set(_DIGITS)
                 and 1 <= self.page <= MOST_PAGES and 1 <= self.copy <= MOST_COPIES)
        if not sound:
            raise ValueError("no such page")

    @property
    def label(self) -> str:
        """The number printed for people: sheet in two groups, page, copy, check character."""
        body = f"{self.sheet}{self.page:03}{self.copy:02}"
        return f"{body[:5]}-{body[5:10]}-{body[10:13]}-{body[13:]}-{_check(body)}"


def new_sheet(random: bytes) -> str:
    """A sheet's number from at least 7 bytes of a good random source."""
    if len(random) < 7:
        raise ValueError("a sheet's number needs 7 random bytes")
    return _base32(int.from_bytes(random[:7], "big"), SHEET_LENGTH)


def payload(code: PageCode, corner: str, key: bytes) -> str:
    """What the QR code in `corner` holds; `key` is secret, 16 bytes or more, the same for all sheets of a desk."""
    if corner not in CORNERS:
        raise ValueError(corner)
    body = f"DP{code.layout}{code.boxes}{_DIGITS[code.rows]}{code.sheet}{code.page:03}{code.copy:02}"
    return body + _mac(body + corner, key) + corner


def payloads(code: PageCode, key: bytes) -> tuple[str, str]:
    """Both payloads of a page, as `SheetPage.codes` takes them."""
    return payload(code, "A", key), payload(code, "B", key)


def parse(text: str, key: bytes) -> tuple[PageCode, str]:
    """The page and the corner a payload speaks of; raises `NotOurs`."""
    match = _FORM.fullmatch(text)
    if not match:
        raise NotOurs(Refusal.FOREIGN)
    layout, boxes, rows, sheet, page, copy, mac, corner = match.groups()
    if not hmac.compare_digest(mac, _mac(text[:20] + corner, key)):
        raise NotOurs(Refusal.ALTERED)
    if layout not in LAYOUTS:
        raise NotOurs(Refusal.LAYOUT)
    try:
        return PageCode(layout, int(boxes), _DIGITS.index(rows), sheet, int(page), int(copy)), corner
    except ValueError as problem:
        raise NotOurs(Refusal.FOREIGN) from problem


def typed(text: str) -> tuple[str, int, int]:
    """Sheet, page and copy from a number typed by hand, however it is spaced; raises `NotOurs` where a character is wrong."""
    plain = re.sub(r"[\s\-–.]", "", text).upper().translate(_LIKE)
    if len(plain) != SHEET_LENGTH + 6 or not set(plain) <= set(_DIGITS) or not plain[10:15].isdecimal():
        raise NotOurs(Refusal.FOREIGN)
    if _check(plain[:-1]) != plain[-1]:
        raise NotOurs(Refusal.CHECK)
    return plain[:10], int(plain[10:13]), int(plain[13:15])


def _mac(body: str, key: bytes) -> str:
    if len(key) < 16:
        raise ValueError("the key is too short")
    return _base32(int.from_bytes(hmac.digest(key, b"dpdesk sheet " + body.encode("ascii"), "sha256")[:5], "big"), 8)


def _base32(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))


def _check(body: str) -> str:
    """Luhn's sum in base 32: notices every single wrong character and nearly every swap of neighbours."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = _DIGITS.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _DIGITS[-total % 32]
