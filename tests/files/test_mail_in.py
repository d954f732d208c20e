"""Mail from outside: people's replies, reports of many servers, broken and hostile input; always letters or one clear refusal."""

from __future__ import annotations

import email
import email.policy
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.domain.errors import Unreadable
from dpdesk.domain.replies import Kind, recognise
from dpdesk.files import mail_in
from dpdesk.files.mail_in import read_bytes, read_mail
from dpdesk.files.mail_parts import MOST_PARTS, address_of, readable, take_apart, text_of_html
from tests.files import mails


def letter(raw: bytes):
    (post,) = read_bytes(raw, "mail.eml")
    return post.letter


def asked(raw: bytes) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.address, each.value) for each in recognise(letter(raw))]


@pytest.mark.parametrize(("raw", "kind"), [
    (mails.POSTFIX, Kind.DEAD), (mails.EXIM, Kind.DEAD), (mails.EXIM_UNROUTEABLE, Kind.DEAD), (mails.EXCHANGE, Kind.DEAD),
    (mails.POSTFIX_DELAYED, Kind.FAILING), (mails.FULL, Kind.FAILING), (mails.SPAM, Kind.REFUSED), (mails.OLD_FASHION, Kind.REFUSED),
], ids=["postfix", "exim", "exim-unrouteable", "exchange", "delayed", "full", "spam", "qmail"])
def test_reports_of_servers(raw, kind):
    ((found, address, _value),) = asked(raw)
    assert (found, address) == (kind.value, "ann@example.org")


def test_a_report_names_the_person_by_the_token_of_what_it_returns():
    for raw in (mails.POSTFIX, mails.EXIM, mails.EXCHANGE):
        (seen,) = recognise(letter(raw))
        assert seen.token == mails.TOKEN


def test_several_recipients_in_one_report():
    fields = "\n\n".join(f"Final-Recipient: rfc822; {who}@example.org\nAction: failed\nStatus: 5.1.1" for who in ("ann", "bob"))
    raw = mails.report(fields, returned="Subject: News\n")
    assert [address for _kind, address, _value in asked(raw)] == ["ann@example.org", "bob@example.org"]


@pytest.mark.parametrize("raw", [mails.AWAY, mails.DELIVERED, mails.OURS], ids=["away", "delivered", "ours"])
def test_what_asks_nothing(raw):
    assert asked(raw) == []


def test_an_automatic_answer_may_give_a_new_address():
    assert asked(mails.MOVED) == [("new_address", "ann@example.org", "ann.new@example.org")]


def test_the_button_of_a_mail_program():
    (seen,) = recognise(letter(mails.BUTTON))
    assert (seen.kind, seen.token) == (Kind.STOP_MAIL, mails.TOKEN)


def test_html_is_read_as_words_and_its_quotation_left_out():
    found = letter(mails.HTML)
    assert found.own == "Please unsubscribe me"
    assert mails.TOKEN in found.quoted and "evil" not in found.own + found.quoted
    assert asked(mails.HTML) == [("stop_mail", "ann@example.org", "")]


def test_transfer_encodings_and_character_sets():
    raw = mails.person("Dw=\ni ddim eisiau mwy =E2=80=93 tynnwch fi", more="Content-Transfer-Encoding: quoted-printable\n")
    assert letter(raw).own == "Dwi ddim eisiau mwy – tynnwch fi"
    raw = mails.person("UGxlYXNlIHN0b3A=", more="Content-Transfer-Encoding: base64\n")
    assert letter(raw).own == "Please stop"
    raw = mails.person("Siân", kind="text/plain; charset=iso-8859-1").replace("Siân".encode(), "Siân".encode("latin-1"))
    assert letter(raw).own == "Siân"


@pytest.mark.parametrize("charset", ["punycode", "idna", "zlib", "rot13", "no-such", "unicode_escape", "undefined", "x" * 300, "utf-7"])
def test_a_character_set_that_is_none_is_passed_over(charset):
    assert letter(mails.person("stop \\u0041 +AGE-", kind=f"text/plain; charset={charset}")).own == "stop \\u0041 +AGE-"


