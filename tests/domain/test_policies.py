"""Policies hold what they promise, and name the columns that have no place on a desk."""

from __future__ import annotations

import copy
import pickle
import string
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.device import CODES as POINTS
from dpdesk.domain.headings import header_words
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.policies import Policy, RefusedColumn, RefusedKind, parse
from dpdesk.domain.policy_readers import Fault, PolicyProblem
from dpdesk.domain.roles import Role

VALID = {
    "code": "sample", "name": "Sample Party", "version": "2026-11-23", "source": "S1",
    "policy_text": "# Read me\n\nBe kind.\n",
    "acknowledge_every_months": 12, "lock_after_minutes": 5, "lock_maximum_minutes": 15, "passphrase_minimum_score": 3,
    "copies_deleted_after_days": 30, "enquiries_kept_months": 12, "consent_lasts_months": 24, "data_audit_every_months": 12,
    "cover_after_seconds": 60, "backup_every_days": 7, "child_age": 16, "flag_under": 18, "parental_consent_under": 13,
    "elector_least_age": 16, "elector_attains_age": 18, "registers_kept_months": 14,
    "shred_class_least": 4, "intention_fades_months": 24, "results_check": "look", "results_least_count": 5,
    "sheet_briefing": "Keep the sheets with you.",
    "recipient_bodies": [{"code": "headquarters", "name": "Headquarters"}, {"code": "region", "name": "Region"}],
    "refused_columns": [
        {"kind": "bank_details", "words": ["sort code", "account number", "iban"], "unless": ["member account"],
         "clause": "S3 l.24"},
        {"kind": "national_insurance", "words": ["ni number", "nino"], "unless": [], "clause": "S1 §8.5.a"},
        {"kind": "health", "words": ["health", "disability"], "unless": ["health board"], "clause": "S1 §20"},
    ],
    "confidentiality_classes": [
        {"code": "strictly_confidential", "name": "Strictly confidential", "clause": "S4 §5(a)"},
        {"code": "confidential", "name": "Confidential", "clause": "S4 §5(b)"},
        {"code": "ordinary", "name": "Ordinary", "clause": "S4 §5"},
    ],
    "regulator": {"name": "The regulator", "url": "https://regulator.example/", "phone": ""},
    "decides_breach": ["dpo"],
    "report_incidents_to": "your data protection team",
    "post_who": "Sent by {branch}.", "post_stop": "Write to {address}: {subject}", "post_approve_over": 50, "post_kept_months": 24,
    "post_why": [{"purpose": each, "text": f"Because of {each}."} for each in
                 ("service", "notice", "newsletter", "event", "marketing", "fundraising")],
    "campaign_words": ["vote for", "leaflets"],
    "training_every_months": 12, "training_live_induction": True,
    "receipt_before_destroying": False, "incident_report_hours": 24, "forwarded": ["incidents"],
    "report_addresses": [{"code": "incidents", "name": "The team", "email": "team@example.org", "url": "", "clause": "S0 l.11"}],
    "code_sets": ["generic"],
    "notices": [{"code": "members", "title": "For members", "text": "{branch} runs your membership.", "clause": "S3 l.28"}],
    "clauses": [{"topic": "retention", "clause": "S1 §26"}],
    "retention": [
        {"category": "enquiries", "trigger": "last_contact", "months": "enquiries_kept_months", "action": "delete",
         "clause": "S2 l.20", "why": "One year."},
        {"category": "notes", "trigger": "collection", "months": 24, "action": "review", "clause": "S1 §8.6.a", "why": "They age."},
    ],
    "device": {"autolock_minutes": 5, "autolock_warn_minutes": 15, "attestation_days": 90, "updates_days": 14, "running_days": 14,
               "restore_test_days": 90, "check_every_days": 7, "exception_days": 365,
               "points": {code: {"title": f"Point {code}", "counts": True} for code in POINTS}},
}
SAMPLE = parse(VALID)


def changed(path: str, value: object) -> dict:
    """VALID with the value at `path` (dots between keys and positions) replaced; ... removes it."""
    data = copy.deepcopy(VALID)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = data
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return data


def problem_of(data: object) -> tuple[str, str]:
    with pytest.raises(PolicyProblem) as caught:
        parse(data)
    return caught.value.where, caught.value.problem


