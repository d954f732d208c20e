"""When a person must look at a row: every rule, and none that hides another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.marks import Look, Mark, looks
from dpdesk.domain.sheets import Sort

SORTS = (Sort.INTENTION, Sort.INTENTION, Sort.NO_ANSWER, Sort.OUTCOME, Sort.EXTRA)
LETTERS = {".": Mark.EMPTY, "x": Mark.MARKED, "c": Mark.CANCELLED, "?": Mark.UNSURE}


def row(letters: str) -> list[Mark]:
    return [LETTERS[letter] for letter in letters]


@pytest.mark.parametrize(("letters", "blank", "expected"), [
    ("x....", False, ()), ("..x..", False, ()), ("x...x", False, ()), ("...x.", False, ()), ("cx...", False, ()), ("....x", False, ()),
    ("xx...", False, (Look.TWO,)), ("x.x..", False, (Look.TWO,)), ("x..x.", False, ()), ("c....", False, (Look.CANCELLED,)),
    ("c...x", False, (Look.CANCELLED,)), ("?....", False, (Look.UNSURE,)), ("xx?..", False, (Look.UNSURE, Look.TWO)),
    ("c.?..", False, (Look.UNSURE, Look.CANCELLED)), (".....", False, (Look.EMPTY,)), (".....", True, ()),
    ("x....", True, (Look.NOT_TO_CALL,)), ("?....", True, (Look.UNSURE, Look.NOT_TO_CALL)),
])  # fmt: skip
def test_why_a_row_is_looked_at(letters: str, blank: bool, expected: tuple[Look, ...]) -> None:
    assert looks(row(letters), SORTS, blank=blank) == expected


@given(st.text("".join(LETTERS), min_size=5, max_size=5), st.booleans())
def test_an_unsure_box_is_never_taken_as_read(letters: str, blank: bool) -> None:
    found = looks(row(letters), SORTS, blank=blank)
    assert (Look.UNSURE in found) == ("?" in letters)
    assert bool(found) or letters != "....." or blank, "a row without a mark is confirmed"


def test_a_row_of_other_boxes_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError):
        looks(row("x."), SORTS)
