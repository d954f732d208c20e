"""The geometry of sheets is sound, and their codes are taken only as they were made."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain import sheet_codes, sheets
from dpdesk.domain.sheet_codes import NotOurs, PageCode, Refusal

KEY = bytes(range(32))
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.builds(PageCode, st.just("1"), st.integers(1, 9), st.integers(1, 12), st.text(DIGITS, min_size=10, max_size=10),
                  st.integers(1, 999), st.integers(1, 99))


@pytest.mark.parametrize("layout", sheets.LAYOUTS.values(), ids=lambda each: each.name)
def test_nothing_lies_in_a_quiet_zone(layout: sheets.Layout) -> None:
    assert list(sheets.clashes(layout)) == []
    assert layout.rows * layout.row_height + layout.top <= layout.footer.y


@pytest.mark.parametrize(("change", "says"), [
    ({"top": 45.0, "row_height": 19.0}, "row 11 meets quiet zone"), ({"pitch": 9.0}, "too near"), ({"pitch": 12.0}, "no air"),
    ({"box_down": 3.0}, "too low"), ({"top": 30.0}, "row 0 meets quiet zone"),
])  # fmt: skip
def test_an_unsound_layout_is_found(change: dict[str, float], says: str) -> None:
    assert any(says in each for each in sheets.clashes(replace(sheets.NORMAL, **change)))


def test_markers_are_twelve_millimetres_from_the_edge() -> None:
    places = sheets.MARKERS.values()
    assert {min(place.x, 210 - place.right) for place in places} == {12.0}
    assert min(place.y for place in places) == 12.0
    assert max(place.bottom for place in places) == 285.0


def test_a_blank_line_names_nobody() -> None:
    with pytest.raises(ValueError):
        sheets.SheetLine(name="Ann Example", blank=True)


@given(CODES, st.sampled_from("AB"))
def test_a_payload_is_read_as_it_was_made(code: PageCode, corner: str) -> None:
    text = sheet_codes.payload(code, corner, KEY)
    assert len(text) == 29  # what version 2 with error correction Q holds
    assert sheet_codes.parse(text, KEY) == (code, corner)


@given(CODES, st.integers(0, 28), st.sampled_from(DIGITS))
def test_an_edited_payload_is_refused(code: PageCode, place: int, digit: str) -> None:
    text = sheet_codes.payload(code, "A", KEY)
    edited = text[:place] + digit + text[place + 1:]
    if edited != text:
        with pytest.raises(NotOurs):
            sheet_codes.parse(edited, KEY)


def test_a_foreign_code_and_another_desks_code_are_told_apart() -> None:
    text = sheet_codes.payload(PageCode("1", 9, 12, "0123456789", 1, 1), "B", KEY)
    with pytest.raises(NotOurs) as other:
        sheet_codes.parse(text, KEY[::-1])
    with pytest.raises(NotOurs) as foreign:
        sheet_codes.parse("https://example.org/leaflet", KEY)
    assert (other.value.reason, foreign.value.reason) == (Refusal.ALTERED, Refusal.FOREIGN)


@given(CODES, st.integers(0, 15), st.sampled_from(DIGITS))
def test_a_typed_number_with_one_slip_is_refused(code: PageCode, place: int, digit: str) -> None:
    assert sheet_codes.typed(code.label.lower().replace("-", " ")) == (code.sheet, code.page, code.copy)
    plain = code.label.replace("-", "")
    slip = plain[:place] + digit + plain[place + 1:]
    if slip != plain:
        with pytest.raises(NotOurs):
            sheet_codes.typed(slip)


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    code = PageCode("1", 9, 12, "0110011001", 1, 1)
    assert sheet_codes.typed(code.label.replace("0", "O").replace("1", "l"))[0] == "0110011001"


def test_a_new_sheets_number_comes_from_the_random_bytes_alone() -> None:
    assert sheet_codes.new_sheet(bytes(7)) == "0" * 10
    assert sheet_codes.new_sheet(b"\xff" * 7) == "Z" * 10
    with pytest.raises(ValueError):
        sheet_codes.new_sheet(b"short")