def test_a_whole_policy_is_read_into_values() -> None:
    assert SAMPLE.policy_text == "# Read me\n\nBe kind."
    assert SAMPLE.decides_breach == (Role.DPO,)
    assert SAMPLE.refused_columns[0] == RefusedColumn(
        RefusedKind.BANK_DETAILS, ("sort code", "account number", "iban"), ("member account",), "S3 l.24")
    assert [b.code for b in SAMPLE.recipient_bodies] == ["headquarters", "region"]
    assert SAMPLE.regulator.phone == ""


def test_a_policy_cannot_be_changed_and_parsing_leaves_its_input_alone() -> None:
    before = copy.deepcopy(VALID)
    policy = parse(VALID)
    with pytest.raises(FrozenInstanceError):
        policy.lock_after_minutes = 600  # type: ignore[misc]
    assert before == VALID and hash(policy) == hash(SAMPLE)


@pytest.mark.parametrize("key", [f.name for f in fields(Policy)])
def test_every_key_is_needed(key: str) -> None:
    assert problem_of(changed(key, ...)) == (key, "missing")


@pytest.mark.parametrize("key", [f.name for f in fields(Policy)])
@pytest.mark.parametrize("value", [None, 1.5, True, object()])
def test_every_key_refuses_another_type(key: str, value: object) -> None:
    if value is True and isinstance(VALID[key], bool):
        value = 1
    assert problem_of(changed(key, value)) == (key, "wrong_type")


@pytest.mark.parametrize(("path", "where"), [
    ("lock_after_minuets", "lock_after_minuets"),
    ("regulator.fax", "regulator.fax"),
    ("recipient_bodies.1.colour", "recipient_bodies[1].colour"),
    ("refused_columns.2.except", "refused_columns[2].except"),
    ("confidentiality_classes.0.level", "confidentiality_classes[0].level"),
])
def test_unknown_keys_are_named_with_their_place(path: str, where: str) -> None:
    assert problem_of(changed(path, "x")) == (where, "unknown")


@pytest.mark.parametrize(("path", "where"), [
    ("regulator.phone", "regulator.phone"),
    ("recipient_bodies.0.name", "recipient_bodies[0].name"),
    ("refused_columns.1.unless", "refused_columns[1].unless"),
    ("confidentiality_classes.2.clause", "confidentiality_classes[2].clause"),
])
def test_missing_keys_are_named_with_their_place(path: str, where: str) -> None:
    assert problem_of(changed(path, ...)) == (where, "missing")


@pytest.mark.parametrize(("key", "low", "high"), [
    ("acknowledge_every_months", 1, 24), ("lock_after_minutes", 1, 15), ("lock_maximum_minutes", 5, 15),
    ("passphrase_minimum_score", 3, 4), ("cover_after_seconds", 10, 300), ("backup_every_days", 1, 31),
    ("child_age", 13, 18), ("flag_under", 18, 21),
    ("parental_consent_under", 13, 16),
])
def test_numbers_have_bounds(key: str, low: int, high: int) -> None:
    for inside in (low, high):
        assert getattr(parse(changed(key, inside)), key) == inside
    for outside in (low - 1, high + 1, 0, -1, 10**9):
        assert problem_of(changed(key, outside))[1] in {"out_of_range", "out_of_order"}