@pytest.mark.parametrize(("value", "address"), [
    ("Ann <ann@example.org>", "ann@example.org"), ('"a@b, c" <ann@example.org>', "ann@example.org"), ("ann@example.org", "ann@example.org"),
    ("=?utf-8?q?Jane=0ABcc=3A_x=40y=2Eorg?= <ann@example.org>", "ann@example.org"), ("rfc822; ann@example.org", "ann@example.org"),
    ("utf-8;ann@example.org", "ann@example.org"), ("rfc822;<ann@example.org>", "ann@example.org"), ("undisclosed-recipients:;", ""),
    ("", ""), ("@", ""), ("x" * 70 + "@example.org", ""), ("(comment) ann@example.org (more)", "ann@example.org"),
])
def test_addresses(value, address):
    assert address_of(value) == address


def test_headers_in_words():
    assert readable("=?utf-8?q?Si=C3=A2n?=") == "Siân"
    assert readable("=?utf-8?b?!!!?= x") and readable("=?nonsense?q?a?=") and "\n" not in readable("=?utf-8?q?a=0Ab?=")


def test_an_mbox_of_a_thousand_streams(tmp_path):
    path = tmp_path / "replies.mbox"
    body = "Please stop\n\nFrom the depths\n" + "x" * 70 + "\n"
    path.write_bytes(mails.mbox(*(mails.person(body, identity=f"<{n}@example.org>") for n in range(1000))))
    began, found = time.perf_counter(), 0
    for post in read_mail(path):
        found += 1
        assert post.letter.own.startswith("Please stop\n\nFrom the depths") and post.place == found
    assert found == 1000 and time.perf_counter() - began < 5


def test_a_broken_message_among_others_is_told_by_its_place():
    found = list(read_bytes(mails.mbox(mails.BUTTON, b"no header at all\n\nwords\n", mails.POSTFIX), "x.mbox"))
    assert [(post.place, post.reason) for post in found if post.letter is None] == [(2, "not_mail")]
    assert [post.place for post in found if post.letter] == [1, 3]


