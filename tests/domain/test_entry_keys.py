"""One key a code: what is typed becomes codes without a key between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.entry_keys import Keys

LABOUR = ("O", "L", "T", "S", "D", "N", "NV", "DNC", "DEC", "V", "M")


@pytest.mark.parametrize(("typed", "codes", "held"), [
    ("L", ["L"], ""), ("lot", ["L", "O", "T"], ""), ("D", [], "D"), ("DL", ["D", "L"], ""), ("DNC", ["DNC"], ""), ("NV", ["NV"], ""),
    ("DNV", ["D", "NV"], ""), ("DD", ["D"], "D"), ("DNL", ["D", "N", "L"], ""), ("DEM", ["D"], "")])
def test_codes_come_out_as_they_are_typed(typed, codes, held):
    keys = Keys(LABOUR)
    assert [code for letter in typed for code in keys.feed(letter)] == codes
    assert keys.held == held


def test_what_is_no_code_is_told():
    keys = Keys(("L", "DNC"))
    assert keys.feed("q") == [] and keys.wrong == "Q" and keys.held == ""
    assert keys.feed("D") == [] and keys.feed("X") == [] and keys.wrong == "DX"
    assert keys.feed("L") == ["L"] and keys.wrong == ""


def test_the_last_code_of_a_page_is_whole_when_nothing_more_comes():
    keys = Keys(LABOUR)
    assert keys.feed("D") == [] and keys.flush() == ["D"] and keys.held == ""
    assert keys.flush() == []


@given(st.lists(st.sampled_from(("O", "L", "T", "M")), max_size=20))
def test_codes_of_one_letter_take_one_key_each(codes):
    keys = Keys(("O", "L", "T", "M"))
    assert [code for letter in "".join(codes) for code in keys.feed(letter)] == codes