@pytest.mark.parametrize(("path", "value", "where", "problem"), [
    ("code", "Green", "code", "not_a_code"),
    ("code", "../green", "code", "not_a_code"),
    ("code", "", "code", "not_a_code"),
    ("code", "green\n", "code", "not_a_code"),
    ("name", " ", "name", "blank"),
    ("name", "Two\nlines", "name", "not_one_line"),
    ("name", "Turned \u202eround", "name", "not_one_line"),
    ("version", "20261123", "version", "not_a_date"),
    ("version", "2026-02-30", "version", "not_a_date"),
    ("version", "2026-W48-1", "version", "not_a_date"),
    ("version", "\u0662\u0660\u0662\u0666-11-23", "version", "not_a_date"),
    ("policy_text", "\n \n", "policy_text", "blank"),
    ("lock_after_minutes", "5", "lock_after_minutes", "wrong_type"),
    ("recipient_bodies", [], "recipient_bodies", "blank"),
    ("recipient_bodies", {"code": "x"}, "recipient_bodies", "wrong_type"),
    ("recipient_bodies.1.code", "headquarters", "recipient_bodies[1]", "repeated"),
    ("recipient_bodies.0", "headquarters", "recipient_bodies[0]", "wrong_type"),
    ("refused_columns.0.kind", "shoe_size", "refused_columns[0].kind", "not_a_choice"),
    ("refused_columns.1.kind", "bank_details", "refused_columns[1]", "repeated"),
    ("refused_columns.0.words", [], "refused_columns[0].words", "blank"),
    ("refused_columns.0.words", "sort code", "refused_columns[0].words", "wrong_type"),
    ("refused_columns.0.words.1", 7, "refused_columns[0].words[1]", "wrong_type"),
    ("refused_columns.0.words.1", "Sort-Code", "refused_columns[0].words[1]", "not_plain_words"),
    ("refused_columns.0.words.1", "sort  code", "refused_columns[0].words[1]", "not_plain_words"),
    ("refused_columns.0.words.1", "--", "refused_columns[0].words[1]", "not_plain_words"),
    ("refused_columns.0.words.1", "", "refused_columns[0].words[1]", "blank"),
    ("refused_columns.0.words.1", "iban", "refused_columns[0].words[2]", "repeated"),
    ("refused_columns.1.words.1", "iban", "refused_columns[1].words", "repeated"),
    ("refused_columns.0.unless.0", "iban", "refused_columns[0].words", "repeated"),
    ("refused_columns.2.unless.0", "Health", "refused_columns[2].unless[0]", "not_plain_words"),
    ("refused_columns.2.clause", "", "refused_columns[2].clause", "blank"),
    ("confidentiality_classes.0.code", "secret", "confidentiality_classes[0].code", "not_a_choice"),
    ("confidentiality_classes.0.code", "ordinary", "confidentiality_classes[2]", "repeated"),
    ("confidentiality_classes.1", ..., "confidentiality_classes", "missing"),
    ("regulator", [], "regulator", "wrong_type"),
    ("regulator.url", "http://regulator.example", "regulator.url", "not_https"),
    ("regulator.url", "https://user:pass@regulator.example", "regulator.url", "not_https"),
    ("regulator.phone", " ", "regulator.phone", "blank"),
    ("decides_breach", [], "decides_breach", "blank"),
    ("decides_breach", ["dpo", "dpo"], "decides_breach[1]", "repeated"),
    ("decides_breach", ["treasurer"], "decides_breach[0]", "not_a_choice"),
    ("report_incidents_to", "", "report_incidents_to", "blank"),
])
def test_what_does_not_hold_is_named_with_its_place(path: str, value: object, where: str, problem: str) -> None:
    assert problem_of(changed(path, value)) == (where, problem)
    assert problem in set(Fault)


@pytest.mark.parametrize("data", [None, [], "code", 3])
def test_a_policy_is_a_table(data: object) -> None:
    assert problem_of(data) == ("", "wrong_type")


def test_pictures_may_be_counted_in_days_and_nothing_else() -> None:
    rule = {"category": "scans", "trigger": "sheet_verified", "days": 30, "action": "delete", "clause": "S1 §26", "why": "Checked."}
    (read,) = parse(changed("retention", [rule])).retention
    assert (read.days, read.months) == (30, 0) and read.before(date(2026, 3, 31), 0) == "2026-03-01"
    assert problem_of(changed("retention", [rule | {"category": "notes"}])) == ("retention[0].days", "unknown")
    assert problem_of(changed("retention", [rule | {"months": 1}])) == ("retention[0].months", "unknown")
    assert problem_of(changed("retention", [rule | {"days": 0}])) == ("retention[0].days", "out_of_range")


def test_values_must_not_contradict_each_other() -> None:
    assert problem_of(changed("lock_maximum_minutes", 4)) == ("lock_after_minutes", "out_of_order")
    assert problem_of(changed("parental_consent_under", 17)) == ("parental_consent_under", "out_of_order")
    classes = list(reversed(VALID["confidentiality_classes"]))
    assert problem_of(changed("confidentiality_classes", classes)) == ("confidentiality_classes", "out_of_order")


def test_a_problem_is_a_value_error_that_survives_pickling() -> None:
    problem = PolicyProblem("regulator.url", Fault.NOT_HTTPS)
    again = pickle.loads(pickle.dumps(problem))
    assert isinstance(problem, ValueError)
    assert (again.where, again.problem) == ("regulator.url", "not_https")
    assert type(problem.problem) is str


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=5),
       st.sampled_from([f.name for f in fields(Policy)]))