@pytest.mark.parametrize(("raw", "reason"), [
    (b"", "mail_empty"), (b"\r\n \r\n", "mail_empty"), (b"\0" * 500, "mail_empty"),
    (b"PK\x03\x04abc", "mail_packed"), (b"\x1f\x8b\x08", "mail_packed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "outlook_msg"), (b"!BDN....", "outlook_msg"), (b"just words\n", "not_mail"),
    (b"\xff\xfe\x00rubbish" * 50, "not_mail"), (b"X-Odd: 1\n\nno sender", "not_mail"), (b"name,mail\nAnn,ann@example.org\n", "not_mail"),
])
def test_what_is_no_mail_is_refused_in_one_word(raw, reason):
    with pytest.raises(Unreadable) as refused:
        list(read_bytes(raw, "x"))
    assert refused.value.reason == reason and reason in mail_in.REASONS


def test_other_programs_ways_of_keeping_mail():
    raw = mails.person("stop")
    (post,) = read_bytes(b"%d      \n" % len(raw) + raw + b"<?xml version='1.0'?><plist/>", "1.emlx")
    assert post.letter.sender == "ann@example.org" and post.letter.own == "stop"
    for first in (b"From \n", b"From - Tue Nov 24 10:00:00 2026\r\n", b"From 17@xxx Tue Nov 24 10:00:00 +0000 2026\n"):
        assert [each.letter.subject for each in read_bytes(first + mails.BUTTON + b"\n" + first + mails.AWAY, "x")] == [
            f"stop {mails.TOKEN}", "Automatic reply: News"]


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(Unreadable) as refused:
        list(read_mail(tmp_path / "gone.eml"))
    assert refused.value.reason == "missing"
    with pytest.raises(Unreadable) as refused:
        list(read_mail(tmp_path))
    assert refused.value.reason == "unreadable"


def nested(depth: int) -> bytes:
    head = "From: ann@example.org\nSubject: x\n"
    return (head + "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)) + "\nstop\n").encode()


HOSTILE = {
    "nested": nested(3_000),
    "messages in messages": b"From: a@example.org\n" + b"Content-Type: message/rfc822\n\n" * 60_000,
    "many parts": b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nstop\n" * 100_000,
    "boundaries nearly": b"From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n" + b"--bx\n" * 300_000,
    "huge header": b"From: a@example.org\nSubject: " + b"x" * 3_000_000 + b"\n\nstop\n",
    "folded header": b"From: a@example.org\nSubject: x\n" + b" y\n" * 600_000 + b"\nstop\n",
    "many headers": b"From: a@example.org\n" + b"".join(b"X-%d: y\n" % n for n in range(150_000)) + b"\nstop\n",
    "encoded words": b"From: a@example.org\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nstop\n",
    "commas in from": b"From: " + b"<a,(" * 100_000 + b"\nSubject: x\n\nstop\n",
    "tags": b"From: a@example.org\nContent-Type: text/html\n\n" + b"<a" * 500_000,
    "comments": b"From: a@example.org\nContent-Type: text/html\n\n" + b"<!-- " * 200_000,
    "styles": b"From: a@example.org\nContent-Type: text/html\n\n" + b"<style>x</style" * 50_000,
    "entities": b"From: a@example.org\nContent-Type: text/html\n\n" + b"&#99999999999;&amp" * 50_000,
    "quotes": b"From: a@example.org\n\n" + b"> " * 500_000,
    "dashes": b"From: a@example.org\n\n" + b"-" * 1_000_000 + b"\n" + b"On " * 50 + b"\n",
    "short lines": b"From: a@example.org\n\n" + b"a\n" * 900_000,
    "base64 rubbish": b"From: a@example.org\nContent-Transfer-Encoding: base64\n\n" + b"=" * 1_000_000,
    "status groups": mails.report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n\n" * 20_000),
    "status spaces": mails.report("\n" + " \n" * 300_000),
    "parameters": b"From: a@example.org\nContent-Type: multipart/mixed; " + b'b="\\' * 100_000 + b"\n\nstop\n",
    "date": b"From: a@example.org\nDate: " + b"1 " * 5_000 + b"\n\nstop\n",
    "any more": b"From: a@example.org\n\n" + b"do not send " + b"any more " * 24 + b"x\n",
    "addresses": b"From: a@example.org\n\nmy new address is " + b"a@b." * 200_000,
    "tokens": b"From: a@example.org\nSubject: " + b"stop " * 200_000 + b"\n\n" + b"stop%20" * 100_000,
    "one line": b"From: a@example.org\n\n" + b"x" * 5_000_000,
    "from lines": b"From x 2026\n" * 50_000,
    "quoted printable": b"From: a@example.org\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=\n" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_costs_little(name):
    began = time.perf_counter()
    for post in read_bytes(HOSTILE[name], "x.eml"):
        if post.letter is not None:
            for seen in recognise(post.letter):
                assert len(seen.excerpt) <= 600
    assert time.perf_counter() - began < 4


def test_parts_and_depth_are_bounded():
    whole = take_apart(HOSTILE["many parts"])
    assert len(list(whole.walk())) <= MOST_PARTS + 1
    assert len(list(take_apart(nested(3_000)).walk())) < 12


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=600), st.lists(st.sampled_from(
    [b"From: a@b.org\n", b"From x Tue 2026\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html; charset=", b"\n",
     b"--b\n", b"--b--\n", b"=?utf-8?b?", b"?=", b"Subject: stop ", b"\xff\xfe\0", b"base64", b"Content-Transfer-Encoding: base64\n",
     b"message/rfc822", b"Content-Type: message/delivery-status\n\n", b"Final-Recipient: rfc822;", b"Action: failed\n",
     b"Status: 5.1.1\n", b"<", b">", b"&#x",
     b"Date: ",
     b"Tue, 99 Nov", b"stop", b"\r\n", b"Content-Type: ", b";", b'"', b"@"]), max_size=40).map(b"".join)))
def test_whatever_the_bytes_it_ends_in_letters_or_a_refusal(raw):
    try:
        for post in read_bytes(raw, "x"):
            if post.letter is not None:
                recognise(post.letter)
    except Unreadable as refused:
        assert refused.reason in mail_in.REASONS


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"), max_size=200), st.booleans())
def test_sound_mail_reads_as_the_standard_library_reads_it(words, mixed):
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Subject"] = "Ann <ann@example.org>", "Hello"
    made.set_content(words)
    if mixed:
        made.add_attachment(b"stop", maintype="text", subtype="plain", filename="x.txt")
    raw = made.as_bytes()
    body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",)).get_content()
    first = next(part for part in take_apart(raw).walk() if part.kind == "text/plain")
    assert first.text().split() == body.split()


def test_html_keeps_the_words_and_no_tag():
    assert text_of_html("<p>No more &amp; stop</p><br>x<!-- <b>hidden</b> -->y").split() == ["No", "more", "&", "stop", "xy"]
