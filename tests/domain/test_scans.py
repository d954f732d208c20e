"""Rules of scanned pages: the same paper or a photocopy filled anew, and how sure we are of the error rate."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.scans import Rate, alike, marked, plain, same_paper

INK = st.lists(st.floats(0, 1, allow_nan=False), min_size=12, max_size=108)


@given(INK)
def test_a_picture_is_alike_to_itself_and_to_a_darker_one(ink: list[float]) -> None:
    assert alike(ink, ink) > 0.999 and alike([*ink, 1.0, 0.0], [0.8 * each + 0.05 for each in [*ink, 1.0, 0.0]]) > 0.999


@given(INK, st.floats(-0.01, 0.01))
def test_a_little_noise_leaves_the_same_paper_the_same(ink: list[float], noise: float) -> None:
    ink = [*ink, 1.0, 0.0]
    assert same_paper(ink, [each + noise * (-1) ** at for at, each in enumerate(ink)], [], [])


def test_another_fill_is_another_paper_even_where_one_is_empty() -> None:
    filled = [0.0] * 50 + [0.4] * 4 + [0.0] * 54
    other = [0.4] * 3 + [0.0] * 105
    empty = [0.0] * 108
    assert not same_paper(filled, other, [], []) and not same_paper(filled, empty, [], []) and same_paper(empty, [0.0] * 108, [], [])
    assert alike(filled, filled[:-1]) == -1.0 and alike([], []) == 1.0


def test_where_ink_leaves_it_open_the_sure_boxes_decide() -> None:
    one = [0.4, 0.1, 0.0, 0.0, 0.3, 0.0]
    two = [0.4, 0.3, 0.1, 0.0, 0.1, 0.0]
    assert 0.5 <= alike(one, two) < 0.9
    assert same_paper(one, two, ["x.?..."], ["x....."]) and not same_paper(one, two, ["x....."], [".x...."])


def test_letters_of_a_row() -> None:
    assert marked("..x#x?") == (2, 4) and plain("..x#x?") == "..x.x."


def test_the_interval_holds_the_rate_and_narrows() -> None:
    assert Rate(0, 0).interval == (0.0, 1.0)
    low, high = Rate(0, 300).interval
    assert low == 0.0 and 0.009 < high < 0.0135
    few, many = Rate(2, 100).interval, Rate(20, 1000).interval
    assert few[0] < 0.02 < few[1] and many[0] > few[0] and many[1] < few[1]
