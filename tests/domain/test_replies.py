"""What replies ask for, by their words alone: plain wishes are understood, whatever leaves a doubt is left to a reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.replies import Delivery, Kind, Letter, addresses_in, bounce_kind, excerpt, own_words, recognise, token_in
from dpdesk.domain.replies_words import asks_for_rights, says_new_address, stop_wish

TOKEN = "abcdefghijkl234567mn"
SENDER = "ann@example.org"

MAIL = ("stop", "STOP", "Stop.", "Stop please", "please stop", "unsubscribe", "UNSUBSCRIBE!!", "Unsubscribe me please",
        "un-subscribe", "unsub",
        "remove me", "Please remove me from your list", "Hi,\nplease take me off the mailing list.\nThanks\nAnn",
        "Take me off your e-mail list",
        "no more emails", "No more e-mails please.", "Please stop emailing me", "stop sending me emails",
        "Stop sending these newsletters",
        "I no longer wish to receive your emails", "I don’t want any more e-mails", "I do not want to be on your list",
        "Please don't email me", "do not send me any more mail", "opt out", "I would like to unsubscribe", "I'd like to opt out",
        "I wish to be removed", "Could you please remove my address from your mailing list", "remove", "Dad-danysgrifio",
        "Tynnwch fi oddi ar y rhestr os gwelwch yn dda", "Dim mwy o e-byst", "Stopiwch anfon e-byst", "Peidiwch ag anfon rhagor")
ALL = ("Do not contact me again", "don't contact me", "Stop contacting me!", "Please stop contacting us.", "No further contact please",
       "Remove me from all your lists", "leave me alone", "Unsubscribe me from everything", "I do not wish to be contacted",
       "Peidiwch â chysylltu â mi")
NEITHER = ("Thanks, see you on Tuesday", "Don't stop!", "Please do not unsubscribe me", "How do I unsubscribe?", "Did I unsubscribe?",
           "Stop the cuts at the hospital", "The bus stop has moved", "I cannot stop thinking about it", "Why do you not stop?",
           "Stop unless it is about the AGM", "Please stop the newsletter but keep sending me the minutes", "Fewer emails please",
           "only send me the agenda", "Delete all my data", "I want a copy of my data", "I shall complain to the ICO", "Ann", "",
           "\n\n", "?", "STOPPED BY",
           "The council should stop. It should listen." + " More words about it." * 12, "Can you stop by on Tuesday", "unless",
           "too many emails")


@pytest.mark.parametrize("own", MAIL)
def test_no_more_mail(own):
    assert stop_wish(own) == "mail"


@pytest.mark.parametrize("own", ALL)
def test_no_contact(own):
    assert stop_wish(own) == "all"


@pytest.mark.parametrize("own", NEITHER)
def test_doubt_is_left_to_a_reader(own):
    assert stop_wish(own) == ""


@pytest.mark.parametrize(("own", "subject", "wish"), [
    ("", "unsubscribe", "mail"), ("Ann Lee", "Unsubscribe", "mail"), ("", "Re: unsubscribe", ""), ("", "RE: Stop", ""), ("Ann",
    "Stop", "mail"),
    ("No, please keep sending", "Re: stop", ""), ("", "News", ""), ("", "Fwd: unsubscribe", ""), ("", "x" * 400, "")])
def test_a_subject_counts_only_where_it_is_the_writers_own(own, subject, wish):
    assert stop_wish(own, subject) == wish


@pytest.mark.parametrize("own", NEITHER[:21])
def test_doubt_makes_something_to_read(own):
    (seen,) = recognise(Letter(SENDER, "Re: News", own=own))
    assert seen.kind is Kind.UNCLEAR


@pytest.mark.parametrize(("own", "automatic", "new"), [
    ("My new e-mail address is ann@new.example.org", False, "ann@new.example.org"),
    ("Please use x@example.net in future.", False, "x@example.net"),
    ("I have changed my email: x@example.net.", False, "x@example.net"),
    ("My address has changed to <x@example.net>", True, "x@example.net"),
    ("I no longer use this account, it is x@example.net now", False, "x@example.net"),
    ("Fy nghyfeiriad newydd yw x@example.net", False, "x@example.net"),
    ("I am away. Please contact bob@example.net", True, ""),
    ("I have left the company, my new address is not known: bob@example.net", True, ""),
    ("My new address is x@example.net or y@example.net", False, ""), ("My new address is ann+news@example.org", False, ""),
    ("Is my new address x@example.net?", False, "x@example.net"), ("Have you my new address? It is x@example.net", False, ""),
    ("Write to bob@example.net about the hall", False, ""), ("My new address is 4 Mill Lane", False, "")])
def test_a_new_address(own, automatic, new):
    found = [seen for seen in recognise(Letter(SENDER, "Re: News", own=own, automatic=automatic)) if seen.kind is Kind.NEW_ADDRESS]
    assert [seen.value for seen in found] == ([new] if new else [])


def test_an_automatic_answer_never_stops_anybody():
    assert recognise(Letter(SENDER, "Automatic reply", own="stop", automatic=True)) == []
    assert recognise(Letter(SENDER, f"stop {TOKEN}", automatic=True))[0].kind is Kind.STOP_MAIL  # the button of a mail program


@pytest.mark.parametrize(("text", "token"), [
    (f"stop {TOKEN}", TOKEN), (f"STOP {TOKEN.upper()}", TOKEN), (f"mailto:a@b.org?subject=stop%20{TOKEN}", TOKEN),
    (f"Re: stop {TOKEN} thanks", TOKEN),
    (f"stop+{TOKEN}", TOKEN), (f"stop\n{TOKEN}", TOKEN), ("stop abcdefgh", ""), (f"unstop {TOKEN}", ""), (f"stop{TOKEN}", ""),
    ("stop 0189018901890189", ""),
    (f"stop {'a' * 65}", ""), (f"stop {TOKEN}0", ""), ("", ""), ("stop by at the extraordinarymeeting", "")])
def test_tokens(text, token):
    assert token_in(text) == token


def test_a_token_in_what_is_quoted_says_who_and_not_what():
    (seen,) = recognise(Letter(SENDER, "Re: News", own="Lovely, thanks", quoted=f"> To stop: stop {TOKEN}"))
    assert (seen.kind, seen.token) == (Kind.UNCLEAR, TOKEN)
    (seen,) = recognise(Letter(SENDER, "Re: News", own="Lovely, thanks. " + "More. " * 80 + f"stop {TOKEN}"))
    assert (seen.kind, seen.token) == (Kind.UNCLEAR, TOKEN)
    (seen,) = recognise(Letter(SENDER, "Re: News", own=f"stop {TOKEN}"))
    assert (seen.kind, seen.token) == (Kind.STOP_MAIL, TOKEN)
    assert recognise(Letter("branch@example.org", "News", own=f"stop {TOKEN}", ours=True)) == []


@pytest.mark.parametrize(("action", "status", "said", "kind"), [
    ("failed", "5.1.1", "", Kind.DEAD), ("Failed", "5.1.2 (bad domain)", "", Kind.DEAD), ("failed", "5.2.1", "", Kind.DEAD),
    ("failed", "5.4.4", "", Kind.DEAD),
    ("failed", "5.0.0", "", Kind.DEAD), ("failed", "5.0.0", "smtp; 550 5.1.1 user unknown", Kind.DEAD), ("failed", "5.0.0",
    "550 blocked as spam", Kind.REFUSED),
    ("failed", "5.0.0", "smtp; 550 5.7.26 DMARC", Kind.REFUSED), ("failed", "5.7.1", "", Kind.REFUSED), ("failed", "5.3.4",
    "", Kind.REFUSED),
    ("failed", "5.2.2", "", Kind.FAILING), ("failed", "5.0.0", "552 mailbox full", Kind.FAILING), ("failed", "4.4.7", "", Kind.FAILING),
    ("delayed", "4.4.1", "", Kind.FAILING), ("delayed", "", "", Kind.FAILING), ("failed", "", "", Kind.REFUSED), ("failed", "rubbish",
    "", Kind.REFUSED),
    ("", "5.1.1", "", Kind.REFUSED), ("delivered", "2.0.0", "", None), ("relayed", "2.0.0", "", None), ("expanded", "2.0.0", "", None),
    ("failed", "", "550 5.1.1 x", Kind.DEAD), ("failed", "2.0.0", "", Kind.REFUSED)])
def test_what_a_report_says(action, status, said, kind):
    assert bounce_kind(Delivery(action, status, "ann@example.org", "", said)) is kind


def test_the_address_written_to_stands_before_the_one_it_went_on_to():
    letter = Letter("x@y.org", report=True, deliveries=(Delivery("failed", "5.1.1", "forward@example.net", "ann@example.org"),))
    assert recognise(letter)[0].address == "ann@example.org"


@pytest.mark.parametrize(("text", "own"), [
    ("stop\n> quoted", "stop"), ("stop\n\nOn 3 Nov 2026, at 10:00, Branch <b@x.org> wrote:\n\nNews", "stop"),
    ("stop\nOn Tuesday, the third of November, the Anytown Branch <branch@x.org>\nwrote:\nNews", "stop"),
    ("stop\n-----Original Message-----\nFrom: b", "stop"), ("stop\n________________________________\nFrom: b\nSent: x\nTo: y", "stop"),
    ("stop\n\nFrom: b@x.org\nSent: Tuesday\nTo: ann\nSubject: News\n\nNews", "stop"), ("stop\n-- \nAnn", "stop"),
    ("stop\n\nSent from my iPhone", "stop"),
    ("Ar 3 Tachwedd 2026 am 10:00, ysgrifennodd Cangen:\n> x", ""), ("On the whole I agree.\nBye", "On the whole I agree.\nBye"),
    ("> quoted first\nstop", "stop"), ("On 3 Nov 2026 at 10:00, Branch wrote:\n> News\n> more\n\nstop\n-- \nAnn", "stop"),
    ("> a\nmine\n> b", ""), ("\u2502\nNews", ""), ("", ""), ("From: the heart\nthanks", "From: the heart\nthanks")])
def test_the_writers_own_words(text, own):
    assert own_words(text)[0] == own


@pytest.mark.parametrize("text", ["What information do you hold about me", "Please delete my data", "I will complain",
        "a copy of my details please", "GDPR"])
def test_rights_are_noticed(text):
    assert asks_for_rights(text) and stop_wish(text) == ""


def test_addresses_and_excerpts():
    assert addresses_in("a@b.org, A@B.org; mailto:c@d.org. e@f") == ["a@b.org", "c@d.org"]
    assert excerpt("a \n\n\n b  c\n") == "a\nb c" and len(excerpt("x" * 9_000)) == 600


@given(st.text(max_size=400), st.text(max_size=80), st.booleans())
def test_whatever_the_words_there_is_one_answer(own, subject, automatic):
    found = recognise(Letter(SENDER, subject, own=own, automatic=automatic))
    assert len(found) <= 1 and all(len(seen.excerpt) <= 600 for seen in found)
    assert not automatic or not found or token_in(subject) or found[0].kind is Kind.NEW_ADDRESS


@pytest.mark.parametrize("wish", [wish for wish in (*MAIL, *ALL) if not set(wish) & set("\n,.!")])
@pytest.mark.parametrize("before", ["Her poster says", "They told me to ask whether", "It is no reason to"])
def test_a_wish_inside_a_sentence_is_no_wish(before, wish):
    assert stop_wish(f"{before} {wish}") == ""


@pytest.mark.parametrize("text", ["do not send " + "any more " * 20 + "x", "please " * 40 + "x",
        "stop sending " + "all of the " * 20, "email " * 50,
                                  "a@" * 5_000, "stop " * 5_000, "on " * 60 + "\n" + "wrote", "please use " + "x " * 2_000])
def test_no_words_cost_much_time(text):
    began = time.perf_counter()
    stop_wish(text), says_new_address(text), own_words(text), addresses_in(text), token_in(text)
    assert time.perf_counter() - began < 0.5
