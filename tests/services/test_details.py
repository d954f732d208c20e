"""Single values as people type them and lists hold them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.members import FIELD, FIELDS, Kind, problems_of
from dpdesk.files import policies
from dpdesk.services import details

TODAY = date(2026, 11, 23)


def clean(code, text):
    return details.clean(FIELD[code], text, TODAY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ann.Lee@Example.ORG", "Ann.Lee@example.org"),
        (" ann@example.org\u00a0", "ann@example.org"),
        ("<a@example.org>", "a@example.org"),
        ("Ann Lee <a@example.org>", "a@example.org"),
        ("mailto:a@example.org", "a@example.org"),
        ("o'brien+x@example.org", "o'brien+x@example.org"),
        ("zoë@example.org", "zoë@example.org"),
        ("n/a", ""),
        ("-", ""),
        ("", ""),
        ("Unknown", ""),
    ],
)
def test_email(text, value):
    assert clean("email", text) == (value, "")


@pytest.mark.parametrize(
    "text",
    [
        "x@",
        "@example.org x",
        "ann@@example.org",
        "ann@example",
        "a.@example.org",
        "a..b@example.org",
        "a b@example.org",
        "x@ex..org",
        "a@example.org; b@example.org",
        "none here",
    ],
)
def test_bad_email(text):
    assert clean("email", text)[1] in ("email_bad", "formula")


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "0044 7700 900123",
        "447700900123",
        "7700900123",
        "07700-900-123",
        "(07700) 900123",
        "'+447700900123",
        "Mob: 07700 900123",
        "07700\u00a0900123",
        "07700 900123 ext 12",
    ],
)
def test_mobile(text):
    assert clean("mobile", text) == ("+447700900123", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("01632 960123", "+441632960123"),
        ("020 7946 0123", "+442079460123"),
        ("0161 496 0000", "+441614960000"),
        ("+353 1 234 5678", "+35312345678"),
        ("03069 990123", "+443069990123"),
        ("ex-directory", ""),
        ("1632960123", "+441632960123"),
    ],
)
def test_landline(text, value):
    assert clean("landline", text) == (value, "")


@pytest.mark.parametrize(
    "text", ["12345", "07700", "call after six", "00000000000", "01632 960123 01632 960124", "+44", "1e9", "0" * 60]
)
def test_bad_phone(text):
    assert clean("mobile", text) == ("", "phone_bad")


def test_phones_in_the_wrong_place_are_put_right():
    mobile, landline = "+447700900123", "+441632960123"
    assert details.settle_phones(landline, mobile) == (mobile, landline)
    assert details.settle_phones("", mobile) == (mobile, "")
    assert details.settle_phones(landline, "") == ("", landline)
    assert details.settle_phones(mobile, landline) == (mobile, landline)
    assert details.settle_phones(mobile, mobile) == (mobile, mobile)
    assert details.settle_phones("", "") == ("", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ab1 2cd", "AB1 2CD"),
        ("AB12CD", "AB1 2CD"),
        ("SW1A-0AA", "SW1A 0AA"),
        ("SW1A OAA", "SW1A 0AA"),
        ("gir0aa", "GIR 0AA"),
        ("BFPO61", "BFPO 61"),
        (" m1\u00a01ae ", "M1 1AE"),
        ("EC1A1BB", "EC1A 1BB"),
    ],
)
def test_postcode(text, value):
    assert clean("postcode", text) == (value, "")


@pytest.mark.parametrize("text", ["ZZ", "12345", "D02 AF30", "AB1", "ABCDE 1AA"])
def test_bad_postcode(text):
    assert clean("postcode", text) == ("", "postcode_bad")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/2/1980", "1980-02-01"),
        ("01/02/1980", "1980-02-01"),
        ("01-02-80", "1980-02-01"),
        ("01.02.1980", "1980-02-01"),
        ("1980-02-01", "1980-02-01"),
        ("1980-02-01 00:00:00", "1980-02-01"),
        ("1980-02-01T00:00:00Z", "1980-02-01"),
        ("19800201", "1980-02-01"),
        ("1 Feb 1980", "1980-02-01"),
        ("1st February 1980", "1980-02-01"),
        ("Feb 1, 1980", "1980-02-01"),
        ("01-Feb-80", "1980-02-01"),
        ("29252", "1980-02-01"),
        ("29/2/2024", "2024-02-29"),
        ("0000-00-00", ""),
        ("", ""),
        ("Sat 3 Sept 1983", "1983-09-03"),
    ],
)
def test_day(text, value):
    assert clean("date_of_birth", text) == (value, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12/25/1980", "date_month_first"),
        ("02/30/1980", "date_month_first"),
        ("31/02/1980", "date_bad"),
        ("29/2/2023", "date_bad"),
        ("1985", "date_bad"),
        ("yesterday", "date_bad"),
        ("13/13/2020", "date_bad"),
        ("1/2", "date_bad"),
        ("1/2/0001", "date_bad"),
        ("32 Jan 2020", "date_bad"),
        ("1 Foo 2020", "date_bad"),
        ("=TODAY()", "formula"),
        ("9999-12-31", "date_bad"),
    ],
)
def test_bad_day(text, problem):
    assert clean("joined_on", text) == ("", problem)


def test_years_of_two_digits():
    assert clean("date_of_birth", "1/2/27") == ("1927-02-01", "")
    assert clean("date_of_birth", "1/2/20") == ("2020-02-01", "")
    assert clean("renewal_on", "1/2/27") == ("2027-02-01", "")
    assert clean("joined_on", "1/2/98") == ("1998-02-01", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("New", "current"),
        ("Current", "current"),
        ("ACTIVE", "current"),
        ("Grace", "current"),
        ("Expired", "lapsed"),
        ("Lapsed", "lapsed"),
        ("Pending", "pending"),
        ("Cancelled", "resigned"),
        ("Resigned", "resigned"),
        ("Deceased", "deceased"),
        ("in arrears", "arrears"),
        ("In-Arrears", "arrears"),
        ("arrears", "arrears"),
        ("", ""),
    ],
)
def test_status(text, value):
    assert clean("status", text) == (value, "")
    assert clean("status", "bogus") == ("", "status_unknown")


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "+cmd", "-1+1", "@SUM(1)", "\t=1", "\rx", "'=1", "＝1", " =1", "\u200b=1"]
)
@pytest.mark.parametrize("code", ["surname", "address1", "number", "email", "postcode", "membership_type", "joined_on", "status"])
def test_formulas(code, text):
    assert clean(code, text) == ("", "formula")


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "Smi\u202eth", "a\u2066b", "a\x9fb", "a\ue000b", "a\U000e0041b", "a\x1bb"])
def test_control_and_hidden_characters(text):
    assert clean("surname", text) == ("", "control")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  O’Neill ", "O’Neill"),
        ("van\u00a0der  Berg", "van der Berg"),
        ("\ufeffLee", "Lee"),
        ("Lee\u00ad", "Lee"),
        ("A\nB", "A B"),
        ("Jose\u0301", "José"),
        ("'t Hooft", "'t Hooft"),
        ("Null", "Null"),
        ("Na", "Na"),
        ("—", ""),
        ("N/A", ""),
        ("x", "x"),
    ],
)
def test_names(text, value):
    assert clean("surname", text) == (value, "")


def test_text_on_several_lines_and_too_long():
    assert clean("address1", "12 High St\r\nFlat 2,\n") == ("12 High St, Flat 2", "")
    assert clean("surname", "x" * 121) == ("", "too_long")
    assert clean("number", "12345.0") == ("12345", "")
    assert clean("number", "00123") == ("00123", "")
    assert clean("number", "1.23E+05") == clean("number", "1,2e+11") == ("", "number_mangled")
    assert clean("number", "4E12") == ("4E12", "")


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Lee, Ann", ("Ann", "Lee")),
        ("Ann Lee", ("Ann", "Lee")),
        ("Cher", ("", "Cher")),
        ("", ("", "")),
        ("Ann van der Berg", ("Ann", "van der Berg")),
        ("Ann Mary Lee", ("Ann Mary", "Lee")),
    ],
)
def test_names_in_one_piece(text, halves):
    assert details.split_name(text) == halves


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_cleaning_never_fails_and_is_done_once(field, text):
    value, problem = details.clean(field, text, TODAY)
    assert not problem or (value == "" and problem in details.PROBLEMS)
    assert len(value) <= max(field.longest, 20)
    assert value.isprintable()
    assert details.clean(field, value, TODAY) == (value, "")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=30))
def test_columns_clean_as_single_values_do(texts):
    columns = details.Columns(TODAY)
    for code in ("surname", "email", "joined_on"):
        values, problems = columns.clean(code, texts)
        assert [(value, problems.get(at, "")) for at, value in enumerate(values)] == [clean(code, text) for text in texts]


def test_tidy_for_the_form():
    policy = policies.load("green")
    values, problems = details.tidy(
        {
            "forename": " Ann ",
            "surname": "Lee",
            "email": "x@",
            "mobile": "01632 960123",
            "landline": "",
            "status": "Current",
            "date_of_birth": "1/1/2020",
            "postcode": "ab12cd",
        },
        Kind.MEMBER,
        policy,
        TODAY,
    )
    assert values == {
        "forename": "Ann",
        "surname": "Lee",
        "email": "x@",
        "mobile": "",
        "landline": "+441632960123",
        "status": "current",
        "date_of_birth": "2020-01-01",
        "postcode": "AB1 2CD",
    }
    assert problems == {"email": "email_bad", "parent_consent_on": "parent_consent_missing"}


def test_tidy_says_each_thing_once():
    policy = policies.load("green")
    assert details.tidy({"surname": "=1", "status": "Current"}, Kind.MEMBER, policy, TODAY)[1] == {"surname": "formula"}
    assert details.tidy({"surname": "Lee", "status": "what"}, Kind.MEMBER, policy, TODAY)[1] == {"status": "status_unknown"}
    assert details.tidy({"surname": "Lee", "status": "what"}, Kind.CONTACT, policy, TODAY) == (
        {"surname": "Lee", "status": ""},
        {},
    )
    assert details.tidy({"surname": ""}, Kind.CONTACT, policy, TODAY)[1] == problems_of({}, TODAY, kind=Kind.CONTACT)