def test_any_value_anywhere_is_taken_or_named(value: object, key: str) -> None:
    try:
        assert isinstance(parse(changed(key, value)), Policy)
    except PolicyProblem as problem:
        assert problem.where.startswith((key, "lock_after_minutes", "parental_consent_under"))
        assert problem.problem in set(Fault)


def test_class_for_finds_by_code() -> None:
    assert SAMPLE.class_for("confidential").name == "Confidential"
    assert SAMPLE.class_for(Confidentiality.STRICT).clause == "S4 §5(a)"
    with pytest.raises(KeyError):
        SAMPLE.class_for("secret")


@pytest.mark.parametrize(("header", "words"), [
    ("Sort-Code", ("sort", "code")), ("  ", ()), ("", ()), ("№ 3", ("no", "3")), ("Account #", ("account", "number")),
    ("#1 choice", ("1", "choice")), ("Disabilité", ("disabilite",)), ("ＩＢＡＮ", ("iban",)), ("so\u00adrt", ("sort",)),
    ("line2b", ("line", "2", "b")), ("a_b", ("a", "b")), ("Straße", ("strasse",)),
])
def test_headers_become_words(header: str, words: tuple[str, ...]) -> None:
    assert header_words(header) == words


@pytest.mark.parametrize("header", [
    "sort code", "SORTCODE", "SortCode", "sort_code", "Sort  Code:", "bankSortCode2", "IBANNumber", "(I.B.A.N.)",
    "iban1",
    "N.I. Number", "NINumber", "NINo", "Account #", "so\u200brt-code", "Dísability", "Health board disability",
    "Member account sort code", "1. Health", "health\x00", "Resort code or sort code",
])
def test_a_refused_word_is_seen_through_its_dress(header: str) -> None:
    assert SAMPLE.refusal_for(header) is not None


@pytest.mark.parametrize("header", [
    "", " ", "#", "Resort code", "Sort order", "Code sort", "Liban", "Caribana", "Healthy living", "Health Board",
    "LocalHealthBoard", "Member account number", "Ninos", "Bank", "Bank Ward", "NI region", "😀", "\x00",
])
def test_a_likeness_is_no_match(header: str) -> None:
    assert SAMPLE.refusal_for(header) is None


def test_the_first_kind_in_the_list_is_the_one_named() -> None:
    assert SAMPLE.refusal_for("Disability / IBAN").kind is RefusedKind.BANK_DETAILS  # type: ignore[union-attr]
    turned = replace(SAMPLE, refused_columns=SAMPLE.refused_columns[::-1])
    assert turned.refusal_for("Disability / IBAN").kind is RefusedKind.HEALTH  # type: ignore[union-attr]


PHRASES = [word for column in SAMPLE.refused_columns for word in column.words]
GAPS = st.text("".join(set(string.punctuation) - {"#"}) + " \t\u00a0\u2013", min_size=0, max_size=3)


@given(st.sampled_from(PHRASES), st.data())
def test_case_and_punctuation_make_no_difference(phrase: str, data: st.DataObject) -> None:
    plain = SAMPLE.refusal_for(phrase)
    dressed = "".join(data.draw(st.sampled_from([c.upper(), c])) for c in phrase)
    dressed = data.draw(GAPS) + data.draw(GAPS).join(dressed.split(" ")) + data.draw(GAPS)
    assert plain is not None and SAMPLE.refusal_for(dressed) is plain


@given(st.sampled_from(PHRASES), st.text(string.ascii_lowercase, min_size=1, max_size=4), st.booleans())
def test_a_word_grown_at_an_end_is_another_word(phrase: str, more: str, front: bool) -> None:
    grown = more + phrase if front else phrase + more
    others = {p.replace(" ", "") for p in PHRASES}
    if not any(part in others for part in (grown.replace(" ", ""), *grown.split())):
        assert SAMPLE.refusal_for(grown) is None


@given(st.text(max_size=60))
def test_any_header_gets_an_answer_and_always_the_same(header: str) -> None:
    assert SAMPLE.refusal_for(header) is SAMPLE.refusal_for(header)
    assert header_words(" ".join(header_words(header))) == header_words(header)


def test_an_endless_header_is_judged_quickly() -> None:
    assert SAMPLE.refusal_for("a " * 50_000) is None
