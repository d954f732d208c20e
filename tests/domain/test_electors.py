"""Numbers, homes, ages and layouts of the electoral register."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.electors import ElectorNumber, birth_and_attainment, born_by, clean_home, read_number
from dpdesk.domain.errors import ImportRefused
from dpdesk.domain.register_files import FileKind, Permitted, Purpose, Supply, problems_of, refusal
from dpdesk.domain.register_layouts import LAYOUTS, TARGETS, check_mapping, layout_of, propose
from tests.services import registers

TODAY = date(2026, 11, 24)
DISTRICTS = st.text(alphabet="ABCDEZ0129-/", min_size=1, max_size=8)


@given(DISTRICTS, st.integers(0, 99_999), st.integers(0, 99))
def test_a_printed_number_reads_back_as_it_was(district, number, suffix):
    key = ElectorNumber(district, number, suffix)
    assert read_number(str(key)) == key


@given(st.text(max_size=30))
def test_whatever_is_typed_reads_as_a_number_or_as_none(text):
    key = read_number(text)
    assert key is None or read_number(str(key)) == key


@pytest.mark.parametrize(("text", "district", "number"), [
    ("AN1-12", "", ("AN1", 12, 0)), ("AN1-12/0", "", ("AN1", 12, 0)), ("AN-1/2-0012/3", "", ("AN-1/2", 12, 3)),
    ("12", "AN1", ("AN1", 12, 0)), ("12/4", "AN1", ("AN1", 12, 4)), ("ABC 12/1", "", ("ABC", 12, 1)), (" AN1-12 ", "", ("AN1", 12, 0)),
    ("12", "", None), ("", "AN1", None), ("AN1-", "", None), ("AN1-12/", "", None), ("AN1-12/x", "", None),
    ("AN1-99999999999", "", None), ("AN1-１２", "", None)])
def test_numbers(text, district, number):
    found = read_number(text, district)
    assert found == (ElectorNumber(*number) if number else None)


def test_suffix_nought_is_not_printed():
    assert str(ElectorNumber("AN1", 7)) == "AN1-7"
    assert str(ElectorNumber("AN/1", 7, 2)) == "AN/1-7/2"


@pytest.mark.parametrize(("lines", "postcode", "home"), [
    (["4- 6 Knowsley Road", "Anytown", "", "anytown"], "AN1 2AB", ("4-6 Knowsley Road\nAnytown", "AN1 2AB")),
    (["5\u00a0Block\u00a0B", "10  High St", "", "", "AN1 2AB"], "AN1 2AB", ("5 Block B\n10 High St", "AN1 2AB")),
    (["10A High St", "Anytown AN12AB"], "AN1 2AB", ("10A High St\nAnytown", "AN1 2AB")),
    (["10A High St", "Anytown, an1 2ab"], "", ("10A High St\nAnytown", "AN1 2AB")),
    (["Rose Cottage", "Near AN9 9ZZ"], "AN1 2AB", ("Rose Cottage\nNear AN9 9ZZ", "AN1 2AB")),
    (["", " ", ","], "", ("", ""))])
def test_homes(lines, postcode, home):
    assert clean_home(lines, postcode) == home


@given(st.lists(st.text(max_size=20), max_size=9), st.text(alphabet="ABN129 ", max_size=8))
def test_a_clean_home_stays_as_it_is(lines, postcode):
    home, code = clean_home(lines, postcode)
    again, _ = clean_home(home.split("\n"), code)
    assert len(set(map(str.casefold, again.split("\n")))) == len(again.split("\n"))
    assert len(again) <= len(home)


def test_who_is_shown_hangs_on_the_polling_day():
    assert born_by(date(2027, 5, 6), 16) == "2011-05-06"
    assert born_by(date(2028, 2, 29), 16) == "2012-02-29"


@pytest.mark.parametrize(("day", "attainment", "found"), [
    ("2009-03-12", False, ("2009-03-12", "2027-03-12")), ("2027-03-12", False, ("2009-03-12", "2027-03-12")),
    ("2027-03-12", True, ("2009-03-12", "2027-03-12")), ("", False, ("", "")), ("1950-01-01", False, ("1950-01-01", "1968-01-01"))])
def test_a_birth_column_may_hold_days_of_majority(day, attainment, found):
    assert birth_and_attainment(day, TODAY, 18, attainment=attainment) == found


@pytest.mark.parametrize(("headers", "code"), [
    (registers.XPRESS, "xpress_14"), (registers.XPRESS_13, "xpress_13"), (registers.MONTHLY, "xpress_monthly"),
    (registers.SCOTTISH, "scottish"), (registers.TTW, "ttw"), (("PD", "No", "Name", "Address 1"), "generic")])
def test_layouts_are_known_by_their_headers(headers, code):
    assert layout_of(headers) == code
    mapping = propose(headers, code)
    assert set(mapping.values()) <= {"", *TARGETS}
    check_mapping(headers, mapping, {})
    assert list(mapping.values()).count("address") >= 1


def test_layouts_only_name_what_a_column_may_become():
    for layout in LAYOUTS:
        assert set(layout.headers.values()) <= {"", *TARGETS}
        assert layout.marks <= layout.headers.keys()


@pytest.mark.parametrize(("headers", "mapping", "reason"), [
    (("A", "B"), {0: "surname", 1: "forename"}, "no_number_column"), (("A", "B"), {0: "full_number"}, "no_name_column"),
    (("A", "B"), {0: "full_number", 1: "full_number"}, "field_twice"), (("A",), {0: "colour"}, "unknown_target"),
    (("A",), {3: "surname"}, "unknown_target")])
def test_a_mapping_that_cannot_be_followed_is_refused(headers, mapping, reason):
    with pytest.raises(ImportRefused) as refused:
        check_mapping(headers, mapping, {})
    assert refused.value.reason == reason


GOOD = Supply("Council", "2026-11-20", "2027-11-20")


@pytest.mark.parametrize(("kind", "changed", "problems"), [
    (FileKind.FULL, {}, {}), (FileKind.FULL, {"supplier": " "}, {"supplier": "missing"}),
    (FileKind.FULL, {"supplied_on": "2026-12-24"}, {"supplied_on": "in_future"}), (FileKind.FULL, {"supplied_on": "x"},
                                                                                   {"supplied_on": "date_bad"}),
    (FileKind.FULL, {"destroy_by": "2030-01-01"}, {"destroy_by": "out_of_range"}), (FileKind.FULL, {"destroy_by": ""},
                                                                                    {"destroy_by": "missing"}),
    (FileKind.FULL, {"destroy_by": "2026-01-01"}, {"destroy_by": "out_of_range"}), (FileKind.MARKED, {}, {"polling_day": "missing"}),
    (FileKind.MARKED, {"polling_day": "2026-05-07"}, {}), (FileKind.FULL, {"regulation": "mine"}, {"regulation": "unknown"}),
    (FileKind.FULL, {"year": 1990}, {"year": "out_of_range"})])
def test_a_record_of_supply_is_whole_or_says_what_is_missing(kind, changed, problems):
    assert problems_of(Supply(**{**GOOD.__dict__, **changed}), kind, TODAY, "2028-01-24") == problems


@pytest.mark.parametrize(("purpose", "within", "supplies", "reason"), [
    (Purpose.CANVASSING, True, (GOOD,), ""), (Purpose.NEWSLETTER, True, (GOOD,), "not_electoral"),
    (Purpose.MEMBERSHIP, True, (GOOD,), "not_electoral"), (Purpose.CANVASSING, False, (GOOD,), "passing_on"),
    (Purpose.DONATION_CHECK, True, (GOOD,), "donations"), (Purpose.CANVASSING, True, (), "none"),
    (Purpose.DONATION_CHECK, True, (Supply(**{**GOOD.__dict__, "permitted": Permitted.WITH_DONATIONS}),), ""),
    (Purpose.CANVASSING, True, (GOOD, Supply("Council", "2025-11-20", "2026-11-20")), "expired")])
def test_uses_are_judged_by_the_strictest_file(purpose, within, supplies, reason):
    assert refusal(supplies, purpose, within=within, today=TODAY) == reason
