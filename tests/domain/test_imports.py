"""What headers and cells of membership lists mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain import imports
from dpdesk.domain.errors import ImportRefused
from dpdesk.domain.import_headers import contact_target, normal, preset_of, propose
from dpdesk.domain.imports import TARGETS, check_mapping, consent_says, stop_says

CIVICRM = (
    "Contact ID",
    "Contact Type",
    "External Identifier",
    "Individual Prefix",
    "First Name",
    "Middle Name",
    "Last Name",
    "Nickname",
    "Birth Date",
    "Is Deceased",
    "Do Not Email",
    "Do Not Phone",
    "Do Not Mail",
    "Do Not Sms",
    "Do Not Trade",
    "No Bulk Emails (User Opt Out)",
    "Street Address",
    "Supplemental Address 1",
    "Supplemental Address 2",
    "City",
    "Postal Code",
    "Country",
    "Phone",
    "Email",
    "On Hold",
    "Membership Type",
    "Member Since",
    "Membership Expiration Date",
    "Status",
)
NATIONBUILDER = (
    "nationbuilder_id",
    "external_id",
    "first_name",
    "middle_name",
    "last_name",
    "email",
    "email_opt_in",
    "phone_number",
    "mobile_number",
    "mobile_opt_in",
    "do_not_call",
    "do_not_contact",
    "party",
    "support_level",
    "ward",
    "primary_address1",
    "primary_address2",
    "primary_city",
    "primary_zip",
    "banned_at",
)
GENERIC = (
    "Membership No",
    "Title",
    "Forename",
    "Surname",
    "Known as",
    "Email",
    "Mobile",
    "Landline",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Town",
    "Postcode",
    "Branch",
    "Ward",
    "Joined",
    "Renewal",
    "Status",
    "Email OK",
    "Phone OK",
    "Post OK",
)


def named(headers):
    return {headers[column]: target for column, target in propose(headers).items() if target}


def test_short_headers_and_the_day_of_death():
    assert named(["ID", "FIRST", "LAST", "Deceased Date"]) == {
        "ID": "number", "FIRST": "forename", "LAST": "surname", "Deceased Date": "deceased"}


def test_civicrm():
    assert preset_of(CIVICRM) == "civicrm"
    assert named(CIVICRM) == {
        "External Identifier": "number",
        "Individual Prefix": "title",
        "First Name": "forename",
        "Last Name": "surname",
        "Nickname": "known_as",
        "Birth Date": "date_of_birth",
        "Is Deceased": "deceased",
        "Do Not Email": "stop:email",
        "Do Not Phone": "stop:phone",
        "Do Not Mail": "stop:post",
        "Do Not Sms": "stop:sms",
        "No Bulk Emails (User Opt Out)": "stop:email",
        "Street Address": "address1",
        "Supplemental Address 1": "address2",
        "Supplemental Address 2": "address3",
        "City": "town",
        "Postal Code": "postcode",
        "Phone": "landline",
        "Email": "email",
        "On Hold": "stop:email",
        "Membership Type": "membership_type",
        "Member Since": "joined_on",
        "Membership Expiration Date": "renewal_on",
        "Status": "status",
    }


def test_nationbuilder():
    assert preset_of(NATIONBUILDER) == "nationbuilder"
    assert named(NATIONBUILDER) == {
        "external_id": "number",
        "first_name": "forename",
        "last_name": "surname",
        "email": "email",
        "email_opt_in": "consent:email",
        "phone_number": "landline",
        "mobile_number": "mobile",
        "mobile_opt_in": "consent:sms",
        "do_not_call": "stop:phone",
        "do_not_contact": "stop:all",
        "ward": "ward",
        "primary_address1": "address1",
        "primary_address2": "address2",
        "primary_city": "town",
        "primary_zip": "postcode",
        "banned_at": "stop:all",
    }


def test_generic():
    assert preset_of(GENERIC) == "generic"
    assert set(named(GENERIC)) == set(GENERIC)
    assert named(GENERIC)["Email OK"] == "consent:email"
    assert named(GENERIC)["Address 4"] == "address3"


@pytest.mark.parametrize("header", ["MEMBERSHIP NO.", "membership_no", "MembershipNo", " Membership\u00a0No ", "Member Number"])
def test_spelling_does_not_matter(header):
    assert propose([header])[0] == "number"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Do Not Email", "stop:email"),
        ("DO_NOT_EMAIL", "stop:email"),
        ("DoNotEmail", "stop:email"),
        ("Don’t email", "stop:email"),
        ("do_not_contact", "stop:all"),
        ("do_not_call", "stop:phone"),
        ("is_opt_out", "stop:all"),
        ("banned", "stop:all"),
        ("Do not post", "stop:post"),
        ("Do Not Mail", "stop:post"),
        ("Unsubscribed", "stop:email"),
        ("E-mail opt-out", "stop:email"),
        ("SMS opted out", "stop:sms"),
        ("No contact", "stop:all"),
        ("Do not email or phone", "stop:all"),
        ("DNC", "stop:all"),
        ("Email\u00a0Opt\u00a0Out", "stop:email"),
        ("Objects to post", "stop:post"),
        ("Opt out date", "stop:all"),
        ("Email OK", "consent:email"),
        ("email_opt_in", "consent:email"),
        ("Consent to phone", "consent:phone"),
        ("Email opt in/out", ""),
        ("GDPR consent", ""),
        ("Parental consent", ""),
        ("Do Not Trade", ""),
        ("Photo consent", ""),
        ("Email consent date", ""),
        ("Email address", ""),
        ("Postcode", ""),
        ("Post Code", ""),
        ("No. emails sent", ""),
        ("Mobile", ""),
        ("Telephone", ""),
        ("No of children", ""),
        ("Notes", ""),
        ("Number", ""),
    ],
)
def test_wishes_about_contact(header, target):
    assert contact_target(normal(header)) == target


def test_a_field_is_taken_once_by_the_best_header():
    headers = ("Phone", "Home Phone", "ID", "Membership number", "Name", "Surname")
    assert named(headers) == {"Home Phone": "landline", "Membership number": "number", "Surname": "surname"}


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_headers_can_be_proposed_for(headers):
    proposal = propose(headers)
    assert list(proposal) == list(range(len(headers)))
    assert set(proposal.values()) <= {"", *TARGETS}


@pytest.mark.parametrize(
    "text", ["yes", "Y", "TRUE", "1", "x", "✓", "on", "t", "Opted out", " Yes ", "2023-01-02", "3/4/2021", "unsubscribed", "1.0"]
)
def test_stop(text):
    assert stop_says(text) is True


@pytest.mark.parametrize(
    "text", ["", " ", "no", "N", "False", "0", "-", "none", "Opted in", "subscribed", "0000-00-00", "\u00a0"]
)
def test_no_stop(text):
    assert stop_says(text) is False


@pytest.mark.parametrize("text", ["?", "perhaps", "moved", "#REF!", "2", "please don't"])
def test_an_unknown_word_is_nobodys_no(text):
    assert stop_says(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("yes", True),
        ("Y", True),
        ("1", True),
        ("✓", True),
        ("TRUE", True),
        ("Opted in", True),
        ("", False),
        ("no", False),
        ("0", False),
        ("x", False),
        ("maybe", False),
        ("opted out", False),
        ("not yes", False),
    ],
)
def test_consent_is_a_plain_yes(text, says):
    assert consent_says(text) is says


@given(st.text(max_size=40))
def test_nothing_says_both(text):
    assert not (consent_says(text) and stop_says(text) is None and not text.strip())
    assert stop_says(text) in (True, False, None)


HEADERS = ("Surname", "Sort code", "Do not email", "Town", "Area")


@pytest.mark.parametrize(
    ("mapping", "reason", "columns"),
    [
        ({0: "", 2: "stop:email"}, "no_name_column", ()),
        ({0: "surname", 1: "branch", 2: "stop:email"}, "refused_column", ("Sort code",)),
        ({0: "surname", 2: ""}, "stop_left_out", ("Do not email",)),
        ({0: "surname", 2: "town"}, "stop_left_out", ("Do not email",)),
        ({0: "surname", 2: "consent:email"}, "stop_left_out", ("Do not email",)),
        ({0: "surname", 2: "stop:email", 3: "town", 4: "town"}, "field_twice", ("Town", "Area")),
        ({0: "surname", 2: "stop:email", 3: "bank"}, "unknown_target", ("Town",)),
        ({0: "surname", 9: "town"}, "unknown_target", ("town",)),
        ({0: "surname", 2: "stop:email", 3: "stop:fax"}, "unknown_target", ("Town",)),
    ],
)
def test_mappings_that_must_not_be(mapping, reason, columns):
    with pytest.raises(ImportRefused) as caught:
        check_mapping(HEADERS, mapping, {1: ("bank_details", "")})
    assert (caught.value.reason, caught.value.columns) == (reason, columns)
    assert reason in imports.LIST_REASONS


@pytest.mark.parametrize("wide", ["stop:all", "stop:email"])
def test_a_stop_may_be_widened_and_never_given_away(wide):
    check_mapping(HEADERS, {0: "surname", 2: wide, 3: "address3", 4: "address3"}, {})
    with pytest.raises(ImportRefused):
        check_mapping(HEADERS, {0: "surname", 2: "", 3: "address3", 4: "address3"}, {})


def test_every_reason_is_in_the_docstring():
    missing = [reason for reason in imports.REASONS if reason not in (imports.__doc__ or "")]
    assert not missing
