"""The packs dpdesk brings all hold, say what their papers ask, and a bad file is refused with its fault named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dpdesk import RESOURCES
from dpdesk.domain.policies import RefusedKind
from dpdesk.domain.policy_readers import PolicyProblem
from dpdesk.domain.roles import Role
from dpdesk.files import policies

CODES = ["cooperative", "generic", "green", "labour"]
GREEN = (RESOURCES / "policies" / "green.toml").read_text("utf-8")
CLAUSE = re.compile(r"\((?:S[0-4] (?:§|l\.)|UK GDPR Art |PECR reg |Data \(Use and Access\) Act 2025 s\.)[^\n]*\)\.$")
SEED = re.compile(r"S([0-4]) (§|l\.)")


def problem_of(path: Path) -> tuple[str, str]:
    with pytest.raises(PolicyProblem) as caught:
        policies.load_from(path)
    return caught.value.where, caught.value.problem


def points(text: str) -> list[str]:
    """The bulleted points of a policy text, each on one line."""
    return re.findall(r"^- .*", re.sub(r"\n +", " ", text), re.MULTILINE)


def test_the_four_packs_are_there() -> None:
    assert policies.available() == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_pack_loads(code: str) -> None:
    policy = policies.load(code)
    assert policy.code == code
    assert (policy.lock_after_minutes, policy.lock_maximum_minutes, policy.passphrase_minimum_score) == (5, 15, 3)
    assert (policy.parental_consent_under, policy.child_age, policy.flag_under) == (13, 16, 18)
    assert policy.regulator.url == "https://ico.org.uk" and policy.regulator.phone == ""
    assert [c.code for c in policy.confidentiality_classes] == ["strictly_confidential", "confidential", "ordinary"]


def test_where_the_parties_differ() -> None:
    months = {code: policies.load(code).acknowledge_every_months for code in CODES}
    assert months == {"cooperative": 12, "generic": 12, "green": 12, "labour": 24}  # S1 §31, S0 l.4
    assert policies.load("labour").decides_breach == (Role.DPO,)  # S0 l.12
    assert Role.SECRETARY not in policies.load("green").decides_breach  # S1 §29
    bodies = {b.code for b in policies.load("cooperative").recipient_bodies}
    assert {"labour_party", "affiliated_societies"} <= bodies  # S3 l.22


@pytest.mark.parametrize("code", CODES)
def test_the_text_is_short_and_every_point_names_its_clause(code: str) -> None:
    text = policies.load(code).policy_text
    assert 250 <= len(text.split()) <= 450
    assert len(points(text)) >= 12
    for point in points(text):
        assert CLAUSE.search(point), point


@pytest.mark.parametrize(("code", "papers"), [("green", {"1"}), ("labour", {"0", "4"}), ("cooperative", {"1", "3"}),
                                              ("generic", {"0", "1", "2", "3", "4"})])
def test_the_text_draws_on_its_own_papers(code: str, papers: set[str]) -> None:
    assert {paper for paper, _ in SEED.findall(policies.load(code).policy_text)} == papers


@pytest.mark.parametrize("code", CODES)
def test_the_text_states_todays_law_and_nobodys_address(code: str) -> None:
    policy = policies.load(code)
    everything = " ".join((policy.policy_text, policy.report_incidents_to, policy.source))
    assert "72 hours" in policy.policy_text and "30 days" in policy.policy_text and "one month" in policy.policy_text
    assert "Act 1998" not in everything and "9(2)(j)" not in everything
    assert "@" not in everything and not re.search(r"\d{4,} ?\d{3,}", everything)


@pytest.mark.parametrize("code", CODES)
def test_every_kind_is_refused_with_its_clause_and_without_idle_words(code: str) -> None:
    policy = policies.load(code)
    assert {c.kind for c in policy.refused_columns} == set(RefusedKind)
    for column in policy.refused_columns:
        assert SEED.match(column.clause)
        for word in column.words:
            assert policy.refusal_for(word) is not None, word
            assert not any(f" {other} " in f" {word} " for other in column.words if other != word), word
        for phrase in column.unless:
            assert policy.refusal_for(phrase) is None, phrase


@pytest.mark.parametrize(("header", "kind"), [
    ("Sort Code", "bank_details"), ("BankSortCode", "bank_details"), ("A/C No.", "bank_details"),
    ("Account Number", "bank_details"), ("Account #", "bank_details"), ("Bank account name", "bank_details"),
    ("IBAN", "bank_details"), ("BIC/SWIFT", "bank_details"), ("DD mandate ref", "bank_details"),
    ("Credit card number", "bank_details"), ("N.I. No", "national_insurance"), ("NI_NUMBER", "national_insurance"),
    ("National Insurance", "national_insurance"), ("NINO", "national_insurance"), ("Passport No", "passport_or_id"),
    ("Driver's licence", "passport_or_id"), ("National ID", "passport_or_id"), ("Universal Credit?", "benefits"),
    ("Receives PIP", "benefits"), ("Benefits", "benefits"), ("DBS check date", "criminal"),
    ("Unspent convictions", "criminal"), ("Finger-print", "biometric"), ("Trade Union", "trade_union"),
    ("TradeUnionName", "trade_union"), ("Union membership no", "trade_union"), ("Religion or belief", "religion"),
    ("Faith", "religion"), ("Ethnic origin", "ethnicity"), ("Race", "ethnicity"), ("BAME?", "ethnicity"),
    ("Sexual orientation", "sexual_life"), ("LGBT+ member", "sexual_life"), ("LGBTQIA+", "sexual_life"),
    ("Disability", "health"), ("Disabled (Y/N)", "health"), ("Health notes", "health"), ("Medical info", "health"),
    ("Access needs", "health"), ("NHS number", "health"), ("Health Board disability officer", "health"),
])
@pytest.mark.parametrize("code", CODES)
def test_columns_without_a_purpose_are_refused(code: str, header: str, kind: str) -> None:
    refused = policies.load(code).refusal_for(header)
    assert refused is not None and refused.kind == kind


@pytest.mark.parametrize("header", [
    # places and areas
    "Bank", "Bank Ward", "South Bank", "Bankside branch", "Food bank volunteer", "Health Board", "Local Health Board",
    "Health Ward", "Church Ward", "Union Street", "Medical Centre ward", "NI region", "Race Course Road",
    "Faithfull Road",
    # membership and software
    "Account name", "Membership account number", "Member card number", "Poll card number", "Sort name", "Sort order",
    "Payment method", "Paid by direct debit", "Membership benefits", "Union", "Student union", "GP", "GP member",
    "Trans ID", "Transaction date", "Account disabled", "Blind copy", "Email OK", "Voter ID", "ID", "ID number",
    "Member ID", "Gender", "Pronouns", "Date of birth", "Nationality", "Concessionary rate", "Unwaged",
    "Orientation session", "Biography",
    # whole words only
    "Resort code", "Grace", "Terrace", "Embrace", "Healthy Streets group", "Nominator", "Pipeline stage", "Esable",
    "Castellan", "Defaith", "Blinder", "Arabic", "Cubic", "Ibandi",
])
@pytest.mark.parametrize("code", CODES)
def test_harmless_columns_pass(code: str, header: str) -> None:
    assert policies.load(code).refusal_for(header) is None


CIVICRM = """Contact ID, Contact Type, Contact Subtype, External Identifier, Individual Prefix, First Name, Middle Name,
Last Name, Individual Suffix, Nickname, Gender, Birth Date, Is Deceased, Deceased Date, Preferred Communication Method,
Preferred Language, Do Not Email, Do Not Phone, Do Not Mail, Do Not Sms, Do Not Trade, No Bulk Emails (User Opt Out),
Contact Source, Street Address, Supplemental Address 1, City, Postal Code, County, Country, Phone, Phone Extension,
Email, On Hold, Group(s), Tag(s), Note(s), Membership Type, Member Since, Membership Start Date, Membership
Expiration Date, Status, do_not_trade, is_opt_out"""
NATIONBUILDER = """nationbuilder_id, external_id, civicrm_id, van_id, first_name, middle_name, last_name, email1,
email_opt_in, phone_number, mobile_number, mobile_opt_in, do_not_call, do_not_contact, party, support_level, tags, note,
precinct_id, ward, primary_address1, primary_city, primary_zip, created_at, updated_at, banned_at, membership_status"""
GENERIC_UK = """Membership No, Title, Forename, Surname, Known as, Email, Mobile, Landline, Address 1, Address 4, Town,
Postcode, Branch, Ward, Joined, Renewal, Status, Email OK, Phone OK, Post OK"""


@pytest.mark.parametrize("preset", [CIVICRM, NATIONBUILDER, GENERIC_UK])
@pytest.mark.parametrize("code", CODES)
def test_no_column_of_a_usual_export_is_refused(code: str, preset: str) -> None:
    policy = policies.load(code)
    assert [h for h in re.split(r",\s*", preset) if policy.refusal_for(h)] == []


@pytest.mark.parametrize("code", ["", "tory", "GREEN", "../policies/green", "green.toml", "/etc/passwd", "green\0"])
def test_a_code_that_is_no_pack_is_refused(code: str) -> None:
    with pytest.raises(PolicyProblem) as caught:
        policies.load(code)
    assert (caught.value.where, caught.value.problem) == ("code", "unknown")


def test_a_file_of_ones_own_is_read_and_may_take_over_the_rest(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(b"\xef\xbb\xbf" + GREEN.replace('code = "green"', 'code = "own"', 1).encode())
    policy = policies.load_from(own)
    assert policy.code == "own"
    assert policy.refused_columns == policies.load("generic").refused_columns


@pytest.mark.parametrize(("old", "new", "where", "problem"), [
    ('extends = "generic"', "", "lock_after_minutes", "missing"),
    ('extends = "generic"', 'extends = "nobody"', "extends", "not_a_choice"),
    ('extends = "generic"', "extends = [1]", "extends", "not_a_choice"),
    ('extends = "generic"', 'extends = "green"', "extends", "unknown"),
    ('name = "Green Party"\nversion', "version", "name", "missing"),
    ('version = "2026-11-26"', "", "version", "missing"),
    ('version = "2026-11-26"', "version = 2026-11-26", "version", "wrong_type"),
    ("acknowledge_every_months = 12", "acknowledge_every_months = 25", "acknowledge_every_months", "out_of_range"),
    ("acknowledge_every_months = 12", "acknowledge_every_month = 12", "acknowledge_every_month", "unknown"),
])
def test_a_file_that_does_not_hold_names_its_fault(tmp_path: Path, old: str, new: str, where: str,
                                                   problem: str) -> None:
    file = tmp_path / "own.toml"
    assert old in GREEN
    file.write_text(GREEN.replace(old, new, 1), "utf-8")
    assert problem_of(file) == (where, problem)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"code = ", b"a" * 10, b"a = 1\na = 2", b"a = " + b"[" * 20_000, b"\0",
                                 b"PK\x03\x04junk"])
def test_what_is_no_toml_is_refused(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(raw)
    assert problem_of(file) == ("", "not_toml")


def test_an_empty_file_lacks_everything_and_a_huge_one_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"")
    assert problem_of(file) == ("code", "missing")
    file.write_bytes(b"#" * 300_000)
    assert problem_of(file) == ("", "too_large")


def test_a_file_that_is_not_there_is_no_problem_of_the_policy(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        policies.load_from(tmp_path / "none.toml")


def test_a_pack_under_another_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blue.toml").write_text(GREEN, "utf-8")
    (tmp_path / "generic.toml").write_bytes((RESOURCES / "policies" / "generic.toml").read_bytes())
    monkeypatch.setattr(policies, "_FOLDER", tmp_path)
    with pytest.raises(PolicyProblem) as caught:
        policies.load("blue")
    assert (caught.value.where, caught.value.problem) == ("code", "not_a_choice")


def test_a_pack_changes_single_limits_words_and_counts_of_devices(tmp_path):
    (tmp_path / "own.toml").write_text(
        'extends = "generic"\ncode = "own"\nname = "Own"\nversion = "2026-11-26"\nsource = "S1"\npolicy_text = "# Read\\n\\nBe kind."\n'
        '[device]\nautolock_minutes = 3\n[device.points."27.14"]\ncounts = false\n[device.points."27.10"]\ntitle = "Encrypt it"\n', "utf-8")
    found, generic = policies.load_from(tmp_path / "own.toml").device, policies.load("generic").device
    assert (found.autolock_minutes, found.autolock_warn_minutes) == (3, generic.autolock_warn_minutes)
    assert "27.14" not in found.counted and len(found.counted) == 15
    assert (found.title("27.10"), found.title("27.1")) == ("Encrypt it", generic.title("27.1"))


@pytest.mark.parametrize(("more", "where"), [
    ("autolock_minutes = 16", "device.autolock_minutes"), ("autolock_minutes = 9\nautolock_warn_minutes = 4", "device.autolock_minutes"),
    ('[device.points."27.16"]\ntitle = "x"\ncounts = true', "device.points.27.16"),
    ('[device.points."27.1"]\ncounts = "no"', "device.points.27.1.counts")])
def test_a_pack_that_asks_nonsense_of_devices_is_refused(tmp_path, more, where):
    (tmp_path / "own.toml").write_text(
        'extends = "generic"\ncode = "own"\nname = "Own"\nversion = "2026-11-26"\nsource = "S1"\npolicy_text = "# Read\\n\\nBe kind."\n'
        f"[device]\n{more}\n", "utf-8")
    with pytest.raises(PolicyProblem) as wrong:
        policies.load_from(tmp_path / "own.toml")
    assert wrong.value.where == where
