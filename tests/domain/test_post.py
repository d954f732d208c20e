"""Envelopes hold one recipient, addresses are read or refused, people are left out for a reason, limits are kept exactly."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dpdesk.domain import post, post_codes, post_fields
from dpdesk.domain.mail_addresses import (
    Address,
    BadAddress,
    Mailbox,
    is_role,
    looks_mistyped,
    mailbox,
    read,
    shown_name,
)
from dpdesk.domain.members import Kind, Member
from dpdesk.domain.post import Ages, Bundle, Envelope, Purpose, Reason, Standing, Writing, batches, left_out
from dpdesk.domain.post_answers import Stage, judge
from dpdesk.domain.post_pace import Limiter, Provider, Security, SignIn
from dpdesk.domain.post_states import Outcome

ANN, BO = mailbox("ann@example.org", "Ann Lee"), mailbox("bo@example.org", "Bo")
TEXT = Writing("Hello", "text\n", "<p>text</p>")
AGES = Ages(16, 18, 24)
TODAY = date(2026, 11, 24)
PERSON = Member("0" * 32, 1, Kind.MEMBER, forename="Ann", surname="Lee", status="current", email="ann@example.org")
CONSENT = (("2026-01-01", ""),)


@pytest.mark.parametrize(("text", "code"), [
    ("", "empty"), ("  ", "empty"), ("ann@example.org\nBcc: bo@example.org", "control"), ("ann@example.org\r", "control"),
    ("ann\x00@example.org", "control"), ("ann@example.org\u2028", "control"), ("ann\u202e@example.org", "control"),
    ("a@example.org, b@example.org", "several"), ("a@example.org b@example.org", "space"), ("a@b@example.org", "several"),
    ("Members: a@example.org;", "group"), ("Ann <ann@example.org>", "named"), ("ann(comment)@example.org", "comment"),
    ('"ann lee"@example.org', "quoted"), ("ann\\@example.org", "quoted"), ("ann@[192.0.2.1]", "literal"), ("ann", "shape"),
    ("jané@example.org", "local_not_ascii"), ("a" * 65 + "@example.org", "too_long"), (".ann@example.org", "shape"),
    ("ann..lee@example.org", "shape"), ("ann@example", "host_bad"), ("ann@-x.org", "host_bad"), ("ann@example.123", "host_bad"),
    ("ann@exam_ple.org", "host_bad"), ("ann@☃.example.org", "host_bad"), ("@example.org", "shape"), ("ann@", "host_bad")])
def test_what_is_no_single_mailbox_is_refused(text, code):
    with pytest.raises(BadAddress) as problem:
        read(text)
    assert problem.value.code == code


@pytest.mark.parametrize(("text", "address"), [
    ("ann@example.org", "ann@example.org"), (" Ann.Lee+news@EXAMPLE.org ", "Ann.Lee+news@example.org"),
    ("jane@müller.de", "jane@xn--mller-kva.de"), ("jane@STRAßE.de", "jane@xn--strae-oqa.de"),
    ("o'neill@example.org", "o'neill@example.org"),
    ("x@xn--mller-kva.de", "x@xn--mller-kva.de")])
def test_what_is_one_mailbox_is_read(text, address):
    assert str(read(text)) == address


@given(st.text(max_size=40) | st.builds("{}@{}".format, st.text(max_size=20), st.sampled_from(["example.org", "müller.de", "x"])))
def test_an_address_never_holds_two_nor_a_line_break(text):
    try:
        found = str(read(text))
    except BadAddress:
        return
    assert found.isascii() and found.count("@") == 1
    assert not set(found) & set(" \r\n\t,;:<>()\"\\[]\0")
    assert str(read(found)) == found and Address(found).text == found


@pytest.mark.parametrize("text", ["a@example.org,b@example.org", "a@example.org\n", "Ann <a@example.org>", "a", ""])
def test_an_address_cannot_be_made_otherwise(text):
    with pytest.raises(BadAddress):
        Address(text)


def test_roles_and_slips():
    assert is_role(Address("info@example.org")) and is_role(Address("Secretary+x@example.org")) and not is_role(Address("ann@example.org"))
    assert looks_mistyped(Address("ann@gmial.com")) and looks_mistyped(Address("ann@example.con"))
    assert not looks_mistyped(Address("ann@gmail.com"))


@given(st.text(max_size=400))
def test_a_name_is_one_visible_line_without_an_address_or_a_coded_word(text):
    name = shown_name(text)
    assert shown_name(name) == name and len(name) <= 100
    assert "@" not in name and "=?" not in name
    assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
    Mailbox(Address("a@example.org"), name)


def test_names_that_mean_harm():
    assert shown_name("Jane\r\nBcc: bo@example.org") == "Jane Bcc:"
    assert shown_name("=?utf-8?q?Jane=0ABcc:bo?=") == "= ?utf-8?q?Jane=0ABcc:bo? ="
    assert shown_name("x" * 300) == "x" * 99 + "…"
    with pytest.raises(BadAddress):
        Mailbox(Address("a@example.org"), "Jane\nBcc")


def test_an_envelope_has_no_place_for_a_second_recipient():
    assert {f.name for f in fields(Envelope)} == {"sender", "to", "writing", "message_id", "date", "attachments"}
    for wrong in ((ANN, BO), [ANN], "ann@example.org", None, ANN.address):
        with pytest.raises(TypeError):
            Envelope(BO, wrong, TEXT, "<1@example.org>", "now")
        with pytest.raises(TypeError):
            Envelope(wrong, BO, TEXT, "<1@example.org>", "now")
    with pytest.raises(TypeError):
        Envelope(BO, ANN, "text", "<1@example.org>", "now")
    with pytest.raises(BadAddress):
        Envelope(BO, ANN, TEXT, "<1@example.org>\r\nBcc: bo@example.org", "now")
    for subject, unsubscribe in (("a\nBcc: b@example.org", ""), ("a", "mailto:x\r\nBcc: y")):
        with pytest.raises(BadAddress):
            Writing(subject, "", "", unsubscribe)
    assert Envelope(BO, ANN, TEXT, "<1@example.org>", "now").recipient == ANN.address


def test_a_bundle_goes_to_its_sender():
    assert Bundle(BO, (ANN.address,), TEXT, "now").to is BO
    for wrong in ((), ("ann@example.org",), (ANN,)):
        with pytest.raises(TypeError):
            Bundle(BO, wrong, TEXT, "now")


def why(person: Member = PERSON, purpose: Purpose = Purpose.NOTICE, **standing) -> Reason | None:
    return left_out(person, Standing(**standing), purpose, AGES, TODAY)


@pytest.mark.parametrize(("standing", "reason"), [
    ({"stops": frozenset({"opt_out"})}, Reason.STOPPED), ({"stops": frozenset({"objection", "opt_out"})}, Reason.OBJECTED),
    ({"stops": frozenset({"vulnerable"})}, Reason.VULNERABLE), ({"stops": frozenset({"restriction"})}, Reason.RESTRICTED),
    ({"stops": frozenset({"do_not_contact"})}, Reason.DO_NOT_CONTACT), ({"stops": frozenset({"of tomorrow"})}, Reason.STOPPED),
    ({"archived": True}, Reason.ARCHIVED), ({"bouncing": True}, Reason.BOUNCING), ({}, None)])
@pytest.mark.parametrize("purpose", Purpose)
def test_a_stop_holds_for_every_purpose(standing, reason, purpose):
    assert why(purpose=purpose, **{"consents": CONSENT} | standing) is reason


@pytest.mark.parametrize("purpose", Purpose)
def test_campaigning_needs_a_consent_that_lasts(purpose):
    needs = purpose not in (Purpose.SERVICE, Purpose.NOTICE)
    assert post.GROUNDS[purpose].consent is needs
    assert why(purpose=purpose) is (Reason.NO_CONSENT if needs else None)
    for consents, fine in (((("2024-11-24", ""),), False), ((("2024-11-25", ""),), True), ((("2020-01-01", "2026-11-25"),), True),
                           ((("2026-01-01", "2026-11-24"),), False), ((("2020-01-01", ""), ("2026-01-01", "")), True)):
        assert why(purpose=purpose, consents=consents) is (None if fine or not needs else Reason.CONSENT_EXPIRED)


@pytest.mark.parametrize(("born", "parent", "purpose", "reason"), [
    ("2008-11-25", "", Purpose.EVENT, Reason.UNDER_AGE), ("2008-11-24", "", Purpose.EVENT, None), ("2010-11-24", "", Purpose.NOTICE, None),
    ("2010-11-25", "", Purpose.NOTICE, Reason.UNDER_AGE), ("2012-01-01", "2026-01-01", Purpose.NOTICE, None),
    ("2012-01-01", "2026-01-01", Purpose.NEWSLETTER, Reason.UNDER_AGE)])
def test_under_age(born, parent, purpose, reason):
    person = replace(PERSON, date_of_birth=born, parent_consent_on=parent)
    assert why(person, purpose, consents=CONSENT) is reason


@pytest.mark.parametrize(("changed", "reason"), [
    ({"status": "deceased"}, Reason.DECEASED), ({"email": ""}, Reason.NO_ADDRESS), ({"email": "ann"}, Reason.ADDRESS_BAD),
    ({"email": "jané@example.org"}, Reason.ADDRESS_NOT_ASCII), ({"status": "resigned"}, Reason.NOT_MEMBER),
    ({"status": "lapsed"}, Reason.NOT_MEMBER), ({"kind": Kind.CONTACT, "status": ""}, Reason.NOT_MEMBER), ({"status": "arrears"}, None)])
def test_who_cannot_be_given_notice(changed, reason):
    assert why(replace(PERSON, **changed)) is reason


def test_fields_are_marked_filled_and_known():
    marked = post_fields.mark("Dear {{forename|friend}} {{ surname }} of {{ward}} {{forename|friend}}")
    assert [(f.code, f.fallback) for f in marked.fields] == [("forename", "friend"), ("surname", ""), ("ward", "")]
    values = post_fields.values_of(replace(PERSON, forename=""), marked.fields)
    assert post_fields.cut(marked.text).filled(values) == "Dear friend Lee of  friend"
    assert post_fields.problems(post_fields.mark("{{email}} {{date_of_birth}} {{nonsense}}").fields) == [
        "date_of_birth", "email", "nonsense"]
    assert post_fields.campaign_words("Please VOTE for us; no leaflets.", ["vote for", "leaflets", "donate"]) == ["vote for", "leaflets"]
    assert post_fields.campaign_words("He voted forward", ["vote for"]) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_makes_a_field_or_a_mark(text, value):
    person = replace(PERSON, forename=value)
    marked = post_fields.mark(text + "{{forename|x}}")
    filled = post_fields.cut(marked.text).filled(post_fields.values_of(person, marked.fields))
    assert filled.endswith(shown_name(value) or "x")


def test_codes_say_nothing_and_are_found_again():
    made = post_codes.make(b"k" * 32, "m" * 32, "p" * 32)
    assert len(made) == 16 and made != post_codes.make(b"K" * 32, "m" * 32, "p" * 32) != post_codes.make(b"k" * 32, "m" * 32, "q" * 32)
    assert post_codes.find(f"Re: stop {made.lower()}, thanks") == [made]
    assert post_codes.find("stop it please") == []


LIMITED = Provider("x", "X", "", 465, Security.TLS, SignIn.PASSWORD, 3, 5, 0, 50, "", "", "2026-11-20")


def test_the_limiter_lets_none_too_many():
    limiter, now, sent = Limiter(LIMITED), 1000.0, []
    for _ in range(12):
        now += limiter.wait(now)
        assert limiter.wait(now) == 0
        limiter.note(now)
        sent.append(now)
    for at in sent:
        assert sum(at - 60 < other <= at for other in sent) <= 3
        assert sum(at - 3600 < other <= at for other in sent) <= 5
    assert sent[3] - sent[0] == pytest.approx(60) and sent[5] - sent[0] == pytest.approx(3600)
    assert Limiter(replace(LIMITED, per_minute=0, per_hour=0)).wait(0) == 0


@given(st.lists(st.floats(0, 200), min_size=1, max_size=30), st.integers(1, 4))
@example([1.2763101434685638, 56.271116939030335, 199.2604899787051, 196.02804497900155, 60.0], 1)  # s + 60 - 60 is more than s
def test_the_limiter_holds_for_any_times(gaps, most):
    limiter, now, sent = Limiter(replace(LIMITED, per_minute=most, per_hour=0)), 0.0, []
    for gap in gaps:
        now += gap
        if limiter.wait(now) == 0:
            limiter.note(now)
            sent.append(now)
    assert all(sum(at - 60 < other <= at for other in sent) <= most for at in sent)


@pytest.mark.parametrize(("stage", "number", "words", "outcome", "halts", "gone"), [
    (Stage.RECIPIENT, 550, b"5.1.1 no", Outcome.FAILED, "", True), (Stage.RECIPIENT, 550, b"no such user", Outcome.FAILED, "", True),
    (Stage.RECIPIENT, 550, b"5.7.1 policy", Outcome.FAILED, "", False), (Stage.RECIPIENT, 450, b"4.2.0 later", Outcome.DEFERRED, "", False),
    (Stage.CONTENT, 552, b"5.3.4 too big", Outcome.FAILED, "", False),
    (Stage.SENDER, 550, b"5.7.1", Outcome.WAITING, "sender_refused", False),
    (Stage.SENDER, 451, b"", Outcome.WAITING, "server_busy", False), (Stage.CONTENT, 421, b"", Outcome.WAITING, "server_busy", False),
    (Stage.RECIPIENT, 530, b"5.7.0 sign in", Outcome.WAITING, "sender_refused", False)])
def test_what_an_answer_means(stage, number, words, outcome, halts, gone):
    found = judge(stage, number, words)
    assert (found.outcome, found.halts, found.gone) == (outcome, halts, gone)
    assert b"user" not in found.code.encode()


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (2, [2]), (50, [50]), (51, [50, 1]), (501, [50] * 10 + [1])])
def test_batches(count, sizes):
    assert [len(some) for some in batches(list(range(count)), 50)] == sizes


def test_fields_of_other_programs_are_noticed_and_ordinary_brackets_are_not():
    letter = ("Dear {forename}, {{forename|friend}} [First Name] *|FNAME|* %lastname% «Surname» {forename|you}\n"
              "[name](https://example.org) {see note} [1] 50% off and 20% less")
    assert post_fields.stray_fields(letter) == ["{forename}", "[First Name]", "*|FNAME|*", "%lastname%", "«Surname»", "{forename|you}"]
