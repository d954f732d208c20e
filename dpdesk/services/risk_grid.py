"""Where the risks of an assessment lie on the matrix: by how likely and how bad, before and after what is done about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk.domain.registers.declaring import rows_of
from dpdesk.domain.registers.dpias import LEVELS, LIKELY, SEVERE, left, level
from dpdesk.services.duties import Shown
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.files.duty_papers import Grid

LEVEL_WORDS = (_m("low"), _m("medium"), _m("high"))


@dataclass(frozen=True)
class Placed:
    """A risk by its number: its place (likelihood, severity), how high it is, and how high after its measure."""

    number: int
    risk: str
    across: int
    up: int
    before: int
    after: int


def placed(shown: Shown) -> list[Placed]:
    """The risks of an assessment that say how likely and how bad they are."""
    found = []
    likely, severe = [code for code, _w in LIKELY], [code for code, _w in SEVERE]
    for number, row in enumerate(rows_of(shown.duty.values.get("risks", "")), 1):
        before, after = level(row.get("likelihood", ""), row.get("severity", "")), left(row)
        if before is not None and after is not None:
            found.append(Placed(number, row.get("risk", ""), likely.index(row["likelihood"]), severe.index(row["severity"]), before, after))
    return found


def grid(shown: Shown) -> Grid | None:
    """The matrix for paper, None where there are no risks."""
    from dpdesk.files.duty_papers import Grid
    risks = placed(shown)
    if not risks:
        return None
    numbers: dict[tuple[int, int], list[str]] = {}
    for each in risks:
        numbers.setdefault((each.across, each.up), []).append(str(each.number))
    marks = {(x, y): "  ".join((tr(LEVEL_WORDS[LEVELS[y][x]]), ", ".join(numbers.get((x, y), [])))) for x in range(3) for y in range(3)}
    return Grid([tr(words) for _c, words in LIKELY], [tr(words) for _c, words in SEVERE], tr("how likely"), tr("how bad"), LEVELS, marks)


def words(each: Placed) -> str:
    """"1. A sheet is lost: medium, then low"."""
    return tr("{number}. {risk}: {before}, then {after}", number=each.number, risk=each.risk, before=tr(LEVEL_WORDS[each.before]),
              after=tr(LEVEL_WORDS[each.after]))
